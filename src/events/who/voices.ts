import type { Token } from '../../nlp/sentence.ts';
import { contains, overlaps, type Span } from '../../source/span.ts';
import { isCountryCode } from '../../world/actor.ts';
import type { Actor, Statement } from '../reading.ts';
import type { Turn } from '../said/turns.ts';
import type { Cast } from './actors.ts';
import type { Mention } from './mentions.ts';
import { genderOf, type Voice } from './pronouns.ts';
import type { Someone } from './someone.ts';
import { lastWordOf } from './someone.ts';

/** Titles that another state's people may hold. */
const FOREIGN =
  /\b(?:MINISTER|PRESIDENT|PREMIER|CHANCELLOR|KING|QUEEN|EMIR|AMBASSADOR|REPRESENTATIVE|COMMISSIONER|GENERAL)\b/;
const NOBODY: Voice = { alone: undefined, ours: [] };

/** Keeps track of whom "I" and "we" mean while a document is read from its first mention to its last. */
export interface Voices {
  /** Whom they mean where a mention stands. */
  at(mention: Mention): Voice;
  /** Takes note of whom a mention means: a turn's label names its speaker. */
  hear(mention: Mention, meant: readonly Someone[]): void;
  /** Takes note of those who issue a statement together: "the following statement was released by …". */
  issue(all: readonly Someone[]): void;
}

/**
 * In a text of turns, "I" is the one whose turn it is and "we" that speaker's state; in any other official statement both
 * mean the state that issues it.
 */
export function openVoices(
  turns: readonly Turn[],
  issuer: Someone | undefined,
  stateOf: (code: string) => Someone,
  knownAs: (name: string) => Someone | undefined,
): Voices {
  let ours: readonly Someone[] = issuer ? [issuer] : [];
  let turn = -1;
  let speaker: Someone | undefined;
  const move = ({ span }: Mention): void => {
    while (turn + 1 < turns.length && turns[turn + 1]!.labelled.from <= span.from) {
      turn++;
      speaker = undefined;
    }
  };
  return {
    at: (mention) => {
      move(mention);
      if (turn < 0) return { alone: issuer, ours };
      const { label, asked } = turns[turn]!;
      if (asked) return NOBODY;
      speaker ??= knownAs(label);
      // "MS BERG:" of the state's own briefing speaks for it; an unknown minister may be anybody's.
      if (!speaker) return FOREIGN.test(label) ? NOBODY : { alone: undefined, ours };
      const { country } = speaker.coded;
      if (country === null && !FOREIGN.test(label)) return { alone: speaker, ours };
      return { alone: speaker, ours: [isCountryCode(country) ? stateOf(country) : speaker] };
    },
    hear: (mention, meant) => {
      move(mention);
      const label = turns[turn]?.labelled;
      if (label && mention.span.from >= label.from && mention.span.to <= label.to) speaker ??= meant[0];
    },
    issue: (all) => {
      if (issuer && turns.length === 0) ours = all;
    },
  };
}

/**
 * The cast with "I" and "we" inside quotations meaning their speaker: "I" the speaker, "we" the speaker's state where
 * the document speaks of it.
 */
export function withSpeakers(cast: Cast, statements: readonly Statement[]): Cast {
  const spoken = new Map<Token, string | null>();
  const added = new Map<string, Span[]>();
  const quoted = statements.filter(({ speaker, quotation }) => speaker !== null && quotation !== 'indirect');
  for (const [token, mention] of cast.mentionOf) {
    const form = token.form.toLowerCase();
    if (genderOf(token)) {
      // "He refused," said of somebody else: whoever speaks is "I" there.
      const own = quoted.findLast(({ content, quotation }) => quotation === 'direct' && contains(content, token));
      if (own && cast.meant(token).includes(own.speaker!)) spoken.set(token, null);
      continue;
    }
    if (mention.form !== 'pronoun' || !/^(?:i|me|my|we|us|ours?)$/.test(form) || cast.meant(token).length > 0) continue;
    const statement = quoted.findLast(({ content }) => contains(content, token));
    if (!statement) continue;
    const speaker = cast.actor(statement.speaker!);
    const state = cast.actors.find(
      (actor) => actor.kind === 'state' && actor.country !== null && actor.country === speaker.country,
    );
    const alone = /^(?:i|me|my)$/.test(form);
    if (alone && speaker.kind !== 'person') continue;
    // A judge's or a deputy's "we" is not the state's.
    const official = speaker.sector.length === 0 || speaker.sector.some((one) => one === 'GOV' || one === 'MIL');
    const { id } = alone || !official ? speaker : (state ?? speaker);
    spoken.set(token, id);
    added.set(id, [...(added.get(id) ?? []), { from: mention.span.from, to: mention.span.to }]);
  }
  const actors = cast.actors.map((actor) => {
    const more = added.get(actor.id);
    return more ? { ...actor, mentions: [...actor.mentions, ...more].sort((a, b) => a.from - b.from) } : actor;
  });
  const byId = new Map(actors.map((actor) => [actor.id, actor]));
  const meant = (head: Token): readonly string[] => {
    const speaker = spoken.get(head);
    return speaker === undefined ? cast.meant(head) : speaker === null ? [] : [speaker];
  };
  return { ...cast, actors, meant, actor: (id) => byId.get(id) ?? cast.actor(id) };
}

/**
 * Who speaks in a turn: the person of the document whose surname ends its label, whose country is known if there is one;
 * else whoever the label itself names.
 */
export function speakerIn({ label, labelled, asked }: Turn, cast: Cast): Actor | undefined {
  if (asked) return undefined;
  const last = lastWordOf(label);
  const people = cast.actors.filter((actor) => actor.kind === 'person' && lastWordOf(actor.name) === last);
  return (
    people.find((actor) => actor.country !== null) ??
    people[0] ??
    cast.actors.find(({ mentions }) => mentions.some((mention) => overlaps(mention, labelled)))
  );
}
