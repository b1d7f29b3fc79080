import type { Token } from '../../nlp/sentence.ts';
import { contains } from '../../source/span.ts';
import { surfaceSubjects } from '../frame.ts';
import { bare, coordinated, dependent, dependents, headOf, type Tree } from '../tree.ts';
import type { Mention } from './mentions.ts';
import { isClauseMate, isPerson, isState, type Someone, type Together } from './someone.ts';

/** Whom a document's "I" and "we" mean where a pronoun stands; both absent in a report. */
export interface Voice {
  readonly alone: Someone | undefined;
  readonly ours: readonly Someone[];
}

/** What a pronoun says of the sex of a person. */
export function genderOf(token: Token): 'he' | 'she' | undefined {
  const form = token.form.toLowerCase();
  if (form === 'he' || form === 'him' || form === 'his') return 'he';
  return form === 'she' || form === 'her' || form === 'hers' ? 'she' : undefined;
}

/**
 * Whom a pronoun means: one, several ("they"), or nobody known. `candidates` come the likeliest first; `thing` is true
 * where the sentence before was about a thing, about which "It" goes on.
 */
export function pronounMeaning(
  mention: Mention,
  sentence: number,
  candidates: readonly Someone[],
  voice: Voice,
  together: Together | undefined,
  thing: boolean,
): readonly Someone[] {
  const form = mention.head.form.toLowerCase();
  const gender = genderOf(mention.head);
  if (/^(?:i|me|my)$/.test(form)) return voice.alone ? [voice.alone] : [];
  if (/^(?:we|us|ours?)$/.test(form)) return voice.ours;
  if (isDummy(mention)) return [];
  const asked = askedBefore(mention, candidates);
  if (asked) return [asked];
  const governing = governingSubjects(mention, candidates);
  if (gender) {
    const fits = [...governing, ...candidates].filter(
      (one) => one.coded.kind === 'person' && !one.mentions.at(-1)!.plural && (one.gender ?? gender) === gender,
    );
    const doers = doersTo(mention);
    const free = fits.filter(
      (one) =>
        !isClauseMate(mention, one, sentence) && !mentionsIn(mention.tree, one).some((met) => doers.includes(met.head)),
    );
    // "a freedom fighter" told in passing is no likelier than a name before it.
    const [first] = free;
    const passing = first && !isPerson(first) && !first.lastProminent && first.lastSentence < sentence;
    return [...(passing ? free.filter(isPerson) : []), ...free].slice(0, 1);
  }
  if (form === 'it' && mention.head.index === 0 && thing) return [];
  // "terrorism in all its forms"
  if (form === 'its' && ASPECTS.has(headOf(mention.tree, mention.head)?.lemma ?? '')) return [];
  if (form === 'it' || form === 'its') {
    const near = form === 'its' ? nearestThing(mention, candidates) : undefined;
    if (near) return [near];
    if (form === 'it' && governing.length === 0 && followsThing(mention, sentence, candidates)) return [];
    const fits = [...governing, ...candidates].filter((one) => isThing(one) && !one.mentions.at(-1)!.plural);
    return (form === 'its' ? fits : fits.filter((one) => !isClauseMate(mention, one, sentence))).slice(0, 1);
  }
  // they, both: the last coordination of actors, else the last group.
  const pair = pairBefore(mention.tree, mention.head, candidates);
  if (pair.length > 1) return pair;
  const many = governing.filter((one) => one.mentions.at(-1)!.plural || one.coded.kind === 'group');
  // "the two sides will return their envoys": all whom the same words mean.
  const [first] = many;
  if (first && form !== 'two') return many.filter((one) => one.mentions.at(-1)!.head === first.mentions.at(-1)!.head);
  // "UNICEF reported they had delivered …"
  const body = form.startsWith('the') ? governing.find((one) => BODIES.has(one.coded.kind)) : undefined;
  if (body && body.mentions.at(-1)!.tree === mention.tree) return [body];
  // "Lima and Berg met. Chad holds sailors and should free them.": many of this sentence before those of another.
  const near =
    form === 'them' && together !== undefined && together.sentence < sentence
      ? candidates.find(
          (one) =>
            !isClauseMate(mention, one, sentence) &&
            mentionsIn(mention.tree, one).some(
              (met) =>
                (met.plural || one.coded.kind === 'group') &&
                met.form !== 'pronoun' &&
                bare(met.head.relation) === 'obj',
            ),
        )
      : undefined;
  if (near) return [near];
  if (together && sentence - together.sentence <= 4) return together.meant;
  if (form === 'both' || form === 'two')
    return candidates.filter(isPerson).slice(0, 2).length === 2 ? candidates.filter(isPerson).slice(0, 2) : [];
  return candidates.filter((one) => one.mentions.at(-1)!.plural || one.coded.kind === 'group').slice(0, 1);
}

