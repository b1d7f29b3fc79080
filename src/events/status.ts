import type { Token } from '../nlp/sentence.ts';
import { isGerund } from './frame.ts';
import type { Certainty, Status } from './ontology.ts';
import type { Tree } from './tree.ts';
import { bare, casing, dependent, dependents, feature, headOf, particleOf } from './tree.ts';

/** Whether an act took place, as its words have it. */
export interface Judgement {
  readonly status: Status;
  readonly certainty: Certainty;
  /** Head of the clause the act depends on ("if …", "unless …"). */
  readonly condition: Token | undefined;
  /** True inside a condition itself: the act is only supposed. */
  readonly supposed: boolean;
}

/** What a word says of the act it governs: "plans to meet", "refused to meet", "potential talks". */
// biome-ignore format: a table reads best in rows
const EFFECTS: readonly (readonly [Status, string])[] = [
  ['planned', 'commitment intent plan intend prepare agree schedule set arrange vow pledge promise decide undertake commit announce ready willing due propose upcoming forthcoming future next scheduled planned proposed preparation prospective eve swear resolve determine'],
  ['expected', 'expect likely anticipate predict foresee forecast expected anticipated bind poise poised slate'],
  ['hoped', 'hope want wish seek aim urge call demand ask request order appeal beg encourage press push insist recommend suggest advise need desire desired advocate invitation plea favor like support try attempt struggle effort work opportunity'],
  ['possible', 'consider mull weigh discuss contemplate may might possible potential threat fear option risk possibility prospect chance hypothetical imminent loom looming could alternative capable free eligible allow permit authorize tempt explore debate'],
  ['threatened', 'threaten warn threatened'],
  ['denied', 'refuse decline reject deny rule+out avoid prevent avert oppose prohibit forbid ban block dismiss abstain refrain stop deter dissuade denial without'],
  ['cancelled', 'cancel postpone call+off scrap suspend shelve drop delay cancelled canceled postponed'],
  ['failed', 'fail unable collapse break+down fall+through failed unsuccessful failure abortive'],
  ['ongoing', 'continue keep ongoing remain persist'],
];
const EFFECT = new Map(EFFECTS.flatMap(([status, words]) => words.split(' ').map((word) => [word, status] as const)));

// biome-ignore format: a table reads best in rows
const CERTAINTIES: readonly (readonly [Certainty, string])[] = [
  ['probable', 'believe think suspect apparently probably likely presumably seemingly reportedly reported believed seem appear assume estimate'],
  ['possible', 'allege claim allegedly possibly perhaps maybe purportedly rumor rumour alleged purported supposed suspected potentially conceivably suggest imply'],
  ['doubted', 'doubt question dispute doubtful unlikely unclear unconfirmed disputed'],
];
const CERTAINTY = new Map(
  CERTAINTIES.flatMap(([level, words]) => words.split(' ').map((word) => [word, level] as const)),
);

const NEGATIONS = new Set([
  'not',
  "n't",
  'n’t',
  'never',
  'no',
  'neither',
  'nor',
  'hardly',
  'nobody',
  'none',
  'without',
]);
const CONDITIONS = new Set(['if', 'unless', 'provided', 'should', 'until']);

/** Verbs that say of the noun below or beside them only that it takes place. */
const EXISTENCE = new Set(
  'take begin start resume occur happen continue last open end conclude come follow be run go proceed'.split(' '),
);

/** Weak certainty first: the least sure word on the way up decides. */
const WEAKEST: readonly Certainty[] = ['doubted', 'possible', 'probable', 'asserted'];

/**
 * Judges the status of an act from its own auxiliaries and negation, and from the words that govern it, walking up the
 * tree until a clause that stands by itself.
 */
