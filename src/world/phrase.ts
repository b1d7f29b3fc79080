import { type ActorKind, internationalCode, isCountryCode, type Sector } from './actor.ts';
import { type Entity, sectorsOf } from './entity.ts';
import { type OfficeKind, rankOf, type Tenure } from './office.ts';
import type { Role } from './role.ts';
import { type Found, NO_PART_OF_NAME, scanPhrase } from './scan.ts';
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

/** A phrase with what was met in it. `head` is the token where its head ends: before "of", "in", a comma. */
interface Phrase {
  readonly forms: readonly string[];
  readonly found: readonly Found[];
  readonly head: number;
  /** "former", "ousted": the office named is no longer held. */
  readonly former: boolean;
  readonly on: string | null;
}

/** Codes the words of one actor (PLOVER manual, ch. "Actors"): names and nouns first, then what they say together. */
export function codePhrase(world: World, words: readonly string[], on: string | null): CodedActor {
  const forms = words.flatMap(splitForm);
  const scanned = scanPhrase(world, forms, on).filter((one) => !ETHNIC.test(forms[one.start - 1] ?? ''));
  const found = settle(disown(world, scanned, forms));
  const phrase = { forms, found, head: headOf(forms, found), former: forms.some((form) => FORMER.test(form)), on };
  const [only] = found;
  const whole =
    found.length === 1 &&
    only?.is === 'name' &&
    forms.every((form, at) => within(only, at) || NO_PART_OF_NAME.test(form));
  if (whole && only.candidates[0]?.entity.kind !== 'person') return codeName(only);
  const person = found.find((one) => isPerson(one, phrase));
  if (person?.is === 'name') return codePerson(world, person, phrase);
  return codeDescription(world, phrase);
}

/** "Ethnic Albanian guerrillas" are not Albania's. */
const ETHNIC = /^ethnic$/i;
const FORMER = /^(?:former|ex|formerly|retired|ousted|deposed|erstwhile|onetime|one-time)$/i;

/** The phrase is the name of a state, body or group and nothing else. */
function codeName(only: Found & { readonly is: 'name' }): CodedActor {
  const [best] = only.candidates;
  if (best === undefined) return unnamed('');
  const government = best.use === 'capital' || (best.use === 'seat' && best.entity.kind === 'state');
  return {
    ...plain(best.entity),
    sectors: government ? ['GOV'] : best.entity.sectors,
    kind: best.use === 'demonym' ? 'group' : best.entity.kind,
    others: only.candidates.slice(1).map((candidate) => candidate.entity),
  };
}

/** A person of the tables, with or without titles around the name. */
function codePerson(world: World, person: Found & { readonly is: 'name' }, phrase: Phrase): CodedActor {
  const { found, former, on } = phrase;
  const titles = rolesIn(found).filter((role) => role.kind !== 'group');
  const told = found.filter((one) => one !== person).flatMap(countryOf);
  const [country = null] = told;
  // "UK Defence Secretary Ben Wallace": the title and its country choose between namesakes.
  const people = person.candidates.map((candidate) => candidate.entity);
  // "Clinton" of no day and without a title: one of several, with what they have in common.
  if (on === null && titles.length === 0 && people.length > 1 && person.candidates[0]?.use === 'surname') {
    const [first] = people.map((one) => one.country);
    const shared = people.every((one) => one.country === first) ? (first ?? null) : country;
    const name = joinForms(phrase.forms.slice(person.start, person.end));
    return { ...unnamed(name), country: shared, kind: 'person', others: people };
  }
  const [entity] = [...people].sort((a, b) => fits(b, told, titles) - fits(a, told, titles));
  if (entity === undefined) return unnamed('');
  const tenure = world.tenureOn(entity, on);
  return {
    ...plain(entity),
    // Out of office, the words know better: "UN mediator" before the name of one who was a minister once.
    country: tenure === undefined ? (country ?? entity.country) : tenure.country,
    sectors: personSectors(entity, tenure, titles, phrase),
    office: former ? null : (tenure?.office ?? null),
    others: people.filter((other) => other !== entity),
  };
}

function personSectors(
  entity: Entity,
  tenure: Tenure | undefined,
  titles: readonly Role[],
  { former, on }: Phrase,
): readonly Sector[] {
  const told = titles.flatMap((role) => role.sectors);
  // PLOVER codes those who have left office as elites.
  if (former) return unique(['ELI', ...told.filter((sector) => sector !== 'GOV')]);
  if (tenure !== undefined) return unique([...sectorsOf(tenure), ...told]);
  if (told.length > 0) return unique(told);
  const left = on !== null && entity.tenures.some((held) => held.to !== null && held.to < on);
  return left ? ['ELI'] : [];
}

