import type { Certainty, Status } from '../ontology.ts';

/**
 * What a word says of the act it governs: the act's status where the word itself holds, and where the word is denied
 * ("failed to prevent", "no plans to"). `past` is said instead by a word in the past tense: "was able to leave" left.
 * In the manner of Karttunen (Implicative Verbs, 1971) and of Nairn, Condoravdi and Karttunen (Computing Relative
 * Polarity, 2006); which word belongs where was checked against counts in the training parts of UW and UDS-IH2.
 */
export interface Effect {
  readonly held: Status;
  readonly denied: Status;
  readonly past?: Status;
}

/** How the act hangs on the word: an infinitive or gerund, a noun, a finite clause. */
export type Way = 'act' | 'thing' | 'clause';

// Ways a, t, c; status where the word holds, where it is denied, in the past tense or "-"; words.
// biome-ignore format: a table reads best in rows
const ROWS: readonly (readonly [string, Status, Status, Status | '-', string])[] = [
  // plans and promises
  ['at', 'planned', 'denied', '-', 'plot scheme conspire conspiracy commitment commit committed intent intention plan intend prepare agree schedule set arrange vow pledge promise decide decision undertake propose swear resolve determine determined preparation eve poise poised slate contract deal treaty pact mandate'],
  ['t', 'planned', 'denied', '-', 'announce upcoming forthcoming future next scheduled planned proposed prospective'],
  ['at', 'planned', 'denied', '-', 'due'],
  ['a', 'planned', 'denied', '-', 'about'],
  ['t', 'planned', 'denied', 'happened', 'approach await'],
  // expectations
  ['atc', 'expected', 'denied', '-', 'expect anticipate predict foresee forecast expected anticipated likely expectation prediction'],
  ['at', 'expected', 'denied', '-', 'bind suppose'],
  // wishes, demands, duties, attempts
  ['atc', 'hoped', 'denied', '-', 'hope wish want demand request'],
  ['at', 'hoped', 'denied', '-', 'seek aim urge call ask order appeal beg encourage press push insist recommend suggest advise need desire desired advocate invitation invite plea favor like support work prefer'],
  ['at', 'hoped', 'denied', '-', 'try attempt struggle effort bid fight campaign'],
  ['a', 'hoped', 'denied', 'happened', 'have'],
  ['ac', 'hoped', 'denied', '-', 'require'],
  ['c', 'hoped', 'denied', '-', 'ensure guarantee sure'],
  // what may be
  ['atc', 'possible', 'denied', '-', 'possible possibility chance fear afraid'],
  ['at', 'possible', 'denied', '-', 'consider mull weigh discuss contemplate may might potential threat option risk prospect hypothetical imminent loom looming could alternative capable free eligible authorize tempt explore debate ability capability right opportunity reluctant oppose'],
  ['at', 'possible', 'denied', '-', 'ready willing prepared eager keen willingness readiness reluctance'],
  ['at', 'possible', 'denied', '-', 'allow permit'],
  ['a', 'possible', 'denied', '-', 'offer choice idea alternative goal task'],
  ['a', 'hoped', 'denied', '-', 'purpose objective ambition'],
  ['a', 'possible', 'failed', 'happened', 'able'],
  ['at', 'possible', 'denied', 'happened', 'enable'],
  ['atc', 'threatened', 'denied', '-', 'threaten warn threatened'],
  // what is kept from being
  ['at', 'denied', 'possible', '-', 'refuse decline refusal unwilling unlikely prohibit forbid ban block reject dismiss'],
  ['atc', 'denied', 'possible', '-', 'deny rule+out exclude denial'],
  ['at', 'denied', 'happened', '-', 'avoid prevent avert abstain refrain deter dissuade without short stop+short stop+from keep+from bar+from discourage+from restrain+from'],
  ['a', 'denied', 'happened', '-', 'yet'],
  ['at', 'cancelled', 'planned', '-', 'cancel postpone call+off scrap suspend shelve drop delay cancelled canceled postponed'],
  ['at', 'failed', 'happened', '-', 'fail neglect failed failure unsuccessful abortive collapse break+down fall+through'],
  ['a', 'failed', 'happened', '-', 'forget omit'],
  ['at', 'failed', 'possible', '-', 'unable inability'],
  // what goes on, and verbs that say no more than that their act took place
  ['at', 'ongoing', 'denied', '-', 'continue keep ongoing remain persist'],
  ['a', 'happened', 'denied', '-', 'manage succeed begin start resume get help force compel cause dare bother'],
  // what a clause stands or falls with
  ['c', 'happened', 'denied', '-', 'find think believe see prove show conclude establish evidence proof sign indication suggestion true'],
  ['c', 'happened', 'happened', '-', 'doubt allegation rumor rumour suspicion belief'],
  ['c', 'happened', 'possible', '-', 'confirm verify say claim report announce'],
];

