import { type Event, type EventClaim, outletsOf } from './event.ts';
import { dateOf, headlineOf } from './headline.ts';
import type { Party } from './party.ts';
import { lastKnownDay } from './period.ts';

/** Where a line of a brief comes from: the words, who published them, and when. */
export interface Source {
  readonly document: string;
  readonly outlet: string;
  readonly published: string | null;
  readonly sentence: string;
  /** Who the outlet says it is told by, if anybody. */
  readonly saidBy: readonly string[];
}

/** One line of a brief: an event in words, and every document that tells it. */
export interface BriefLine {
  readonly event: string;
  readonly when: string;
  readonly text: string;
  readonly sources: readonly Source[];
}

export interface BriefSection {
  readonly title: string;
  readonly lines: readonly BriefLine[];
}

/** The page to read before two sides meet. Sections without a line are left out. */
export interface Brief {
  readonly parties: readonly [Party, Party];
  /** The day of the last report it knows, `YYYY-MM-DD`; `null` for all there are. */
  readonly on: string | null;
  readonly sections: readonly BriefSection[];
}

const SPOKEN = new Set(['ACCUSE', 'REQUEST', 'REJECT', 'SUPPORT', 'CONCEDE']);
const LINES = 8;

/**
 * Makes the brief of two parties from the events that both take part in, as they stood on the day `on`: what only later
 * reports tell is left out. Each event stands in the first section it fits; disagreements are listed again at the end.
 */
export function briefOf(parties: readonly [Party, Party], events: readonly Event[], on: string | null): Brief {
  const known = events.filter((event) =>
    event.claims.some((claim) => on === null || (claim.published?.from ?? '') <= on),
  );
  const newest = known.toSorted((a, b) => lastDay(b).localeCompare(lastDay(a)) || (a.id < b.id ? -1 : 1));
  const used = new Set<Event>();
  const take = (title: string, fits: (event: Event) => boolean, lines = LINES): BriefSection => {
    const chosen = newest.filter((event) => !used.has(event) && fits(event)).slice(0, lines);
    for (const event of chosen) used.add(event);
    return { title, lines: chosen.map((event) => lineOf(event, headlineOf(event))) };
  };
  const status = (event: Event) => event.status.settled;
  const real = (event: Event) => status(event) === 'happened' || status(event) === 'ongoing';
  const sections = [
    take('Last contacts', (event) => event.type === 'CONSULT' && real(event)),
    take(
      'Threats standing',
      (event) => event.type === 'THREATEN' || status(event) === 'threatened' || status(event) === 'conditional',
    ),
    take(
      'Promises and plans not yet seen done',
      (event) =>
        status(event) === 'planned' ||
        status(event) === 'expected' ||
        status(event) === 'hoped' ||
        event.type === 'AGREE',
    ),
    positionsByIssue(newest, used),
    take('Words of each side', (event) => SPOKEN.has(event.type)),
    take('Acts', (event) => event.quad === 2 || event.quad === 4),
    take('Denied, cancelled or failed', (event) => ['denied', 'cancelled', 'failed'].includes(status(event) ?? '')),
    {
      title: 'Disagreements between reports',
      lines: newest
        .filter((event) => event.disagreements.length > 0)
        .slice(0, LINES)
        .map((event) => lineOf(event, `${headlineOf(event)} — ${disagreementWords(event)}`)),
    },
  ];
  return { parties, on, sections: sections.filter((section) => section.lines.length > 0) };
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

/** The latest words on each issue: two lines an issue, so that both sides can have theirs. */
function positionsByIssue(newest: readonly Event[], used: Set<Event>): BriefSection {
  const issues = new Map<string, Event[]>();
  for (const event of newest) {
    if (used.has(event) || !SPOKEN.has(event.type)) continue;
    for (const { value } of event.issues) issues.set(value, [...(issues.get(value) ?? []), event]);
  }
  const lines: BriefLine[] = [];
  for (const issue of [...issues.keys()].sort()) {
    const sides = new Set<string>();
    for (const event of issues.get(issue)!) {
      const side = event.actors[0]?.value.party ?? '';
      if (sides.has(side) || used.has(event)) continue;
      sides.add(side);
      used.add(event);
      lines.push(lineOf(event, `${issue}: ${headlineOf(event)}`));
    }
  }
  return { title: 'Issues, with the latest words of each side', lines };
}

function lineOf(event: Event, text: string): BriefLine {
  const condition = event.claims.find((claim) => claim.condition !== null)?.condition;
  const status = event.status.settled === 'happened' ? '' : ` [${event.status.settled}]`;
  return {
    event: event.id,
    when: dateOf(event),
    text: `${text}${condition == null ? '' : `, ${condition}`}${status}`,
    sources: sourcesOf(event),
  };
}

/** One source a document: the claim that says most, which is the longest sentence of those best attested. */
function sourcesOf(event: Event): readonly Source[] {
  const best = new Map<string, EventClaim>();
  for (const claim of event.claims) {
    const other = best.get(claim.document);
    if (other === undefined || claim.confidence > other.confidence) best.set(claim.document, claim);
  }
  return [...best.values()].map((claim) => ({
    document: claim.document,
    outlet: claim.outlet ?? 'unknown outlet',
    published: claim.published?.from ?? null,
    sentence: claim.sentence,
    saidBy: claim.saidBy.map((speaker) => speaker.name),
  }));
}

function lastDay(event: Event): string {
  const when = event.when.settled;
  const published = event.claims.at(-1)?.published;
  return when?.latest ?? when?.earliest ?? (published == null ? '' : lastKnownDay(published));
}

/** The outlets of an event for a narrow column: two names, then a number. */
export function outletWords(event: Event): string {
  const outlets = outletsOf(event);
  return outlets.length <= 3 ? outlets.join(', ') : `${outlets.slice(0, 2).join(', ')} and ${outlets.length - 2} more`;
}
