import type { Briefing } from './briefing.ts';
import type { DocumentHead } from './documents.ts';
import { type Event, type EventClaim, outletsOf, placedOn } from './event.ts';
import { actOf, dateOf, headlineOf, whoOf } from './headline.ts';
import { momentOf } from './hours.ts';
import type { Party } from './party.ts';
import { lastKnownDay } from './period.ts';
import { positionsOf } from './positions.ts';
import { termsOf } from './terms.ts';
import { whenWords } from './words.ts';

/** Where a line of a brief comes from: the words, who published them, and when. */
export interface Source {
  /** Its number in the list of sources at the end. */
  readonly number: number;
  readonly document: string;
  readonly outlet: string;
  readonly published: string | null;
  readonly sentence: string;
  /** Who the outlet says it is told by, if anybody. */
  readonly saidBy: readonly string[];
}

/** One line of a brief: an event in words, and documents that tell it, the clearest first. */
export interface BriefLine {
  readonly event: string;
  readonly when: string;
  readonly text: string;
  readonly sources: readonly Source[];
  /** How many documents more tell it. */
  readonly more: number;
}

export interface BriefSection {
  readonly title: string;
  /** What is to be known of the section as a whole. */
  readonly note: string | null;
  readonly lines: readonly BriefLine[];
}

/** A document that lines come from. */
export interface BriefSource {
  readonly number: number;
  readonly document: string;
  readonly outlet: string;
  readonly official: boolean;
  readonly published: string | null;
  readonly title: string | null;
  readonly url: string | null;
}

/** The page to read before two sides meet. Sections without a line are left out. */
export interface Brief {
  readonly parties: readonly [Party, Party];
  readonly names: readonly [string, string];
  /** The day that it stands on: that of the last report it knows, `YYYY-MM-DD`; null where none has a date. */
  readonly on: string | null;
  /** What the newest reports changed, each in a line; the sections below tell more of it. */
  readonly changed: readonly BriefLine[];
  readonly sections: readonly BriefSection[];
  readonly sources: readonly BriefSource[];
}

/** A line before its sources have numbers. */
export interface Draft {
  readonly event: Event;
  readonly when: string;
  readonly text: string;
  /** The claims that it stands on, the best first; default: all of the event. */
  readonly claims?: readonly EventClaim[];
}

interface DraftSection {
  readonly title: string;
  readonly note?: string | null;
  readonly drafts: readonly Draft[];
}

const LINES = 8;
const CONTACTS = 10;
/** Lines on what changed last. */
const CHANGES = 3;
/** Documents that a line names. */
const SOURCES = 4;
/** Plans whose day has passed for longer are no longer told as open. */
const LONG_OVERDUE_DAYS = 400;

/** Makes a brief. Each event stands in the first section it fits, and each sentence stands once. */
export function briefOf(briefing: Briefing): Brief {
  const { parties, names, on } = briefing;
  const events = briefing.events.map((event) => facing(event, parties)).toSorted(byNewest);
  const desk = new Desk();
  const sections: readonly DraftSection[] = [
    { title: 'Threats standing', drafts: desk.take(threats(events), LINES) },
    { title: 'Promises and plans not yet seen done', drafts: desk.take(plans(events, briefing), LINES + 2) },
    { title: 'Positions by issue', drafts: desk.take(positionsOf(briefing, events), 16) },
    { title: 'Past contacts', note: contactNote(briefing), drafts: desk.take(contacts(events), CONTACTS) },
    { title: 'Deeds', drafts: desk.take(deeds(events), LINES) },
    { title: 'Denied, cancelled or failed', drafts: desk.take(undone(events), LINES) },
    { title: 'Disagreements between reports', drafts: disagreements(events) },
  ];
  const numbers = new Map<string, number>();
  const line = (draft: Draft): BriefLine => lineOf(draft, numbers);
  return {
    ...{ parties, names, on },
    changed: changes(events).map(line),
    sections: sections
      .filter(({ drafts }) => drafts.length > 0)
      .map(({ title, note = null, drafts }) => ({ title, note, lines: drafts.map(line) })),
    sources: sourceList(numbers, events),
  };
}

/** The brief with what the record knows of its documents: their addresses. */
export function withAddresses(brief: Brief, heads: readonly DocumentHead[]): Brief {
  const urls = new Map(heads.map(({ id, url }) => [id, url]));
  return {
    ...brief,
    sources: brief.sources.map((source) => ({ ...source, url: urls.get(source.document) ?? null })),
  };
}

/** What the reports differ in: `duration: 2 hours (Harbour Post) or 3 hours (The Lighthouse)`. */
export function disagreementWords(event: Event): string {
  return event.disagreements
    .map(({ field, values }) => {
      const words = values.map(
        ({ value, outlets }) => `${value} (${outlets.length === 0 ? 'unknown outlet' : outlets.join(', ')})`,
      );
      return `${field}: ${words.join(' or ')}`;
    })
    .join('; ');
}

