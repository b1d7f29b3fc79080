import type { Token } from '../nlp/sentence.ts';
import { isCountedNext, isMisreadFinite, isPassive, isPassiveForm } from './passive.ts';
import type { Tree } from './tree.ts';
import { bare, casing, coordinated, dependent, dependents, feature, headOf, particleOf } from './tree.ts';

/**
 * What a trigger takes: the heads of its arguments by slot. A verb has `subject` and `object` in the sense of its
 * active form, `indirect`, `clause` (the verb it governs) and one slot for each preposition; a noun has `possessor`,
 * `modifier`, its prepositions, and `doer`: the subject of a verb that only says that the act takes place ("announced
 * the arrest of"). `moods` are "future", "conditional", "obliged" and "negated", as auxiliaries and adverbs
 * say, "open" of an infinitive, and "plain" of a finite clause with none of these.
 */
export interface Frame {
  readonly trigger: Token;
  readonly slots: ReadonlyMap<string, readonly Token[]>;
  readonly moods: ReadonlySet<string>;
}

/** Verbs whose object is the subject of the verb they govern: "urged Mali to withdraw". */
const OBJECT_CONTROL = new Set(
  (
    'urge ask order tell allow force persuade encourage invite want help press push pressure instruct compel ' +
    'permit enable require warn direct advise convince beg implore authorize lead get make let see wish like expect need ' +
    'trust remind challenge'
  ).split(' '),
);

const MEASURES = new Set(
  'thousand hundred dozen ten million billion hour minute day week month number group series lot couple kg kilo metric litre liter gallon barrel bag box carton dose truckload plane-load planeload load majority shipment package consignment ton tonne kilogram worth part some all most round range batch wave score handful one many member pair half rest third quarter'.split(
    ' ',
  ),
);

/** Bodies of people or things made up for the act, counted only by a plain noun: "a team of doctors", not "of the UN". */
const TEAMS = new Set('team mission contingent delegation convoy package consignment combination'.split(' '));

/** Verbs that add nothing to the act that their object names but that it is said, begun or done. */
const LIGHT = new Set(
  (
    'announce declare launch begin start continue resume carry+out conduct commit make mount stage undertake order ' +
    'approve authorize authorise intensify step+up complete expand extend give provide offer issue hold perform wage ' +
    'lead join prepare plan execute initiate coordinate increase renew open send deliver pursue escalate reiterate ' +
    'express voice restart confirm finish speed+up'
  ).split(' '),
);

const WISHES = new Set(['hope', 'expect', 'want', 'wish', 'suggest', 'propose']);
const CONTACTS = new Set(['call', 'phone-call', 'conversation', 'meeting', 'videoconference', 'letter']);
const TELLS = new Set('tell inform urge ask assure warn notify brief thank remind congratulate'.split(' '));

const TRAVELS = new Set('travel go come fly arrive return head visit gather'.split(' '));

const GERUND_OF = new Set(['of', 'for', 'from', 'against', 'into']);

const FUTURE = new Set(['will', 'shall', "'ll", '’ll', 'wo', 'going']);
const CONDITIONAL = new Set(['would', "'d", '’d', 'could', 'might', 'may', 'should']);
const OBLIGED = new Set(['must', 'should', 'ought']);
const NEGATIVE = new Set(['not', "n't", 'n’t', 'never', 'no longer']);

/** A token's lemma in small letters, with the part before its hyphen: "cease-fire" is three tokens. */
export function lemmaOf(tree: Tree, token: Token): string {
  const lemma = token.lemma.toLowerCase();
  const hyphen = tree.tokens[token.index - 1];
  const before = tree.tokens[token.index - 2];
  return hyphen?.form === '-' && before && before.to === hyphen.from && hyphen.to === token.from
    ? `${before.form.toLowerCase()}-${lemma}`
    : lemma;
}

