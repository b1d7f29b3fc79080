import type { Token } from '../nlp/sentence.ts';
import type { PlaceEntry } from '../world/place.ts';
import type { World } from '../world/world.ts';
import type { Place } from './reading.ts';
import type { Tree } from './tree.ts';
import { bare, casing, dependents, feature, headOf, tokensSpan } from './tree.ts';

/** The places a document names, and the token each hangs from. */
export interface Places {
  readonly all: readonly Place[];
  /** Index into `all` of the place headed by a token. */
  readonly at: ReadonlyMap<Token, number>;
}

/** How sure the language room must be of a place that the gazetteer lacks. */
const SURE = 0.85;

/** Prepositions after which a name says where something is: a country after them is a place, not a party. */
const LOCATIVE = new Set(['in', 'at', 'near', 'outside', 'around', 'inside', 'within', 'throughout', 'across', 'off']);

/**
 * The places named in the sentences: cities and regions wherever they stand, countries where they are spoken of as a
 * place ("in Norway"). Names that the gazetteer does not hold are kept when the language room is sure of them.
 *
 * @param dated tokens of time expressions, which are in no name
 */
export function findPlaces(trees: readonly Tree[], world: World, dated: ReadonlySet<Token>): Places {
  const all: Place[] = [];
  const at = new Map<Token, number>();
  const named = countriesIn(trees, world);
  for (const tree of trees) {
    const forms = tree.tokens.map((one) => one.form);
    let end = -1;
    for (const token of tree.tokens) {
      if (token.index <= end || dated.has(token)) continue;
      const name = tree.sentence.names.find((one) => one.first <= token.index && one.last >= token.index);
      // "New York", "United Kingdom": a name may begin with an adjective.
      const begins = (name?.first === token.index || token.form === 'People') && /^\p{Lu}/u.test(token.form);
      if (token.upos !== 'PROPN' && !begins) continue;
      const site = venueAt(tree, forms, token, world);
      const match = world.longestMatch(forms, token.index);
      const known = match?.candidates[0];
      const matched = match ? token.index + match.length - 1 : token.index;
      if (name && name.kind !== 'place' && !site) {
        end = Math.max(name.last, matched);
        continue;
      }
      // "People's Republic of China" is not the Republic of China.
      const last = site?.last ?? Math.max(name ? name.last : token.index, known?.entity.kind === 'state' ? matched : 0);
      const words = forms.slice(token.index, last + 1);
      // A name of a body or a person is no place, whatever the language room says; one that no table knows needs its word.
      // Whatever is decided, it is decided of the whole name: "States" alone is no place.
      end = Math.max(last, matched);
      if (!site && known && known.entity.kind !== 'state' && known.use !== 'surname') continue;
      const located =
        tree.tokens.slice(token.index, last + 1).find((one) => headOutside(one, token.index, last)) ?? token;
      const within = countryBehind(tree, last, world);
      const entry = site?.entry ?? chosen(words.join(' '), world.place(words.join(' ')), within, named);
      if (!entry && (name?.confidence ?? 0) < SURE) continue;
      if (!entry && !name) continue;
      if (entry?.precision === 'country' && !standsAsPlace(tree, located)) continue;
      const span = tokensSpan(tree, token.index, last);
      at.set(located, all.length);
      all.push({
        from: span.from,
        to: span.to,
        name: entry?.name ?? words.join(' '),
        country: entry?.country ?? within ?? null,
        geonames: entry?.geonames ?? null,
        lat: entry?.lat ?? null,
        lon: entry?.lon ?? null,
        precision: entry?.precision ?? (VENUE_WORD.test(words.join(' ')) ? 'venue' : 'city'),
      });
    }
  }
  return { all, at };
}

/**
 * Which of several places of one name is meant: the one in the country that the words name behind it, else the largest,
 * where one in a country that the document speaks of counts as much larger. Undefined where the words name another country.
 */
function chosen(
  words: string,
  candidates: readonly PlaceEntry[],
  within: string | undefined,
  named: ReadonlySet<string>,
): PlaceEntry | undefined {
  const [first] = candidates;
  if (!first) return first;
  // "the West Bank" is spoken of as Palestine, but names a region of its own.
  if (first.precision === 'country')
    return (
      candidates.find(({ precision, name }) => precision === 'region' && name !== first.name && name === words) ?? first
    );
  if (within) return candidates.find(({ country }) => country === within);
  const weight = ({ country, thousands }: PlaceEntry): number =>
    (thousands + 1) * (country !== null && named.has(country) ? NAMED_WEIGHT : 1);
  return candidates.reduce((best, one) => (weight(one) > weight(best) ? one : best));
}

