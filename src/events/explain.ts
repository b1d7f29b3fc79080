import type { Sentence, Token } from '../nlp/sentence.ts';
import { contains, overlaps, type Span } from '../source/span.ts';
import { frameOf, lemmaOf } from './frame.ts';
import type { Patterns, Rule } from './patterns/patterns.ts';
import type { Claim, Reading } from './reading.ts';
import { judge } from './status/status.ts';
import type { Tree } from './tree.ts';
import { bare, dependents, growTree, headOf } from './tree.ts';

/** Why a field of a claim is what it is. */
export interface Reason {
  /** The claim's field: `event`, `actors`, `status`, …; `rule` for what the rule asked of the words. */
  readonly field: string;
  /** What stands there: a type, a name, a status, a value. */
  readonly value: string;
  /** The words it was read from; `null` where no words of the sentence say it. */
  readonly words: string | null;
  readonly span: Span | null;
  /** The way from the trigger to those words through the tree: `expelled ↓nsubj Chile`, `talks ↑obj held ↓obl Monday`. */
  readonly path: string | null;
  /** The slot that they fill, the rule's line that asked, or what would hold without them. */
  readonly note: string | null;
}

/**
 * Why a claim is as it is, field by field. Nothing is noted while reading: the reasons are worked out again from the claim
 * and its sentence, so that they cost nothing when nobody asks. What a word has to do with status and certainty is found by
 * judging the act without it.
 */
export function explainClaim(
  reading: Reading,
  claim: Claim,
  sentences: readonly Sentence[],
  patterns: Patterns,
): readonly Reason[] {
  const sentence = sentences.find((one) => contains(one, claim.evidence.trigger));
  const rule = ruleOf(patterns, claim.rule);
  if (!sentence) return [];
  const tree = growTree(sentence);
  const trigger = tree.tokens.find((token) => overlaps(token, claim.evidence.trigger))!;
  const scene: Scene = { reading, claim, tree, trigger, rule };
  return [
    ...eventReasons(scene),
    ...partyReasons(scene),
    ...reasonsAt(scene, 'when', [claim.when.earliest, claim.when.latest].join('/'), claim.evidence.when),
    ...reasonsAt(scene, 'where', placeName(scene), claim.evidence.where),
    ...statusReasons(scene),
    ...saidReasons(scene),
    ...otherReasons(scene),
  ];
}

interface Scene {
  readonly reading: Reading;
  readonly claim: Claim;
  readonly tree: Tree;
  readonly trigger: Token;
  readonly rule: Rule | undefined;
}

function ruleOf(patterns: Patterns, id: string): Rule | undefined {
  for (const rules of patterns.rules.values()) {
    const found = rules.find((rule) => rule.id === id);
    if (found) return found;
  }
  return undefined;
}

/** The rule, its trigger, and the words that met each of its conditions. */
function eventReasons({ claim, rule, tree, trigger }: Scene): readonly Reason[] {
  const { event, cameo, mode } = claim;
  const value = [event, cameo, ...mode].join(' ');
  const changed =
    rule && rule.event !== event ? `, which tells ${rule.event} ${rule.cameo}, by its content or speaker` : '';
  const own = reasonOf(tree, trigger, 'event', value, trigger, `rule [${claim.rule}]${changed}`);
  const frame = frameOf(tree, trigger);
  const conditions = (rule?.conditions ?? []).map(({ slot, words, negated }): Reason => {
    const [outer] = slot.split('.') as [string];
    const fillers = frame.slots.get(outer) ?? [];
    const filler =
      fillers.find((one) => words.has(one.lemma.toLowerCase()) || words.has(lemmaOf(tree, one))) ?? fillers[0];
    const list = [...words];
    const wanted = list.length > 6 ? `${list.slice(0, 6).join(' ')} …` : list.join(' ');
    const note = `${negated ? 'unless' : 'where'} ${slot} ${wanted}`;
    if (negated || !filler) return { field: 'rule', value: slot, words: null, span: null, path: null, note };
    return reasonOf(tree, trigger, 'rule', slot, filler, note);
  });
  return [own, ...conditions];
}

/** Who fills which slot of the trigger, by which way. */
function partyReasons(scene: Scene): readonly Reason[] {
  const { reading, claim, tree, trigger } = scene;
  const slots = [...frameOf(tree, trigger).slots];
  return (['actors', 'recipients'] as const).flatMap((field) => {
    const spans = claim.evidence[field];
    return claim[field].map((id): Reason => {
      const actor = reading.actors.find((one) => one.id === id)!;
      const span = spans.find((one) => actor.mentions.some((mention) => overlaps(mention, one)));
      const head = span && topOf(tree, span);
      if (!head) {
        const note = 'named elsewhere: by a pronoun, by those spoken of before, or by the verb of saying';
        return { field, value: actor.name, words: null, span: span ?? null, path: null, note };
      }
      const slot = slots.find(([, fillers]) => fillers.some((filler) => within(tree, head, filler)))?.[0];
      const noun = head.upos === 'PRON' ? 'the pronoun means them' : null;
      const note = [slot && `slot ${slot}`, noun].filter(Boolean).join('; ');
      return {
        ...reasonOf(tree, trigger, field, actor.name, head, note === '' ? null : note),
        ...wordsAt(scene, span),
      };
    });
  });
}

