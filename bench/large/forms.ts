import type { Medium, PloverType } from '../../src/events/ontology.ts';

/**
 * How an act goes on and is told. In templates (`template.ts`):
 *
 * | place         | is                                   | place      | is                                    |
 * |---------------|--------------------------------------|------------|---------------------------------------|
 * | `{A}`, `{R}`  | who acts, and towards or with whom   | `{issue}`  | words for what it is about            |
 * | `{t:words}`   | the trigger                          | `{figure}` | "12 people": the number and the unit  |
 * | `{when}`      | "on Tuesday", "in June"              | `{hours}`  | "three hours"                         |
 * | `{place}`     | a city or country                    | `{w}`      | a word, of the event or of the report |
 * | `{figure:some}` | the same, often left out           |            |                                       |
 */
export interface Form {
  readonly type: PloverType;
  readonly rule: string;
  readonly cameo: string;
  readonly mode: readonly string[];
  readonly medium?: Medium;
  readonly told: readonly string[];
  /** As a plan. */
  readonly ahead?: readonly string[];
  readonly denied?: readonly string[];
  /** What is counted, and its largest number (default: 60). */
  readonly unit?: string;
  readonly most?: number;
  /** True when it is done to somebody with a name. */
  readonly named?: boolean;
}

// biome-ignore format: a table reads best in rows
export const FORMS: readonly Form[] = [
  {
    type: 'CONSULT', rule: 'meet.met', cameo: '040', mode: [], medium: 'in-person', unit: 'ministers', most: 12,
    told: [
      '{A} {t:met} {R}[ in {place}][ {when}][ for talks on {issue}], amid {w} {w} over the {w}.',
      '{A} and {R} {t:held talks}[ in {place}][ {when}][ on {issue}], which lasted {hours}, and {w} {w} after them.',
      '{A} and {R} {t:discussed} the {w} {w}[ and {issue}][ in {place}][ {when}], the first such {w} since the {w}.',
      'talks were {t:held} by {A} and {R}[ in {place}][ {when}], with[ {figure:some} and] the {w} taking part[ and {issue} on the table].',
    ],
    ahead: [
      '{A} will {t:meet} {R}[ in {place}][ {when}][ to discuss {issue}], a {w} of the {w} said.',
      '{A} and {R} are to {t:hold talks}[ {when}][ in {place}][ on {issue}], after a {w} of {w}.',
    ],
  },
  {
    type: 'CONSULT', rule: 'meet.visit', cameo: '042', mode: ['visit'], medium: 'in-person',
    told: [
      '{A} {t:visited} {R}[ {when}][ for talks on {issue}] and saw the {w} in [{place} and ]the {w}.',
      '{A} {t:arrived} in [{place} in ]the country of {R}[ {when}] for a {w} visit[ about {issue}].',
    ],
    ahead: ['{A} will {t:visit} {R}[ {when}][ for talks on {issue}], the first {w} since the {w}.'],
  },
  {
    type: 'CONSULT', rule: 'meet.by-phone', cameo: '041', mode: ['phone'], medium: 'phone',
    told: [
      '{A} {t:phoned} {R}[ {when}][ about {issue}], as {w} {w} went on.',
      '{A} and {R} {t:spoke} by telephone[ {when}][ about {issue}] for {hours}, the {w} said.',
    ],
  },
  {
    type: 'AGREE', rule: 'agree.sign', cameo: '057', mode: [], unit: 'million dollars', most: 900,
    told: [
      '{A} and {R} {t:signed} an agreement[ on {issue}][ in {place}][ {when}], ending {w} of {w}.',
      '{A} {t:agreed} with {R}[ {when}] to {w} the {w}[ on {issue}][, a deal worth {figure:some}].',
    ],
    ahead: ['{A} and {R} will {t:sign} an accord[ on {issue}][ {when}][ in {place}], {w} of the {w} said.'],
  },
  {
    type: 'SUPPORT', rule: 'support.praise', cameo: '051', mode: [],
    told: [
      '{A} {t:praised} {R}[ {when}] for its {w} {w}[ on {issue}].',
      '{A} {t:welcomed} the {w} of {R}[ on {issue}][ {when}] as a {w} for the {w}.',
      '{A} {t:backed} {R}[ {when}] in the {w}[ over {issue}], and called it a {w}.',
    ],
  },
  {
    type: 'COOPERATE', rule: 'cooperate.work', cameo: '060', mode: [], unit: 'ships', most: 30,
    told: [
      '{A} and {R} {t:held} joint {w} exercises[ {when}][ near {place}][ with {figure:some}][ against {issue}].',
      '{A} {t:worked} with {R}[ on {issue}][ {when}] in the {w} of the {w}.',
    ],
    ahead: ['{A} and {R} will {t:hold} joint exercises[ {when}][ near {place}] with the {w}.'],
  },
  {
    type: 'AID', rule: 'aid.give', cameo: '070', mode: [], unit: 'million dollars', most: 800,
    told: [
      '{A} {t:gave} {R} the {w}[ and {figure:some}][ for {issue}][ {when}] after the {w} in the {w}.',
      '{A} {t:sent} the {w} {w} to {R}[ {when}][ for {issue}], the {w} said.',
    ],
    ahead: ['{A} will {t:give} {R} the {w}[ of {figure:some}][ {when}][ for {issue}] once the {w} {w}.'],
  },
  {
    type: 'CONCEDE', rule: 'concede.accept', cameo: '080', mode: [],
    told: ['{A} {t:accepted} the demands of {R}[ on {issue}][ {when}] and {w} the {w}.', '{A} {t:eased} its {w} on {R}[ {when}][ over {issue}].'],
  },
  {
    type: 'RETREAT', rule: 'retreat.withdraw', cameo: '087', mode: ['withdraw'], unit: 'troops', most: 4000,
    told: ['{A} {t:withdrew}[ {figure:some}] from the {w} of {R}[ near {place}][ {when}].', '{A} {t:pulled back} from {R}[ at {place}][ {when}] as the {w} {w}.'],
    ahead: ['{A} will {t:withdraw}[ {figure:some}] from {R}[ {when}], under the {w}.'],
  },
  {
    type: 'RETREAT', rule: 'retreat.release', cameo: '0841', mode: ['release'], unit: 'prisoners', most: 200,
    told: ['{A} {t:released} the {w}[ and {figure:some}] to {R}[ at {place}][ {when}] in a {w} of the {w}.', '{A} {t:freed} {figure} of {R}[ {when}] after {w}.'],
  },
  {
    type: 'REQUEST', rule: 'request.urge', cameo: '100', mode: ['change'],
    told: [
      '{A} {t:urged} {R}[ {when}] to {w} the {w}[ on {issue}].',
      '{A} {t:called on} {R} to end the {w}[ over {issue}][ {when}], or {w} the {w}.',
      '{A} {t:demanded} of {R}[ {when}] that the {w} be {w}[ on {issue}].',
    ],
  },
  {
    type: 'ACCUSE', rule: 'accuse.accuse', cameo: '112', mode: ['allege'], unit: 'violations', most: 40,
    told: [
      '{A} {t:accused} {R}[ {when}] of {w} the {w}[ over {issue}].',
      '{A} {t:blamed} {R} for the {w} in the {w}[ and for {issue}][ {when}].',
      '{A} {t:accused} {R} of[ {figure:some} of] the {w}[ on {issue}][ {when}], and {w} {w}.',
    ],
  },
  {
    type: 'ACCUSE', rule: 'accuse.condemn', cameo: '111', mode: ['disapprove'],
    told: [
      '{A} {t:condemned} the {w} {w} of {R}[ {when}][ on {issue}].',
      '{A} {t:criticised} {R}[ over {issue}][ {when}], calling its {w} a {w}.',
      '{A} {t:denounced} {R}[ {when}] for {w} the {w}[ on {issue}].',
    ],
  },
  {
    type: 'REJECT', rule: 'reject.reject', cameo: '120', mode: [],
    told: ['{A} {t:rejected} the {w} of {R}[ on {issue}][ {when}].', '{A} {t:refused} to {w} with {R}[ over {issue}][ {when}], the {w} said.'],
  },
  {
    type: 'THREATEN', rule: 'threaten.threaten', cameo: '130', mode: [],
    told: ['{A} {t:threatened} {R}[ {when}] with {w} over the {w}[ and {issue}].', '{A} {t:warned} {R}[ {when}] of {w} {w}[ over {issue}].'],
  },
  {
    type: 'PROTEST', rule: 'protest.demonstrate', cameo: '141', mode: ['demo'], unit: 'people', most: 5000,
    told: ['{A} {t:protested} against {R}[ in {place}][ {when}][ over {issue}][, with {figure:some} at the {w}].'],
  },
  {
    type: 'SANCTION', rule: 'sanction.impose', cameo: '163', mode: [], unit: 'officials', most: 60,
    told: [
      '{A} {t:imposed} sanctions on the {w}[ and {figure:some}] of {R}[ {when}][ over {issue}].',
      '{A} {t:froze} the {w} of {R}[ {when}][ over {issue}] and barred its {w}[ and {figure:some}].',
    ],
    ahead: ['{A} will {t:impose} sanctions on {R}[ {when}][ over {issue}], the {w} said.'],
  },
  {
    type: 'SANCTION', rule: 'sanction.expel', cameo: '161', mode: ['expel'], unit: 'diplomats', most: 30,
    told: ['{A} {t:expelled} {figure} of {R}[ {when}][ over {issue}].', '{A} {t:declared} {figure} of {R} unwelcome[ {when}] after the {w} {w}.'],
  },
  {
    type: 'MOBILIZE', rule: 'mobilize.deploy', cameo: '152', mode: ['troops'], unit: 'troops', most: 9000,
    told: ['{A} {t:deployed} its {w}[ of {figure:some}] to the border of {R}[ near {place}][ {when}].', '{A} {t:massed} the {w} of its army against {R}[ at {place}][ {when}].'],
    ahead: ['{A} will {t:deploy} the {w}[ of {figure:some}] near {R}[ {when}], the {w} said.'],
  },
  {
    type: 'COERCE', rule: 'coerce.seize', cameo: '171', mode: ['seize'], unit: 'vessels', most: 6,
    told: ['{A} {t:seized} {figure} of {R}[ off {place}][ {when}][ over {issue}], {w} the {w}.', '{A} {t:detained} a {w} of {R}[ near {place}][ {when}][ with {figure:some}].'],
    denied: ['{S} denied that {A} had {t:seized} the {w} of {R}[ off {place}][ {when}].'],
  },
  {
    type: 'COERCE', rule: 'coerce.arrest', cameo: '173', mode: ['arrest'], named: true,
    told: ['{A} {t:arrested} {victim}[ in {place}][ {when}][ over {issue}] on charges of {w}.', '{A} {t:jailed} {victim}[ {when}] for {w} the {w}[ in {place}].'],
  },
  {
    type: 'ASSAULT', rule: 'assault.shell', cameo: '194', mode: ['heavy-weapons'], unit: 'people', most: 40,
    told: [
      '{A} {t:shelled} {R}[ at {place}][ {when}][, killing {figure:some} in the {w}].',
      '{A} {t:attacked} the {w} of {R}[ in {place}][ {when}], and {w} {w} burned.',
      '{A} {t:struck} {R}[ near {place}][ {when}] and killed[ {figure:some} of] the {w}, it was said.',
    ],
    denied: ['{S} denied that {A} had {t:shelled} {R}[ at {place}][ {when}].'],
  },
  {
    type: 'ASSAULT', rule: 'assault.bomb', cameo: '195', mode: ['aerial'], unit: 'people', most: 60,
    told: [
      '{A} {t:bombed} {R}[ in {place}][ {when}][, killing {figure:some} at a {w}].',
      'aircraft of {A} {t:raided} a {w} of {R}[ at {place}][ {when}][, with {figure:some} dead].',
    ],
    denied: ['{S} denied that {A} had {t:bombed} {R}[ in {place}][ {when}].'],
  },
];

