import type { Token } from '../nlp/sentence.ts';
import type { Match, Search } from './match.ts';
import { matchAt } from './match.ts';
import type { EventClass, EventType, PloverType, Status } from './ontology.ts';
import { classOf } from './ontology.ts';
import type { Judgement } from './status/status.ts';
import type { Tree } from './tree.ts';
import { bare, dependent, feature, headOf } from './tree.ts';

/** An act as it is to be told: its rule's own, or what it becomes by its content and its speaker. */
export interface Telling {
  readonly event: EventType;
  readonly cameo: string;
  readonly modes: readonly string[];
  readonly status: Status;
}

/** What a request, refusal, threat or promise is about: CAMEO code and PLOVER mode by the act it holds. */
// biome-ignore format: a table reads best in rows
const ABOUT: Readonly<Partial<Record<EventType, Readonly<Partial<Record<EventType, readonly [string, ...string[]]>>>>>> = {
  REQUEST: { CONSULT: ['106', 'meet'], AGREE: ['107', 'meet'], AID: ['103', 'assist'], COOPERATE: ['101', 'assist'], SUPPORT: ['102', 'assist'], CONCEDE: ['105', 'yield'], RETREAT: ['105', 'yield'], SANCTION: ['100', 'change'] },
  REJECT: { CONSULT: ['125', 'meet'], AGREE: ['120', 'meet'], AID: ['122', 'assist'], COOPERATE: ['121', 'assist'], SUPPORT: ['121', 'assist'], CONCEDE: ['124', 'yield'], RETREAT: ['124', 'yield'] },
  THREATEN: { SANCTION: ['131', 'relations'], COERCE: ['137', 'restrict'], ASSAULT: ['138', 'violence'], MOBILIZE: ['138', 'violence'], PROTEST: ['133'], REJECT: ['134', 'relations'], CONSULT: ['130'], RETREAT: ['130'] },
  AGREE: { CONSULT: ['036'], AGREE: ['030'], AID: ['033'], COOPERATE: ['031'], SUPPORT: ['032'], CONCEDE: ['035'], RETREAT: ['035'] },
};

/**
 * How an act is told. A refusal to help is REJECT: "will not lift the embargo". What an actor says of its own future is
 * a promise or a threat: "said it would free the crew" is AGREE, "said it would boycott the vote" THREATEN (PLOVER,
 * manual 2.0). An agreement that failed is REJECT, as PLOVER's own examples have it.
 */
export function tellingOf(search: Search, match: Match, judgement: Judgement, own: boolean): Telling {
  const { rule, frame } = match;
  const { event, cameo, modes } = rule;
  const status = rule.status && judgement.status !== 'denied' ? rule.status : statusOf(match, judgement);
  const become = (type: PloverType, now: Status): Telling => {
    const [code, ...inner] = ABOUT[type]?.[event] ?? [];
    return { event: type, cameo: code ?? cameo, modes: sharedModes(classOf(type), modes) ?? inner, status: now };
  };
  const kind = ABOUT.AGREE![event] ? 'kind' : ABOUT.THREATEN![event] ? 'hostile' : 'other';
  if (rule.trigger === 'verb' && kind === 'kind') {
    if (status === 'denied' && frame.moods.has('negated') && frame.moods.has('future'))
      return become('REJECT', 'happened');
    if ((event === 'AGREE' || cameo === '057') && status === 'failed') return become('REJECT', 'happened');
  }
  if (own && frame.moods.has('future') && !judgement.supposed && (status === 'planned' || status === 'conditional')) {
    // "will withdraw its guards unless they are paid": what is done unless another yields is a threat.
    const opening = search.tree.tokens.find((token) => token.from === judgement.condition?.from);
    const unless = opening?.form.toLowerCase() === 'unless';
    if (unless && (event === 'RETREAT' || event === 'CONCEDE')) return become('THREATEN', 'happened');
    if (event === 'RETREAT' || event === 'CONCEDE') return become('AGREE', status);
    if (kind === 'hostile' && event !== 'REJECT') return become('THREATEN', 'happened');
  }
  const content = contentOf(search, match)
    .map((token) => matchAt(search, token))
    .find((inner) => inner !== undefined);
  const about = content && ABOUT[event]?.[content.rule.event];
  if (!about || modes.length > 0) return { event, cameo, modes, status };
  const [code, ...inner] = about;
  return {
    event,
    cameo: cameo.endsWith('0') ? code : cameo,
    modes: sharedModes(rule.type, content.rule.modes) ?? inner,
    status,
  };
}

