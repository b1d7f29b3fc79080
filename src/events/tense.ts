import type { Sentence, Token } from '../nlp/sentence.ts';

/** Which way from the day of writing a time expression points, as far as the words around it tell. */
export type Direction = 'past' | 'future' | 'unknown';

/**
 * Tells from the verb that governs the token at `index` whether it speaks of what was or what will be: "met on Tuesday"
 * is past, "will meet on Tuesday", "plans to meet on Tuesday" and "talks due on Tuesday" are future. The verb is looked
 * for up the tree and, where the tree gives none, to the left and then to the right in the clause. A bounded number of
 * tokens is looked at.
 */
export function directionAt(sentence: Sentence, index: number): Direction {
  const { tokens } = sentence;
  const start = tokens[index];
  if (start === undefined) return 'unknown';
  let at = start.head;
  for (let step = 0; step < MOST_STEPS && at >= 0 && at < tokens.length && at !== index; step += 1) {
    const token = tokens[at]!;
    const found = directionOf(tokens, at);
    if (found !== 'unknown') return found;
    if (token.head === at) break;
    at = token.head;
  }
  for (let i = index - 1; i >= 0 && i >= index - MOST_WORDS && !CLAUSE_ENDS.has(tokens[i]!.form); i -= 1) {
    const found = directionOf(tokens, i);
    if (found !== 'unknown') return found;
  }
  for (let i = index + 1; i < tokens.length && i <= index + MOST_WORDS && !CLAUSE_ENDS.has(tokens[i]!.form); i += 1) {
    const found = directionOf(tokens, i);
    if (found !== 'unknown') return found;
  }
  return 'unknown';
}

const MOST_STEPS = 8;
const MOST_WORDS = 14;
const CLAUSE_ENDS: ReadonlySet<string> = new Set([';', ':', '--', '—', '.']);

/** Words that look ahead whatever their own tense: "was scheduled for Friday", "talks due Monday", "ahead of". */
const AHEAD: ReadonlySet<string> = new Set(
  'schedule scheduled plan plans planned planning expect expects expected due slate slated set upcoming forthcoming deadline expire expires ahead await awaits awaiting tentatively'.split(
    ' ',
  ),
);
const WILL: ReadonlySet<string> = new Set([
  'will',
  "'ll",
  '’ll',
  'wo',
  'shall',
  'may',
  'might',
  'must',
  'should',
  'can',
  'could',
  'would',
  'going',
]);
const SAY: ReadonlySet<string> = new Set(['say', 'tell', 'report', 'announce', 'quote', 'write', 'show']);
/** Past forms that do not end in "-ed", for text whose tokens carry no features. */
const PASTS: ReadonlySet<string> = new Set(
  'said told met was were had did went came took made gave held left began broke brought built bought caught chose fell felt found fought flew got grew heard knew led lost paid ran rose saw sent sold shot spoke spent stood struck thought threw won wrote became drew drove kept meant sat sought taught'.split(
    ' ',
  ),
);

/** Direction of one word as a verb with its helpers; unknown when it is none or does not say. */
function directionOf(tokens: readonly Token[], at: number): Direction {
  const token = tokens[at]!;
  const form = token.form.toLowerCase();
  if (AHEAD.has(form) && isAhead(tokens, at)) return 'future';
  if (WILL.has(form)) return 'future';
  if (token.feats !== '_' || token.upos === 'VERB' || token.upos === 'AUX') return directionByFeatures(tokens, at);
  if (token.upos !== 'X') return 'unknown';
  if (tokens[at - 1]?.form.toLowerCase() === 'to' && /^[a-z]+$/.test(form)) {
    return SCARCELY_VERBS.has(form) ? 'unknown' : 'future';
  }
  if (PASTS.has(form) || (form.length > 4 && form.endsWith('ed'))) return 'past';
  return 'unknown';
}

const SCARCELY_VERBS: ReadonlySet<string> = new Set(
  'the a an this that his her its their our my your these those some any all both'.split(' '),
);

function isAhead(tokens: readonly Token[], at: number): boolean {
  // "set up", "set off" and "set" alone say nothing of the future; "set to", "set for" do.
  const form = tokens[at]!.form.toLowerCase();
  if (form !== 'set' && form !== 'ahead') return true;
  const next = tokens[at + 1]?.form.toLowerCase();
  return next === 'to' || next === 'for' || next === 'of';
}

function directionByFeatures(tokens: readonly Token[], at: number): Direction {
  const token = tokens[at]!;
  if (token.upos !== 'VERB' && token.upos !== 'AUX') return 'unknown';
  // Helpers stand to the left of their verb, few words away.
  let infinitive = false;
  let helper: Token | null = null;
  for (let i = at - 1; i >= 0 && i >= at - 5; i -= 1) {
    const other = tokens[i]!;
    if (other.head !== at) continue;
    const form = other.form.toLowerCase();
    if (other.upos === 'AUX' && WILL.has(form)) return 'future';
    if (other.upos === 'PART' && form === 'to') infinitive = true;
    if (other.upos === 'AUX') helper = other;
  }
  if (infinitive) {
    const governor = tokens[token.head];
    return governor !== undefined && FACTS.has(governor.lemma.toLowerCase()) ? 'unknown' : 'future';
  }
  if (helper !== null) {
    if (helper.feats.includes('Tense=Past') || helper.lemma === 'have') return 'past';
    return token.feats.includes('VerbForm=Ger') || token.form.endsWith('ing') ? 'future' : 'unknown';
  }
  if (token.feats.includes('Tense=Past')) return 'past';
  if (token.feats.includes('Tense=Pres') && token.feats.includes('VerbForm=Fin')) {
    return SAY.has(token.lemma) || token.upos === 'AUX' ? 'unknown' : 'future';
  }
  return 'unknown';
}

/** Verbs whose infinitive tells a fact: "managed to leave on Friday", "was forced to resign Monday". */
const FACTS: ReadonlySet<string> = new Set(
  'manage force fail begin start continue oblige use help compel refuse'.split(' '),
);
