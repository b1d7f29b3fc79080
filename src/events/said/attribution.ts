import type { Token } from '../../nlp/sentence.ts';
import { contains, overlaps, type Span } from '../../source/span.ts';
import type { Statement } from '../reading.ts';
import type { Tree } from '../tree.ts';
import { dependent, feature, tokensSpan } from '../tree.ts';
import type { Cast } from '../who/actors.ts';
import { speakerIn } from '../who/voices.ts';
import type { Stretch } from './clause.ts';
import { isAttitude, verbCue } from './cues.ts';
import { findQuotations, nextQuotation, type Quotation, quotationAt } from './quotation.ts';
import { givenQuotations, ledQuotation } from './quoted.ts';
import { findReports, type Report, verbGroup } from './reported.ts';
import { findSigned } from './signature.ts';
import { speakerOf } from './speaker.ts';
import { headWithin, sourceOf } from './subject.ts';
import { type Turn, turnAt } from './turns.ts';

/** A statement on its way: without its number, and whether it may stand inside another's words. */
interface Draft {
  readonly statement: Omit<Statement, 'id'>;
  readonly nests: boolean;
}

/** A document while its statements are being found. */
interface Scene {
  readonly text: string;
  readonly trees: readonly Tree[];
  readonly quotations: readonly Quotation[];
  readonly cast: Cast;
  readonly turns: readonly Turn[];
}

/**
 * Who says what in a document: quotations with the speaker beside them, reporting words with their clause or object,
 * "according to", a name and a colon; quotations that run over sentences and paragraphs; utterances inside utterances.
 * The content of one statement is one stretch of text. In the order of their contents, the outer before the inner.
 *
 * @param text the document's text
 * @param trees its sentences, in order
 * @param turns the turns of a transcript, none in other texts
 */
export function findStatements(
  text: string,
  trees: readonly Tree[],
  cast: Cast,
  turns: readonly Turn[],
): readonly Statement[] {
  // "Q:" and "A:" name nobody.
  const named = turns.filter(({ label }) => label.length > 1);
  const scene = { text, trees, quotations: findQuotations(text), cast, turns: named };
  const drafts = [...trees.flatMap((tree) => draftsIn(scene, tree)), ...signedIn(scene), ...turnsIn(scene)];
  const all = withRemaining(scene, withoutInner(scene, inOrder(drafts)));
  return inOrder(all).map(({ statement }, index) => ({ id: `s${index + 1}`, ...statement }));
}

/**
 * Ids of the statements whose content holds a trigger, outermost first; neither cue nor source says what is said. What
 * seems so, is expected, condemned or welcomed is an attitude, and stays the outlet's own telling.
 */
export function saidBy(statements: readonly Statement[], trigger: Token): readonly string[] {
  return statements
    .filter(
      ({ content, cue, source, kind }) =>
        kind === 'said' &&
        contains(content, trigger) &&
        !(cue && contains(cue, trigger)) &&
        !(source && contains(source, trigger)),
    )
    .map(({ id }) => id);
}

function inOrder(drafts: readonly Draft[]): readonly Draft[] {
  return [...drafts].sort(
    ({ statement: { content: a } }, { statement: { content: b } }) => a.from - b.from || b.to - a.to,
  );
}

function draftsIn(scene: Scene, tree: Tree): readonly Draft[] {
  const { text, quotations, turns } = scene;
  const found: Draft[] = [];
  const given = givenQuotations(text, tree, quotations);
  const sharing = new Map<Token, Report>();
  for (const { verb, source, content } of given.values()) {
    const cue = tokensSpan(tree, ...verbGroup(tree, verb));
    const head = headWithin(tree, source);
    found.push({
      ...draft(scene, tree, head, source, cue, continued(scene, tree, content, cue)),
      nests: isThird(head),
    });
  }
  for (const report of findReports(tree, quotations)) {
    if (given.has(report.word)) continue;
    const cue = tokensSpan(tree, ...report.cue);
    const next = nextCue(report, quotations);
    if (next && !next.form.endsWith('ing')) sharing.set(next, report);
    const told = trimmed(text, tokensSpan(tree, report.content[0], next ? next.index - 2 : report.content[1]));
    if (!told) continue;
    const { source, phrase } = sharing.get(report.word) ?? report;
    // A sentence may hold the label of its turn.
    const from = Math.max(told.from, turnAt(turns, cue.from)?.from ?? 0);
    const content = withQuotations(text, { from, to: Math.max(from + 1, told.to) }, cue, quotations);
    const { statement } = draft(scene, tree, source, phrase, cue, content);
    const anonymous = statement.anonymous && report.voiced;
    const judged = isAttitude(report.word.lemma) && statement.quotation !== 'direct';
    const kind = judged || !report.voiced ? 'attitude' : 'said';
    found.push({ statement: { ...statement, kind, anonymous }, nests: mayNest(report) });
  }
  const led = found.length === 0 ? ledQuotation(text, tree, quotations) : undefined;
  if (led) {
    const group = verbGroup(tree, led.verb);
    const { source, phrase } = sourceOf(tree, led.verb, group, true);
    if (source) found.push(draft(scene, tree, source, phrase, tokensSpan(tree, ...group), led.content));
  }
  return found;
}