/** The frame of a verb or a noun; conjuncts of an argument stand beside it in its slot. */
export function frameOf(tree: Tree, trigger: Token): Frame {
  const slots = new Map<string, Token[]>();
  const add = (slot: string, tokens: readonly Token[]): void => {
    const held = slots.get(slot);
    const fresh = [
      ...new Set(tokens.flatMap((token) => coordinated(tree, token)).flatMap((token) => counted(tree, token))),
    ].filter((token) => !held?.includes(token));
    if (held) held.push(...fresh);
    else if (fresh.length > 0) slots.set(slot, fresh);
  };
  if (trigger.upos === 'NOUN' || trigger.upos === 'PROPN') fillNoun(tree, trigger, add);
  else fillVerb(tree, trigger, add);
  return { trigger, slots, moods: moodsOf(tree, trigger) };
}

/** "thousands of troops", "a series of raids": the thing counted stands beside its measure. */
function counted(tree: Tree, token: Token): readonly Token[] {
  const team = TEAMS.has(token.lemma);
  if (!team && !MEASURES.has(token.lemma)) return [token];
  // "one of these groups, the Harbour Front,": the one that is named.
  const named = dependents(tree, token, 'appos').filter(({ upos }) => upos === 'PROPN');
  if (named.length > 0) return named;
  const things = dependents(tree, token, 'nmod', 'obl').filter(
    (child) => casing(tree, child) === 'of' && (!team || (child.upos === 'NOUN' && !dependent(tree, child, 'det'))),
  );
  return things.length > 0 ? things.flatMap((thing) => coordinated(tree, thing)) : [token];
}

type Add = (slot: string, tokens: readonly Token[]) => void;

function fillVerb(tree: Tree, verb: Token, add: Add): void {
  const passive = isPassive(tree, verb);
  add('subject', passive ? agents(tree, verb) : surfaceSubjects(tree, verb, 0));
  add('object', passive ? surfaceSubjects(tree, verb, 0) : objects(tree, verb));
  add('indirect', dependents(tree, verb, 'iobj'));
  // "it is willing to withdraw": where "it" is taken for a dummy, what it is willing to do is taken for the subject.
  add('clause', dependents(tree, verb, 'xcomp', 'ccomp', ...(verb.upos === 'ADJ' ? ['csubj'] : [])));
  add('clause', controlled(tree, verb));
  // "committed to opening", "objected to selling"
  add(
    'clause',
    dependents(tree, verb, 'advcl').filter(
      (clause) => dependent(tree, clause, 'mark')?.form === 'to' && isGerund(clause),
    ),
  );
  add('complement', complements(tree, verb));
  add('purpose', purposes(tree, verb));
  addObliques(tree, verb, 'obl', passive, add);
  if (passive) add('object', dependents(tree, verb, 'obj'));
  // "held talks with Peru": the object's own prepositions serve the verb too.
  for (const object of [...objects(tree, verb), ...dependents(tree, verb, 'nsubj:pass')])
    for (const one of coordinated(tree, object)) addObliques(tree, one, 'nmod', false, add);
  // A conjunct may find what it shares after it: "condemned and sanctioned Belarus".
  if (bare(verb.relation) === 'conj' && !dependent(tree, verb, 'obj') && !passive) {
    const first = headOf(tree, verb)!;
    add(
      'object',
      dependents(tree, first, 'obj').filter((object) => object.index > verb.index),
    );
  }
}