/** The outlets of an event for a narrow column: two names, then a number. */
export function outletWords(event: Event): string {
  const outlets = outletsOf(event);
  return outlets.length <= 3 ? outlets.join(', ') : `${outlets.slice(0, 2).join(', ')} and ${outlets.length - 2} more`;
}

/** An event as these two see it: they come first on either side of it, so that no long list hides them. */
function facing(event: Event, parties: readonly Party[]): Event {
  const isOne = ({ value }: Event['actors'][number]) => Number(parties.includes(value.party));
  const sorted = (actors: Event['actors']) => actors.toSorted((a, b) => isOne(b) - isOne(a));
  return { ...event, actors: sorted(event.actors), recipients: sorted(event.recipients) };
}

/** The latest first by the chronology; what has no day comes last. */
function byNewest(a: Event, b: Event): number {
  const [one, two] = [placedOn(a) ?? '', placedOn(b) ?? ''];
  return one < two ? 1 : one > two ? -1 : a.id < b.id ? -1 : 1;
}

/** Hands out events and sentences, each once. */
class Desk {
  readonly #events = new Set<string>();
  readonly #sentences = new Set<string>();

  take(drafts: readonly Draft[], most: number): readonly Draft[] {
    const taken: Draft[] = [];
    for (const draft of drafts) {
      if (taken.length === most) break;
      const { event, claims = event.claims } = draft;
      const sentences = claims.map(({ document, sentence }) => `${document} ${sentence}`);
      // One sentence can tell of two acts, and a reader takes it for one.
      if (this.#events.has(event.id) || sentences.every((sentence) => this.#sentences.has(sentence))) continue;
      this.#events.add(event.id);
      for (const sentence of sentences) this.#sentences.add(sentence);
      taken.push(draft);
    }
    return taken;
  }
}

function statusOf(event: Event): string {
  return event.status.settled ?? 'happened';
}

function actorsOf(event: Event): ReadonlySet<Party> {
  return new Set(event.actors.map(({ value }) => value.party));
}

function isReal(event: Event): boolean {
  return statusOf(event) === 'happened' || statusOf(event) === 'ongoing';
}

function draftOf(event: Event, more: readonly string[] = []): Draft {
  const notes = [...more, ...(event.disagreements.length === 0 ? [] : ['reports disagree, see below'])];
  return {
    event,
    when: momentOf(event),
    text: `${headlineOf(event)}${notes.length === 0 ? '' : `; ${notes.join('; ')}`}`,
  };
}

/** What the newest reports tell that was not told before, the last day first. */
function changes(events: readonly Event[]): readonly Draft[] {
  return events
    .flatMap((event) => {
      const day = lastTold(event);
      const change = day === undefined ? undefined : changeOn(event, day);
      return day === undefined || change === undefined ? [] : [{ event, day, change }];
    })
    .toSorted(
      (a, b) =>
        (a.day < b.day ? 1 : a.day > b.day ? -1 : 0) ||
        weightOf(b.event) - weightOf(a.event) ||
        byNewest(a.event, b.event),
    )
    .slice(0, CHANGES)
    .map(({ event, day, change }) => ({
      event,
      when: momentOf(event),
      text: `${headlineOf(event)}; ${change}, reported ${whenWords({ earliest: day, latest: day })}`,
      claims: event.claims.filter(({ published }) => published !== null && lastKnownDay(published) === day),
    }));
}

function lastTold({ claims }: Event): string | undefined {
  return claims
    .flatMap(({ published }) => published ?? [])
    .map(lastKnownDay)
    .sort()
    .at(-1);
}

/** What reports of a day say that earlier ones do not; undefined where they only say it again. */
function changeOn(event: Event, day: string): string | undefined {
  const isEarlier = ({ published }: EventClaim) => published !== null && lastKnownDay(published) < day;
  const earlier = event.claims.filter(isEarlier);
  const status = statusOf(event);
  if (earlier.length === 0) return status === 'happened' ? 'new' : `new (${status})`;
  const before = earlier.map((claim) => claim.status);
  if (!before.includes(status as EventClaim['status'])) return `now ${status}, before ${before.at(-1)!}`;
  const known = new Set(earlier.map(({ id }) => id));
  const fields = event.disagreements.filter(({ values }) =>
    values.some(({ claims }) => claims.every((id) => !known.has(id))),
  );
  return fields.length === 0
    ? undefined
    : `reports now disagree on ${[...new Set(fields.map(({ field }) => field))].join(', ')}`;
}

/** Deeds before words, what is between few before what is among many, what several tell before what one does. */
function weightOf(event: Event): number {
  const kind =
    event.quad === 4 ? 3 : event.type === 'THREATEN' || event.type === 'CONSULT' || event.type === 'AGREE' ? 2 : 1;
  return kind + Math.min(event.origins, 4) / 2 + (event.parties.length > 4 ? -2 : 0) + (isReal(event) ? 1 : 0);
}

/** Threats with what they hang on and what the one who made them has done since; last those taken back. */
function threats(events: readonly Event[]): readonly Draft[] {
  const isThreat = (event: Event) => {
    const status = statusOf(event);
    if (event.type === 'THREATEN') return !['denied', 'cancelled', 'failed', 'hoped', 'possible'].includes(status);
    return event.quad >= 3 && (status === 'threatened' || status === 'conditional');
  };
  const inOrder = events
    .filter(isThreat)
    .map((event) => ({ event, back: events.find((other) => takesBack(other, event)) }))
    .toSorted((a, b) => Number(a.back !== undefined) - Number(b.back !== undefined));
  return inOrder.map(({ event, back }) => {
    const { condition, consequence } = hangingOf(event);
    // The first deed after it: events come the latest first.
    const done = events.findLast((other) => follows(other, event));
    return draftOf(event, [
      ...(statusOf(event) === 'conditional' ? ['conditional'] : []),
      ...(condition === undefined ? [] : [`condition: “${condition}”`]),
      ...(consequence === undefined ? [] : [`consequence: “${consequence}”`]),
      ...(done === undefined ? [] : [`since then ${actOf(done)}, ${dateOf(done)}`]),
      ...(back === undefined ? [] : [`taken back, ${dateOf(back)}`]),
    ]);
  });
}

/** What a threat or promise hangs on and what comes of it, as the latest report that tells it has it. */
function hangingOf({ claims }: Event): {
  readonly condition: string | undefined;
  readonly consequence: string | undefined;
} {
  const told = claims.toReversed();
  const clean = (words: string | null | undefined) => words?.replace(/[\s,;:.–—-]+$/u, '');
  const condition = clean(told.find((claim) => claim.condition !== null)?.condition);
  const { consequence, sentence } = told.find((claim) => claim.consequence !== null) ?? {
    consequence: null,
    sentence: '',
  };
  const words = clean(consequence);
  // The whole sentence stands below, and a word or two say nothing.
  const isTelling = words !== undefined && words.length > 11 && words !== clean(sentence);
  const isSaid =
    condition !== undefined && words !== undefined && (words.includes(condition) || condition.includes(words));
  return { condition, consequence: isTelling && !isSaid ? words : undefined };
}

/** True for a deed by one who threatened, against whom it threatened, on a later day. */
function follows(deed: Event, threat: Event): boolean {
  return deed.quad === 4 && isReal(deed) && isLaterAct(deed, threat);
}

/** True for what is told as called off on a later day, in words of the threat: "dropped its threat to close its ports". */
function takesBack(event: Event, threat: Event): boolean {
  if (event.quad < 3 || statusOf(event) !== 'cancelled' || !isLaterAct(event, threat)) return false;
  const wordsOf = ({ claims }: Event) => new Set(claims.flatMap(({ sentence }) => termsOf(sentence)));
  const threatened = wordsOf(threat);
  return [...wordsOf(event)].filter((word) => word.length > 3 && threatened.has(word)).length >= SAME_WORDS;
}

/** Words that say what was threatened: beside the two sides, what and on what. */
const SAME_WORDS = 4;

/** True for what one who threatened does later to whom it threatened. */
function isLaterAct(act: Event, threat: Event): boolean {
  const [one, two] = [placedOn(threat), placedOn(act)];
  if (one === null || two === null || two <= one) return false;
  const shared = (a: Event['actors'], b: Event['actors']) =>
    a.some(({ value }) => b.some((other) => other.value.party === value.party));
  return shared(threat.actors, act.actors) && shared(threat.recipients, act.recipients);
}

/** What lies ahead, the next first; what should have come, the latest first; what has no day, the newest first. */
function plans(events: readonly Event[], { on, parties }: Briefing): readonly Draft[] {
  const isPlan = (event: Event) => {
    const status = statusOf(event);
    if (event.type === 'THREATEN') return false;
    if (status === 'planned' || status === 'expected') return event.quad !== 3;
    if (status === 'conditional') return event.quad <= 2;
    // What both agreed on, not what one agreed on with others about the other.
    return event.type === 'AGREE' && isReal(event) && parties.every((party) => actorsOf(event).has(party));
  };
  const rankOf = (event: Event): number => {
    const due = event.when.settled?.latest ?? null;
    if (isReal(event)) return 3;
    if (due === null || on === null) return 2;
    return due >= on ? 0 : 1;
  };
  const hopes = events.filter((event) => statusOf(event) === 'hoped' && event.quad === 1 && event.type !== 'SUPPORT');
  const isOpen = (event: Event) => {
    const due = event.when.settled?.latest ?? placedOn(event);
    return due === null || on === null || Date.parse(on) - Date.parse(due) <= LONG_OVERDUE_DAYS * 86_400_000;
  };
  const inOrder = events
    .filter((event) => isPlan(event) && isOpen(event))
    .toSorted((a, b) => rankOf(a) - rankOf(b) || (rankOf(a) === 0 ? -byNewest(a, b) : byNewest(a, b)));
  return [...inOrder, ...hopes.filter(isOpen)].map((event) => {
    const rank = statusOf(event) === 'hoped' ? 4 : rankOf(event);
    const { condition } = hangingOf(event);
    return draftOf(event, [
      rank === 3 ? 'agreed' : statusOf(event),
      ...(condition === undefined ? [] : [`condition: “${condition}”`]),
      ...(rank === 1 ? [`overdue: was for ${whenWords(event.when.settled!)}, no report says that it was done`] : []),
    ]);
  });
}

function contacts(events: readonly Event[]): readonly Draft[] {
  return events.filter((event) => event.type === 'CONSULT' && isReal(event)).map((event) => draftOf(event));
}

function contactNote({ contacts: { years, complete } }: Briefing): string | null {
  if (years.length === 0) return null;
  const recent = years.slice(-8).toReversed();
  const earlier = years.slice(0, -8).reduce((sum, [, events]) => sum + events, 0);
  const words = recent.map(([year, events]) => `${events} in ${year}`);
  return `Talks told${complete ? '' : ', the latest of them'}: ${words.join(', ')}${earlier === 0 ? '' : `, ${earlier} before`}.`;
}

function deeds(events: readonly Event[]): readonly Draft[] {
  return events
    .filter((event) => (event.quad === 2 || event.quad === 4) && isReal(event))
    .map((event) => draftOf(event));
}

function undone(events: readonly Event[]): readonly Draft[] {
  return events
    .filter((event) => ['denied', 'cancelled', 'failed'].includes(statusOf(event)))
    .map((event) => draftOf(event, [statusOf(event)]));
}

/** The fields only: the events themselves stand above, or in the record. */
function disagreements(events: readonly Event[]): readonly Draft[] {
  return events
    .filter((event) => event.disagreements.length > 0)
    .slice(0, LINES)
    .map((event) => ({
      event,
      when: momentOf(event),
      text: `${whoOf(event)}: ${actOf(event)}; ${disagreementWords(event)}`,
      claims: disputing(event),
    }));
}

/** One claim for each value that reports disagree on, then the others. */
function disputing(event: Event): readonly EventClaim[] {
  const told = event.disagreements.flatMap(({ values }) => values.flatMap(({ claims }) => claims[0] ?? []));
  const first = told.flatMap((id) => event.claims.find((claim) => claim.id === id) ?? []);
  return [...new Set([...first, ...event.claims])];
}

function lineOf({ event, when, text, claims }: Draft, numbers: Map<string, number>): BriefLine {
  const best = new Map<string, EventClaim>();
  for (const claim of claims ?? clearestFirst(event.claims))
    if (!best.has(claim.document)) best.set(claim.document, claim);
  const shown = [...best.values()].slice(0, SOURCES);
  return {
    event: event.id,
    ...{ when, text: begun(text) },
    sources: shown.map((claim) => {
      const number = numbers.get(claim.document) ?? numbers.size + 1;
      numbers.set(claim.document, number);
      return {
        number,
        document: claim.document,
        outlet: claim.outlet ?? 'unknown outlet',
        published: claim.published?.from ?? null,
        sentence: claim.sentence,
        saidBy: claim.saidBy.map((speaker) => speaker.name),
      };
    }),
    more: new Set(event.claims.map(({ document }) => document)).size - shown.length,
  };
}

/** A line begins as a sentence does: "the Finnish envoys: talks" with a capital. */
function begun(text: string): string {
  return text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase());
}

/** Those that are no reprints first, then the surest. */
function clearestFirst(claims: readonly EventClaim[]): readonly EventClaim[] {
  const copies = ({ document, origin }: EventClaim) => Number(document !== origin);
  return claims.toSorted((a, b) => copies(a) - copies(b) || b.confidence - a.confidence);
}

function sourceList(numbers: ReadonlyMap<string, number>, events: readonly Event[]): readonly BriefSource[] {
  const claims = new Map(events.flatMap((event) => event.claims.map((claim) => [claim.document, claim] as const)));
  return [...numbers].map(([document, number]) => {
    const { outlet, outletKind, published, title } = claims.get(document)!;
    return {
      ...{ number, document, outlet: outlet ?? 'unknown outlet', official: outletKind === 'official' },
      ...{ published: published?.from ?? null, title, url: null },
    };
  });
}
