import type { Token } from '../nlp/sentence.ts';
import { contains, overlaps, type Span } from '../source/span.ts';
import type { Cast } from './actors.ts';
import { verbCue } from './cues.ts';
import { findQuotations, type Quotation, quotationAt } from './quotation.ts';
import { givenQuotations } from './quoted.ts';
import type { Statement } from './reading.ts';
import { findReports, type Report, verbGroup } from './reported.ts';
import { type Speaker, speakerOf } from './speaker.ts';
import type { Tree } from './tree.ts';
import { tokensSpan } from './tree.ts';

type Draft = Omit<Statement, 'id'>;

/**
 * Who says what in a document: reporting words with their clause, quotation or object; quotations that run over
 * sentences and paragraphs; statements inside statements. Each content is one stretch of text. In the order of their
 * contents, the outer before the inner.
 *
 * @param text the document's text
 * @param trees its sentences, in order
 */
export function findStatements(text: string, trees: readonly Tree[], cast: Cast): readonly Statement[] {
  const quotations = findQuotations(text);
  const drafts = [...reported(text, trees, quotations, cast)];
  const outer = kept(
    drafts.sort((a, b) => a.content.from - b.content.from || b.content.to - a.content.to),
    quotations,
  );
  return outer.map(({ draft }, index) => ({ id: `s${index + 1}`, ...draft }));
}
interface Found {
  readonly draft: Draft;
  readonly uttered: boolean;
  readonly content: Span;
}

function reported(text: string, trees: readonly Tree[], quotations: readonly Quotation[], cast: Cast): Found[] {
  const found: Found[] = [];
  trees.forEach((tree, index) => {
    const given = givenQuotations(text, tree, quotations);
    for (const { verb, source, content } of given.values()) {
      const [first, last] = verbGroup(tree, verb);
      const cue = tokensSpan(tree, first, last);
      const whole = continued(text, tree, content, cue, quotations);
      const head = headWithin(tree, source!);
      const speaker = {
        ...speakerOf(tree, head, whole, cue, cast),
        source: sourceTrim(text, tokensSpan(tree, source![0], source![1])),
      };
      found.push({
        draft: { ...speaker, cue, content: whole, quotation: quotationOf(whole, quotations) },
        uttered: true,
        content: whole,
      });
    }
    for (const report of findReports(tree, quotations)) {
      if (given.has(report.word)) continue;
      const one = draftOf(text, report, quotations, cast);
      if (one) found.push({ draft: one, uttered: report.uttered, content: one.content });
    }
  });
  return found;
}

function sourceTrim(text: string, span: Span): Span {
  return trimmed(text, span) ?? span;
}

/** The quotation that goes on after the parenthesis, in its sentence or right behind it: “…,” she said. “…” */
function continued(text: string, tree: Tree, content: Span, cue: Span, quotations: readonly Quotation[]): Span {
  const next = quotations.find((one) => one.from >= cue.to);
  if (!next) return content;
  const { to } = tree.sentence;
  const follows = next.from < to || /^[^\S\n]*$/.test(text.slice(to, next.from));
  if (!follows || next.from - cue.to > 200) return content;
  // One that ends in a comma has a speaker of its own.
  if (text[next.to - 2] === ',' && next.from >= to) return content;
  return { from: content.from, to: next.to };
}

function headWithin(tree: Tree, [first, last]: readonly [number, number]): Token {
  for (let i = first; i <= last; i++) {
    const { head } = tree.tokens[i]!;
    if ((head < first || head > last) && tree.tokens[i]!.upos !== 'PUNCT') return tree.tokens[i]!;
  }
  return tree.tokens[first]!;
}

/** What lies in another's words reports only when it is itself an utterance by someone else. */
function kept(found: readonly Found[], quotations: readonly Quotation[]): readonly Found[] {
  const out: Found[] = [];
  let reach = -1;
  for (const one of found) {
    const { draft } = one;
    const cue = draft.cue!;
    const inside =
      quotationAt(quotations, cue.from) !== undefined ||
      out.some(
        ({ content, draft: other }) =>
          contains(content, cue) && other.cue !== cue && !(draft.content.from <= content.from),
      );
    if (inside) continue;
    reach = Math.max(reach, one.content.to);
    out.push(one);
  }
  return out;
}

function draftOf(text: string, report: Report, quotations: readonly Quotation[], cast: Cast): Draft | undefined {
  const { tree } = report;
  const cue = tokensSpan(tree, report.cue[0], report.cue[1]);
  const content = quoted(
    text,
    trimmed(text, tokensSpan(tree, report.content[0], contentEnd(report, quotations))),
    cue,
    quotations,
  );
  if (!content) return undefined;
  const speaker: Speaker = speakerOf(tree, report.source, content, cue, cast);
  return { ...speaker, cue, content, quotation: quotationOf(content, quotations) };
}

/** ", saying …" goes on with the same speaker's words under a cue of its own. */
function contentEnd({ tree, word, content }: Report, quotations: readonly Quotation[]): number {
  for (let i = content[0] + 3; i < content[1]; i++) {
    const token = tree.tokens[i]!;
    if (token.upos !== 'VERB' || token === word || !token.form.endsWith('ing')) continue;
    if (tree.tokens[i - 1]!.form !== ',' || quotationAt(quotations, token.from)) continue;
    if (verbCue(token.lemma)?.speech) return i - 2;
  }
  return content[1];
}

/** Content that touches a quotation takes all of it, over sentences and paragraphs; the cue stands outside. */
function quoted(
  text: string,
  content: Span | undefined,
  cue: Span,
  quotations: readonly Quotation[],
): Span | undefined {
  if (!content) return undefined;
  let { from, to } = content;
  const first = quotationAt(quotations, from);
  if (first && !overlaps(first, cue)) from = Math.min(from, first.from);
  const last = quotationAt(quotations, to - 1);
  if (last && !overlaps(last, cue)) to = Math.max(to, last.to);
  return { from, to };
}

function quotationOf(content: Span, quotations: readonly Quotation[]): Statement['quotation'] {
  const first = quotationAt(quotations, content.from);
  if (first && first.from === content.from) return 'direct';
  return quotations.some((one) => overlaps(one, content)) ? 'mixed' : 'indirect';
}

/** Without blanks and separating marks at its ends. */
function trimmed(text: string, span: Span): Span | undefined {
  let { from, to } = span;
  while (from < to && /[\s,.:;–—-]/.test(text[from]!)) from++;
  while (to > from && /[\s,:;–—-]/.test(text[to - 1]!)) to--;
  return from < to ? { from, to } : undefined;
}

/** Ids of the statements whose content holds a trigger, outermost first; a cue says nothing of itself. */
export function saidBy(statements: readonly Statement[], trigger: Token): readonly string[] {
  return statements
    .filter(({ content, cue }) => contains(content, trigger) && !(cue && contains(cue, trigger)))
    .map(({ id }) => id);
}
