import { loadBrief } from '../../src/app/brief.ts';
import { facetsOf } from '../../src/record/facets.ts';
import type { EventFilter } from '../../src/record/find.ts';
import type { Store } from '../../src/record/store.ts';
import { type Chance, chance, oneOf } from './chance.ts';
import { dayText } from './days.ts';
import { ISSUES } from './issues.ts';

const ASKED = 200;
const PAGE = { limit: 50 };
const FREQUENT =
  'talks agreement accused ministers sanctions prisoners people telephone exercises troops demands visit'.split(' ');

/** One kind of question, with what is asked for the i-th time. */
interface Question {
  readonly name: string;
  readonly ask: (i: number) => Promise<unknown>;
  /** How often it is asked (default: 200 times). */
  readonly times?: number;
}

/** Asks a record of `count` documents what views ask, and prints how long the median and the slowest twentieth took. */
export async function askAll(
  store: Store,
  { days, only }: { readonly days: number; readonly only: string | undefined },
): Promise<void> {
  const questions = await questionsFor(store, days);
  for (const { name, ask, times = ASKED } of questions) {
    if (only !== undefined && !name.includes(only)) continue;
    const took: number[] = [];
    for (let i = 0; i < times; i++) {
      const began = performance.now();
      await ask(i);
      took.push(performance.now() - began);
    }
    const first = took[0]!;
    took.sort((a, b) => a - b);
    const at = (share: number) =>
      took[Math.min(took.length - 1, Math.floor(took.length * share))]!.toFixed(1).padStart(8);
    console.log(
      `${name.padEnd(46)} p50${at(0.5)}   p95${at(0.95)}   most${at(1)}   first${first.toFixed(1).padStart(8)} ms`,
    );
  }
}