/** How much larger a place counts when its country is spoken of: Birmingham is England's unless the text is about Alabama. */
const NAMED_WEIGHT = 10;

/**
 * "Sochi, Russia", "Paris, Texas": the country that a name behind a comma names or lies in. What follows shows that the
 * name is no new subject: "in Geneva, Russia said".
 */
function countryBehind(tree: Tree, last: number, world: World): string | undefined {
  const { tokens } = tree;
  const next = tokens[last + 2];
  if (tokens[last + 1]?.form !== ',' || !/^\p{Lu}/u.test(next?.form ?? '')) return undefined;
  const forms = tokens.slice(last + 2, last + 7).map(({ form }) => form);
  const match = world.longestMatch(forms, 0);
  const state = match?.candidates[0]?.entity;
  const country = state?.kind === 'state' ? state.country : US_STATES.has(next!.form) ? 'USA' : null;
  const after = tokens[last + 2 + (country === state?.country ? (match?.length ?? 1) : 1)];
  const ends = !after || after.upos === 'PUNCT' || after.upos === 'ADP' || after.upos === 'PROPN';
  return country && ends ? country : undefined;
}

/** "at the White House": a seat of power as the ground that people meet on, where its name also stands for who sits there. */
function venueAt(
  tree: Tree,
  forms: readonly string[],
  token: Token,
  world: World,
): { readonly entry: PlaceEntry; readonly last: number } | undefined {
  const found = world.placeAt(forms, token.index);
  const entry = found?.places[0];
  if (!found || entry?.precision !== 'venue') return undefined;
  const last = token.index + found.length - 1;
  const head = tree.tokens.slice(token.index, last + 1).find((one) => headOutside(one, token.index, last)) ?? token;
  return LOCATIVE.has(casing(tree, head)) ? { entry, last } : undefined;
}

/** Words in the names of buildings and grounds. */
const VENUE_WORD =
  /\b(?:Villa|Palace|Palais|Palazzo|Hotel|Castle|Schloss|Château|House|Hall|Airport|Base|Cent(?:er|re)|Embassy|Residence|Lodge|Museum|Square|Cathedral|Mosque|Stadium|University|Headquarters|Plaza|Park|Harbou?r|Street|Avenue|Bridge|Airfield|Port|Station|Prison|Hospital|School|Church|Camp)\b/u;

// biome-ignore format: a table reads best in rows
const US_STATES = new Set(
  ('Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Hawaii Idaho Illinois Indiana Iowa ' +
   'Kansas Kentucky Louisiana Maine Maryland Massachusetts Michigan Minnesota Mississippi Missouri Montana Nebraska Nevada ' +
   'Ohio Oklahoma Oregon Pennsylvania Tennessee Texas Utah Vermont Virginia Washington Wisconsin Wyoming ' +
   'Calif. Mass. Va. Md. Fla. Pa. Ill. Tex. Conn. Wash. Ga. N.Y. N.J. D.C.').split(' '),
);

/** The countries that a document speaks of by name. */
function countriesIn(trees: readonly Tree[], world: World): ReadonlySet<string> {
  const countries = new Set<string>();
  for (const { tokens } of trees)
    for (const { upos, form } of tokens) {
      if (upos !== 'PROPN' && upos !== 'ADJ') continue;
      const entity = /^\p{Lu}/u.test(form) ? world.lookUp(form)[0]?.entity : undefined;
      if (entity?.kind === 'state' && entity.country) countries.add(entity.country);
    }
  return countries;
}

function headOutside(token: Token, first: number, last: number): boolean {
  return token.head < first || token.head > last;
}

/** "in Norway", "travels to Norway and Iceland", "visits Norway": a country as the ground one stands on. */
function standsAsPlace(tree: Tree, name: Token): boolean {
  let token = name;
  for (let up = headOf(tree, token); up && bare(token.relation) === 'conj'; up = headOf(tree, token)) token = up;
  const marks = casing(tree, token);
  if (LOCATIVE.has(marks)) return true;
  const governor = headOf(tree, token);
  if (!governor) return false;
  return marks === ''
    ? token.relation === 'obj' && VISIT.has(governor.lemma)
    : marks === 'to' && MOTION.has(governor.lemma);
}
const VISIT = new Set(['visit', 'tour', 'leave']);
const MOTION = new Set(
  'travel trip visit journey tour return fly go come head arrive accompany depart move'.split(' '),
);

