import { contextOf } from '../../src/events/issues.ts';
import { classOf, isJoint, type Status, scaleOf } from '../../src/events/ontology.ts';
import type { Actor, Claim } from '../../src/events/reading.ts';
import type { Span } from '../../src/source/span.ts';
import { between, type Chance, chance, oneOf } from './chance.ts';
import { comingTime, dayText, newsTime, pastTime, someTime, type ToldTime } from './days.ts';
import type { Draft, Filling } from './draft.ts';
import { BETWEEN } from './forms.ts';
import type { WorldEvent } from './happen.ts';
import { ISSUES } from './issues.ts';
import { piecesOf } from './template.ts';
import type { Person, Side, World } from './world.ts';

/** Who writes, and when. */
export interface Voice {
  readonly world: World;
  /** The outlet by number: one has always its own number for a figure that outlets disagree on. */
  readonly outlet: number;
  /** The day it writes on, and the one it is printed on. */
  readonly day: number;
  readonly published: number;
  /** A later version of a report has the later numbers. */
  readonly isVersion: boolean;
}

/** Acts that are some person's. */
const PERSONAL: ReadonlySet<string> = new Set(
  'CONSULT AGREE ACCUSE REQUEST REJECT THREATEN SUPPORT CONCEDE'.split(' '),
);

/**
 * Writes a sentence that tells an event, with its claim. Gives what it tells of: the event's id, or an id of its own for
 * what is only hoped; `undefined` when the report has ended before.
 */
export function tellEvent(
  draft: Draft,
  event: WorldEvent,
  { voice, isLead, random }: { readonly voice: Voice; readonly isLead: boolean; readonly random: Chance },
): string | undefined {
  const { form, one, two, persons } = event;
  const { world, day, published } = voice;
  const late = day - event.day;
  const isDenied = late >= 0 && event.isDenied && random() < 0.25;
  const isHoped = !isDenied && form.ahead !== undefined && random() < 0.04;
  const status: Status = isDenied ? 'denied' : isHoped ? 'hoped' : late < 0 ? 'planned' : 'happened';
  const templates = isDenied ? form.denied! : isHoped || late < 0 ? form.ahead! : form.told;
  // Two reports in five are worded after the first that told it.
  const template = oneOf(templates, random() < 0.4 ? chance(world.seed, 41, event.day, event.line) : random);
  const isOneSided = form.named !== true && random() < 0.12;
  const time = isHoped ? undefined : timeOf(event, voice, { isLead, random });
  const opinion = (about: number) => chance(world.seed, 42, event.day, event.line, voice.outlet, about)();

  const actors = new Set<string>();
  const recipients = new Set<string>();
  const issues: Claim['issues'][number][] = [];
  const figures: number[] = [];
  const spans = { actors: [] as Span[], recipients: [] as Span[], when: [] as Span[], where: [] as Span[] };
  let trigger: Span | undefined;
  let where: number | null = null;
  let when: number | null = null;
  let hours: number | undefined;

  const side = (who: Side, person: Person, isRecipient: boolean): Filling => {
    const isInOne = !isRecipient || isJoint(form.type);
    const [actor, words] = calledBy(who, person, { share: PERSONAL.has(form.type) ? 0.42 : 0.05, random });
    return draft.mention(actor, words, (id, span) => {
      (isInOne ? actors : recipients).add(id);
      (isInOne ? spans.actors : spans.recipients).push(span);
    });
  };
  const places = form.type === 'ASSAULT' ? 0.6 : form.type === 'CONSULT' ? 0.35 : 0.2;
  // biome-ignore format: a table reads best in rows
  const fillings: Readonly<Record<string, (words: string) => Filling | undefined>> = {
    w: () => ({ words: random() < 0.4 ? oneOf(event.words, random) : world.word(random) }),
    t: (words) => ({ words, note: (span) => { trigger = span; } }),
    A: () => side(one, persons[0], false),
    R: () => isOneSided ? { words: oneOf(['the other side', 'its neighbour', 'others'], random) } : side(two, persons[1], true),
    issue: () => {
      if (random() > 0.42) return undefined;
      const [label, ...words] = ISSUES[event.issue]!;
      return { words: oneOf(words, random), note: (span) => issues.push({ label, ...span }) };
    },
    place: () => {
      if (random() > places) return undefined;
      const city = opinion(1) < 0.06 ? event.otherCity : event.city;
      const country = random() < 0.25 ? world.states.find(({ code }) => code === city.country)!.name : undefined;
      return draft.place(city, country, (index, span) => { where = index; spans.where.push(span); });
    },
    when: () => time && draft.time(time, (index, span) => { when = index; spans.when.push(span); }),
    hours: () => {
      const count = event.hours + (opinion(2) < 0.12 ? 1 : 0);
      return { words: count === 1 ? 'an hour' : `${count} hours`, note: () => { hours = count; } };
    },
    figure: (words) => {
      if (words !== '' && random() < 0.6) return undefined;
      const value = opinion(3) < 0.12 || voice.isVersion ? event.otherFigure : event.figure;
      return draft.figure(value, form.unit!, (index) => figures.push(index));
    },
    victim: () => {
      const victim = { name: event.victim!, kind: 'person', country: null, sector: [], office: null, wikidata: null } as const;
      return draft.mention(victim, victim.name, (id, span) => { recipients.add(id); spans.recipients.push(span); });
    },
  };

  const speaker = persons[isDenied || random() < 0.5 ? 0 : 1];
  const said = isDenied || random() < 0.3 ? draft.statement(personActor(speaker), speaker.name) : undefined;
  const pieces = piecesOf(said === undefined || isDenied ? template : `{S} said that ${template}`);
  const sentence = draft.write(pieces, (slot, words) => (slot === 'S' ? said!.filling : fillings[slot]!(words)));
  if (sentence === undefined) return undefined;
  said?.close(sentence);
  const row = classOf(form.type);
  const contexts = issues.map(({ label }) => contextOf(label)).filter((context) => context !== undefined);
  const told = when === null ? undefined : time;
  draft.claim({
    ...{ event: form.type, mode: form.mode, context: contexts, cameo: form.cameo, quad: row.quad },
    scale: scaleOf(row, form.mode),
    ...{ actors: [...actors], recipients: [...recipients], others: [] },
    when: { ...whenOf(told, status, dayText(published)), time: when },
    ...{
      where,
      medium: form.medium ?? null,
      duration: hours === undefined ? null : `PT${hours}H`,
      issues,
      figures,
      status,
    },
    ...{ condition: null, consequence: null, certainty: 'asserted', saidBy: said === undefined ? [] : [said.id] },
    evidence: { sentence, trigger: trigger!, ...spans },
    ...{ rule: form.rule, confidence: oneOf([0.7, 0.8, 0.9, 0.99], random) },
  });
  return isHoped ? `hope ${event.id} ${day} ${draft.claims} ${Math.floor(random() * 1e9)}` : event.id;
}

