import { CAMEO } from '../../events/cameo.ts';
import {
  classOf,
  EVENT_TYPES,
  type EventType,
  type PloverType,
  type Quad,
  type Status,
  scaleOf,
} from '../../events/ontology.ts';
import type { Exported } from './format.ts';

/** PLOVER's auxiliary modes that an event can carry, to be put in its context (manual, draft 2.0). */
export type Mark = 'future' | 'hypothetical' | 'negation';

/** An event as PLOVER has it: what is only planned, threatened or called off has become an act of its own. */
export interface Folded {
  readonly type: PloverType;
  readonly mode: readonly string[];
  /** The CAMEO code of what it became. */
  readonly cameo: string;
  readonly quad: Quad;
  readonly scale: number;
  /** What the type does not say. Formats without a place for them leave such events out. */
  readonly marks: readonly Mark[];
}

const HELP = 'CONSULT COOPERATE AID SUPPORT';
const HARM = 'PROTEST SANCTION MOBILIZE COERCE ASSAULT';
const WORDS = 'REQUEST ACCUSE REJECT';
const ANY = EVENT_TYPES.join(' ');

/**
 * PLOVER's decisions on what has not, not yet or no longer happened (FIELD.md 5.3 and 5.4), the first that fits: the
 * statuses and types that it is for, what these become with which CAMEO code and mode (`same`: nothing else; `intent`:
 * AGREE, `content`: THREATEN, both by what is meant), and a mark.
 */
// biome-ignore format: a table reads best in rows
const RULES: readonly (readonly [statuses: string, types: string, becomes: string, mark: Mark | ''])[] = [
  ['happened ongoing', ANY, 'same', ''],
  // "will meet", "promised to sign", "will send aid"
  ['planned expected', HELP, 'intent', ''],
  // "would withdraw its troops": announced it is CONCEDE, carried out RETREAT
  ['planned expected', 'CONCEDE RETREAT', 'CONCEDE 035', ''],
  ['planned expected', 'AGREE THREATEN', 'same', ''],
  // "will expel five diplomats": what hurts and lies ahead is a threat of it
  ['planned expected', HARM, 'content', ''],
  ['planned expected', WORDS, 'same', 'future'],
  // "hopes to meet again", "could lift sanctions", "would sign if"
  ['hoped possible conditional', HELP, 'intent', 'hypothetical'],
  ['hoped possible conditional', 'CONCEDE RETREAT', 'CONCEDE 035', 'hypothetical'],
  // "if the ship is not released, Iceland will close its ports"
  ['conditional', `THREATEN ${HARM}`, 'content', ''],
  ['possible', `THREATEN ${HARM}`, 'content', 'hypothetical'],
  ['hoped possible conditional', ANY, 'same', 'hypothetical'],
  ['threatened', ANY, 'content', ''],
  ['denied', ANY, 'same', 'negation'],
  // a meeting called off
  ['cancelled', 'CONSULT', 'REJECT 125 meet', ''],
  ['cancelled', 'AID', 'SANCTION 162 discontinue', ''],
  ['cancelled', 'COOPERATE', 'SANCTION 160 discontinue', ''],
  ['cancelled', 'AGREE SUPPORT CONCEDE RETREAT', 'REJECT 120', ''],
  // a withdrawn demand, a dropped threat, an exercise called off
  ['cancelled', `THREATEN ${WORDS} ${HARM}`, 'CONCEDE 080', ''],
  // talks that broke down
  ['failed', 'CONSULT', 'SANCTION 164 withdraw', ''],
  ['failed', ANY, 'same', 'negation'],
];

/** The CAMEO code of the intent to do what a type does: 036 to meet, 031 to cooperate, 033 to aid, 032 to support. */
const INTENT: Readonly<Record<string, string>> = { CONSULT: '036', COOPERATE: '031', AID: '033', SUPPORT: '032' };

