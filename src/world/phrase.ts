import type { ActorKind, Sector } from './actor.ts';
import { type Entity, sectorsOf } from './entity.ts';
import { normalizeName } from './name.ts';
import type { OfficeKind, Tenure } from './office.ts';
import type { Role } from './role.ts';
import type { Candidate, World } from './world.ts';

/**
 * What the words of one actor say. `country` is ISO 3166 alpha-3; `office` the title held on the day asked for; `entity`
 * the one of the tables that is meant, if any; `others` further readings of an ambiguous name, best first.
 */
export interface CodedActor {
  readonly country: string | null;
  readonly sectors: readonly Sector[];
  readonly name: string;
  readonly kind: ActorKind;
  readonly office: string | null;
  readonly wikidata: string | null;
  readonly entity: Entity | null;
  readonly others: readonly Entity[];
}

/** One thing met in the phrase, with the tokens it covers. */
interface Found {
  readonly start: number;
  readonly end: number;
  readonly candidates: readonly Candidate[];
  readonly role: Role | undefined;
  /** Country of a place name that is no actor ("Minsk police", "Kano State government"). */
  readonly place: string | undefined;
}

/** Codes the words of one actor: names and nouns first, then what they say together. */
export function codePhrase(world: World, words: readonly string[], on: string | null): CodedActor {
  const forms = words.flatMap(splitForm);
  const found = scan(world, forms, on);
  const phrase = forms.join(' ').replace(/ (['’]s\b|[-,.])/g, '$1').replace(/- /g, '-');
  const whole = wholePhrase(found, forms);
  if (whole !== undefined) return codeName(world, whole, found, on);
  const head = headOf(forms);
  const person = found.find((one) => one.candidates[0]?.entity.kind === 'person' && one.candidates[0].weak === false && (one.candidates[0].use === 'name' || one.end === head));
  if (person !== undefined) return codePerson(world, person, found, forms, on);
  return codeDescription(world, found, forms, head, phrase, on);
}

/** Names, nouns and places from left to right, longest first, none inside another. */
function scan(world: World, forms: readonly string[], on: string | null): readonly Found[] {
  const found: Found[] = [];
  for (let at = 0; at < forms.length; ) {
    const name = world.longestMatch(forms, at);
    const role = world.roleAt(forms, at);
    const place = name === undefined || name.candidates[0]?.weak ? world.placeAt(forms, at) : undefined;
    const length = Math.max(name?.length ?? 0, role?.length ?? 0, place?.length ?? 0);
    if (length === 0) {
      at++;
      continue;
    }
    const best = { start: at, end: at + length, candidates: [] as readonly Candidate[], role: undefined as Role | undefined, place: undefined as string | undefined };
    if (role?.length === length && !(name?.length === length && isCapital(forms[at]))) best.role = role.role;
    else if (name?.length === length && !(place !== undefined && name.candidates[0]?.weak)) best.candidates = world.rank(name.candidates, on);
    else if (place?.length === length) best.place = place.places[0]?.country ?? undefined;
    else if (role?.length === length) best.role = role.role;
    if (best.candidates.length === 0 && best.role === undefined && best.place === undefined && name !== undefined) best.candidates = name.candidates;
    found.push(best);
    at += length;
  }
  return found;
}

function wholePhrase(found: readonly Found[], forms: readonly string[]): Found | undefined {
  const [only] = found;
  if (found.length !== 1 || only === undefined || only.candidates.length === 0) return undefined;
  return forms.every((form, at) => (at >= only.start && at < only.end) || EMPTY.test(form)) ? only : undefined;
}
const EMPTY = /^(?:the|a|an|'s|’s|[-,.]|mr|mrs|ms|dr)$/i;

/** The phrase is a name and nothing else. */
function codeName(world: World, only: Found, found: readonly Found[], on: string | null): CodedActor {
  const [best] = only.candidates;
  if (best === undefined) return unknown('');
  if (best.entity.kind === 'person') return codePerson(world, only, found, [], on);
  const government = best.use === 'capital' || (best.use === 'seat' && best.entity.kind === 'state');
  return {
    ...plain(best.entity),
    sectors: government ? ['GOV'] : best.entity.sectors,
    kind: best.use === 'demonym' ? 'group' : best.entity.kind,
    others: only.candidates.slice(1).map((candidate) => candidate.entity),
  };
}

/** A person of the tables, with or without titles around the name. */
function codePerson(world: World, person: Found, found: readonly Found[], forms: readonly string[], on: string | null): CodedActor {
  const titles = found.flatMap((one) => (one.role && one.role.kind !== 'group' ? [one.role] : []));
  const countries = found.filter((one) => one !== person).flatMap(countryOf);
  // "UK Defence Secretary Ben Wallace": the title and its country choose between namesakes.
  const [best] = [...person.candidates].sort((a, b) => fits(b.entity, countries, titles) - fits(a.entity, countries, titles));
  const entity = best?.entity;
  if (entity === undefined) return unknown('');
  const tenure = world.tenureOn(entity, on);
  const former = forms.some((form) => FORMER.test(form));
  return {
    ...plain(entity),
    country: tenure?.country ?? (tenure === undefined ? (countries[0] ?? entity.country) : countryOfTenure(tenure, entity)),
    sectors: personSectors(tenure, titles, former, on),
    office: former ? null : (tenure?.office ?? null),
    others: person.candidates.filter((candidate) => candidate.entity !== entity).map((candidate) => candidate.entity),
  };
}

function countryOfTenure(tenure: Tenure, entity: Entity): string | null {
  // A NATO or UN chief belongs to no state while in that office.
  return tenure.kind === 'secretary-general' ? null : entity.country;
}

function personSectors(tenure: Tenure | undefined, titles: readonly Role[], former: boolean, on: string | null): readonly Sector[] {
  const told = titles.flatMap((role) => role.sectors);
  if (former) return unique(['ELI', ...told.filter((sector) => sector !== 'GOV' && sector !== 'ELI')]);
  if (tenure === undefined) return told.length > 0 ? unique(told) : on === null ? ['GOV'] : ['ELI'];
  return unique([...sectorsOf(tenure.kind), ...told]);
}

function fits(entity: Entity, countries: readonly string[], titles: readonly Role[]): number {
  const country = entity.tenures.some((tenure) => countries.includes(tenure.country ?? '')) ? 2 : 0;
  const office = entity.tenures.some((tenure) => titles.some((role) => role.office === tenure.kind)) ? 1 : 0;
  return country + office;
}

/** No one known by name: nouns say the sector, names and places around them the country. */
function codeDescription(world: World, found: readonly Found[], forms: readonly string[], head: number, phrase: string, on: string | null): CodedActor {
  const inHead = found.filter((one) => one.start < head);
  const body = [...inHead].reverse().find((one) => one.candidates[0] !== undefined && !STATE_KINDS.has(one.candidates[0].entity.kind) && one.candidates[0].entity.kind !== 'person');
  const roles = inHead.flatMap((one) => (one.role ? [one.role] : []));
  const outside = found.filter((one) => one.start >= head);
  const headRole = roles.at(-1) ?? outside.find((one) => one.role)?.role;
  const country = inHead.flatMap(countryOf)[0] ?? outside.flatMap(countryOf)[0] ?? null;
  const former = forms.some((form) => FORMER.test(form));
  const office = headRole?.office ?? null;
  if (office !== null && country !== null && !former && headRole?.kind === 'person') {
    const holder = UNIQUE_OFFICES.has(office) && on !== null ? world.holder(country, office, on) : undefined;
    return {
      ...(holder ? plain(holder) : unknown(phrase)),
      kind: 'person',
      country,
      sectors: unique(roles.flatMap((role) => role.sectors).reverse()),
      office: holder === undefined ? titleOf(headRole) : (world.tenureOn(holder, on)?.office ?? titleOf(headRole)),
    };
  }
  const entity = body?.candidates[0]?.entity;
  if (roles.length === 0 && entity !== undefined) return { ...plain(entity), country: entity.country ?? country };
  // The head noun's sectors lead, what stands before it follows: "army accountant" is a soldier of sorts.
  const sectors = unique([...[...roles].reverse().flatMap((role) => role.sectors), ...(entity?.sectors ?? []), ...(roles.length === 0 ? (headRole?.sectors ?? []) : [])]);
  const named = entity !== undefined && NAMED_ONLY.has(headRole?.words ?? '') ? entity : undefined;
  return {
    ...unknown(phrase),
    ...(named ? plain(named) : {}),
    country: entity?.country ?? country,
    sectors: former && sectors.includes('GOV') ? unique(['ELI', ...sectors.filter((sector) => sector !== 'GOV')]) : entity !== undefined && sectors.length > 1 ? unique([...entity.sectors, ...sectors]) : sectors,
    kind: headRole?.kind ?? (country === null ? 'unknown' : 'group'),
    office: headRole !== undefined && headRole.office !== null && !former ? titleOf(headRole) : null,
  };
}

const STATE_KINDS: ReadonlySet<ActorKind> = new Set<ActorKind>(['state']);
const NAMED_ONLY = new Set(['group', 'movement', 'organization', 'party']);
const FORMER = /^(?:former|ex|formerly|retired|ousted|deposed|late|erstwhile|onetime|one-time)$/i;
const UNIQUE_OFFICES: ReadonlySet<OfficeKind> = new Set<OfficeKind>(['head-of-state', 'head-of-government', 'foreign-minister', 'defence-minister']);

/** Where the head of the phrase ends: before "of", "in", "from", a comma. */
function headOf(forms: readonly string[]): number {
  const at = forms.findIndex((form, index) => index > 0 && /^(?:of|in|from|at|on|near|for|to|who|which|that|,|with|and)$/i.test(form));
  return at < 0 ? forms.length : at;
}

function countryOf(found: Found): readonly string[] {
  if (found.place !== undefined) return [found.place];
  const [best] = found.candidates;
  if (best === undefined || best.entity.kind === 'person') return [];
  return best.entity.country === null ? [] : [best.entity.country];
}

function titleOf(role: Role): string {
  return role.words.replace(/(^| )[a-z]/g, (start) => start.toUpperCase()).replace(/ (?:Of|The|And|For|To) /g, (word) => word.toLowerCase());
}

function plain(entity: Entity): CodedActor {
  return { country: entity.country, sectors: entity.sectors, name: entity.name, kind: entity.kind, office: null, wikidata: entity.wikidata, entity, others: [] };
}

function unknown(name: string): CodedActor {
  return { country: null, sectors: [], name, kind: 'unknown', office: null, wikidata: null, entity: null, others: [] };
}

function unique<Value>(values: readonly Value[]): readonly Value[] {
  return [...new Set(values)];
}

function isCapital(form: string | undefined): boolean {
  return form !== undefined && form !== form.toLowerCase();
}

/** "Chile's" as two forms, hyphens apart, as the tokenizer would give them. */
function splitForm(word: string): readonly string[] {
  return word
    .split(/(?=['’]s$)|(?<=[^-])(?=-)|(?<=-)(?=[^-])|(?<=\w)(?=,$)/)
    .filter((form) => form !== '' && normalizeName(form) + form !== '');
}