const byType = new Map<PloverType, readonly Form[]>();
for (const form of FORMS) byType.set(form.type, [...(byType.get(form.type) ?? []), form]);

/** The forms that a type of act takes. */
export function formsOf(type: PloverType): readonly Form[] {
  return byType.get(type)!;
}

/** Sentences that tell of no event, for what stands between: `{N}` a side, `{P}` a person, `{O}` officials, `{S}` who says it. */
export const BETWEEN: readonly string[] = [
  '{S} said that the {w} of {N} had been {w} since {when}, and that {w} {w} in {place} would not change that.',
  'The {w} of the {w}, which {N} and {N} have {w} for years, is a {w} of the {w} {w}.',
  '{P} had spoken of a {w} {w} before, but {N} has never {w} the {w}.',
  '{O} in {place} said {N} would {w} its {w} by {when}, and that the {w} was near.',
  'For {N}, the {w} is a matter of {w} and {w}; for {N} it is a {w} {w}.',
  '{S} told reporters that {P} was {w} about the {w}, and added that {N} had done {w}.',
  'It was not clear how {N} would {w} the {w}, or whether {P} knew of the {w} {w}.',
  'The {w} has cost {N} some {count} {w} in the last years, by the {w} of {N}.',
  'Analysts see the {w} as {w} for {P}, whose {w} depends on {N} and on the {w} of {place}.',
  '"We have {w} the {w} and we will {w} it," {S} said, "and {N} knows our {w}."',
  'Both sides have {w} the {w} {w} of {when}, though {N} calls it a {w}.',
  'In {place} the {w} was {w}, and the {w} of {N} stayed {w}.',
];