function fits(entity: Entity, countries: readonly string[], titles: readonly Role[]): number {
  const country = entity.tenures.some((tenure) => countries.includes(tenure.country ?? '')) ? 2 : 0;
  const office = entity.tenures.some((tenure) => titles.some((role) => role.office === tenure.kind)) ? 1 : 0;
  return country + office;
}

/** No one known by name: nouns say the sector, names and places around them the country. */
function codeDescription(world: World, phrase: Phrase): CodedActor {
  const { found, forms, head, former, on } = phrase;
  const inside = found.filter((one) => one.start < head);
  const outside = found.filter((one) => one.start >= head);
  const roles = leadingRoles(inside, outside);
  const role = roles[0];
  const entity = bodyIn(inside) ?? (role === undefined ? bodyIn(outside) : undefined);
  const own = inside.findLast((one) => one.is === 'unknown-name' && !(one.end === 1 && one.end < head));
  const name =
    own !== undefined && role?.kind === 'person' ? joinForms(forms.slice(own.start, own.end)) : joinForms(forms);
  const told = unique([...roles.flatMap((one) => one.sectors), ...(entity?.sectors ?? [])]);
  const owner = countryIn(inside, outside, forms[head], entity, role);
  const sectors = owner === null && entity === undefined ? unique([...namedBody(forms), ...told]) : told;
  const country = owner ?? internationalCode(sectors);
  const office = role?.office ?? null;
  // "the Italian ministry's secretary general" leads no body of states.
  const served =
    office === 'secretary-general' && isCountryCode(country)
      ? unique(['GOV' as const, ...sectors.filter((one) => one !== 'IGO')])
      : sectors;
  const holder =
    country === 'IGO' && on !== null && own === undefined && !former
      ? bodyHolder(world, phrase, role, on)
      : role?.kind === 'person' &&
          office !== null &&
          own === undefined &&
          UNIQUE_OFFICES.has(office) &&
          country !== null &&
          on !== null &&
          !former &&
          !LESSER.test(role.words)
        ? world.holder(country, office, on)
        : undefined;
  if (role === undefined && entity !== undefined) return { ...plain(entity), country };
  return {
    ...(holder === undefined ? unnamed(name) : plain(holder)),
    country,
    sectors:
      former && served.includes('GOV') ? unique(['ELI', ...served.filter((sector) => sector !== 'GOV')]) : served,
    kind: role?.kind ?? (country === null ? 'unknown' : 'group'),
    office: office === null || former || role === undefined ? null : titleOf(role),
    others: found.flatMap((one) => namesakes(one, country)),
  };
}

/**
 * What the name of an unlisted body says: "International Maize Agency" is one of states, "World Federation of Potters" is
 * not. Of a name with neither word before the noun nothing is known.
 */
function namedBody(forms: readonly string[]): readonly Sector[] {
  if (!forms.some((form) => WORLDWIDE.test(form))) return [];
  if (forms.some((form) => OF_STATES.test(form))) return ['IGO'];
  return forms.some((form) => OF_MEMBERS.test(form)) ? ['NGO'] : [];
}
const WORLDWIDE =
  /^(?:International|World|Global|Inter-?\w*|Pan-?\w*|African|Asian|European|Arab|Islamic|Latin|Nordic|Pacific|Caribbean|Regional|Third)$/;
const OF_STATES =
  /^(?:Organi[sz]ation|Agency|Commission|Bank|Fund|Tribunal|Court|Office|Community|Union|Secretariat|Parliament)$/;
const OF_MEMBERS =
  /^(?:Association|Federation|Forum|Society|Alliance|Network|Institute|Foundation|Watch|Campaign|Coalition|Congress|League|Cent(?:er|re)|Council|Group)$/;

/** Who leads a body of states: "the UN secretary-general", "the NATO chief", "the EU foreign policy chief". */
function bodyHolder(world: World, phrase: Phrase, role: Role | undefined, on: string): Entity | undefined {
  if (role?.kind !== 'person' || /\b(?:deputy|under|assistant|former)\b/.test(role.words)) return undefined;
  const abroad = role.office === 'foreign-minister' || /\bforeign\b/.test(role.words);
  if (!abroad && role.office !== 'secretary-general' && !/\b(?:president|chief|head)$/.test(role.words))
    return undefined;
  const lead = phrase.found.find((one) => one.is === 'role' && one.role === role)!;
  const body = bodyIn(phrase.found) ?? world.longestMatch(phrase.forms, lead.start)?.candidates[0]?.entity;
  return body && world.holder('IGO', abroad ? 'foreign-minister' : 'secretary-general', on, body);
}