/** Words without which the act would be judged otherwise: its auxiliaries, negations, and what governs it. */
function statusReasons({ claim, tree, trigger, rule }: Scene): readonly Reason[] {
  const whole = judge(tree, trigger);
  const reasons: Reason[] = [];
  for (const token of bearing(tree, trigger)) {
    const without = judge(neutral(tree, token), trigger);
    for (const field of ['status', 'certainty'] as const)
      if (without[field] !== whole[field])
        reasons.push(reasonOf(tree, trigger, field, claim[field], token, `without it ${without[field]}`));
  }
  for (const field of ['status', 'certainty'] as const) {
    if (reasons.some((reason) => reason.field === field)) continue;
    const note =
      field === 'status' && rule?.status === claim.status
        ? `rule [${claim.rule}] says so`
        : whole[field] === claim[field]
          ? 'nothing beside the verb says otherwise'
          : 'by what the act became';
    reasons.push({ field, value: claim[field], words: null, span: null, path: null, note });
  }
  return reasons;
}

/** The words that can bear on an act: those above it, and the small words at each of them. */
function bearing(tree: Tree, trigger: Token): readonly Token[] {
  const found: Token[] = [];
  let node: Token | undefined = trigger;
  for (let step = 0; node && step < 20; step++, node = headOf(tree, node)) {
    if (node !== trigger) found.push(node);
    found.push(
      ...tree.children[node.index]!.filter((child) =>
        /^(?:aux|cop|advmod|mark|case|det|cc|amod|compound)$/.test(bare(child.relation)),
      ),
      // "if" of a clause that the act waits for.
      ...dependents(tree, node, 'advcl').flatMap((clause) => dependents(tree, clause, 'mark')),
    );
  }
  return found;
}

/** The tree with one word that says nothing. */
function neutral(tree: Tree, { index }: Token): Tree {
  const blank = (token: Token): Token => ({ ...token, form: '_', lemma: '_', feats: '' });
  const tokens = tree.tokens.map((token) => (token.index === index ? blank(token) : token));
  return growTree({ ...tree.sentence, tokens });
}

/** The statements that carry the claim, outermost first. */
function saidReasons(scene: Scene): readonly Reason[] {
  const { reading, claim } = scene;
  return claim.saidBy.map((id): Reason => {
    const { speaker, source, cue, content, quotation } = reading.statements.find((one) => one.id === id)!;
    const name = reading.actors.find((actor) => actor.id === speaker)?.name;
    const cued = cue ? ` by “${textAt(reading, cue)}”` : '';
    const note = `${quotation} ${id}${cued}: “${textAt(reading, content)}”`;
    const words = source && textAt(reading, source);
    return { field: 'saidBy', value: name ?? words ?? '?', words, span: source, path: null, note };
  });
}

function otherReasons(scene: Scene): readonly Reason[] {
  const { reading, claim, rule } = scene;
  const said = (field: string, value: string, span: Span | null, note: string | null): Reason => ({
    ...{ field, value, words: span && textAt(reading, span), span, path: null, note },
  });
  return [
    ...(claim.medium === null
      ? []
      : [said('medium', claim.medium, null, rule?.medium ? `rule [${rule.id}] says so` : 'by words of the act')]),
    ...claim.others.map(({ actor, role }) =>
      said('others', reading.actors.find((one) => one.id === actor)!.name, null, `as ${role}`),
    ),
    ...claim.issues.map(({ label, from, to }) => said('issues', label, { from, to }, 'in the clause')),
    ...claim.figures.map((index) => {
      const { value, unit, from, to } = reading.figures[index]!;
      return said('figures', `${value} ${unit}`.trim(), { from, to }, 'in the clause');
    }),
    ...(claim.condition ? [said('condition', 'if', claim.condition, 'the act waits for it')] : []),
  ];
}

function reasonsAt(scene: Scene, field: string, value: string, spans: readonly Span[]): readonly Reason[] {
  const { tree, trigger } = scene;
  return spans.map((span) => {
    const head = topOf(tree, span);
    const reason = head && reasonOf(tree, trigger, field, value, head, null);
    return { ...(reason ?? { field, value, path: null, note: 'in another sentence' }), ...wordsAt(scene, span) };
  });
}

function placeName({ reading, claim }: Scene): string {
  return claim.where === null ? '' : reading.places[claim.where]!.name;
}

function reasonOf(tree: Tree, trigger: Token, field: string, value: string, token: Token, note: string | null): Reason {
  const { from, to, form } = token;
  return { field, value, words: form, span: { from, to }, path: pathOf(tree, trigger, token), note };
}

function wordsAt({ reading }: Scene, span: Span | undefined): Pick<Reason, 'words' | 'span'> {
  return span ? { words: textAt(reading, span), span: { from: span.from, to: span.to } } : { words: null, span: null };
}

function textAt({ document }: Reading, { from, to }: Span): string {
  return document.text.slice(from, to).replace(/\s+/g, ' ');
}

/** The word of a span whose head lies outside it. */
function topOf(tree: Tree, span: Span): Token | undefined {
  const inside = tree.tokens.filter((token) => overlaps(span, token));
  return inside.find((token) => !inside.some((other) => other.index === token.head)) ?? inside[0];
}

function within(tree: Tree, token: Token, top: Token): boolean {
  return token.index >= tree.first[top.index]! && token.index <= tree.last[top.index]!;
}

/** Up from the trigger to the word that both hang on, then down. */
function pathOf(tree: Tree, from: Token, to: Token): string {
  const above = ancestorsOf(tree, to);
  let path = from.form;
  let node: Token | undefined = from;
  while (node && !above.includes(node)) {
    const up = headOf(tree, node);
    if (up) path += ` ↑${node.relation} ${up.form}`;
    node = up;
  }
  const down = node ? above.slice(0, above.indexOf(node)).reverse() : [];
  return path + down.map((token) => ` ↓${token.relation} ${token.form}`).join('');
}

/** A word and those above it, as far as the root. */
function ancestorsOf(tree: Tree, token: Token): readonly Token[] {
  const found: Token[] = [];
  for (let node: Token | undefined = token; node; node = headOf(tree, node)) found.push(node);
  return found;
}
