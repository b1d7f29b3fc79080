import { crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { ReadoutError } from '../error.ts';

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

/** What the first byte of a packed value says: how far back it points, this dictionary before it, and whether a sum guards it. */
const SMALL = { windowBits: 12, memLevel: 5, level: 4, dictionary: DICTIONARY };
const LARGE = { windowBits: 15, memLevel: 8, level: 6, dictionary: DICTIONARY };
const MARKS = {
  1: { window: SMALL, summed: false },
  2: { window: LARGE, summed: false },
  3: { window: SMALL, summed: true },
  4: { window: LARGE, summed: true },
} as const;
/** From this many letters on a window of 32 KiB pays for the time that starting it takes; below, one of 4 KiB does. */
const LARGE_FROM = 6000;
/** Bytes of a sum. */
const SUM = 4;

/**
 * A value as JSON, compressed: small for many small values, for each stands alone. A sum (CRC-32) guards it: of the bits
 * that a failing disk turns over, more than a quarter would otherwise unpack to other words than were told (28 % of 237,640).
 */
export function pack(value: unknown): Uint8Array {
  const json = JSON.stringify(value);
  const mark = json.length < LARGE_FROM ? 3 : 4;
  const body = deflateRawSync(json, MARKS[mark].window);
  const head = Buffer.alloc(1 + SUM);
  head.writeUInt8(mark);
  head.writeUInt32LE(crc32(body), 1);
  return Buffer.concat([head, body]);
}

/** The value in what {@link pack} gave, or in plain JSON. Throws `ReadoutError` `record.damaged` for anything else. */
export function unpack(packed: Uint8Array | string): unknown {
  try {
    if (typeof packed === 'string') return JSON.parse(packed);
    const { window, summed } = MARKS[packed[0] as keyof typeof MARKS];
    const body = packed.subarray(summed ? 1 + SUM : 1);
    if (summed && crc32(body) !== Buffer.from(packed.buffer, packed.byteOffset).readUInt32LE(1)) {
      throw new TypeError('The sum of a packed value is another.');
    }
    return JSON.parse(inflateRawSync(body, window).toString('utf8'));
  } catch (cause) {
    throw damagedError('what was packed cannot be unpacked', cause);
  }
}

/** What a person is told when the record holds what Readout did not write; `detail` says what. */
export function damagedError(detail: string, cause?: unknown): ReadoutError {
  return new ReadoutError(
    'record.damaged',
    `The record is damaged (${detail}); \`readout db check --deep\` says where, and the remedy is a backup.`,
    { cause },
  );
}
