import type { Token } from '../nlp/sentence.ts';
import type { Span } from '../source/span.ts';
import type { Cast } from './actors.ts';
import { isPassive, surfaceSubjects } from './frame.ts';
import { partiesAt } from './parties.ts';
import type { Statement } from './reading.ts';
import type { Tree } from './tree.ts';
import { bare, casing, coordinated, dependent, dependents, feature, headOf, subtreeSpan, tokensSpan } from './tree.ts';

/** Verbs that report what someone says, thinks or means: with a finite clause, a quotation, or around a clause. */
const SAYING = new Set(
  (
    'say tell add state announce claim note report warn argue insist explain declare acknowledge admit deny confirm ' +
    'suggest believe think hope expect ask write reply answer respond continue conclude recall remark comment observe ' +
    'stress emphasize emphasise underline underscore reiterate repeat maintain contend assert allege accuse predict ' +
    'estimate reveal disclose testify promise pledge vow agree concede complain caution predict propose recommend urge ' +
    'demand order indicate hint imply signal worry fear doubt know learn understand hear see find show feel figure guess ' +
    'consider regard assume suspect speculate wonder want wish quip joke tweet post shout exclaim charge counter ' +
    'interject clarify point boast read cite describe inform advise notify remind assure convince mean realize decide ' +
    'judge rule hold intend plan plead call quote voice express'
  ).split(' '),
);

/** Those whose bare infinitive is what someone means to do: "pledged to leave", not "began to leave". */
const INTENDING = new Set(
  (
    'promise pledge vow agree want wish hope plan intend expect claim propose refuse decline threaten swear offer ' +
    'decide seek demand urge ask tell order call advise warn encourage believe consider'
  ).split(' '),
);

/** Those whose object is what is said: "voiced concern", "rejected the claim". */
const VOICING = new Set(
  'voice express reiterate announce reaffirm detail outline describe praise criticize condemn denounce reject dispute cite blame accuse question'.split(
    ' ',
  ),
);

const ANONYMOUS = new Set(
  'official source person aide diplomat analyst expert observer critic supporter witness insider spokesman adviser advisor officer authority resident group people man woman lawyer'.split(
    ' ',
  ),
);

