import type { Token } from '../nlp/sentence.ts';
import type { Span } from '../source/span.ts';
import { adjectiveCue, isUnvoiced, nounCue, verbCue } from './cues.ts';
import { isPassive, surfaceSubjects } from './frame.ts';
import { type Quotation, quotationAt } from './quotation.ts';
import type { Tree } from './tree.ts';
import { bare, casing, dependent, dependents, feature, headOf } from './tree.ts';

/** Someone's words or thoughts as one sentence's tree shows them. Numbers are places of tokens, both ends in. */
export interface Report {
  readonly tree: Tree;
  /** The reporting word. */
  readonly word: Token;
  /** Head of the phrase that names who reports. */
  readonly source: Token | undefined;
  readonly cue: readonly [number, number];
  readonly content: readonly [number, number];
  /** True for an uttered clause: only these report inside another's words. */
  readonly uttered: boolean;
}

type Stretch = readonly [number, number];

/** All reports that a sentence's tree shows, in the order of their reporting words. */
export function findReports(tree: Tree, quotations: readonly Quotation[]): readonly Report[] {
  const found: Report[] = [];
  for (const word of tree.tokens) {
    const report =
      word.upos === 'VERB' || word.upos === 'AUX'
        ? byVerb(tree, word, quotations)
        : word.upos === 'NOUN'
          ? byNoun(tree, word)
          : word.upos === 'ADJ'
            ? byAdjective(tree, word)
            : undefined;
    const all = report ?? byAccording(tree, word);
    if (all && all.content[0] <= all.content[1]) found.push(all);
  }
  return found;
}

function byVerb(tree: Tree, verb: Token, quotations: readonly Quotation[]): Report | undefined {
  const cue = verbCue(verb.lemma);
  if (!cue) return undefined;
  if (isPassive(tree, verb)) return byPassive(tree, verb);
  const [first, last] = verbGroup(tree, verb);
  const subject = subjectOf(tree, verb);
  const report = (content: Stretch | undefined, uttered: boolean, end = last): Report | undefined =>
    content && (subject || !needsSubject(tree, verb))
      ? { tree, word: verb, source: subject, cue: [first, end], content, uttered }
      : undefined;

  if (cue.speech) {
    const before = tailOf(tree, verb, subject, [first, last]);
    if (before) return report(before, true);
  }
  if (cue.clause) {
    const clause = clauseOf(tree, verb, cue.speech);
    if (clause) return report(clause, cue.speech);
    const rest =
      cue.speech && !ADDRESSING.has(verb.lemma) && verb.lemma !== 'call' ? restOf(tree, [first, last]) : undefined;
    if (rest && (verb.lemma === 'say' || !dependent(tree, verb, 'obj'))) return report(rest, true);
    const that = ADDRESSING.has(verb.lemma) || !cue.object ? thatAfter(tree, last) : undefined;
    if (that) return report(that, cue.speech);
    const around = cue.speech ? quotedBeside(tree, verb, subject, [first, last], quotations) : undefined;
    if (around) return report(around, true);
  }
  if (cue.infinitive) {
    const open = infinitiveOf(tree, verb);
    if (open) {
      const object = dependent(tree, verb, 'obj', 'iobj');
      const start = object && object.index < open.index ? tree.first[object.index]! : tree.first[open.index]!;
      return report([Math.max(start, verb.index + 1), tree.last[open.index]!], false);
    }
  }
  const governed = cue.prepositions.size > 0 ? governedBy(tree, verb, cue.prepositions) : undefined;
  const object = dependent(tree, verb, 'obj');
  if (governed && !object) {
    const mark = governed.mark;
    return report([mark.index + 1, governed.last], false, mark.index);
  }
  if (object && (cue.object || governed) && object.index > verb.index)
    return report([tree.first[object.index]!, complementEnd(tree, verb, object)], false);
  if (object && cue.object && isRelative(object)) return report([object.index, object.index], false);
  return undefined;
}

const ADDRESSING = new Set('tell remind assure warn inform notify advise convince persuade ask reassure'.split(' '));

/** A participle that shares its subject ("…, adding that") needs none of its own; an infinitive with nobody does. */
function needsSubject(tree: Tree, verb: Token): boolean {
  return bare(verb.relation) !== 'advcl' && headOf(tree, verb) !== undefined && feature(verb, 'VerbForm') !== 'Fin';
}

