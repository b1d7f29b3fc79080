import type { Token } from '../../nlp/sentence.ts';
import { surfaceSubjects } from '../frame.ts';
import type { Tree } from '../tree.ts';
import { bare, casing, dependent, dependents, feature, headOf } from '../tree.ts';
import { asideAt, clauseAround } from './aside.ts';
import { isDoing, quotedAfter, reportedClause, type Stretch, type View, viewOf } from './clause.ts';
import { complementEnd, governedBy, infinitiveOf, isInfinitive } from './complement.ts';
import { adjectiveCue, type Cue, isExpecting, isTold, isUnvoiced, nounCue, verbCue } from './cues.ts';
import type { Quotation } from './quotation.ts';
import { seemingAt } from './seeming.ts';
import { sourceOf, subjectOf } from './subject.ts';

/** Someone's words or thoughts as one sentence's tree shows them. */
export interface Report {
  readonly tree: Tree;
  /** The reporting word. */
  readonly word: Token;
  /** Head of the phrase that names who reports. */
  readonly source: Token | undefined;
  /** The source's phrase where the words show it and the tree does not. */
  readonly phrase: Stretch | undefined;
  readonly cue: Stretch;
  readonly content: Stretch;
  /** True for an uttered clause: only these report inside another's words. */
  readonly uttered: boolean;
  /** False for what seems so or is expected: no one says it, it is the outlet's own telling. */
  readonly voiced: boolean;
}

/** All reports that a sentence's tree shows, in the order of their reporting words. */
export function findReports(tree: Tree, quotations: readonly Quotation[]): readonly Report[] {
  const view = viewOf(tree, quotations);
  const found: Report[] = [];
  for (const word of tree.tokens) {
    const report = reportBy(view, word) ?? asideAt(tree, word);
    if (report && report.content[0] <= report.content[1] && !isAmount(report.source)) found.push(report);
  }
  return found;
}

/** "citing 95 million", "In 2021, …": no figure says anything. */
function isAmount(source: Token | undefined): boolean {
  // "this time not only hinting …": nor does a time.
  if (source?.upos === 'NOUN' && TIMES.has(source.lemma)) return true;
  return source?.upos === 'NUM' && /^\d|^(?:hundred|thousand|million|billion|trillion)s?$/i.test(source.form);
}

const TIMES = new Set('time day week month year hour moment'.split(' '));

function reportBy(view: View, word: Token): Report | undefined {
  const { tree } = view;
  if (word.upos === 'VERB' || isSay(tree, word)) return byVerb(view, word);
  if (word.upos === 'NOUN') return byNoun(tree, word);
  return word.upos === 'ADJ' ? byAdjective(tree, word) : undefined;
}

/** "say" is a verb but after "a", "the", "no", "her": taggers err where a noun could stand. */
function isSay(tree: Tree, word: Token): boolean {
  return /^(?:say|says|said|saying)$/i.test(word.form) && !dependent(tree, word, 'det', 'nmod:poss', 'amod');
}

/** "A small state, say Malta, …": between two commas, "say" brings an example. */
function isExample(tree: Tree, verb: Token): boolean {
  const { tokens } = tree;
  if (verb.form.toLowerCase() !== 'say' || tokens[verb.index - 1]?.form !== ',') return false;
  return tokens.slice(verb.index + 2, verb.index + 6).some(({ form }) => form === ',');
}