/** "its" is nobody's who are many, though one says it of "the authorities". */
function isMany({ coded }: Someone, { head, form, plural }: Mention): boolean {
  if (form === 'pronoun') return plural || /^(?:i|me|my)$/i.test(head.form);
  return plural && coded.kind === 'group';
}

const ASPECTS = new Set(['form', 'manifestation', 'aspect', 'dimension']);

/** "The premier telephoned the king and urged him": whoever the verb shares its subject with is not its object. */
function doersTo({ tree, head }: Mention): readonly Token[] {
  const verb = /^i?obj$/.test(head.relation) ? headOf(tree, head) : undefined;
  return verb?.upos === 'VERB' ? surfaceSubjects(tree, verb, 0) : [];
}

/** "asked the judge to wait, but he declined": whoever was asked answers. */
function askedBefore({ tree, head }: Mention, candidates: readonly Someone[]): Someone | undefined {
  const verb = head.relation === 'nsubj' ? headOf(tree, head) : undefined;
  const before = verb?.relation === 'conj' && ANSWERS.has(verb.lemma) ? headOf(tree, verb) : undefined;
  const object = before && ASKS.has(before.lemma) ? dependent(tree, before, 'obj') : undefined;
  return object && candidates.find((one) => mentionsIn(tree, one).some((met) => met.head === object));
}
const ASKS = new Set('ask urge invite order tell request beg press offer summon'.split(' '));
const ANSWERS = new Set('decline refuse accept agree comply reject resist obey'.split(' '));

const BODIES = new Set<string>(['body', 'company', 'media']);

/** Someone's mentions in the sentence that is being read. */
function mentionsIn(tree: Tree, { mentions }: Someone): readonly Mention[] {
  let from = mentions.length;
  while (from > 0 && mentions[from - 1]!.tree === tree) from--;
  return mentions.slice(from);
}

function isThing(one: Someone): boolean {
  return one.coded.kind !== 'person' && one.coded.kind !== 'unknown';
}

/** "it is vital that", "it requires courage to": an "it" that means nobody. */
function isDummy({ tree, head }: Mention): boolean {
  if (head.form.toLowerCase() !== 'it') return false;
  const predicate = headOf(tree, head);
  if (!predicate || !/^(?:nsubj|expl)$/.test(bare(head.relation))) return false;
  if (PERSONAL.has(predicate.lemma)) return false;
  if (dependent(tree, predicate, 'csubj')) return true;
  if (predicate.upos === 'VERB' || !dependent(tree, predicate, 'cop')) return false;
  // "it is willing to withdraw" is somebody's will, "it is vital to withdraw" nobody's.
  const clause = dependent(tree, predicate, 'ccomp', 'xcomp', 'advcl');
  return (
    clause !== undefined &&
    clause.index > predicate.index &&
    (bare(clause.relation) === 'ccomp' || IMPERSONAL.has(predicate.lemma))
  );
}

const PERSONAL = new Set(
  'willing unwilling ready able unable prepared eager reluctant determined committed'.split(' '),
);
const IMPERSONAL = new Set(
  'important vital necessary possible impossible crucial essential difficult hard easy critical imperative unclear clear time likely unlikely good better best wrong right fair'.split(
    ' ',
  ),
);

/**
 * The subjects of the verbs above a pronoun's own clause, nearest first: "Trump said that he …", "help Ukraine meet the
 * costs that it faces".
 */