/**
 * Whose the actor is: the state its body belongs to, else what stands first before the head's end ("Kenya's UN
 * ambassador" is Kenya's, "the UN Syria envoy" the United Nations'), else what stands behind it ("the president of Peru").
 */
function countryIn(
  inside: readonly Found[],
  outside: readonly Found[],
  link: string | undefined,
  entity: Entity | undefined,
  role: Role | undefined,
): string | null {
  const own = entity?.country ?? null;
  if (isCountryCode(own)) return own;
  // "The ambassador to" is one noun: what follows it is where one is sent.
  const sentTo = inside.find((one) => one.is === 'role' && / (?:to|for)$/.test(one.role.words));
  const before = inside.filter((one) => sentTo === undefined || one.start < sentTo.start).flatMap(countryOf)[0] ?? own;
  if (before !== null || sentTo !== undefined) return before;
  // "The ambassador to Peru", "the special envoy for Sudan": where one is sent, not who sends.
  // "several foreign ministers in Cairo" are not Egypt's.
  const gathered = role?.kind === 'group' && /(?:ministers|presidents|premiers|leaders)$/.test(role.words);
  const sent = gathered || SENT.has(role?.office ?? 'official') || role?.sectors.some((sector) => ABROAD.has(sector));
  return sent && /^(?:to|for|on|with|in|at|near)$/i.test(link ?? '') ? null : (outside.flatMap(countryOf)[0] ?? null);
}
const SENT: ReadonlySet<OfficeKind> = new Set<OfficeKind>(['ambassador', 'envoy', 'un-representative']);
/** Those who are as often guests where they stand: "troops in Iraq", "aid workers in Goma", "reporters in Kabul". */
const ABROAD: ReadonlySet<Sector> = new Set<Sector>(['MIL', 'NGO', 'IGO', 'UNO', 'JRN', 'BUS', 'MED']);

/** The other states that the word for the actor's country can mean: "Korean", "Congolese". */
function namesakes(found: Found, country: string | null): readonly Entity[] {
  const states = found.is === 'name' ? found.candidates.map(({ entity }) => entity) : [];
  if (states[0]?.kind !== 'state' || states[0].country !== country) return [];
  return states.slice(1).filter((entity) => entity.kind === 'state');
}

const UNIQUE_OFFICES: ReadonlySet<OfficeKind> = new Set<OfficeKind>([
  'head-of-state',
  'head-of-government',
  'foreign-minister',
  'defence-minister',
]);
const LESSER = /\b(?:deputy|vice|leader|elect|designate|candidate|queen|first)\b/;

/**
 * The nouns that say what the actor is, the most telling first: the head noun, then what stands before it. "President of
 * the Human Rights League" leads no state: a leader of some organisation is of its kind.
 */
function leadingRoles(inside: readonly Found[], outside: readonly Found[]): readonly Role[] {
  const roles = [...rolesIn(inside)].reverse();
  const [lead] = roles;
  const led = rolesIn(outside);
  if (lead === undefined) return led.slice(0, 1);
  const organisation = led.find((role) => role.sectors.length > 0 && !role.sectors.includes('GOV'));
  if (organisation !== undefined && LEADER.test(lead.words))
    return [{ ...lead, sectors: organisation.sectors, office: null }, ...roles.slice(1)];
  return roles;
}
const LEADER =
  /^(?:(?:vice )?president|head|director|chair(?:man|woman)?|chief|leader|member|secretary general|official|spokes(?:man|woman|person)|founder|representative|executive|commander)$/;

/**
 * Chooses between states of one name by the rest of the phrase: "Congolese troops in Brazzaville", and the state of the
 * Union that a governor or a congressman serves from the one in the Caucasus.
 */
function settle(found: readonly Found[]): readonly Found[] {
  const local = rolesIn(found).some((role) => LOCAL.test(role.words));
  return found.map((one) => {
    if (one.is !== 'name' || one.candidates.length < 2) return one;
    const others = new Set(found.filter((other) => other !== one).flatMap(countryOf));
    const told = (candidate: Candidate) =>
      Number(others.has(candidate.entity.country ?? '')) + Number(local && candidate.entity.id.startsWith('body:'));
    const person = one.candidates[0]?.entity.kind === 'person';
    return person ? one : { ...one, candidates: [...one.candidates].sort((a, b) => told(b) - told(a)) };
  });
}
const LOCAL =
  /\b(?:governor|congress(?:man|woman)|senator|state (?:senator|representative|police|legislature)|republican|democrat)s?$/;

/**
 * Gives up names of one country's bodies that another country claims: "Defense Department" alone is the United States',
 * "Chile's Defense Department" is not.
 */