function byVerb(view: View, verb: Token): Report | undefined {
  const { tree } = view;
  const seeming = seemingAt(tree, verb, verbGroup(tree, verb));
  if (seeming) return seeming;
  const cue = verbCue(verb.lemma);
  // "a sneering smile"
  if (!cue || bare(verb.relation) === 'amod' || isExample(tree, verb)) return undefined;
  const parenthesis = cue.clause ? byParenthesis(tree, verb) : undefined;
  if (parenthesis) return parenthesis;
  if (isPassive(tree, verb)) return byPassive(view, verb);
  const group = verbGroup(tree, verb);
  const [first, last] = group;
  const { source, phrase } = sourceOf(tree, verb, group, cue.speech);
  if (!source && !needsNoSubject(verb)) return undefined;
  const report = (content: Stretch, end = last, uttered = false): Report => ({
    ...{ tree, word: verb, source, phrase, cue: [first, end], content, uttered, voiced: true },
  });

  // "The talks failed, records show": what papers show is said.
  const telling = source !== undefined && DOCUMENTS.has(source.lemma) && cue.clause ? TELLING : cue;
  const clause = cue.clause ? reportedClause(view, verb, telling, group) : undefined;
  if (clause) return report(clause, last, cue.speech);
  const object = dependent(tree, verb, 'obj');
  const open = cue.infinitive ? infinitiveOf(tree, verb) : undefined;
  if (open) {
    // "urged Mali to withdraw": whom and what.
    const whom = object ?? dependent(tree, verb, 'iobj');
    if (whom && whom.index < open.index && whom.index > verb.index)
      return report([tree.first[whom.index]!, tree.last[open.index]!]);
    // "called on the rebels to withdraw": whom stands behind a preposition of the cue.
    const behind = governedBy(tree, verb, cue.prepositions);
    if (behind && behind.last < open.index)
      return report([behind.mark.index + 1, tree.last[open.index]!], behind.mark.index);
    return report([Math.max(tree.first[open.index]!, verb.index + 1), tree.last[open.index]!]);
  }
  const governed = governedBy(tree, verb, cue.prepositions);
  if (governed && !object) return report([governed.mark.index + 1, governed.last], governed.mark.index);
  if (object && ISSUING.has(verb.lemma) && byNoun(tree, object)) return undefined;
  if (object && (telling.object || governed) && object.index > verb.index) {
    // "called Chad a threat"
    const whom = dependents(tree, verb, 'iobj').find((one) => one.index > verb.index && one.index < object.index);
    return report([tree.first[(whom ?? object).index]!, complementEnd(tree, verb, object)]);
  }
  // "supported raising the tax"
  const doing = cue.object
    ? dependents(tree, verb, 'xcomp', 'ccomp').find(
        (child) => child.index > verb.index && !isDoing(tree, child, last) && !isInfinitive(tree, child),
      )
    : undefined;
  if (doing) return report([tree.first[doing.index]!, tree.last[doing.index]!]);
  // "the raid that Mali condemned", "the raid, which Mali called a blunder", "the raid Mali condemned"
  if (object && (cue.object || cue.clause) && feature(object, 'PronType') === 'Rel') {
    const [start, end] = complementAfter(tree, verb);
    return report(start <= end ? [start, end] : [object.index, object.index]);
  }
  return (cue.object || cue.clause) && !object ? byGap(tree, verb, report) : undefined;
}

/** "which Mali called a blunder": what stands behind the verb of a relative clause. */
function complementAfter(tree: Tree, verb: Token): Stretch {
  const behind = dependents(tree, verb, 'xcomp', 'obj', 'ccomp', 'obl').filter(
    (child) => child.index > verb.index && (bare(child.relation) !== 'obl' || casing(tree, child) === 'as'),
  );
  return [
    Math.min(tree.tokens.length, ...behind.map((child) => tree.first[child.index]!)),
    Math.max(-1, ...behind.map((child) => tree.last[child.index]!)),
  ];
}

/** "the raid Mali condemned": a clause hung on a noun with nothing between noun and subject tells of the noun. */
function byGap(tree: Tree, verb: Token, report: (content: Stretch) => Report): Report | undefined {
  const antecedent = verb.relation === 'acl:relcl' ? headOf(tree, verb) : undefined;
  const subject = dependent(tree, verb, 'nsubj');
  if (!antecedent || !subject || subject.index > verb.index || feature(subject, 'PronType') === 'Rel') return undefined;
  const start = tree.first[verb.index]!;
  if (start !== tree.first[subject.index] || start <= antecedent.index) return undefined;
  return report([tree.first[antecedent.index]!, start - 1]);
}

/** "As the envoy noted, talks had failed", "as reported by the agency": a parenthesis that needs no clause of its own. */
function byParenthesis(tree: Tree, verb: Token): Report | undefined {
  const as = tree.children[verb.index]!.find(
    (child) => child.index < verb.index && child.form.toLowerCase() === 'as' && child.upos !== 'ADV',
  );
  if (!as || dependent(tree, verb, 'ccomp', 'xcomp', 'obj')) return undefined;
  // "as the war continues": who goes on or waits says nothing.
  if (GOING_ON.has(verb.lemma)) return undefined;
  const source =
    dependent(tree, verb, 'nsubj', 'obl:agent') ??
    dependents(tree, verb, 'obl').find((child) => casing(tree, child) === 'by');
  const passive = !dependent(tree, verb, 'nsubj');
  if (!source && !isUnvoiced(verb.lemma)) return undefined;
  const content = clauseAround(tree, tree.first[verb.index]!, tree.last[verb.index]!);
  const by = passive && source ? tree.first[source.index]! : verb.index;
  return (
    content && {
      ...{
        tree,
        word: verb,
        source,
        phrase: undefined,
        cue: [passive ? as.index : verb.index, by],
        uttered: false,
        voiced: true,
      },
      content,
    }
  );
}

const GOING_ON = new Set(
  'continue conclude answer respond see find show agree hold care write read call shout move point signal fight protest object campaign'.split(
    ' ',
  ),
);