export function judge(tree: Tree, trigger: Token): Judgement {
  let status =
    trigger.upos === 'NOUN' || trigger.upos === 'PROPN' ? nounStatus(tree, trigger) : verbStatus(tree, trigger);
  let certainty = modifierCertainty(tree, trigger);
  let condition = conditionOf(tree, trigger);
  let supposed = isCounterfactual(tree, trigger);
  if (isNegated(tree, trigger)) status = 'denied';

  for (let node = trigger, step = 0; step < 20; step++) {
    const up = headOf(tree, node);
    if (!up) break;
    const relation = bare(node.relation);
    // "prevent them from meeting", "accused of aiding": the gerund is what the verb governs.
    const mark = dependent(tree, node, 'mark', 'case')?.form.toLowerCase() ?? '';
    const governed = isGerund(node) && GOVERNED.has(mark);
    if (relation === 'advcl' && !governed) {
      supposed ||= dependents(tree, node, 'mark').some(
        (mark) => CONDITIONS.has(mark.form.toLowerCase()) && mark.form.toLowerCase() !== 'until',
      );
      break;
    }
    if (node.relation === 'acl:relcl' || relation === 'parataxis') break;
    const verbal = node.upos === 'VERB' || node.upos === 'AUX';
    if (relation === 'obl' && (node !== trigger || SETTING.test(casing(tree, node)))) break;
    if (relation === 'conj') {
      // "will meet and sign": a bare conjunct shares the auxiliaries of the first.
      if (verbal && up.upos === node.upos && !dependent(tree, node, 'aux', 'nsubj')) {
        const shared = verbStatus(tree, up);
        if (status === 'happened' || status === 'possible') status = shared;
        if (isNegated(tree, up) && up.index < node.index) status = 'denied';
      }
    } else {
      const plan =
        relation === 'xcomp' ? dependents(tree, up, 'obj').find((object) => effectOf(tree, object, node)) : undefined;
      const told = effectOf(tree, up, node) ?? (plan && effectOf(tree, plan, node));
      // "the approval permits": what a subject does says nothing of it, but that it fails, ends or goes on.
      const effect = node.relation === 'nsubj' && up.upos === 'VERB' && !OF_SUBJECTS.has(told) ? undefined : told;
      const level = CERTAINTY.get(up.lemma);
      if (level && (verbal || relation === 'obj')) certainty = weaker(certainty, level);
      const finite = relation === 'ccomp' && hasFiniteVerb(tree, node);
      if (
        effect &&
        !(finite && effect !== 'denied' && effect !== 'hoped' && effect !== 'expected' && effect !== 'threatened')
      ) {
        if (status !== 'denied' && status !== 'cancelled') status = effect;
        if (isNegated(tree, up) || (plan && isNegated(tree, plan))) status = 'denied';
      } else if (finite) {
        // "did not find that it had broken the law"
        if (FINDING.has(up.lemma) && isNegated(tree, up)) status = 'denied';
        break;
      } else if (governed && OPEN.has(mark)) {
        // "intent on destroying", "a commitment to supporting"
        if (status === 'happened') status = 'possible';
      } else if (
        up.upos === 'VERB' &&
        (relation === 'xcomp' || (!verbal && EXISTENCE.has(up.lemma) && relation === 'nsubj'))
      ) {
        if (status === 'possible' || status === 'happened' || !verbal) status = verbStatus(tree, up);
        if (isNegated(tree, up)) status = 'denied';
      }
      if (!verbal && !effect && !EXISTENCE.has(up.lemma)) break;
    }
    certainty = weaker(certainty, modifierCertainty(tree, up));
    supposed ||= isCounterfactual(tree, up);
    condition ??= conditionOf(tree, up);
    node = up;
  }

  if (condition && (status === 'planned' || status === 'expected' || status === 'possible' || status === 'happened'))
    status = 'conditional';
  if (supposed && status !== 'denied') status = 'conditional';
  return { status, certainty, condition, supposed };
}

/** Prepositions before a gerund that its governor asks for; after some what is told need not come about. */
const GOVERNED = new Set(['from', 'of', 'against', 'to', 'on', 'in', 'at']);
const OPEN = new Set(['to', 'on', 'at']);

const FINDING = new Set('find think believe see prove show confirm conclude establish'.split(' '));
const OF_SUBJECTS = new Set<Status | undefined>(['failed', 'cancelled', 'ongoing']);

/** Cases that set a scene: what is said of the clause is not said of the meeting it took place at. */
const SETTING = /^(?:during|at|after|before|since|in|under|despite|amid|following|by)$/;

/** "would have allowed": it did not. */
function isCounterfactual(tree: Tree, verb: Token): boolean {
  const forms = dependents(tree, verb, 'aux').map((child) => child.form.toLowerCase());
  return forms.includes('have') && forms.some((form) => form === 'would' || form === 'could' || form === 'should');
}

function weaker(a: Certainty, b: Certainty): Certainty {
  return WEAKEST.indexOf(a) <= WEAKEST.indexOf(b) ? a : b;
}

function hasFiniteVerb(tree: Tree, token: Token): boolean {
  return (
    feature(token, 'VerbForm') === 'Fin' ||
    dependents(tree, token, 'aux', 'cop').some((child) => feature(child, 'VerbForm') === 'Fin')
  );
}