/** What stands for a verb's clause: its own, the one it is a parenthesis of, or the one after it. */
function clauseOf(tree: Tree, verb: Token, speech: boolean): Stretch | undefined {
  const head = headOf(tree, verb);
  if (head && bare(verb.relation) === 'parataxis' && speech) return without(tree, head, verb);
  const clause =
    dependent(tree, verb, 'ccomp') ??
    (speech ? dependent(tree, verb, 'parataxis') : undefined) ??
    (speech ? dependents(tree, verb, 'xcomp').find((child) => !isInfinitive(tree, child)) : undefined);
  if (!clause) return undefined;
  const first = tree.first[clause.index]!;
  const last = tree.last[clause.index]!;
  if (first > verb.index || last < verb.index) return [first, last];
  return without(tree, clause, verb);
}

/** The clause without the parenthesis in it: from end to end where words stand on both sides. */
function without(tree: Tree, clause: Token, inner: Token): Stretch | undefined {
  const first = tree.first[clause.index]!;
  const last = tree.last[clause.index]!;
  const cutFirst = tree.first[inner.index]!;
  const cutLast = tree.last[inner.index]!;
  const before = cutFirst - first;
  const after = last - cutLast;
  if (before <= 1 && after <= 1) return undefined;
  if (after <= 2) return [first, cutFirst - 1];
  if (before <= 1) return [cutLast + 1, last];
  return [first, last];
}

function isInfinitive(tree: Tree, verb: Token): boolean {
  return (
    feature(verb, 'VerbForm') === 'Inf' ||
    tree.children[verb.index]!.some((child) => child.index < verb.index && child.form.toLowerCase() === 'to')
  );
}

/** The infinitive a verb governs; parsers call it an adverbial clause at times. */
function infinitiveOf(tree: Tree, verb: Token): Token | undefined {
  return dependents(tree, verb, 'xcomp', 'ccomp', 'advcl').find(
    (child) => child.index > verb.index && isInfinitive(tree, child),
  );
}

interface Governed {
  readonly mark: Token;
  readonly last: number;
}

/** What a verb's own preposition brings: "for a truce", "of breaking the truce". */
function governedBy(tree: Tree, word: Token, prepositions: ReadonlySet<string>): Governed | undefined {
  for (const child of dependents(tree, word, 'obl', 'advcl', 'nmod', 'acl', 'ccomp', 'xcomp')) {
    if (child.index < word.index) continue;
    const mark = tree.children[child.index]!.find(
      (one) =>
        one.index < child.index &&
        (one.relation === 'case' || one.relation === 'mark') &&
        prepositions.has(one.form.toLowerCase()),
    );
    if (mark && mark.index > word.index) return { mark, last: tree.last[child.index]! };
  }
  return undefined;
}

const COMPLEMENTS = new Set(['as', 'of', 'for', 'from', 'to', 'over', 'about', 'against', 'like']);

/** Where what is said of an object ends: "called him a liar", "accused Chad of a raid", "described it as a trap". */
function complementEnd(tree: Tree, verb: Token, object: Token): number {
  let end = tree.last[object.index]!;
  for (const child of tree.children[verb.index]!) {
    if (child.index <= object.index) continue;
    const relation = bare(child.relation);
    const starts = tree.tokens[tree.first[child.index]!]!.form.toLowerCase();
    const joins =
      relation === 'xcomp' ||
      relation === 'obj' ||
      relation === 'ccomp' ||
      ((relation === 'obl' || relation === 'advcl') && COMPLEMENTS.has(starts));
    if (joins && tree.first[child.index]! <= end + 2) end = Math.max(end, tree.last[child.index]!);
  }
  return end;
}

/** "was accused by Mali of …": who is told of stands first, who tells stands after "by". */
function byPassive(tree: Tree, verb: Token): Report | undefined {
  const cue = verbCue(verb.lemma)!;
  const agent =
    dependent(tree, verb, 'obl:agent') ?? dependents(tree, verb, 'obl').find((child) => casing(tree, child) === 'by');
  if (!agent && !isUnvoiced(verb.lemma)) return undefined;
  const [first, last] = verbGroup(tree, verb);
  const clause = dependent(tree, verb, 'ccomp', 'xcomp');
  const subject = dependent(tree, verb, 'nsubj');
  if (clause && clause.index > verb.index)
    return {
      ...{ tree, word: verb, source: agent, cue: [first, last], uttered: false },
      content: [
        subject && subject.upos !== 'PRON' && subject.index < verb.index
          ? tree.first[subject.index]!
          : tree.first[clause.index]!,
        tree.last[clause.index]!,
      ],
    };
  const governed = governedBy(tree, verb, cue.prepositions);
  if (governed)
    return {
      ...{ tree, word: verb, source: agent, cue: [first, governed.mark.index], uttered: false },
      content: [governed.mark.index + 1, governed.last],
    };
  if (agent && subject && subject.index < verb.index && cue.object)
    return {
      ...{ tree, word: verb, source: agent, cue: [first, last], uttered: false },
      content: [tree.first[subject.index]!, Math.min(tree.last[subject.index]!, first - 1)],
    };
  return undefined;
}