const EFFECTS = gather();

function gather(): ReadonlyMap<string, Effect> {
  const effects = new Map<string, Effect>();
  for (const [ways, held, denied, past, words] of ROWS)
    for (const word of words.split(' '))
      for (const way of ways) effects.set(`${way}:${word}`, past === '-' ? { held, denied } : { held, denied, past });
  return effects;
}

/** What the word says of an act that hangs on it in this way; nothing when the table is silent. */
export function effectOfWord(word: string, way: Way): Effect | undefined {
  return EFFECTS.get(`${way[0]}:${word}`);
}

/** Status of "without", "instead of" and the like before an act: the words that bring it say it is not. */
export const ABSENT = new Set(['without', 'instead of', 'rather than', 'despite calls', 'in place of', 'short of']);

const OPEN: readonly Status[] = ['planned', 'expected', 'threatened', 'hoped', 'possible', 'conditional'];
const UNDONE = new Set<Status>(['denied', 'cancelled', 'failed']);

/** True for what did not take place. */
export function isUndone(status: Status): boolean {
  return UNDONE.has(status);
}

/** True for what may still take place. */
export function isOpen(status: Status): boolean {
  return OPEN.includes(status);
}

/** What an effect makes of an act whose governing word has this status. */
export function underEffect(above: Status, effect: Effect, inPast: boolean): Status {
  if (isUndone(above)) return isUndone(effect.denied) && above !== 'denied' ? above : effect.denied;
  if (!isOpen(above)) return inPast && effect.past ? effect.past : effect.held;
  // "will be able to leave" is as much as "will leave".
  const said = effect.past ?? effect.held;
  // "may refuse to meet", "vowed to prevent an attack"
  if (isUndone(said)) return above === 'planned' || above === 'expected' ? said : 'possible';
  return weaker(above, said);
}

/** What an act's own words ("will", "not") come to inside what governs it. */
export function within(above: Status, own: Status): Status {
  if (isUndone(above)) return isUndone(own) ? 'happened' : above;
  if (!isOpen(above)) return own === 'happened' ? above : own;
  return isUndone(own) ? own : weaker(above, own);
}

/** Of two ways not to have happened yet, the one further from it. */
function weaker(a: Status, b: Status): Status {
  return OPEN.indexOf(a) >= OPEN.indexOf(b) ? a : b;
}

// biome-ignore format: a table reads best in rows
const LEVELS: readonly (readonly [Certainty, string])[] = [
  ['probable', 'believe think suspect apparently probably likely presumably seemingly reportedly reported believed seem appear assume estimate consider understand'],
  ['possible', 'allege claim allegedly possibly perhaps maybe purportedly rumor rumour alleged purported supposed suspected potentially conceivably suggest imply allegation suspicion speculation accuse unclear'],
  ['doubted', 'doubt question dispute doubtful unlikely unconfirmed disputed unverified unsubstantiated false bogus fabricated'],
];
const CERTAINTY = new Map(LEVELS.flatMap(([level, words]) => words.split(' ').map((word) => [word, level] as const)));

/** How sure a word leaves what it governs or modifies. */
export function certaintyOfWord(word: string): Certainty | undefined {
  return CERTAINTY.get(word);
}

/** The less sure of two. */
export function lessSure(a: Certainty, b: Certainty): Certainty {
  return WEAKEST.indexOf(a) <= WEAKEST.indexOf(b) ? a : b;
}
const WEAKEST: readonly Certainty[] = ['doubted', 'possible', 'probable', 'asserted'];