/** What is written or counted speaks by showing. */
const DOCUMENTS = new Set(
  'poll survey study report record document figure datum data statistic result finding analysis test image photo letter'.split(
    ' ',
  ),
);
const TELLING: Cue = { clause: true, infinitive: false, object: true, speech: true, prepositions: new Set() };

/** A participle that shares its subject ("…, adding that") needs none of its own; an infinitive with nobody does. */
function needsNoSubject(verb: Token): boolean {
  return verb.form.endsWith('ing') || verb.lemma === 'ask';
}

/**
 * True for "was accused of", "asked about the raid, she …". The forms decide, not the labels: "has called for" is no
 * passive whatever the tree says.
 */
function isPassive(tree: Tree, verb: Token): boolean {
  if (/ing$/i.test(verb.form)) return false;
  const auxiliaries = dependents(tree, verb, 'aux').filter((child) => child.index < verb.index);
  const last = auxiliaries.at(-1);
  // "He's predicted a win": with an object behind it, "'s" is "has".
  const active =
    last && /^['’]s$/.test(last.form) && dependents(tree, verb, 'obj').some((one) => one.index > verb.index);
  if (last) return !active && (last.lemma === 'be' || last.lemma === 'get');
  if (dependent(tree, verb, 'obl:agent')) return true;
  const relation = bare(verb.relation);
  if (verb.lemma === 'ask' && verb.index <= 1 && !dependent(tree, verb, 'nsubj')) return true;
  return (
    (relation === 'acl' || relation === 'advcl') &&
    verb.relation !== 'acl:relcl' &&
    feature(verb, 'VerbForm') === 'Part' &&
    !dependent(tree, verb, 'nsubj', 'obj')
  );
}

/** "was accused by Mali of …": who is told of stands first, who tells stands after "by". */
function byPassive(view: View, verb: Token): Report | undefined {
  const { tree } = view;
  const cue = verbCue(verb.lemma)!;
  const agent =
    dependent(tree, verb, 'obl:agent') ?? dependents(tree, verb, 'obl').find((child) => casing(tree, child) === 'by');
  if (!agent && !isUnvoiced(verb.lemma)) return undefined;
  const [first, last] = verbGroup(tree, verb);
  const clause = dependent(tree, verb, 'ccomp', 'xcomp') ?? askedClause(tree, verb);
  // "the plan, first reported by the agency": who or what the participle describes.
  const described = bare(verb.relation) === 'acl' ? headOf(tree, verb) : undefined;
  const subject = dependent(tree, verb, 'nsubj') ?? described;
  const voiced = agent !== undefined || !isExpecting(verb.lemma);
  // Asked: “Who gave the order?”
  const quoted = cue.speech ? quotedAfter(view, verb, last) : undefined;
  if (quoted)
    return {
      ...{ tree, word: verb, source: agent, phrase: undefined, cue: [first, last], uttered: false, voiced: true },
      content: quoted,
    };
  if (clause && clause.index > verb.index)
    return {
      ...{ tree, word: verb, source: agent, phrase: undefined, cue: [first, last], uttered: false, voiced },
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
      ...{
        tree,
        word: verb,
        source: agent,
        phrase: undefined,
        cue: [first, governed.mark.index],
        uttered: false,
        voiced: true,
      },
      content: [governed.mark.index + 1, governed.last],
    };
  const told = agent ? cue.object || cue.clause : cue.object && isTold(verb.lemma) && !described;
  if (told && subject && subject.index < verb.index)
    return {
      ...{ tree, word: verb, source: agent, phrase: undefined, cue: [first, last], uttered: false, voiced: true },
      content: [
        tree.first[subject.index]!,
        Math.min(tree.last[subject.index]!, (described ? tree.first[verb.index]! : first) - 1),
      ],
    };
  return undefined;
}

/** "was asked if he would stay": parsers take the question for a condition. */
function askedClause(tree: Tree, verb: Token): Token | undefined {
  if (verb.lemma !== 'ask') return undefined;
  return dependents(tree, verb, 'advcl').find(
    (child) =>
      tree.first[child.index] === verb.index + 1 &&
      /^(?:if|whether|why|how|when)$/.test(tree.tokens[verb.index + 1]!.form),
  );
}

/** Who hears a claim does not make it: "the court heard the allegation that …". */
const TAKING = new Set(
  'hear face receive get draw see read meet fuel spark prompt follow know find attract evaluate'.split(' '),
);

/** Verbs that only bring their noun of saying before the public: "issued a statement that …". */
const ISSUING = new Set(['issue', 'release', 'publish', 'post', 'deliver', 'make', 'give']);

/** "Mali's claim that …", "a call for …", "raised questions about …". */
function byNoun(tree: Tree, noun: Token): Report | undefined {
  const ways = nounCue(noun.lemma);
  if (!ways) return undefined;
  const owner = dependents(tree, noun, 'nmod:poss')[0];
  const governor = headOf(tree, noun);
  const held =
    governor?.upos === 'VERB' &&
    bare(noun.relation) === 'obj' &&
    !TAKING.has(governor.lemma) &&
    !isPassive(tree, governor)
      ? governor
      : undefined;
  if (held && verbCue(held.lemma)?.object && !ISSUING.has(held.lemma)) return undefined;
  // "printed Niger's claim" is Niger's, "repeated its claim" the subject's.
  const owned = owner && owner.upos !== 'PRON' ? owner : undefined;
  const source =
    owned ??
    (held ? subjectOf(tree, held) : undefined) ??
    owner ??
    dependents(tree, noun, 'nmod').find((child) => ['by', 'from', 'among'].includes(casing(tree, child)));
  const first = held && !owned ? verbGroup(tree, held)[0] : noun.index;
  const clause = dependents(tree, noun, 'acl', 'ccomp').find((child) => {
    const { form, relation } = tree.tokens[tree.first[child.index]!]!;
    // "the allegation that guards beat the prisoners": with an object of its own, or in the passive, the clause leaves "that" no part in it.
    const idle =
      relation === 'obj' &&
      (dependents(tree, child, 'obj').length > 1 || dependent(tree, child, 'nsubj:pass') !== undefined);
    if (child.index < noun.index || !(relation === 'mark' || idle)) return false;
    return form === 'to' ? ways.has('infinitive') : form === 'that' && ways.has('that');
  });
  if (clause && (source || isClaim(tree, clause)))
    return {
      ...{ tree, word: noun, source, phrase: undefined, cue: [first, noun.index], uttered: false, voiced: true },
      content: [tree.first[clause.index]!, tree.last[clause.index]!],
    };
  const governed = governedBy(tree, noun, ways) ?? (held ? governedBy(tree, held, ways) : undefined);
  if (!governed || !(source || OWNERLESS.has(governed.mark.form.toLowerCase()))) return undefined;
  return {
    ...{ tree, word: noun, source, phrase: undefined, cue: [first, governed.mark.index], uttered: false, voiced: true },
    content: [governed.mark.index + 1, governed.last],
  };
}

/** "Concerns about the dam" are somebody's, though nobody is named. */
const OWNERLESS = new Set(['about', 'over']);

/** "the allegation that …" is somebody's, though nobody is named; "the plan to …" need not be told at all. */
function isClaim(tree: Tree, clause: Token): boolean {
  return tree.tokens[tree.first[clause.index]!]!.form === 'that';
}

/** "is confident that …", "was critical of …". */
function byAdjective(tree: Tree, adjective: Token): Report | undefined {
  const ways = adjectiveCue(adjective.lemma);
  if (!ways || bare(adjective.relation) === 'amod') return undefined;
  const source = dependent(tree, adjective, 'nsubj') ?? surfaceSubjects(tree, adjective, 0)[0];
  if (!source || source.form.toLowerCase() === 'it') return undefined;
  const governor = headOf(tree, adjective);
  // "made clear that …", "seemed eager to …": the verb belongs to the cue.
  const carried = bare(adjective.relation) === 'xcomp' && governor?.upos === 'VERB' && governor.index < adjective.index;
  const first = carried
    ? verbGroup(tree, governor)[0]
    : Math.min(adjective.index, ...dependents(tree, adjective, 'cop', 'aux').map((one) => one.index));
  const clause = dependents(tree, adjective, 'ccomp', 'xcomp', 'advcl').find((child) => {
    const start = tree.tokens[tree.first[child.index]!]!.form.toLowerCase();
    return (
      child.index > adjective.index &&
      (start === 'to' ? ways.has('to') : ways.has('that') && (start === 'that' || !ways.has(start)))
    );
  });
  if (clause)
    return {
      ...{
        tree,
        word: adjective,
        source,
        phrase: undefined,
        cue: [first, adjective.index],
        uttered: false,
        voiced: true,
      },
      content: [tree.first[clause.index]!, tree.last[clause.index]!],
    };
  const governed = governedBy(tree, adjective, ways);
  if (!governed) return undefined;
  return {
    ...{
      tree,
      word: adjective,
      source,
      phrase: undefined,
      cue: [first, governed.mark.index],
      uttered: false,
      voiced: true,
    },
    content: [governed.mark.index + 1, governed.last],
  };
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
    const adverb = (before.upos === 'ADV' || before.upos === 'PART') && before.relation === 'advmod';
    if (before.head !== verb.index || !adverb || before.lemma === 'when' || before.lemma === 'how') break;
    first--;
  }
  for (const child of dependents(tree, verb, 'compound:prt'))
    if (child.index > verb.index && child.index <= verb.index + 2) last = Math.max(last, child.index);
  return [first, last];
}