/** "Mali's claim that …", "a call for …", "raised questions about …". */
function byNoun(tree: Tree, noun: Token): Report | undefined {
  const ways = nounCue(noun.lemma);
  if (!ways) return undefined;
  const owner = dependents(tree, noun, 'nmod:poss')[0];
  const governor = headOf(tree, noun);
  const held =
    governor && governor.upos === 'VERB' && bare(noun.relation) === 'obj' && !isPassive(tree, governor)
      ? governor
      : undefined;
  const source =
    owner ??
    (held ? subjectOf(tree, held) : undefined) ??
    dependents(tree, noun, 'nmod').find((child) => ['by', 'from', 'among'].includes(casing(tree, child)));
  if (!source) return undefined;
  const first = held ? verbGroup(tree, held)[0] : noun.index;
  const clause = dependents(tree, noun, 'acl', 'ccomp').find((child) => {
    const start = tree.tokens[tree.first[child.index]!]!.form.toLowerCase();
    return child.index > noun.index && ways.has(start) && (start === 'that' || start === 'to');
  });
  if (clause && child_is_clause(clause))
    return {
      ...{ tree, word: noun, source, cue: [first, noun.index], uttered: false },
      content: [tree.first[clause.index]!, tree.last[clause.index]!],
    };
  const governed = governedBy(tree, noun, ways) ?? (held ? governedBy(tree, held, ways) : undefined);
  if (!governed) return undefined;
  return {
    ...{ tree, word: noun, source, cue: [first, governed.mark.index], uttered: false },
    content: [governed.mark.index + 1, governed.last],
  };
}

function child_is_clause(clause: Token): boolean {
  return clause.relation !== 'acl:relcl';
}

/** "is confident that …", "was critical of …". */
function byAdjective(tree: Tree, adjective: Token): Report | undefined {
  const ways = adjectiveCue(adjective.lemma);
  if (!ways || bare(adjective.relation) === 'amod') return undefined;
  const source = dependent(tree, adjective, 'nsubj') ?? surfaceSubjects(tree, adjective, 0)[0];
  if (!source || source.form.toLowerCase() === 'it') return undefined;
  const copula = dependents(tree, adjective, 'cop', 'aux');
  const first = Math.min(adjective.index, ...copula.map((one) => one.index));
  const clause = dependents(tree, adjective, 'ccomp', 'xcomp', 'advcl').find((child) => {
    const start = tree.tokens[tree.first[child.index]!]!.form.toLowerCase();
    return child.index > adjective.index && (start === 'to' ? ways.has('to') : ways.has('that') && !ways.has(start));
  });
  if (clause)
    return {
      ...{ tree, word: adjective, source, cue: [first, adjective.index], uttered: false },
      content: [tree.first[clause.index]!, tree.last[clause.index]!],
    };
  const governed = governedBy(tree, adjective, ways);
  if (!governed) return undefined;
  return {
    ...{ tree, word: adjective, source, cue: [first, governed.mark.index], uttered: false },
    content: [governed.mark.index + 1, governed.last],
  };
}

/** "according to the ministry": all of the clause that is not the phrase itself. */
function byAccording(tree: Tree, token: Token): Report | undefined {
  if (token.lemma !== 'accord' && token.form.toLowerCase() !== 'according') return undefined;
  const to = tree.tokens[token.index + 1];
  if (to?.form.toLowerCase() !== 'to') return undefined;
  const source = headOf(tree, token)?.index! > to.index ? headOf(tree, token)! : headOf(tree, to);
  if (!source || source.index <= to.index) return undefined;
  const last = tree.last[source.index]!;
  const content = aroundAside(tree, token.index, last);
  return content && { tree, word: token, source, cue: [token.index, to.index], content, uttered: true };
}

/** The clause around an aside: before it where it ends there, after it where it begins there. */
function aroundAside(tree: Tree, first: number, last: number): Stretch | undefined {
  const end = tree.tokens.length - 1;
  const before = first;
  const after = end - last;
  if (before <= 1 && after <= 1) return undefined;
  const next = tree.tokens[last + 1];
  const closed = !next || next.upos === 'PUNCT' || next.upos === 'CCONJ';
  if (before >= 3 && (after <= 2 || closed)) return [0, first - 1];
  return before <= 2 ? [last + 1, end] : [0, end];
}