function fillNoun(tree: Tree, noun: Token, add: Add): void {
  add('possessor', dependents(tree, noun, 'nmod:poss'));
  add('modifier', dependents(tree, noun, 'compound', 'amod', 'nmod:unmarked', 'nmod:desc'));
  addObliques(tree, noun, 'nmod', false, add);
  // "a third round of talks between Chad and Niger": what is said of the round is said of the talks.
  const top = roundOf(tree, noun) ?? noun;
  if (top !== noun) {
    add('possessor', dependents(tree, top, 'nmod:poss'));
    addObliques(tree, top, 'nmod', false, add, 'of');
  }
  // "a protest by farmers against Kosovo", "the withdrawal of troops from Mali": the chain belongs to the act.
  for (const child of dependents(tree, noun, 'nmod'))
    if (/^(?:of|by)$/.test(casing(tree, child))) addObliques(tree, child, 'nmod', false, add, 'of');
  // "a deal on identity cards between Chad and Niger": nothing but the deal is between them.
  for (const child of dependents(tree, noun, 'nmod'))
    for (const beyond of [child, ...dependents(tree, child, 'nmod')].flatMap((one) => dependents(tree, one, 'nmod')))
      if (casing(tree, beyond) === 'between') add('between', [beyond]);
  add('between', strayParty(tree, noun));
  // "the refusal to sign", "a demand that the ships leave"
  add(
    'clause',
    dependents(tree, noun, 'acl', 'ccomp').filter(
      (clause) => feature(clause, 'VerbForm') === 'Inf' || dependent(tree, clause, 'mark'),
    ),
  );
  if (dependent(tree, noun, 'cop')) add('subject', surfaceSubjects(tree, noun, 0));
  for (const clause of dependents(tree, noun, 'acl')) {
    // "an attack carried out by rebels", "talks involving Peru"
    if (feature(clause, 'Tense') === 'Past' && !TOLD.has(clause.lemma)) add('by', agents(tree, clause));
    addObliques(tree, clause, 'obl', false, add, TOLD.has(clause.lemma) ? 'by' : undefined);
    if (clause.lemma === 'involve') add('between', dependents(tree, clause, 'obj'));
  }
  const governor = headOf(tree, top);
  // "both hope the next round will be in Oslo": those who hope for it take part.
  const wish = top.relation === 'nsubj' && governor?.relation === 'ccomp' ? headOf(tree, governor) : undefined;
  if (wish && WISHES.has(wish.lemma)) add('doer', surfaceSubjects(tree, wish, 0));
  if (governor?.upos !== 'VERB') return;
  const relation = bare(top.relation);
  // "told the emir in a call", "in a call informing the emir"
  if (relation === 'obl' && /^(?:in|during)$/.test(casing(tree, top)) && CONTACTS.has(noun.lemma)) {
    const tellings = [governor, ...dependents(tree, noun, 'acl').filter(isGerund)].filter(({ lemma }) =>
      TELLS.has(lemma),
    );
    const shared = dependents(tree, noun, 'nmod').some((child) => casing(tree, child) === 'with');
    if (shared || tellings.length > 0) add('doer', surfaceSubjects(tree, governor, 0));
    for (const telling of tellings) add('with', dependents(tree, telling, 'obj', 'iobj'));
  }
  // "the attack was claimed by the rebels": they say it is theirs.
  if (relation === 'nsubj' && governor.lemma === 'claim' && isPassive(tree, governor))
    add('by', agents(tree, governor));
  // "the raid was condemned by Mali": it is not Mali's.
  if (relation === 'nsubj') addObliques(tree, governor, 'obl', isPassive(tree, governor), add);
  // "travelled to Oslo for talks with Norway": who travels will talk.
  if (relation === 'obl' && casing(tree, top) === 'for' && TRAVELS.has(governor.lemma))
    add('doer', surfaceSubjects(tree, governor, 0));
  if (top.relation !== 'obj' && top.relation !== 'nsubj:pass') return;
  const particle = particleOf(tree, governor);
  if (!LIGHT.has(particle ? `${governor.lemma}+${particle.lemma}` : governor.lemma)) return;
  // "announced the arrest of", "launched strikes against"
  add('doer', top.relation === 'obj' ? surfaceSubjects(tree, governor, 0) : agents(tree, governor));
  addObliques(tree, governor, 'obl', false, add);
}