const OPENING = /["“«]/;
const QUOTES = /["“”«»]/;

/**
 * Who says what in a document: reporting verbs with their clause or quotation, "according to", quotations that run on.
 * The content of one statement is one stretch of text.
 */
export function findStatements(text: string, trees: readonly Tree[], cast: Cast): readonly Statement[] {
  const found: Omit<Statement, 'id'>[] = [];
  let open: { speaker: string | null; anonymous: boolean } | undefined;
  for (const tree of trees) {
    const here = [...byVerb(text, tree, cast), ...byAccording(text, tree, cast)];
    const { from, to } = tree.sentence;
    if (
      here.length === 0 &&
      open &&
      OPENING.test(text.slice(from, from + 1)) &&
      QUOTES.test(text.slice(from + 1, to))
    ) {
      // A quotation alone after a quoted speaker is theirs too.
      found.push({
        ...{ speaker: open.speaker, source: null, cue: null },
        content: { from, to },
        quotation: 'direct',
        anonymous: open.anonymous,
      });
    } else {
      found.push(...here);
      const quoted = here.find((statement) => statement.quotation !== 'indirect');
      open = quoted ? { speaker: quoted.speaker, anonymous: quoted.anonymous } : undefined;
    }
  }
  return found
    .sort((a, b) => a.content.from - b.content.from || b.content.to - a.content.to)
    .map((statement, index) => ({ id: `s${index + 1}`, ...statement }));
}

function byVerb(text: string, tree: Tree, cast: Cast): readonly Omit<Statement, 'id'>[] {
  const found: Omit<Statement, 'id'>[] = [];
  for (const verb of tree.tokens) {
    if (verb.upos !== 'VERB' || !(SAYING.has(verb.lemma) || VOICING.has(verb.lemma) || INTENDING.has(verb.lemma)))
      continue;
    if (isPassive(tree, verb)) continue;
    const content = contentOf(text, tree, verb);
    if (!content) continue;
    const subject = surfaceSubjects(tree, verb, 0)[0];
    if (!subject || subject.upos === 'DET') continue;
    const cue = cueOf(tree, verb);
    found.push(statement(text, tree, subject, cue, content, cast));
  }
  return found;
}

/** What a reporting verb reports: its clause, what it stands beside or inside, or a quotation next to it. */
function contentOf(text: string, tree: Tree, verb: Token): Span | undefined {
  const head = headOf(tree, verb);
  if (head && bare(verb.relation) === 'parataxis' && SAYING.has(verb.lemma)) {
    // "Talks failed, the envoy said on Monday.": all that is not the parenthesis.
    return withoutSubtree(text, tree, head, verb);
  }
  const clause =
    dependent(tree, verb, 'ccomp') ?? (SAYING.has(verb.lemma) ? dependent(tree, verb, 'parataxis') : undefined);
  if (clause && SAYING.has(verb.lemma)) return trimmed(text, subtreeSpan(tree, clause));
  const open = INTENDING.has(verb.lemma) ? dependent(tree, verb, 'xcomp') : undefined;
  if (open && open.upos === 'VERB' && feature(open, 'VerbForm') === 'Inf')
    return trimmed(text, subtreeSpan(tree, open));
  const object = dependent(tree, verb, 'obj');
  if (
    object &&
    (VOICING.has(verb.lemma) ||
      QUOTES.test(text.slice(tree.tokens[tree.first[object.index]!]!.from, tree.tokens[tree.last[object.index]!]!.to)))
  )
    return trimmed(text, subtreeSpan(tree, object));
  return undefined;
}

/** The longer side of a clause around a parenthesis inside it. */
function withoutSubtree(text: string, tree: Tree, clause: Token, parenthesis: Token): Span | undefined {
  const all = subtreeSpan(tree, clause);
  const cut = subtreeSpan(tree, parenthesis);
  const before = trimmed(text, { from: all.from, to: cut.from });
  const after = trimmed(text, { from: cut.to, to: all.to });
  if (!before || !after) return before ?? after;
  // Text on both sides is one statement from end to end when the parenthesis is short.
  const inner = cut.to - cut.from < 60 && after.to - after.from > 15 && before.to - before.from > 15;
  if (inner) return { from: before.from, to: after.to };
  return before.to - before.from >= after.to - after.from ? before : after;
}

function trimmed(text: string, span: Span): Span | undefined {
  let { from, to } = span;
  while (from < to && /[\s,.:;–—-]/.test(text[from]!)) from++;
  while (to > from && /[\s,:;–—-]/.test(text[to - 1]!)) to--;
  return from < to ? { from, to } : undefined;
}

function byAccording(text: string, tree: Tree, cast: Cast): readonly Omit<Statement, 'id'>[] {
  const found: Omit<Statement, 'id'>[] = [];
  for (const source of tree.tokens) {
    if (bare(source.relation) !== 'obl' && bare(source.relation) !== 'nmod') continue;
    if (casing(tree, source) !== 'according to') continue;
    const head = headOf(tree, source);
    const content = head && withoutSubtree(text, tree, head, source);
    const mark = dependent(tree, source, 'case')!;
    if (content)
      found.push(
        statement(
          text,
          tree,
          source,
          tokensSpan(
            tree,
            mark.index,
            Math.max(mark.index, ...dependents(tree, mark, 'fixed').map((one) => one.index)),
          ),
          content,
          cast,
        ),
      );
  }
  return found;
}

function statement(
  text: string,
  tree: Tree,
  subject: Token,
  cue: Span,
  content: Span,
  cast: Cast,
): Omit<Statement, 'id'> {
  const parties = coordinated(tree, subject).map((one) => partiesAt(tree, one, cast, 'actor'));
  const speaker = parties.flatMap((one) => one.ids)[0] ?? null;
  const mention = cast.mentionOf.get(subject);
  const named = mention?.form === 'name' || (speaker !== null && cast.actor(speaker).wikidata !== null);
  return {
    speaker,
    source: sourceSpan(tree, subject, content),
    cue,
    content,
    quotation: quotationOf(text, content),
    anonymous: !named && ANONYMOUS.has(subject.lemma),
  };
}

/** The speaker's whole phrase, without the content where the tree hangs one in the other. */
function sourceSpan(tree: Tree, subject: Token, content: Span): Span {
  let last = subject.index;
  let first = subject.index;
  for (const child of tree.children[subject.index]!) {
    const relation = bare(child.relation);
    if (relation === 'punct' || relation === 'case' || child.relation === 'acl:relcl' || relation === 'parataxis')
      continue;
    const span = subtreeSpan(tree, child);
    if (span.from < content.to && content.from < span.to) continue;
    first = Math.min(first, tree.first[child.index]!);
    last = Math.max(last, tree.last[child.index]!);
  }
  return tokensSpan(tree, first, last);
}

function cueOf(tree: Tree, verb: Token): Span {
  const parts = dependents(tree, verb, 'aux', 'compound:prt').filter((part) => Math.abs(part.index - verb.index) <= 3);
  const indices = [verb.index, ...parts.map((part) => part.index)];
  return tokensSpan(tree, Math.min(...indices), Math.max(...indices));
}

function quotationOf(text: string, content: Span): Statement['quotation'] {
  const words = text.slice(content.from, content.to);
  if (!QUOTES.test(words)) return 'indirect';
  return OPENING.test(words[0]!) ? 'direct' : 'mixed';
}

/** Ids of the statements whose content holds a trigger, outermost first. */
export function saidBy(statements: readonly Statement[], trigger: Token): readonly string[] {
  return statements
    .filter(
      ({ content, cue }) =>
        content.from <= trigger.from &&
        trigger.to <= content.to &&
        !(cue && cue.from <= trigger.from && trigger.to <= cue.to),
    )
    .map(({ id }) => id);
}
