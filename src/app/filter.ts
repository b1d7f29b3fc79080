import { z } from 'zod';
import { ReadoutError } from '../error.ts';
import { EVENT_TYPES, STATUSES } from '../events/ontology.ts';
import { DISPUTED_FIELDS } from '../record/event.ts';
import type { EventFilter } from '../record/find.ts';
import { oneLine } from '../record/marks.ts';
import { fold } from '../record/party.ts';
import { personsCalled } from '../record/persons.ts';
import type { Store } from '../record/store.ts';
import { parseWords } from '../record/terms.ts';
import { loadCountries } from './load.ts';
import { nearestWords } from './near.ts';
import { dateOption } from './operation.ts';
import { partiesOf } from './record.ts';

/** What the four quad classes are called, first to last. */
export const QUAD_NAMES = [
  'verbal-cooperation',
  'material-cooperation',
  'verbal-conflict',
  'material-conflict',
] as const;

/**
 * The fields by which every view of events is narrowed down; all that is given must hold. `of` stands before each
 * description where only one part of an operation takes them.
 */
export function filterFields(of?: string) {
  const says = (description: string, placeholder: string) => ({
    description: of === undefined ? description : `${of}: ${description}`,
    placeholder,
  });
  const text = (description: string, placeholder: string) =>
    z.string().max(10_000).optional().meta(says(description, placeholder));
  return {
    between: z
      .array(z.string().max(10_000))
      .min(1)
      .optional()
      .meta(says('only what these sides have part in, by code (USA) or name', 'PARTY')),
    actor: text('only what this person or body has part in, by name or Wikidata id', 'NAME'),
    from: dateOption.optional().meta(says('only on or after this day', 'DATE')),
    to: dateOption.optional().meta(says('only on or before this day', 'DATE')),
    type: text(`only this type of act: ${EVENT_TYPES.join(', ')}, or one of your own`, 'TYPE'),
    quad: text(`only this quad class, by number or name: ${QUAD_NAMES.join(', ')}`, 'CLASS'),
    issue: text('only about this issue', 'ISSUE'),
    status: z.enum(STATUSES).optional().meta(says('only of this status', 'STATUS')),
    country: text('only what took place in this country, by code or name', 'COUNTRY'),
    outlet: text('only what this outlet tells', 'OUTLET'),
    official: z
      .enum(['yes', 'no'])
      .optional()
      .meta({ ...says('only what a government’s own statement tells; no: what none tells', 'yes|no'), bare: 'yes' }),
    disputed: z
      .enum(['any', ...DISPUTED_FIELDS])
      .optional()
      .meta({
        ...says(`only what reports disagree on: in any field, or in ${DISPUTED_FIELDS.join(', ')}`, 'FIELD'),
        bare: 'any',
      }),
    needsReview: z.boolean().default(false).meta(says('only what no person has decided anything of', '')),
    words: text('only what is told in these words: all of them, "in a row", begin*, -without', 'WORDS'),
  };
}

/** What a person asks for on a command line or in an address. */
export type Asked = Partial<z.output<z.ZodObject<ReturnType<typeof filterFields>>>>;

/**
 * What a person asks for as the record's filter. Names are looked up in the record: one that it does not hold is an error that
 * says what it may have been, as an empty answer would say that there was no such event.
 *
 * Throws `ReadoutError` `option.value`, `record.not-found`.
 */