/** "The recall, announced by the ministry": who tells of an act or judges it does not do it. */
const TOLD = new Set(
  'announce report describe condemn denounce criticize criticise welcome praise reject demand call see regard back'.split(
    ' ',
  ),
);

/** "the meeting between the premier and the king ended": the second, taken for the subject of what follows. */
function strayParty(tree: Tree, noun: Token): readonly Token[] {
  const first = dependents(tree, noun, 'nmod').find((child) => casing(tree, child) === 'between');
  if (!first || feature(first, 'Number') === 'Plur' || dependent(tree, first, 'conj')) return [];
  const and = tree.tokens[tree.last[first.index]! + 1];
  if (and?.form !== 'and') return [];
  return tree.tokens.filter((token) => tree.first[token.index] === and.index + 1 && bare(token.relation) === 'nsubj');
}

const ROUNDS = new Set(['round', 'series', 'session', 'set', 'phase', 'string', 'wave', 'day']);

/** The noun of a stretch of an act: "round" of "the next round of talks". */
export function roundOf(tree: Tree, noun: Token): Token | undefined {
  const above = noun.relation === 'nmod' && casing(tree, noun) === 'of' ? headOf(tree, noun) : undefined;
  return above && ROUNDS.has(above.lemma) ? above : undefined;
}

function addObliques(
  tree: Tree,
  token: Token,
  relation: string,
  passive: boolean,
  add: Add,
  except: string | undefined = undefined,
): void {
  for (const child of dependents(tree, token, relation)) {
    if (child.relation === 'nmod:poss' || (passive && child.relation === 'obl:agent')) continue;
    const preposition = casing(tree, child) || strayCasing(tree, child);
    if (preposition !== '' && preposition !== except) add(preposition, [child]);
    if (!SETTINGS.has(preposition) || (child.upos !== 'PROPN' && child.upos !== 'NUM')) continue;
    for (const beyond of dependents(tree, child, 'nmod')) {
      const aim = casing(tree, beyond);
      if (AIMS.has(aim)) add(aim, [beyond]);
    }
  }
}

/** "held talks in Rabat with Spain", "filed a suit on Monday against the firm": no place or day is with or against. */
const SETTINGS = new Set(['in', 'at', 'on', 'near']);
const AIMS = new Set(['with', 'against', 'between', 'by']);

/**
 * The preposition of a phrase that the parser hung on another word: on the title of "with President Ada Oyoo", or right
 * before the phrase, as "on" in "the raid on Algeria drew protests".
 */
function strayCasing(tree: Tree, child: Token): string {
  const first = tree.tokens[tree.first[child.index]!]!;
  // "subjected to torture": a noun that is also a verb has its "to" taken for an infinitive's.
  if (child.upos === 'NOUN' && dependent(tree, child, 'mark')?.form === 'to') return 'to';
  const before = tree.tokens[first.index - 1];
  const stray = [first, before].find(
    (token) => token?.upos === 'ADP' && token.relation === 'case' && token.index < child.index,
  );
  return stray ? stray.form.toLowerCase() : '';
}

/** What someone is called or made: "called him a liar", "was named envoy". */
function complements(tree: Tree, verb: Token): readonly Token[] {
  const named = dependents(tree, verb, 'xcomp').filter((child) => child.upos !== 'VERB');
  const objects = dependents(tree, verb, 'obj', 'iobj');
  return named.length > 0 ? named : objects.slice(1);
}

/** "urged Mali to withdraw", where the parser took what is urged for a purpose. */
function controlled(tree: Tree, verb: Token): readonly Token[] {
  const object = controllee(tree, verb);
  if (!object) return [];
  return dependents(tree, verb, 'advcl').filter(
    (clause) => feature(clause, 'VerbForm') === 'Inf' && clause.index > object.index,
  );
}