/**
 * What a threat is of: types and modes (`*`: any other, or none), PLOVER's mode of THREATEN, CAMEO's code. PLOVER:
 * "THREATEN mode = content of the threat".
 */
// biome-ignore format: a table reads best in rows
const CONTENT: readonly (readonly [types: string, modes: string, mode: string, cameo: string])[] = [
  ['SANCTION', 'expel', 'expel', '136'],
  ['SANCTION', 'convict', 'arrest', '130'],
  ['SANCTION', 'withdraw', 'relations', '1313'],
  ['SANCTION', '*', 'restrict', '1312'],
  ['COERCE', 'arrest', 'arrest', '130'],
  ['COERCE', 'deport', 'expel', '136'],
  ['COERCE', 'curfew', 'restrict', '1323'],
  ['COERCE', 'martial-law', 'restrict', '1324'],
  ['COERCE', '*', 'restrict', '132'],
  ['ASSAULT MOBILIZE', '*', 'violence', '138'],
  ['PROTEST', '*', 'relations', '133'],
  ['CONSULT', '*', 'relations', '134'],
  ['AID', '*', 'relations', '1311'],
  ['AGREE SUPPORT CONCEDE COOPERATE RETREAT REQUEST ACCUSE REJECT', '*', 'relations', '130'],
];

/**
 * An event as PLOVER has it, by its settled status; or why PLOVER does not have it. What some deny and others tell as
 * happened is told as happened: the dispute is not for a code to settle.
 */
export function foldEvent({ event, assaults }: Exported): Folded | { readonly leftOut: string } {
  const told = event.status.told.map(({ value }) => value);
  const disputed =
    event.status.settled === 'denied' && told.some((status) => status === 'happened' || status === 'ongoing');
  const status = disputed ? 'happened' : (event.status.settled ?? 'happened');
  const own = ploverOf(event.type, event.cameo);
  if (own === undefined) return { leftOut: `of a type that PLOVER does not have (${event.type})` };
  if (own === 'MOBILIZE' && event.claims.every((claim) => assaults.has(claim.document))) {
    return { leftOut: 'a mobilization in reports of an assault' };
  }
  const modes = event.mode.map(({ value }) => value).filter((mode) => mode in classOf(own).modes);
  const [, , becomes, mark] = RULES.find(([statuses, types]) => has(statuses, status) && has(types, own))!;
  const marks = mark === '' ? [] : [mark];
  if (becomes === 'same' || (becomes === 'content' && own === 'THREATEN')) {
    const { quad, scale } =
      own === event.type ? event : { quad: classOf(own).quad, scale: scaleOf(classOf(own), modes) };
    return { type: own, mode: modes, cameo: event.cameo, quad, scale, marks };
  }
  if (becomes === 'intent') return folded('AGREE', [], event.cameo === '057' ? '030' : INTENT[own]!, marks);
  if (becomes === 'content') {
    const [, , mode, cameo] = CONTENT.find(
      ([types, of]) => has(types, own) && (of === '*' || modes.some((one) => has(of, one))),
    )!;
    return folded('THREATEN', [mode], cameo, marks);
  }
  const [type, cameo, mode] = becomes.split(' ') as [PloverType, string, string | undefined];
  return folded(type, mode === undefined ? [] : [mode], cameo, marks);
}

function folded(type: PloverType, mode: readonly string[], cameo: string, marks: readonly Mark[]): Folded {
  return { type, mode, cameo, quad: classOf(type).quad, scale: scaleOf(classOf(type), mode), marks };
}

/** PLOVER's type for an event's: a type of a researcher's own becomes that of its CAMEO code. */
function ploverOf(type: EventType, cameo: string): PloverType | undefined {
  const known = EVENT_TYPES.find((one) => one === type);
  return known ?? (CAMEO.get(cameo) ?? CAMEO.get(cameo.slice(0, 2)))?.event;
}

function has(list: string, word: Status | string): boolean {
  return list.split(' ').includes(word);
}