async function questionsFor(store: Store, days: number): Promise<readonly Question[]> {
  const random = chance(7, days);
  const parties = (await store.facet('party', 150)).map(({ value }) => value);
  const states = parties.filter((party) => /^[A-Z]{3}$/.test(party));
  const pairs = (await store.facet('pair', 1_000_000))
    .map(({ value }) => value.split(' ') as [string, string])
    .filter((pair) => pair.every((one) => /^[A-Z]{3}$/.test(one)));
  const types = await store.types();
  const frequent = pairs.slice(0, 100);
  const rare = pairs.slice(Math.floor(pairs.length / 2));
  const persons = (await store.facet('person', 2000)).map(({ value }) => value);
  const heads = await store.documents({ limit: 2000 });
  const documents = Array.from({ length: ASKED }, () => oneOf(heads, random).id);
  const words: string[] = [];
  const events: string[] = [];
  for (const id of documents) {
    const text = (await store.reading(id))!.document.text;
    words.push(oneOf(text.match(/\b[a-z]{8,}\b/g) ?? ['border'], random));
    events.push((await store.claims(id)).find(({ event }) => event !== null)?.event ?? '');
  }
  const names = (
    await Promise.all(persons.slice(0, ASKED).map((party) => store.events({ person: party }, { limit: 1 })))
  ).flatMap(
    ([event]) =>
      event?.actors
        .find(({ value }) => value.kind === 'person')
        ?.value.name.split(' ')
        .at(-1) ?? [],
  );
  const range = (most: number): Pick<EventFilter, 'from' | 'to'> => {
    const from = Math.floor(random() * days);
    return { from: dayText(from), to: dayText(from + 1 + Math.floor(random() * most)) };
  };
  const page = (filter: EventFilter, more: { readonly newestFirst?: boolean } = {}) =>
    store.page(filter, { ...PAGE, ...more });
  console.log(
    `${await store.countDocuments()} documents, ${await store.count('all')} events, ${pairs.length} pairs of states`,
  );
  // biome-ignore format: a table reads best in rows
  return [
    { name: 'timeline, first page', ask: () => page({}), times: 20 },
    { name: 'timeline, newest first', ask: () => page({}, { newestFirst: true }), times: 20 },
    { name: 'timeline, a range of days', ask: () => page(range(60)) },
    { name: 'timeline, the next five pages', ask: () => pages(store, range(60), 6), times: 40 },
    { name: 'timeline, a type in a range of days', ask: () => page({ ...range(60), type: oneOf(types, random) }) },
    { name: 'timeline, an issue, a status, a range', ask: () => page({ ...range(200), issue: issue(random), status: 'planned' }) },
    { name: 'timeline, disputed in a country', ask: () => page({ country: oneOf(states, random), disputed: 'any' }) },
    { name: 'party, newest first', ask: (i) => page({ parties: [parties[i % parties.length]!] }, { newestFirst: true }) },
    { name: 'person', ask: (i) => page({ person: persons[i % persons.length]! }) },
    { name: 'dyad, frequent', ask: (i) => page({ parties: frequent[i % frequent.length]! }) },
    { name: 'dyad, rare', ask: () => page({ parties: oneOf(rare, random) }) },
    { name: 'dyad, frequent, a type in a range', ask: () => page({ ...range(200), parties: oneOf(frequent, random), type: oneOf(types, random) }) },
    { name: 'dyad, frequent, a rare status', ask: () => page({ parties: oneOf(frequent, random), status: 'denied' }) },
    { name: 'three parties', ask: () => page({ parties: [...oneOf(frequent, random), oneOf(states, random)] }) },
    { name: 'dyad, newest reports', ask: (i) => store.news(frequent[i % frequent.length]!, 50) },
    { name: 'newest reports', ask: () => store.news(undefined, 50), times: 20 },
    { name: 'search, a frequent word', ask: (i) => page({ words: FREQUENT[i % FREQUENT.length]! }), times: 48 },
    { name: 'search, a frequent word, newest first', ask: (i) => page({ words: FREQUENT[i % FREQUENT.length]! }, { newestFirst: true }), times: 48 },
    { name: 'search, a rare word', ask: (i) => page({ words: words[i]! }) },
    { name: 'search, a name', ask: (i) => page({ words: names[i % names.length]! }) },
    { name: 'search, two words', ask: (i) => page({ words: `${FREQUENT[i % FREQUENT.length]} ${words[i]}` }) },
    { name: 'search, two frequent words', ask: () => page({ words: `${oneOf(FREQUENT, random)} ${oneOf(FREQUENT, random)}` }) },
    { name: 'search, frequent, of a dyad', ask: () => page({ words: oneOf(FREQUENT, random), parties: oneOf(frequent, random) }) },
    { name: 'search, frequent, a type in a range', ask: () => page({ ...range(60), words: oneOf(FREQUENT, random), type: oneOf(types, random) }) },
    { name: 'search, a phrase', ask: () => page({ words: '"joint exercises"', ...range(200) }), times: 40 },
    { name: 'brief, frequent dyad', ask: (i) => loadBrief(store, frequent[i % frequent.length]!, undefined), times: 100 },
    { name: 'brief, frequent dyad, as of a day', ask: () => loadBrief(store, oneOf(frequent.slice(0, 30), random), dayText(Math.floor(days * random()))).catch(() => {}), times: 40 },
    { name: 'brief, rare dyad', ask: () => loadBrief(store, oneOf(rare, random), undefined) },
    { name: 'event by id', ask: (i) => store.event(events[i]!) },
    { name: 'event by the beginning of its id', ask: (i) => store.event(events[i]!.slice(0, 10)) },
    { name: 'claims of a document', ask: (i) => store.claims(documents[i]!) },
    { name: 'a document with its reading', ask: (i) => store.reading(documents[i]!) },
    { name: 'documents, first page', ask: () => store.documents({ limit: 50 }), times: 20 },
    { name: 'documents, a late page', ask: () => store.documents({ limit: 50, after: heads.at(-1)!.id }), times: 20 },
    { name: 'documents, a frequent word', ask: (i) => store.searchDocuments(FREQUENT[i % FREQUENT.length]!, { limit: 20 }), times: 48 },
    { name: 'documents, a rare word', ask: (i) => store.searchDocuments(words[i]!, { limit: 20 }) },
    { name: 'what a range can be narrowed down by', ask: () => facetsOf(store.engine, range(60)), times: 40 },
    { name: 'what all can be narrowed down by', ask: () => facetsOf(store.engine, {}), times: 5 },
    { name: 'names of parties', ask: () => store.partyNames(), times: 5 },
    { name: 'types', ask: () => store.types(), times: 5 },
    { name: 'issues', ask: () => store.issues(), times: 5 },
    { name: 'outlets', ask: () => store.facet('outlet', 100), times: 5 },
  ];
}

async function pages(store: Store, filter: EventFilter, count: number): Promise<void> {
  let after: string | null = null;
  for (let i = 0; i < count; i++) {
    const page: { readonly next: string | null } = await store.page(filter, {
      ...PAGE,
      ...(after === null ? {} : { after }),
    });
    after = page.next;
    if (after === null) return;
  }
}

function issue(random: Chance): string {
  return oneOf(ISSUES, random)[0];
}