/** Who is to do what the verb governs: the object of "urged Mali to", the one called on in "called on Mali to". */
function controllee(tree: Tree, verb: Token): Token | undefined {
  if (verb.lemma === 'call')
    return dependents(tree, verb, 'obl').find((child) => /^(?:up)?on$/.test(casing(tree, child)));
  return OBJECT_CONTROL.has(verb.lemma) ? dependent(tree, verb, 'obj') : undefined;
}

/** "supporting", whether the tagger calls it a gerund or a present participle. */
export function isGerund(token: Token): boolean {
  const form = feature(token, 'VerbForm');
  return form === 'Ger' || (form === 'Part' && feature(token, 'Tense') === 'Pres');
}

/** What it is done for: "paid to repair the port", "gave money to fight hunger". */
function purposes(tree: Tree, verb: Token): readonly Token[] {
  const holders = [verb, ...dependents(tree, verb, 'obj')];
  return holders
    .flatMap((holder) => dependents(tree, holder, 'advcl', 'acl'))
    .filter((clause) => feature(clause, 'VerbForm') === 'Inf');
}

function agents(tree: Tree, verb: Token): readonly Token[] {
  const marked = dependents(tree, verb, 'obl:agent');
  if (marked.length > 0) return marked;
  const obliques = dependents(tree, verb, 'obl');
  // "evacuated from Haiti by Chile": no place is by anyone.
  const beyond = obliques
    .filter(({ upos }) => upos === 'PROPN')
    .flatMap((child) => dependents(tree, child, 'nmod', 'conj'));
  const found = [...obliques, ...beyond].filter((child) => casing(tree, child) === 'by');
  // "set free by the militia", "allowed to leave by Iran"
  const open =
    found.length === 0 ? dependents(tree, verb, 'xcomp').filter((clause) => !isPassiveForm(tree, clause)) : [];
  return found.length > 0
    ? found
    : open.flatMap((clause) => dependents(tree, clause, 'obl')).filter((child) => casing(tree, child) === 'by');
}

const NAMING = new Set(['call', 'name', 'label', 'brand', 'dub', 'term', 'consider', 'declare']);

function objects(tree: Tree, verb: Token): readonly Token[] {
  // "called him a liar": whoever is named is the object, the name is the complement.
  const named = NAMING.has(verb.lemma) && dependent(tree, verb, 'obj') ? dependents(tree, verb, 'iobj') : [];
  if (named.length > 0) return named;
  const particle = particleOf(tree, verb);
  const own = tree.children[verb.index]!.filter(
    (child) =>
      child.relation === 'obj' ||
      (particle && particle.head === child.index && bare(child.relation) === 'obl') ||
      isAmount(tree, verb, child),
  ).map((object) => antecedentOf(tree, object) ?? object);
  if (own.length > 0) return own;
  const head = headOf(tree, verb);
  // "the envoys Chad expelled": a relative clause with a subject of its own and an empty object.
  const gap =
    verb.relation === 'acl:relcl' && head && dependent(tree, verb, 'nsubj') && !dependent(tree, verb, 'ccomp', 'xcomp');
  const subject = gap ? dependent(tree, verb, 'nsubj') : undefined;
  return gap && subject && !antecedentOf(tree, subject) ? [head] : [];
}

/** "arrested more than forty people": an object that the parser took for a phrase with "than" or "least" as its case. */
function isAmount(tree: Tree, verb: Token, child: Token): boolean {
  return isCountedNext(tree, verb, child) && !isPassive(tree, verb);
}

/** What a relative pronoun stands for. */
export function antecedentOf(tree: Tree, token: Token): Token | undefined {
  if (feature(token, 'PronType') !== 'Rel') return undefined;
  for (let above = headOf(tree, token); above; above = headOf(tree, above))
    if (above.relation === 'acl:relcl') return headOf(tree, above);
  return undefined;
}

