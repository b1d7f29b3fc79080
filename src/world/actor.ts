/** PLOVER's actor sectors, and its codes for international bodies that belong to no state. */
// biome-ignore format: a table reads best in rows
export const SECTORS = [
  'COP', 'GOV', 'JUD', 'LEG', 'MIL', 'PRM', 'PTY', 'REB', 'SPY', 'UAF', 'UNK', 'AGR', 'BUS', 'CRM',
  'CVL', 'EDU', 'ELI', 'JRN', 'LAB', 'MED', 'REF', 'OPP', 'PRE', 'REL', 'SOC',
  'IGO', 'UNO', 'EUR', 'NGO', 'ISM', 'IMG', 'MNC',
] as const;
export type Sector = (typeof SECTORS)[number];

/**
 * What stands in place of a country for actors of no state (PLOVER manual, "international non-state codes"): an
 * intergovernmental body, an international non-governmental organisation, a multinational company, transnational
 * militants. Two actors of one such code have nothing else in common.
 */
export const INTERNATIONAL_CODES = ['IGO', 'NGO', 'MNC', 'IMG'] as const;

/** The international code of an actor of these sectors that belongs to no state; `null` where none is sure. */
export function internationalCode(sectors: readonly Sector[]): string | null {
  if (sectors.some((sector) => sector === 'IGO' || sector === 'UNO' || sector === 'EUR')) return 'IGO';
  if (sectors.includes('NGO')) return 'NGO';
  if (sectors.includes('MNC')) return 'MNC';
  return sectors.includes('IMG') || sectors.includes('ISM') ? 'IMG' : null;
}

/** Whether a code of an actor's country is a state's or territory's, and no international code. */
export function isCountryCode(code: string | null): code is string {
  return code !== null && !(INTERNATIONAL_CODES as readonly string[]).includes(code);
}

export const ACTOR_KINDS = ['person', 'state', 'body', 'group', 'company', 'media', 'unknown'] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];

/** How exactly a place is known, finest first. */
export const PLACE_PRECISIONS = ['venue', 'city', 'region', 'country'] as const;
export type PlacePrecision = (typeof PLACE_PRECISIONS)[number];
