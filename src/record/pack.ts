import { deflateRawSync, inflateRawSync } from 'node:zlib';

/**
 * What the JSON of readings and tellings has in common, the most frequent last: deflate points back into it, so that a
 * telling of 1,500 letters takes some 400 bytes. Records on disk depend on every letter: a better one gets a new mark.
 */
const DICTIONARY = Buffer.from(
  [
    '{"schema":"readout/reading@1","actors":[{"id":"a1","name":"the foreign ministry","kind":"body","country":"IGO","sector":["COP","JUD","LEG","MIL","GOV"],"office":"Foreign Minister","wikidata":"Q","mentions":[{"from":10,"to":17},{"from":',
    '"times":[{"from":,"type":"duration","value":"PT2H","earliest":null,"latest":null,"basis":"explicit"},{"type":"date","value":"2025-W12","earliest":"2024-","latest":"2024-","basis":"relative"},{"basis":"inferred"},{"basis":"unresolved"}],',
    '"places":[{"from":,"to":,"name":"","country":"USA","geonames":,"lat":,"lon":-,"precision":"country"},{"precision":"region"},{"precision":"city"}],"figures":[{"value":2,"bound":"about","unit":"people"}],',
    '"statements":[{"id":"s1","speaker":"a1","source":{"from":,"to":},"cue":{"from":,"to":},"content":{"from":,"to":},"quotation":"indirect","kind":"attitude","anonymous":false},{"quotation":"direct","kind":"said","anonymous":true}],',
    '"claims":[{"id":"c1","event":"CONSULT","mode":[],"when":{"earliest":null,"latest":null,"precision":"unknown","time":null},"where":null,"medium":null,"duration":null,"issues":[{"label":"',
    '"ASSAULT","COERCE","MOBILIZE","SANCTION","PROTEST","THREATEN","REJECT","ACCUSE","REQUEST","RETREAT","AID","COOPERATE","CONCEDE","SUPPORT","CONSULT","AGREE","month","week","year","phone","video","in-person","probable","possible","ongoing","planned","expected","denied","threatened",',
    '{"id":"","claim":"c1","document":"","title":"","outlet":"","outletKind":"official","published":{"from":"2024-01-","to":"2024-01-"},"type":"","mode":["disapprove"],"context":["military","economic","diplomatic","human_rights"],"cameo":"046","quad":1,"scale":2.5,',
    '"actors":[{"name":"","kind":"person","country":"USA","office":"President","wikidata":"Q30","party":"USA"}],"recipients":[{"name":"","kind":"state","country":"RUS","office":null,"wikidata":null,"party":"RUS"},{"name":"","kind":"group","country":null,"office":null,"wikidata":null,"party":"~',
    '"}],"others":[{"role":"attendee","actor":{}}],"when":{"earliest":"2024-","latest":"2024-","precision":"day","value":"2024-"},"where":{"name":"","country":"","geonames":,"lat":,"lon":,"precision":"city"},"medium":null,"duration":null,"issues":[],"figures":[],"status":"happened","condition":null,"consequence":null,"certainty":"asserted",',
    '"parties":{"actors":["USA"],"recipients":["RUS"]},"lead":"own","saidBy":[{"name":"","anonymous":false,"quotation":"indirect"}],"sentence":"","trigger":"said","evidence":{"sentence":{"from":,"to":},"trigger":{"from":,"to":},"actors":[{"from":,"to":}],"recipients":[{"from":,"to":}],"when":[],"where":[]},"rule":"accuse.condemn","confidence":0.99}',
  ].join(''),
);

/** The first byte of what is packed: which dictionary it points into. */
const MARK = 1;
// A window of 4 KiB: what it would gain with more, starting it would lose in time.
const WINDOW = { windowBits: 12, dictionary: DICTIONARY };

/** A value as JSON, compressed: small for many small values, for each stands alone. */
export function pack(value: unknown): Uint8Array {
  const deflated = deflateRawSync(JSON.stringify(value), { ...WINDOW, level: 4, memLevel: 5 });
  return Buffer.concat([Buffer.of(MARK), deflated]);
}

/** The value in what {@link pack} gave, or in plain JSON. Throws `TypeError` for anything else. */
export function unpack(body: Uint8Array | string): unknown {
  if (typeof body === 'string') return JSON.parse(body);
  if (body[0] !== MARK) throw new TypeError(`A packed value begins with ${MARK}, not with ${body[0]}.`);
  return JSON.parse(inflateRawSync(body.subarray(1), WINDOW).toString('utf8'));
}