/** The words of a verb: auxiliaries, negation and adverbs before it, its particle. */
export function verbGroup(tree: Tree, verb: Token): Stretch {
  let first = verb.index;
  let last = verb.index;
  const auxiliaries = dependents(tree, verb, 'aux').filter((child) => child.index < verb.index);
  if (auxiliaries.length > 0) first = auxiliaries[0]!.index;
  // "has also said" is one; "has, the envoy told us, said" is not.
  if (verb.index - first > 4) first = verb.index;
  while (first > 0) {
    const before = tree.tokens[first - 1]!;
    if (before.head !== verb.index || before.relation !== 'advmod' || before.lemma === 'when' || before.lemma === 'how')
      break;
    first--;
  }
  for (const child of dependents(tree, verb, 'compound:prt'))
    if (child.index > verb.index && child.index <= verb.index + 2) last = Math.max(last, child.index);
  return [first, last];
}

function subjectOf(tree: Tree, verb: Token): Token | undefined {
  const own = dependent(tree, verb, 'nsubj', 'csubj');
  if (own) return own;
  return surfaceSubjects(tree, verb, 0)[0];
}

function isRelative(token: Token): boolean {
  return feature(token, 'PronType') === 'Rel';
}

/** A quotation right before or right after a reporting verb and its subject, whatever the tree makes of it. */
function quotedBeside(
  tree: Tree,
  verb: Token,
  subject: Token | undefined,
  group: Stretch,
  quotations: readonly Quotation[],
): Stretch | undefined {
  const { tokens } = tree;
  let right = group[1] + 1;
  while (right < tokens.length && right <= group[1] + 8 && !quotationAt(quotations, tokens[right]!.from)) right++;
  const after = tokens[right] && quotationAt(quotations, tokens[right]!.from);
  if (after) {
    let end = right;
    while (end + 1 < tokens.length && tokens[end + 1]!.from < after.to) end++;
    return [right, end];
  }
  const ownFirst = subject && subject.head === verb.index ? Math.min(tree.first[subject.index]!, group[0]) : group[0];
  let left = ownFirst - 1;
  while (left >= 0 && tokens[left]!.upos === 'PUNCT' && !quotationAt(quotations, tokens[left]!.from)) left--;
  const before = tokens[left] && quotationAt(quotations, tokens[left]!.from);
  if (!before) return undefined;
  let start = left;
  while (start > 0 && tokens[start - 1]!.from >= before.from) start--;
  return [start, left];
}

/** "Talks failed, the envoy said on Monday.", "…, said the envoy.": all before the comma. */
function tailOf(tree: Tree, verb: Token, subject: Token | undefined, group: Stretch): Stretch | undefined {
  const { tokens } = tree;
  const own = subject && subject.head === verb.index && subject.index < verb.index;
  const start = own ? Math.min(tree.first[subject.index]!, group[0]) : group[0];
  if (start < 4 || tokens[start - 1]!.form !== ',') return undefined;
  if (!own && verb.form.endsWith('ing')) return undefined;
  const rest = tokens.slice(group[1] + 1);
  if (rest.length > 25 || dependent(tree, verb, 'ccomp')?.index! > verb.index) return undefined;
  if (!own && (rest.length < 2 || rest.slice(0, 3).some((token) => token.upos === 'VERB' || token.upos === 'SCONJ')))
    return undefined;
  if (!own && rest[0]!.upos !== 'PROPN' && rest[0]!.upos !== 'DET' && rest[0]!.upos !== 'NOUN') return undefined;
  if (own && rest.length > 8 && !['ADP', 'PUNCT', 'NOUN', 'PROPN'].includes(rest[0]!.upos)) return undefined;
  return [0, start - 2];
}

/** Where the tree shows no clause: all after "said", with a verb in it. */
function restOf(tree: Tree, group: Stretch): Stretch | undefined {
  const { tokens } = tree;
  const start = group[1] + 1;
  const next = tokens[start];
  if (!next || next.upos === 'PUNCT' || next.upos === 'ADP' || next.upos === 'ADV' || next.upos === 'CCONJ')
    return thatAfter(tree, group[1]);
  const end = tokens.length - 1;
  const finite = tokens.slice(start).some((token) => feature(token, 'VerbForm') === 'Fin');
  return finite ? [start, end] : undefined;
}

/** "told the audience that …": from the "that" on, whatever the tree hangs it on. */
function thatAfter(tree: Tree, after: number): Stretch | undefined {
  for (let i = after + 1; i < tree.tokens.length && i < after + 16; i++) {
    const { form, upos } = tree.tokens[i]!;
    if (form === 'that' && upos !== 'DET') return [i, tree.tokens.length - 1];
    if (upos === 'VERB' || upos === 'AUX' || form === ';' || form === ':') return undefined;
  }
  return undefined;
}