/** The subject as written, borrowed from the governing verb where the verb has none: control, raising, coordination. */
export function surfaceSubjects(tree: Tree, verb: Token, depth: number): readonly Token[] {
  // "it is willing to withdraw", "it has no plans": the parser takes "it" for a dummy.
  const dummy = verb.upos === 'ADJ' || dependent(tree, verb, 'obj') ? ['expl'] : [];
  const own = dependents(tree, verb, 'nsubj', ...dummy);
  if (own.length > 0)
    return own.flatMap((subject) => [
      ...coordinated(tree, antecedentOf(tree, subject) ?? subject),
      ...besideComma(tree, subject, verb),
    ]);
  const governor = headOf(tree, verb);
  if (!governor || depth > 8) return [];
  switch (bare(verb.relation)) {
    case 'xcomp': {
      const object = dependent(tree, governor, 'obj', 'iobj');
      if (object && OBJECT_CONTROL.has(governor.lemma)) return coordinated(tree, object);
      const called = dependents(tree, governor, 'obl').find((child) => ['on', 'upon'].includes(casing(tree, child)));
      if (called && governor.lemma === 'call') return coordinated(tree, called);
      return surfaceSubjects(tree, governor, depth + 1);
    }
    case 'advcl': {
      // "accused Turkey of shelling the port", "thanked Japan for helping": the one before the gerund does it.
      const object = dependent(tree, governor, 'obj');
      const marked = dependents(tree, verb, 'mark').some((mark) => GERUND_OF.has(mark.form.toLowerCase()));
      if (object && marked && object.index < verb.index && isGerund(verb)) return coordinated(tree, object);
      const asked = controllee(tree, governor);
      if (asked && controlled(tree, governor).includes(verb)) return coordinated(tree, asked);
      // "thanked them for their efforts, including backing Peru": whose the efforts are.
      if (dependent(tree, verb, 'mark')?.form.toLowerCase() === 'including') return [];
      return governor.upos === 'VERB' || governor.upos === 'ADJ' ? surfaceSubjects(tree, governor, depth + 1) : [];
    }
    // "Spain is about to leave": the parser takes what Spain is about to do for a subject.
    case 'csubj':
      return governor.upos === 'ADJ' ? surfaceSubjects(tree, governor, depth + 1) : [];
    case 'conj':
    case 'parataxis': {
      const stray = straySubject(tree, verb, governor);
      if (stray) return coordinated(tree, stray);
      const alike = alikeAbove(tree, verb, governor);
      if (alike) return surfaceSubjects(tree, alike, depth + 1);
      return governor.upos === 'VERB' || governor.upos === 'ADJ' ? surfaceSubjects(tree, governor, depth + 1) : [];
    }
    case 'acl': {
      // "Gunmen on motorcycles abducted …, police said": read as if the motorcycles had been abducted.
      if (verb.relation === 'acl' && feature(verb, 'Tense') === 'Past' && isMisreadFinite(tree, verb)) {
        let top = governor;
        for (let above = headOf(tree, top); above && top.relation === 'nmod'; above = headOf(tree, top)) top = above;
        return coordinated(tree, top);
      }
      // "plans to build", "plans of building": whoever has the plans would build.
      if (feature(verb, 'VerbForm') !== 'Inf' && !dependent(tree, verb, 'mark')) {
        // "said in a statement accusing …", "released a report accusing …": the speaker accuses, not the statement.
        const above = verbAbove(tree, governor);
        const aside = bare(governor.relation) === 'obl' && governor.upos === 'NOUN';
        // "cleared the square of protesters using tear gas": whoever clears it uses it.
        return above && (aside || verb.lemma === 'use' || UTTERANCES.has(governor.lemma)) && !isPassive(tree, verb)
          ? surfaceSubjects(tree, above, depth + 1)
          : coordinated(tree, governor);
      }
      // "Iran's plan to build …", "Iran has plans to build …"
      const owner = dependents(tree, governor, 'nmod:poss');
      if (owner.length > 0) return owner;
      const above = verbAbove(tree, governor);
      if (UNOWNED.has(governor.lemma)) {
        // "U.S. and NATO efforts to arm Peru", "efforts by allies to arm Peru"
        const named = dependents(tree, governor, 'compound').filter(({ upos }) => upos === 'PROPN');
        const by = dependents(tree, governor, 'nmod').filter((child) => casing(tree, child) === 'by');
        if (named.length + by.length > 0) return [...named, ...by].flatMap((one) => coordinated(tree, one));
        // "discussed efforts to arm Peru": whose the efforts are is not said.
        if (above && (governor.lemma === 'effort' ? REMARKING : TALKING).has(above.lemma)) return [];
      }
      if (above) return surfaceSubjects(tree, above, depth + 1);
      // "Japan to send aid": a headline that is only a name and an infinitive.
      return governor.head < 0 && governor.upos === 'PROPN' ? coordinated(tree, governor) : [];
    }
    default:
      return [];
  }
}