function governingSubjects({ tree, head }: Mention, candidates: readonly Someone[]): readonly Someone[] {
  const found: Someone[] = [];
  const meant = (token: Token): void => {
    if (token.index >= head.index) return;
    for (const one of candidates)
      if (mentionsIn(tree, one).some((mention) => mention.head === token) && !found.includes(one)) found.push(one);
  };
  let verb = clauseAbove(tree, head);
  // "hold Chad accountable for its war": whose a thing is, another argument of its verb says.
  if (verb && head.relation === 'nmod:poss')
    for (const child of dependents(tree, verb, 'obj', 'nsubj').toReversed()) meant(child);
  for (let step = 0; verb && step < LEVELS; step++) {
    verb = clauseAbove(tree, verb);
    if (!verb) break;
    for (const subject of surfaceSubjects(tree, verb, 0)) meant(subject);
  }
  return found;
}
const LEVELS = 4;

/** "The killing was an outrage, and we condemn it": the sentence has a subject before it that is nobody. */
function followsThing(mention: Mention, sentence: number, candidates: readonly Someone[]): boolean {
  const { tree, head } = mention;
  const someone = candidates.some(
    (one) =>
      isThing(one) &&
      !isClauseMate(mention, one, sentence) &&
      mentionsIn(tree, one).some((met) => !met.plural && met.head.index < head.index),
  );
  return (
    !someone && tree.tokens.slice(0, head.index).some((token) => token.upos === 'NOUN' && token.relation === 'nsubj')
  );
}

/** The verb or predicate of the clause that a token stands in. */
function clauseAbove(tree: Tree, token: Token): Token | undefined {
  let above = headOf(tree, token);
  while (above && above.upos !== 'VERB' && !dependent(tree, above, 'cop')) above = headOf(tree, above);
  return above;
}

/** Whose "its" is: the subject's of its own verb, else the state's or body's named last before it in the sentence. */
function nearestThing(mention: Mention, candidates: readonly Someone[]): Someone | undefined {
  const { tree, head } = mention;
  const here = candidates
    .flatMap((one) =>
      mentionsIn(tree, one)
        // "We support Chad in its talks": "its" is never ours, nor is it that of many.
        .filter((other) => other.head.index < head.index && !isMany(one, other))
        .map((other) => ({ one, other })),
    )
    .filter(({ one }) => isThing(one))
    .sort((a, b) => b.other.head.index - a.other.head.index);
  // "the government's repression and its support for …": whose the first is, the second is.
  const owned = headOf(tree, head);
  const first = owned && owned.relation === 'conj' ? headOf(tree, owned) : undefined;
  const owners = first ? dependents(tree, first, 'nmod:poss') : [];
  const owner = here.find(({ other }) => owners.includes(other.head));
  if (owner) return owner.one;
  let verb = headOf(tree, head);
  while (verb && verb.upos !== 'VERB') verb = headOf(tree, verb);
  const subjects = verb ? surfaceSubjects(tree, verb, 0) : [];
  return (here.find(({ other }) => subjects.includes(other.head)) ?? here[0])?.one;
}

/** "its neighbor": the state named last beside the one whose neighbour it is. */
export function neighbourOf(mention: Mention, candidates: readonly Someone[]): Someone | undefined {
  const owner = nearestThing(mention, candidates);
  return candidates.find((one) => isState(one) && one !== owner);
}

/** The heads named side by side with a mention, be it by its title or its name: "Presidents Lima and Berg". */
export function besideEach({ tree, head, phrase, form }: Mention): readonly Token[] {
  if (form !== 'name') return coordinated(tree, head);
  const more = tree.tokens.flatMap((token) =>
    token !== head && contains(phrase, token)
      ? dependents(tree, token, 'conj').filter((one) => !contains(phrase, one))
      : [],
  );
  return [...coordinated(tree, head), ...more.flatMap((one) => coordinated(tree, one))];
}

/** "X and Y … they": all who were named side by side before it in the sentence. */
function pairBefore(tree: Tree, before: Token, candidates: readonly Someone[]): readonly Someone[] {
  const here = candidates.filter(
    (one) => one.mentions.at(-1)!.tree === tree && one.mentions.at(-1)!.head.index < before.index,
  );
  for (const candidate of here) {
    const heads = besideEach(candidate.mentions.at(-1)!);
    const all = here.filter((one) => heads.includes(one.mentions.at(-1)!.head));
    if (all.length > 1) return all;
  }
  return [];
}