export async function filterOf(asked: Asked, store: Store): Promise<EventFilter> {
  const { between, actor, from, to, type, quad, issue, status, country, outlet, official, disputed, words } = asked;
  // Words without a word to look for are told as such before anything is looked for.
  if (words !== undefined) parseWords(words);
  return {
    ...(between === undefined ? {} : { parties: await partiesOf(store, between) }),
    ...(actor === undefined ? {} : { person: await personOf(store, actor) }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(type === undefined ? {} : { type: await typeOf(store, type) }),
    ...(quad === undefined ? {} : { quad: quadOf(quad) }),
    ...(issue === undefined ? {} : { issue: await issueOf(store, issue) }),
    ...(status === undefined ? {} : { status }),
    ...(country === undefined ? {} : { country: await countryOf(store, country) }),
    ...(outlet === undefined ? {} : { outlet: await outletOf(store, outlet) }),
    ...(official === undefined ? {} : { official: official === 'yes' }),
    ...(disputed === undefined ? {} : { disputed }),
    ...(asked.needsReview === true ? { reviewed: false } : {}),
    ...(words === undefined ? {} : { words }),
  };
}

/** What was asked for, as a citation says it: `between USA RUS; from 2021-01-01; disputed`. */
export function filterWords(asked: Asked): string {
  return Object.keys(filterFields())
    .flatMap((name) => {
      const value = asked[name as keyof Asked];
      if (value === undefined || value === false) return [];
      const flag = name === 'needsReview' ? 'needs review' : name;
      if (value === true || value === 'any') return [flag];
      return [`${flag} ${typeof value === 'string' ? value : value.join(' ')}`];
    })
    .join('; ');
}

/** Values that an error lists before it says how many more there are. */
const LISTED = 20;

function unknown(flag: string, value: string, known: readonly string[]): ReadoutError {
  const shown = value.length > 100 ? `${value.slice(0, 100)}…` : value;
  const near = nearestWords(shown, known);
  const rest = known.length - LISTED;
  const list = `${known.slice(0, LISTED).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
  const end = known.length === 0 ? '; the record holds none.' : `${near === '' ? '.' : near} It holds ${list}.`;
  return new ReadoutError('option.value', `${flag}: the record holds no "${shown}"${end}`);
}

async function has(store: Store, mark: string): Promise<boolean> {
  return (await store.count(oneLine(mark))) > 0;
}

async function typeOf(store: Store, type: string): Promise<string> {
  const capitals = type.toUpperCase();
  if ((EVENT_TYPES as readonly string[]).includes(capitals)) return capitals;
  if (await has(store, `type ${type}`)) return type;
  if (await has(store, `type ${capitals}`)) return capitals;
  const types = [...new Set([...EVENT_TYPES, ...(await store.types())])];
  const shown = type.slice(0, 100);
  const near = nearestWords(shown, types);
  throw new ReadoutError('option.value', `--type: expected one of ${types.join(', ')}; got "${shown}"${near || '.'}`);
}

function quadOf(quad: string): number {
  const number = /^[1-4]$/.test(quad) ? Number(quad) : (QUAD_NAMES as readonly string[]).indexOf(quad) + 1;
  if (number > 0) return number;
  throw new ReadoutError(
    'option.value',
    `--quad: expected 1 to 4 or one of ${QUAD_NAMES.join(', ')}; got "${quad.slice(0, 100)}".`,
  );
}

async function issueOf(store: Store, issue: string): Promise<string> {
  if (await has(store, `issue ${issue}`)) return issue;
  const issues = (await store.issues()).map((one) => one.issue);
  const found = issues.find((one) => fold(one) === fold(issue));
  if (found !== undefined) return found;
  throw unknown('--issue', issue, issues);
}

async function countryOf(store: Store, name: string): Promise<string> {
  const code = name.toUpperCase();
  if (/^[A-Z]{3}$/.test(code) && (await has(store, `in ${code}`))) return code;
  const countries = [...loadCountries().values()];
  const folded = fold(name);
  const found = countries.find((country) =>
    [country.code, country.alpha2, country.name, country.official].some((one) => one !== null && fold(one) === folded),
  );
  if (found !== undefined) return found.code;
  const shown = name.slice(0, 100);
  const near = nearestWords(
    shown,
    countries.map((country) => country.name),
  );
  throw new ReadoutError(
    'option.value',
    `--country: expected a country by code (CHE) or name, got "${shown}"${near || '.'}`,
  );
}

async function outletOf(store: Store, outlet: string): Promise<string> {
  if (await has(store, `outlet ${fold(outlet)}`)) return outlet;
  throw unknown(
    '--outlet',
    outlet,
    (await store.facet('outlet', 1000)).map(({ value }) => value),
  );
}

async function personOf(store: Store, name: string): Promise<string> {
  const [first, ...more] = await personsCalled(store, name);
  const shown = name.slice(0, 100);
  if (first === undefined) {
    throw new ReadoutError(
      'record.not-found',
      `--actor: the record knows no person or body called "${shown}"; give a name as the reports do, its last word, or a Wikidata id (Q7747).`,
    );
  }
  if (more.length === 0) return first.id;
  const listed = [first, ...more]
    .slice(0, 5)
    .map(({ id, name: called, events }) => `${id === called ? id : `${called}, ${id}`} (${events} events)`);
  throw new ReadoutError('option.value', `--actor: "${shown}" can be ${listed.join('; ')}; give the id of one.`);
}
