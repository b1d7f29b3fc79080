import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { classOf, type PloverType, READING_SCHEMA } from '../src/events/ontology.ts';
import { type Actor, type Claim, type Reading, readingSchema } from '../src/events/reading.ts';
import type { Span } from '../src/source/span.ts';

/** An actor by its name in the text; what is left out is that of a head of state. */
export interface StoryActor {
  readonly name: string;
  readonly country: string | null;
  readonly kind?: Actor['kind'];
  readonly sector?: Actor['sector'];
  readonly wikidata?: string;
}

/** A claim by its words: `trigger`, `place`, `said` … are found in `sentence`, which is found in the text. */
export interface StoryClaim {
  readonly sentence: string;
  readonly trigger: string;
  readonly event: Claim['event'];
  readonly actors: readonly string[];
  readonly recipients?: readonly string[];
  readonly mode?: readonly string[];
  readonly status?: Claim['status'];
  readonly medium?: Claim['medium'];
  readonly duration?: string;
  /** `2021-06-16`, `2021-06` or `XXXX-06`, and the words for it. */
  readonly when?: readonly [value: string, words: string];
  readonly place?: readonly [name: string, country: string, precision: 'venue' | 'city' | 'region' | 'country'];
  readonly issue?: readonly [label: string, words: string];
  readonly figure?: readonly [value: number, unit: string, words: string];
  readonly saidBy?: string;
  readonly condition?: string;
}

/** A document and what it tells: {@link storyReading} makes a whole reading of it. */
export interface Story {
  readonly outlet: string;
  readonly kind?: 'news' | 'wire' | 'official';
  readonly published: string | null;
  readonly title?: string;
  readonly text: string;
  readonly actors: readonly StoryActor[];
  readonly claims: readonly StoryClaim[];
}

/** A reading as the pipeline would give it, made by hand for the tests of the rooms to its right; checked. */
export function storyReading(story: Story): Reading {
  const { text } = story;
  const times: Reading['times'][number][] = [];
  const places: Reading['places'][number][] = [];
  const figures: Reading['figures'][number][] = [];
  const statements: Reading['statements'][number][] = [];
  const idOf = (name: string) => {
    const index = story.actors.findIndex((actor) => actor.name === name);
    if (index < 0) throw new TypeError(`The story has no actor ${name}.`);
    return `a${index + 1}`;
  };
  const claims = story.claims.map((claim, index): Claim => {
    const sentence = find(text, claim.sentence);
    const within = (words: string) => find(text, words, sentence);
    const named = (names: readonly string[]) =>
      names.flatMap((name) => (claim.sentence.includes(name) ? [within(name)] : []));
    const when = claim.when === undefined ? undefined : timeOf(claim.when[0], within(claim.when[1]));
    if (when !== undefined) times.push(when);
    if (claim.place !== undefined) {
      const [name, country, precision] = claim.place;
      places.push({ ...within(name), name, country, geonames: null, lat: null, lon: null, precision });
    }
    if (claim.figure !== undefined) {
      const [value, unit, words] = claim.figure;
      figures.push({ ...within(words), value, bound: 'exact', unit });
    }
    if (claim.saidBy !== undefined) {
      const speaker = story.actors.some((actor) => actor.name === claim.saidBy) ? idOf(claim.saidBy) : null;
      const source = within(claim.saidBy);
      statements.push({
        ...{ id: `s${statements.length + 1}`, speaker, source, cue: null, content: sentence },
        ...{ quotation: 'indirect', kind: 'said', anonymous: speaker === null },
      });
    }
    const row = classOf(claim.event as PloverType);
    return {
      id: `c${index + 1}`,
      event: claim.event,
      mode: claim.mode ?? [],
      context: [],
      cameo: row.cameo,
      quad: row.quad,
      scale: row.scale,
      actors: claim.actors.map(idOf),
      recipients: (claim.recipients ?? []).map(idOf),
      others: [],
      when: {
        earliest: when?.earliest ?? null,
        latest: when?.latest ?? null,
        precision: when?.earliest == null ? 'unknown' : when.value?.length === 7 ? 'month' : 'day',
        time: when === undefined ? null : times.length - 1,
      },
      where: claim.place === undefined ? null : places.length - 1,
      medium: claim.medium ?? null,
      duration: claim.duration ?? null,
      issues: claim.issue === undefined ? [] : [{ label: claim.issue[0], ...within(claim.issue[1]) }],
      figures: claim.figure === undefined ? [] : [figures.length - 1],
      status: claim.status ?? 'happened',
      condition: claim.condition === undefined ? null : within(claim.condition),
      consequence: null,
      certainty: 'asserted',
      saidBy: claim.saidBy === undefined ? [] : [statements.at(-1)!.id],
      evidence: {
        sentence,
        trigger: within(claim.trigger),
        actors: named(claim.actors),
        recipients: named(claim.recipients ?? []),
        when: claim.when === undefined ? [] : [within(claim.when[1])],
        where: claim.place === undefined ? [] : [within(claim.place[0])],
      },
      rule: 'test.story',
      confidence: 0.9,
    };
  });
  return readingSchema.parse({
    schema: READING_SCHEMA,
    document: {
      id: bytesToHex(sha256(utf8ToBytes(text))),
      title: story.title ?? null,
      authors: [],
      form: 'article',
      updated: null,
      pages: null,
      url: null,
      language: 'en',
      outlet: { name: story.outlet, kind: story.kind ?? 'news', country: null },
      published:
        story.published === null
          ? null
          : { from: story.published, to: story.published, basis: 'given', evidence: null },
      text,
      removed: [],
    },
    actors: story.actors.map(({ name, country, kind, sector, wikidata }, index) => ({
      id: `a${index + 1}`,
      name,
      kind: kind ?? 'person',
      country,
      sector: sector ?? (kind === 'state' ? [] : ['GOV']),
      office: null,
      wikidata: wikidata ?? null,
      mentions: text.includes(name) ? [find(text, name)] : [],
    })),
    times,
    places,
    figures,
    statements,
    claims,
  });
}

function find(text: string, words: string, within: Span = { from: 0, to: text.length }): Span {
  const from = text.indexOf(words, within.from);
  if (from < 0 || from + words.length > within.to) throw new TypeError(`The story does not say "${words}" there.`);
  return { from, to: from + words.length };
}

function timeOf(value: string, span: Span): Reading['times'][number] {
  if (value.startsWith('XXXX'))
    return { ...span, type: 'date', value, earliest: null, latest: null, basis: 'unresolved' };
  const last =
    value.length === 7 ? new Date(Date.UTC(Number(value.slice(0, 4)), Number(value.slice(5)), 0)).getUTCDate() : 0;
  const earliest = value.length === 7 ? `${value}-01` : value;
  const latest = value.length === 7 ? `${value}-${last}` : value;
  return { ...span, type: 'date', value, earliest, latest, basis: 'explicit' };
}