/** What was said was said, whatever it waits for: "agreed to leave if …", "threatened to strike unless …". */
function statusOf({ rule, frame }: Match, judgement: Judgement): Status {
  const { trigger, moods } = frame;
  const verbal = rule.event === 'AGREE' || HOLDERS.has(rule.event);
  const said = feature(trigger, 'Tense') === 'Past' && (moods.size === 0 || moods.has('plain')) && !judgement.supposed;
  return judgement.status === 'conditional' && verbal && said ? 'happened' : judgement.status;
}

/** A threat to expel has the mode of an expulsion, where the type knows it. */
function sharedModes(type: EventClass, modes: readonly string[]): readonly string[] | undefined {
  const shared = modes.filter((mode) => mode in type.modes);
  return shared.length > 0 ? shared : undefined;
}

/** Verbs with which an actor commits itself in a clause of its own: "announced that it would". */
const SAYING = new Set(
  'say announce declare state confirm tell add claim insist warn pledge promise vow assert reveal'.split(' '),
);

/** The verb of saying whose clause this is, if there is one. */
export function sayingOf(tree: Tree, trigger: Token): Token | undefined {
  let clause = trigger;
  let governor = headOf(tree, clause);
  while (governor && clause.relation === 'conj' && governor.upos === clause.upos) {
    clause = governor;
    governor = headOf(tree, clause);
  }
  return governor && clause.relation === 'ccomp' && SAYING.has(governor.lemma) ? governor : undefined;
}

/** Acts whose clause or object is only their content: asked for, refused, threatened. */
const HOLDERS = new Set<EventType>(['REQUEST', 'REJECT', 'THREATEN']);
/** What may be agreed or promised and still is told as planned: "agreed to meet" plans a meeting. */
const PLANNED = new Set<EventType>(['CONSULT', 'COOPERATE', 'AID', 'SUPPORT', 'AGREE']);

/** The triggers that are only content of an act: "close" of "threatened to close the strait". */
export function contentOf(search: Search, match: Match): readonly Token[] {
  const { rule, frame } = match;
  const heads = frame.slots.get('clause') ?? [];
  if (rule.event === 'AGREE') {
    const acts = heads.flatMap((head) => below(search.tree, head));
    return acts.filter((token) => {
      const act = matchAt(search, token)?.rule.event;
      return act !== undefined && (rule.trigger === 'adj' || !PLANNED.has(act));
    });
  }
  if (rule.event === 'ACCUSE' && rule.trigger === 'verb')
    return search.tree.children[frame.trigger.index]!.filter(
      (child) => bare(child.relation) === 'advcl' && /^(?:of|for|with)$/.test(casingOrMark(search.tree, child)),
    ).flatMap((child) => below(search.tree, child));
  // "preparing to attack"
  if (rule.event === 'MOBILIZE') return heads;
  if (!HOLDERS.has(rule.event) || rule.trigger === 'noun') return [];
  // "denied that it had fired": the denial is one act, what is denied another that did not happen.
  if (frame.trigger.lemma === 'deny') return [];
  const things = ['object', 'for', 'of', 'with', 'against'].flatMap((slot) => frame.slots.get(slot) ?? []);
  return [...heads, ...things.filter((thing) => thing.upos === 'NOUN' || thing.upos === 'VERB')].flatMap((head) =>
    below(search.tree, head),
  );
}

function casingOrMark(tree: Tree, token: Token): string {
  return dependent(tree, token, 'mark', 'case')?.form.toLowerCase() ?? '';
}

/** A content's head, what is coordinated with it, and the infinitives and light verbs' nouns below. */
function below(tree: Tree, head: Token): readonly Token[] {
  const found: Token[] = [head];
  for (let i = 0; i < found.length && i < 40; i++) {
    const token = found[i]!;
    for (const child of tree.children[token.index]!) {
      const relation = bare(child.relation);
      const open = relation === 'xcomp' || relation === 'conj' || (token.upos === 'VERB' && relation === 'ccomp');
      const infinitive = relation === 'acl' && feature(child, 'VerbForm') === 'Inf';
      const thing = token.upos === 'VERB' && child.upos === 'NOUN' && child.relation === 'obj';
      if (open || infinitive || thing) found.push(child);
    }
  }
  return found;
}