function disown(world: World, found: readonly Found[], forms: readonly string[]): readonly Found[] {
  return found.map((one, index) => {
    const before = found[index - 1];
    const body = one.is === 'name' ? one.candidates[0]?.entity : undefined;
    // "Congress of the Philippines"
    const behind = found[index + 1];
    const owned = behind !== undefined && /^of(?: the)?$/i.test(forms.slice(one.end, behind.start).join(' '));
    const owner = before !== undefined ? countryOf(before)[0] : owned ? countryOf(behind)[0] : undefined;
    if (
      body === undefined ||
      body.kind === 'person' ||
      body.country === null ||
      owner === undefined ||
      owner === body.country
    )
      return one;
    const whole = world.roleAt(forms, one.start);
    const length = one.end - one.start;
    // "The Lao People's Revolutionary Party" is no other country's party of that name.
    const last = length > 1 && before?.end === one.start && body.country !== 'IGO' ? forms[one.end - 1] : undefined;
    const role = whole?.length === length ? whole.role : last === undefined ? undefined : world.role(last);
    return role === undefined ? one : { is: 'role', start: one.start, end: one.end, role };
  });
}

function isPerson(one: Found, { found, head }: Phrase): boolean {
  const best = one.is === 'name' ? one.candidates[0] : undefined;
  if (best === undefined || best.entity.kind !== 'person') return false;
  // A common word is a surname only where a title or nothing else stands beside it: "President Bush", "Brown".
  const title = found.find((other) => other.is === 'role' && other.end === one.start);
  if (best.weak && title === undefined && found.length > 1) return false;
  if (best.weak && title?.is === 'role' && !wereEver(one, title.role)) return false;
  return one.start < head && (best.use === 'name' || one.end === head);
}

/** Whether one of those who can be meant ever held the office: "President Smith" is no prime minister's name. */
function wereEver(one: Found, { office }: Role): boolean {
  if (one.is !== 'name' || office === null) return true;
  const led = rankOf(office) <= 1;
  return one.candidates.some(({ entity }) =>
    entity.tenures.some((held) => held.kind === office || (led && rankOf(held.kind) <= 1 && held.office === 'Leader')),
  );
}

function bodyIn(found: readonly Found[]): Entity | undefined {
  const body = found.findLast(
    (one) => one.is === 'name' && !['state', 'person'].includes(one.candidates[0]?.entity.kind ?? 'state'),
  );
  return body?.is === 'name' ? body.candidates[0]?.entity : undefined;
}

function rolesIn(found: readonly Found[]): readonly Role[] {
  return found.flatMap((one) => (one.is === 'role' ? [one.role] : []));
}

function countryOf(found: Found): readonly string[] {
  if (found.is === 'place') return [found.country];
  const entity = found.is === 'name' ? found.candidates[0]?.entity : undefined;
  return entity === undefined || entity.kind === 'person' || entity.country === null ? [] : [entity.country];
}

function headOf(forms: readonly string[], found: readonly Found[]): number {
  const outer = (index: number) => index > 0 && !found.some((one) => within(one, index));
  const at = forms.findIndex(
    (form, index) => /^(?:of|in|from|at|on|near|for|to|who|which|that|,|with)$/i.test(form) && outer(index),
  );
  return at < 0 ? forms.length : at;
}

function within(one: Found, at: number): boolean {
  return at >= one.start && at < one.end;
}

function titleOf(role: Role): string {
  return role.words
    .replace(/(^| )[a-z]/g, (start) => start.toUpperCase())
    .replace(/ (?:Of|The|And|For|To) /g, (word) => word.toLowerCase());
}

function plain(entity: Entity): CodedActor {
  const { country, sectors, name, kind, wikidata } = entity;
  return { country, sectors, name, kind, office: null, wikidata, entity, others: [] };
}

function unnamed(name: string): CodedActor {
  return { country: null, sectors: [], name, kind: 'unknown', office: null, wikidata: null, entity: null, others: [] };
}

function unique<Value>(values: readonly Value[]): readonly Value[] {
  return [...new Set(values)];
}

function joinForms(forms: readonly string[]): string {
  return forms
    .join(' ')
    .replace(/ (?=['’]s\b|[-,.])/g, '')
    .replace(/- /g, '-');
}

/** "Chile's" as two forms and hyphens apart, as the tokenizer gives them. */
function splitForm(word: string): readonly string[] {
  return word.split(/(?=['’]s$)|(?<=[^-])(?=-)|(?<=-)(?=[^-])|(?<=\w)(?=,$)/).filter((form) => form !== '');
}