function signedIn(scene: Scene): readonly Draft[] {
  return findSigned(scene.text, scene.trees, scene.quotations).flatMap(({ tree, name, cue, content }) => {
    // In a transcript, labels are those of its turns.
    if (scene.turns.length > 0 && cue.to <= content.from) return [];
    const told = trimmed(scene.text, content);
    return told ? [draft(scene, tree, headWithin(tree, name), name, cue, told)] : [];
  });
}

/** A transcript's turns: the label says who speaks, its colon that they do. */
function turnsIn({ text, quotations, cast, turns }: Scene): readonly Draft[] {
  return turns.flatMap((turn) => {
    const told = trimmed(text, turn);
    if (!told) return [];
    const { labelled } = turn;
    const statement = {
      speaker: speakerIn(turn, cast)?.id ?? null,
      source: labelled,
      cue: { from: labelled.to, to: labelled.to + 1 },
      content: told,
      quotation: quotationOf(told, quotations),
      kind: 'said' as const,
      anonymous: turn.asked || UNNAMED_LABEL.test(turn.label),
    };
    return [{ statement, nests: true }];
  });
}

/** "SENIOR ADMINISTRATION OFFICIAL TWO" is nobody by name. */
const UNNAMED_LABEL = /\b(?:OFFICIAL|MODERATOR|VOICE|SPEAKER|STAFF|AIDE)\b/;

function draft(
  { text, quotations, cast }: Scene,
  tree: Tree,
  head: Token | undefined,
  phrase: Stretch | undefined,
  cue: Span,
  content: Span,
): Draft {
  const speaker = speakerOf(tree, head, content, cue, cast);
  const source = (phrase && trimmed(text, tokensSpan(tree, ...phrase))) ?? speaker.source;
  return {
    statement: { ...speaker, source, cue, content, quotation: quotationOf(content, quotations), kind: 'said' },
    nests: true,
  };
}

/** What lies in another's words is itself reported only when it is an utterance by someone else. */
function withoutInner({ quotations, turns }: Scene, drafts: readonly Draft[]): readonly Draft[] {
  const kept: Draft[] = [];
  let open: Draft[] = [];
  for (const one of drafts) {
    const { cue, content } = one.statement;
    open = open.filter((other) => other.statement.content.to > content.from);
    if (!cue) continue;
    const within =
      quotationAt(quotations, cue.from) !== undefined ||
      turnAt(turns, cue.from) !== undefined ||
      open.some(({ statement: outer }) => contains(outer.content, cue) && outer.content.from < content.from);
    if (within && !one.nests) continue;
    open.push(one);
    kept.push(one);
  }
  return kept;
}

/** "… that the envoy had told reporters …": someone else's utterance with a clause of its own. */
function mayNest({ uttered, source, word, content, tree }: Report): boolean {
  const own = uttered && source !== undefined && isThird(source) && word.upos === 'VERB' && !word.form.endsWith('ing');
  if (!own || content[0] <= word.index || content[1] - content[0] < 3) return false;
  for (let i = content[0]; i <= content[1] && i < content[0] + 60; i++)
    if (feature(tree.tokens[i]!, 'VerbForm') === 'Fin') return true;
  return false;
}

function isThird(head: Token): boolean {
  return head.upos === 'PROPN' || head.upos === 'NOUN' || /^(?:he|she|they)$/i.test(head.form);
}

/** A parenthesis between two halves of a quotation is no longer than this. */
const LONGEST_ASIDE = 200;

/** The quotation that goes on after the parenthesis, in its sentence or right behind it: “…,” she said. “…” */
function continued({ text, quotations }: Scene, tree: Tree, content: Span, cue: Span): Span {
  const next = nextQuotation(quotations, cue.to);
  if (!next || next.from - cue.to > LONGEST_ASIDE) return content;
  // “…,” she said, adding that it was “…”: a second cue has words of its own.
  const second = tree.tokens.some(
    ({ from, upos, form, lemma }) =>
      from >= cue.to &&
      from < next.from &&
      upos === 'VERB' &&
      verbCue(lemma) &&
      (form.endsWith('ing') || verbCue(lemma)!.speech),
  );
  if (second) return content;
  const { to } = tree.sentence;
  const here = next.from < to;
  if (!here && !/^[^\S\n]*$/.test(text.slice(to, next.from))) return content;
  // One that ends in a comma has a speaker of its own.
  return !here && text[next.to - 2] === ',' ? content : { from: content.from, to: next.to };
}