/** Words that bear on an act only through "for" or an infinitive: "called for talks", but "in a call". */
const WITH_FOR = new Set('call press push appeal ask look support favor like work need order request fear'.split(' '));

const VISITS = new Set('visit trip summit talk meeting exercise drill tour conference'.split(' '));

function effectOf(tree: Tree, token: Token, below: Token): Status | undefined {
  if (WITH_FOR.has(token.lemma)) {
    const open = below.upos === 'VERB' && feature(below, 'VerbForm') === 'Inf' && !hasFiniteVerb(tree, below);
    if (!open && casing(tree, below) !== 'for') return undefined;
  }
  // "announced a visit" plans one, "announced the arrest of" tells of one.
  if (token.lemma === 'announce' && below.upos === 'NOUN' && !VISITS.has(below.lemma)) return undefined;
  const particle = particleOf(tree, token);
  return EFFECT.get(particle ? `${token.lemma}+${particle.lemma}` : token.lemma);
}

function isNegated(tree: Tree, token: Token): boolean {
  return tree.children[token.index]!.some((child) => {
    const relation = bare(child.relation);
    return (
      (relation === 'advmod' ||
        relation === 'det' ||
        relation === 'cc' ||
        relation === 'case' ||
        relation === 'mark') &&
      NEGATIONS.has(child.form.toLowerCase())
    );
  });
}

function modifierCertainty(tree: Tree, token: Token): Certainty {
  let certainty: Certainty = 'asserted';
  for (const child of dependents(tree, token, 'advmod', 'amod'))
    certainty = weaker(certainty, CERTAINTY.get(child.form.toLowerCase()) ?? 'asserted');
  return certainty;
}

/** The clause that an act waits for: "if there were an escalation", "unless the troops leave". */
function conditionOf(tree: Tree, token: Token): Token | undefined {
  return dependents(tree, token, 'advcl').find((clause) =>
    dependents(tree, clause, 'mark').some((mark) => CONDITIONS.has(mark.form.toLowerCase())),
  );
}

function nounStatus(tree: Tree, noun: Token): Status {
  for (const modifier of dependents(tree, noun, 'amod', 'compound', 'case')) {
    const effect = EFFECT.get(modifier.form.toLowerCase()) ?? EFFECT.get(modifier.lemma);
    if (effect) return effect;
  }
  return 'happened';
}

function verbStatus(tree: Tree, verb: Token): Status {
  // "after Theresa May stepped down": a surname is no auxiliary.
  const auxiliaries = dependents(tree, verb, 'aux', 'cop')
    .filter((child) => child.form !== 'May' || child.index === 0)
    .map((child) => child.form.toLowerCase());
  for (const form of auxiliaries) {
    if (form === 'will' || form === 'shall' || form === "'ll" || form === '’ll' || form === 'wo') return 'planned';
    if (form === 'would' || form === "'d" || form === '’d') return 'planned';
    if (form === 'may' || form === 'might' || form === 'could' || form === 'can' || form === 'ca') return 'possible';
    if (form === 'should' || form === 'must' || form === 'ought') return 'hoped';
  }
  if (verb.lemma === 'go' && dependent(tree, verb, 'xcomp') && feature(verb, 'VerbForm') === 'Ger') return 'planned';
  const perfect = auxiliaries.some((form) => ['have', 'has', 'had', "'ve", '’ve', 'having'].includes(form));
  if (perfect) return 'happened';
  // "is to be sentenced in June"
  if (auxiliaries.includes('be') && dependents(tree, verb, 'mark').some((mark) => mark.form.toLowerCase() === 'to'))
    return verb.head < 0 || bare(verb.relation) === 'ccomp' ? 'planned' : 'possible';
  const form = feature(verb, 'VerbForm');
  const present = auxiliaries.some((auxiliary) => ['is', 'are', 'am', "'re", "'s", '’s', '’re'].includes(auxiliary));
  if (present && (form === 'Ger' || feature(verb, 'Tense') === 'Pres')) return 'ongoing';
  if (form === 'Inf' && !auxiliaries.includes('did') && !auxiliaries.includes('does') && !auxiliaries.includes('do'))
    return bare(verb.relation) === 'advcl' || verb.head < 0 ? 'planned' : 'possible';
  if (feature(verb, 'Mood') === 'Imp') return 'hoped';
  return 'happened';
}
