/** PLOVER's actor sectors, and its codes for international bodies that belong to no state. */
// biome-ignore format: a table reads best in rows
export const SECTORS = [
  'COP', 'GOV', 'JUD', 'LEG', 'MIL', 'PRM', 'PTY', 'REB', 'SPY', 'UAF', 'UNK', 'AGR', 'BUS', 'CRM',
  'CVL', 'EDU', 'ELI', 'JRN', 'LAB', 'MED', 'REF', 'OPP', 'PRE', 'REL', 'SOC',
  'IGO', 'UNO', 'EUR', 'NGO', 'ISM', 'IMG', 'MNC',
] as const;
export type Sector = (typeof SECTORS)[number];

export const ACTOR_KINDS = ['person', 'state', 'body', 'group', 'company', 'media', 'unknown'] as const;
export type ActorKind = (typeof ACTOR_KINDS)[number];

/** How exactly a place is known, finest first. */
export const PLACE_PRECISIONS = ['venue', 'city', 'region', 'country'] as const;
export type PlacePrecision = (typeof PLACE_PRECISIONS)[number];