/** ", saying …" and "and accused …" go on with the same speaker's words under a cue of its own: the verb of that cue. */
function nextCue({ tree, word, content }: Report, quotations: readonly Quotation[]): Token | undefined {
  for (let i = content[0] + 2; i < content[1] && i < content[0] + 100; i++) {
    const token = tree.tokens[i]!;
    const cue = token.upos === 'VERB' && token !== word ? verbCue(token.lemma) : undefined;
    if (!cue || quotationAt(quotations, token.from)) continue;
    const before = tree.tokens[i - 1]!;
    if (token.form.endsWith('ing') && before.form === ',' && cue.speech) return token;
    const joined = before.upos === 'CCONJ' && word.upos === 'VERB' && i > content[0] + 2;
    if (joined && isAlike(token, word) && !dependent(tree, token, 'nsubj')) return token;
  }
  return undefined;
}

/** Two verbs of one form: "said … and accused …", "says … and calls …". */
function isAlike(one: Token, other: Token): boolean {
  return ['VerbForm', 'Tense'].every((name) => feature(one, name) === feature(other, name));
}

/** Content that touches a quotation takes all of it, over sentences and paragraphs; the cue stands outside. */
function withQuotations(text: string, told: Span, cue: Span, quotations: readonly Quotation[]): Span {
  let { from, to } = told;
  const first = quotationAt(quotations, from);
  if (first && !overlaps(first, cue)) from = first.from;
  const last = quotationAt(quotations, to - 1);
  if (last && !overlaps(last, cue)) to = Math.max(to, last.to);
  // The report hints the port “was never mined”.
  const next = from >= cue.to && text[to] === ' ' ? quotationAt(quotations, to + 1) : undefined;
  if (next && next.from === to + 1) to = next.to;
  return { from, to };
}

function quotationOf(content: Span, quotations: readonly Quotation[]): Statement['quotation'] {
  const next = nextQuotation(quotations, content.from);
  if (next?.from === content.from) return 'direct';
  const holding = quotationAt(quotations, content.from);
  return holding || (next && next.from < content.to) ? 'mixed' : 'indirect';
}

/** Shorter ones are words held at arm's length, no statements: the so-called “border zone”. */
const LEAST_CHARACTERS = 25;

/**
 * Quotations that no statement holds yet go on with the one before: in its own sentence as part of its content, behind
 * its sentence as a further statement of the same speaker.
 */
function withRemaining({ trees, quotations }: Scene, drafts: readonly Draft[]): readonly Draft[] {
  const all = [...drafts];
  let next = 0;
  let latest = -1;
  let reach = 0;
  let sentence = 0;
  for (const quotation of quotations) {
    for (; next < drafts.length && drafts[next]!.statement.content.from < quotation.to; next++) {
      if (latest < 0 || lastOf(all[next]!) >= lastOf(all[latest]!)) latest = next;
      reach = Math.max(reach, drafts[next]!.statement.content.to);
    }
    if (reach > quotation.from + 1 || quotation.to - quotation.from < LEAST_CHARACTERS || latest < 0) continue;
    while (trees[sentence + 1] && trees[sentence + 1]!.sentence.from <= quotation.from) sentence++;
    const before = all[latest]!;
    const { cue, content } = before.statement;
    const here = trees[sentence]!.sentence;
    const previous = trees[sentence - 1]?.sentence;
    if (cue && cue.from >= here.from && cue.to <= content.from) {
      const longer = { from: content.from, to: quotation.to };
      all[latest] = { ...before, statement: { ...before.statement, content: longer, quotation: 'mixed' } };
    } else if (previous && lastOf(before) >= previous.from && here.from >= quotation.from - 1) {
      const { from, to } = quotation;
      latest = all.length;
      all.push({
        ...before,
        statement: { ...before.statement, cue: null, content: { from, to }, quotation: 'direct' },
      });
    } else continue;
    reach = quotation.to;
  }
  return all;
}

function lastOf({ statement: { cue, content } }: Draft): number {
  return Math.max(cue?.to ?? 0, content.to);
}

/** Without blanks and separating marks at its ends; the full stop of "the U.S." stays. */
function trimmed(text: string, span: Span): Span | undefined {
  let { from, to } = span;
  while (from < to && /[\s,.:;–—-]/.test(text[from]!)) from++;
  while (to > from && (/[\s,:;–—-]/.test(text[to - 1]!) || (text[to - 1] === '.' && text[to - 3] !== '.'))) to--;
  return from < to ? { from, to } : undefined;
}