const ANSWERING = new Set('reject deny dismiss say condemn denounce demand urge warn accuse insist call'.split(' '));

/**
 * "reviewed efforts to build ties, and stressed …", "to help Peru defend itself, and to feed its people": the verb of the
 * like form above, where the parser joined a finite verb to an infinitive, or one with "to" to one without.
 */
export function alikeAbove(tree: Tree, verb: Token, governor = headOf(tree, verb)): Token | undefined {
  if (verb.relation !== 'conj' || governor?.upos !== 'VERB' || dependent(tree, verb, 'aux')) return undefined;
  // "denied that its navy had fired and rejected the story": who speaks goes on.
  const speaker =
    bare(governor.relation) === 'ccomp' && dependent(tree, governor, 'aux')?.form === 'had'
      ? headOf(tree, governor)
      : undefined;
  if (speaker && ANSWERING.has(verb.lemma) && ANSWERING.has(speaker.lemma) && !ANSWERING.has(governor.lemma))
    return speaker;
  const finite = feature(verb, 'VerbForm') === 'Fin' && feature(verb, 'Tense') === 'Past';
  const marked = dependent(tree, verb, 'mark')?.form === 'to';
  const unlike = finite
    ? feature(governor, 'VerbForm') === 'Inf' && dependent(tree, governor, 'mark')?.form === 'to'
    : marked &&
      feature(governor, 'VerbForm') === 'Inf' &&
      governor.relation === 'xcomp' &&
      !dependent(tree, governor, 'mark');
  if (!unlike) return undefined;
  let above = headOf(tree, governor);
  for (let step = 0; above && step < 6; step++, above = headOf(tree, above)) {
    if (above.upos !== 'VERB') continue;
    if (finite ? feature(above, 'VerbForm') === 'Fin' : dependent(tree, above, 'mark')?.form === 'to') return above;
  }
  return undefined;
}

/**
 * "the king called him a traitor, and the envoy of Oman left Muscat": a conjunct of a noun that ends where a finite verb
 * begins, and brings the "and" which that verb lacks, is its subject.
 */
function straySubject(tree: Tree, verb: Token, governor: Token): Token | undefined {
  if (feature(verb, 'VerbForm') !== 'Fin' || dependent(tree, verb, 'cc', 'aux:pass', 'expl')) return undefined;
  let before = tree.tokens[tree.first[verb.index]! - 1];
  if (before?.upos === 'PUNCT') before = tree.tokens[before.index - 1];
  for (let node = before, step = 0; node && node.index > governor.index && step < 8; step++) {
    const noun = node.relation === 'conj' && (node.upos === 'NOUN' || node.upos === 'PROPN');
    if (noun && dependent(tree, node, 'cc') && tree.tokens[tree.first[node.index]! - 1]?.upos !== 'VERB') {
      const comma = tree.tokens[tree.first[node.index]!]?.form === ',';
      return comma ? node : undefined;
    }
    node = headOf(tree, node);
  }
  return undefined;
}

