import type { Token } from '../../nlp/sentence.ts';
import { isCountryCode } from '../../world/actor.ts';
import type { World } from '../../world/world.ts';
import { coordinated } from '../tree.ts';
import type { Mention } from './mentions.ts';
import type { Someone } from './someone.ts';

/** "Norwegian premier Ana Lima and Energy Minister Jo Berg": another office beside a state's is of that state too. */
export function sharedCountry(
  { tree, head, phrase, span, form, coded }: Mention,
  meaning: ReadonlyMap<Token, readonly Someone[]>,
  issuer: string | null,
): string | null {
  if (form !== 'name' || coded?.kind !== 'person' || head.relation !== 'conj') return null;
  const title = tree.tokens.filter(({ from, to }) => from >= phrase.from && to <= span.from).map((token) => token.form);
  if (!LESSER.test(title.join(' '))) return null;
  const first = tree.tokens[head.head];
  // "Israeli premier A and minister B, Greek premier C and minister D": the one named right before.
  const before = first && coordinated(tree, first).findLast(({ index }) => index < head.index);
  const [one, ...others] = before ? (meaning.get(before) ?? []) : [];
  if (!one || others.length > 0 || one.coded.kind !== 'person' || !isCountryCode(one.coded.country)) return null;
  // Two of one office are of two states, and whoever meets a state's own people is of another.
  const same = one.coded.office !== null && one.coded.office === coded.office;
  return same || one.coded.country === issuer ? null : one.coded.country;
}
const LESSER = /^(?!prime)(?:\w+ )?(?:minister|secretary|adviser|advisor|commissioner)$/i;

/**
 * "Assistant Secretary for Trade Ana Lima", "Special Envoy for Peru Jo Berg": someone who has a rank that a state gives its
 * own, where no other is named with it at first ("the UN Special Envoy for Peru").
 */
export function isOwnOfficial(mentions: readonly Mention[], state: string, world: World): boolean {
  const own = mentions.some(({ form, tree, phrase, span }) => {
    let first = tree.tokens.findIndex(({ from }) => from >= phrase.from);
    while (RANK.test(tree.forms[first - 1] ?? '')) first--;
    const last = tree.tokens.findIndex(({ from }) => from >= span.from);
    return form === 'name' && OWN_TITLE.test(tree.forms.slice(first, last).join(' '));
  });
  if (!own) return false;
  const { country } = world.codePhrase(titleBefore(mentions[0]!), null);
  return country === state || (country !== 'IGO' && !isCountryCode(country));
}

/** The words before a name that may say whose the title is: up to a verb, a pronoun or a mark. */
function titleBefore({ tree, span }: Mention): readonly string[] {
  const end = tree.tokens.findIndex(({ from }) => from >= span.from);
  let first = end;
  while (first > 0 && end - first < LONGEST_TITLE && isOfTitle(tree.tokens[first - 1]!)) first--;
  return tree.forms.slice(first, end);
}
const LONGEST_TITLE = 16;
function isOfTitle({ upos, form }: Token): boolean {
  return !/^(?:VERB|AUX|PRON|SCONJ)$/.test(upos) && (upos !== 'PUNCT' || /^[()]$/.test(form));
}

/** What stands before "Secretary" or "Envoy" and is of the same title. */
const RANK = /^(?:Acting|Principal|Deputy|Assistant|Under|Special|Presidential|Senior)$/;
const OWN_TITLE =
  /^(?:(?:(?:Acting|Principal|Deputy|Assistant|Under) )+Secretary(?: of State)?|Special (?:Presidential )?(?:Envoy|Representative|Advisor|Coordinator)(?= for )|Counselor|Senior Advisor|Secretary of (?:Agriculture|Commerce|Defense|Energy|Labor|Transportation|the Treasury|Homeland Security))(?: (?:of|for) .+)?$/;