/** Writes a sentence that tells no event. */
export function writeBetween(
  draft: Draft,
  { sides, persons }: { readonly sides: readonly Side[]; readonly persons: readonly Person[] },
  { world, published }: Voice,
  random: Chance,
): void {
  const speaker = oneOf(persons, random);
  const said = draft.statement(personActor(speaker), speaker.name);
  let isSaid = false;
  // biome-ignore format: a table reads best in rows
  const fillings: Readonly<Record<string, () => Filling>> = {
    w: () => ({ words: world.word(random) }),
    N: () => draft.mention(...calledBy(oneOf(sides, random), speaker, { share: 0, random })),
    P: () => {
      const person = oneOf(persons, random);
      return draft.mention(personActor(person), random() < 0.5 ? person.name : person.name.split(' ')[1]!);
    },
    O: () => draft.mention({ name: 'officials', kind: 'group', country: null, sector: ['GOV'], office: null, wikidata: null }, 'officials'),
    S: () => { isSaid = true; return said.filling; },
    when: () => draft.time(someTime(published, random)),
    place: () => draft.place(oneOf(oneOf(sides, random).cities, random), undefined),
    count: () => draft.figure(between(2, 90, random), 'million'),
  };
  const sentence = draft.write(piecesOf(oneOf(BETWEEN, random)), (slot) => fillings[slot]!());
  if (isSaid && sentence !== undefined) said.close(sentence);
}

function timeOf(
  event: WorldEvent,
  { day }: Voice,
  { isLead, random }: { readonly isLead: boolean; readonly random: Chance },
): ToldTime | undefined {
  const late = day - event.day;
  if (late < 0) return comingTime(event.day, day, random);
  if (late > 9) return pastTime(event.day, day, random);
  return random() < (isLead ? 0.55 : 0.28) ? newsTime(event.day, day) : undefined;
}

/** How a reading has what is told of the time: what has happened did so by the day of the report. */
function whenOf(time: ToldTime | undefined, status: Status, published: string): Omit<Claim['when'], 'time'> {
  const isPast = status === 'happened';
  const isAhead = status === 'planned';
  if (time === undefined || time.earliest === null || time.latest === null) {
    return { earliest: isAhead ? published : null, latest: isPast ? published : null, precision: 'unknown' };
  }
  const { earliest, latest } = time;
  const days = (Date.parse(latest) - Date.parse(earliest)) / 86_400_000 + 1;
  return { earliest, latest, precision: days === 1 ? 'day' : days === 7 ? 'week' : days < 32 ? 'month' : 'year' };
}

/** A side called by its name, by one of its persons (in this share of cases), or by its ministry. */
function calledBy(
  side: Side,
  person: Person,
  { share, random }: { readonly share: number; readonly random: Chance },
): readonly [Omit<Actor, 'id' | 'mentions'>, string] {
  const { name, kind, code, sector, wikidata, adjective } = side;
  const roll = random();
  if (kind !== 'state') return [{ name, kind, country: code, sector, office: null, wikidata }, `the ${name}`];
  if (roll < share) return [personActor(person), random() < 0.6 ? person.name : person.name.split(' ')[1]!];
  if (roll < share + 0.1) {
    const ministry = `${adjective} Foreign Ministry`;
    return [
      { name: ministry, kind: 'body', country: code, sector: ['GOV'], office: null, wikidata: null },
      `the ${ministry}`,
    ];
  }
  return [{ name, kind, country: code, sector, office: null, wikidata }, name];
}

function personActor({ name, title, wikidata, side }: Person): Omit<Actor, 'id' | 'mentions'> {
  const sector = side.kind === 'state' ? (['GOV'] as const) : side.sector;
  return { name, kind: 'person', country: side.code, sector, office: title, wikidata };
}