/** "Ghana, Togo sign pact": in a headline a comma joins two that act together; what only explains ends with one more. */
function besideComma(tree: Tree, subject: Token, verb: Token): readonly Token[] {
  const comma = tree.tokens[subject.index + 1];
  const second = tree.tokens[subject.index + 2];
  if (comma?.form !== ',' || subject.upos !== 'PROPN' || second?.upos !== 'PROPN') return [];
  const plural = verb.form === verb.lemma && !dependent(tree, verb, 'aux', 'mark');
  return plural && verb.index === second.index + 1 && /^(?:appos|flat)$/.test(second.relation) ? [second] : [];
}

/** Nouns of what is to be done, by whomever. */
const UNOWNED = new Set(['effort', 'importance', 'need', 'necessity', 'urgency']);

const TALKING = new Set('speak talk meet discuss address review'.split(' '));
const REMARKING = new Set(
  'speak talk meet thank emphasize emphasise stress underscore discuss address review welcome commend praise applaud condemn endorse support note describe highlight'.split(
    ' ',
  ),
);

/** The verb whose argument this noun is, itself or as part of a phrase: "sent a shipment of tents to shelter …". */
function verbAbove(tree: Tree, noun: Token): Token | undefined {
  let node: Token | undefined = noun;
  for (let step = 0; node && step < 3; step++) {
    const above = headOf(tree, node);
    if (above?.upos === 'VERB') return bare(node.relation) === 'nsubj' ? undefined : above;
    if (!/^(?:conj|nmod|appos)$/.test(bare(node.relation))) return undefined;
    node = above;
  }
  return undefined;
}

const UTTERANCES = new Set(
  'statement report letter resolution speech lawsuit suit article message note motion bill communique declaration petition interview tweet post'.split(
    ' ',
  ),
);

/** What auxiliaries say that a second verb shares with the first. */
const SHARED = new Set(['future', 'conditional', 'obliged']);

function moodsOf(tree: Tree, trigger: Token, depth = 0): ReadonlySet<string> {
  const moods = new Set<string>();
  // "will expel the envoys and impose sanctions": the second verb shares the auxiliary of the first.
  const first = trigger.relation === 'conj' && trigger.upos === 'VERB' ? headOf(tree, trigger) : undefined;
  const bareForm = first?.upos === 'VERB' && trigger.form.toLowerCase() === trigger.lemma;
  if (bareForm && depth < 4 && !dependent(tree, trigger, 'aux', 'nsubj', 'mark'))
    for (const mood of moodsOf(tree, first, depth + 1)) if (SHARED.has(mood)) moods.add(mood);
  for (const child of tree.children[trigger.index]!) {
    const form = child.form.toLowerCase();
    if (child.relation === 'aux') {
      if (FUTURE.has(form)) moods.add('future');
      if (CONDITIONAL.has(form))
        moods.add(form === 'would' || form === "'d" || form === '’d' ? 'future' : 'conditional');
      if (OBLIGED.has(form)) moods.add('obliged');
    } else if (child.relation === 'advmod' && NEGATIVE.has(form)) moods.add('negated');
  }
  if (feature(trigger, 'VerbForm') === 'Inf' && !moods.has('future') && !moods.has('obliged')) moods.add('open');
  // "has to leave", "needs to leave": the governing verb is the auxiliary.
  const governor = headOf(tree, trigger);
  if (governor && trigger.relation === 'xcomp' && (governor.lemma === 'have' || governor.lemma === 'need'))
    moods.add('obliged');
  // "agreed that the ties are strained": told as a fact.
  const finite = [trigger, ...dependents(tree, trigger, 'cop', 'aux')].some(
    (word) => feature(word, 'VerbForm') === 'Fin',
  );
  if (moods.size === 0 && finite) moods.add('plain');
  return moods;
}