/** Clauses below a trigger whose places are their own. */
const OTHER_CLAUSES = new Set(['ccomp', 'advcl', 'acl', 'parataxis', 'csubj', 'xcomp']);

/**
 * The place of an act: what stands after "in", "at" or "near" below its trigger, below the nouns made with it, or beside
 * it on the verb that carries it. The nearest, never one from another clause or one that belongs to an act among `others`;
 * with `own`, only one that hangs on the trigger itself.
 */
export function placeOf(
  tree: Tree,
  trigger: Token,
  companions: readonly Token[],
  others: ReadonlySet<Token> | 'own',
  places: Places,
): Token | undefined {
  const governor = headOf(tree, trigger);
  const carried = trigger.upos === 'NOUN' && governor?.upos === 'VERB' ? [governor] : [];
  const queue = [trigger, ...companions, ...carried];
  for (let i = 0; i < queue.length; i++) {
    const token = queue[i]!;
    if (places.at.has(token) && isLocated(tree, token)) return token;
    for (const child of tree.children[token.index]!) {
      // "While in Accra, she met …" hangs a place, not an act.
      const other = OTHER_CLAUSES.has(bare(child.relation)) && (child.upos === 'VERB' || child.relation !== 'advcl');
      // "discussed the war in Mali", wherever the parser hung Mali
      const topic = TOPICS.has(child.lemma) || TOPICS.has(tree.tokens[tree.first[child.index]! - 1]?.lemma ?? '');
      const apart = topic || elsewhere(tree, child, others);
      if (!other && !apart && !queue.includes(child)) queue.push(child);
    }
  }
  return governor && placeOfJourney(tree, trigger, governor, places);
}

function elsewhere(tree: Tree, child: Token, others: ReadonlySet<Token> | 'own'): boolean {
  return others === 'own' ? isThing(tree, child) : others.has(child);
}

/** "discussed the war in Ukraine": what is talked about lies elsewhere. */
const TOPICS = new Set(
  'war conflict crisis situation dispute violence unrest development event coup election'.split(' '),
);

/** What an act of words is about: "condemned the attack in Mali" tells nothing of where it was condemned. */
function isThing(tree: Tree, token: Token): boolean {
  const relation = bare(token.relation);
  return relation === 'obj' || relation === 'nsubj' || (relation === 'obl' && !LOCATIVE.has(casing(tree, token)));
}

/** "in Sochi", and "in the Black Sea resort of Sochi". */
function isLocated(tree: Tree, token: Token): boolean {
  const marks = casing(tree, token);
  if (LOCATIVE.has(marks)) return true;
  const kind = headOf(tree, token);
  if (!kind || !SETTLEMENTS.has(kind.lemma) || !LOCATIVE.has(casing(tree, kind))) return false;
  // "the Black Sea resort of Sochi": the sea only says which resort.
  const named = dependents(tree, kind, 'nmod').some((child) => child !== token && casing(tree, child) === 'of');
  return marks === 'of' || (!named && ['appos', 'nmod', 'flat', 'compound'].includes(bare(token.relation)));
}
const SETTLEMENTS = new Set(
  'city town resort village capital port island region province state suburb district county prefecture area base camp margin sideline outskirts'.split(
    ' ',
  ),
);

/** "travel to Accra, where she will meet …", "flew to Accra to meet …": the place that the journey led to. */
function placeOfJourney(tree: Tree, trigger: Token, governor: Token, places: Places): Token | undefined {
  const relation = bare(trigger.relation);
  if (relation === 'acl' && places.at.has(governor))
    return dependents(tree, trigger, 'advmod').some(({ lemma }) => lemma === 'where') ? governor : undefined;
  if (relation !== 'advcl' || feature(trigger, 'VerbForm') !== 'Inf' || !MOTION.has(governor.lemma)) return undefined;
  return dependents(tree, governor, 'obl').find((child) => places.at.has(child) && casing(tree, child) === 'to');
}
