import { ReadoutError } from '../../error.ts';
import { CAMEO } from '../cameo.ts';
import type { EventClass, Quad } from '../ontology.ts';
import { EVENT_TYPES, MEDIA, ONTOLOGY, STATUSES } from '../ontology.ts';
import { isSlot, MOODS, SLOT_NAMES } from '../slots.ts';
import type { Condition, Rule } from './patterns.ts';

/*
 * A pattern file is text: classes of words, types of one's own, rules. docs/patterns.md is its manual.
 *
 *     @talks = talk meeting summit            a class, usable wherever words are, in any file
 *     @talks + parley                         more words for a class
 *     type EVACUATE quad 2 scale 5 cameo 07   a type of event beside PLOVER's, with its nearest CAMEO code
 *     mode embassy 6                          one of its modes, with its own scale
 *     off meet.visit aid.*                    rules of other files to do without
 *
 *     [meet.hold-talks]                       the rule's name, shown by --explain
 *     event   CONSULT 046 visit               type, CAMEO code (else the type's own), modes; or none: it is no act
 *     verb    hold have call+off              what triggers it: lemmas, `+` ties a particle; or `noun`, `adj`
 *     where   object @talks                   what a slot's head must be: lemmas, $actor, $person, $state or `any`
 *     unless  object party                    what it must not be; `unless object any`: the slot must be empty
 *     actors  subject with                    all of them, together; or
 *     actor   subject                         the first slot that names one
 *     recipient object to
 *     medium  phone
 *     status  denied                          what the trigger itself says of the act, whatever its tense
 *     again   COERCE.seize 192 -phone         what told before "the seizure" can take up: types, modes, CAMEO codes; none of a mode
 *     e.g.    Norway and Iceland held talks in Oslo.
 */

/** A pattern file as it lies on the disk; `name` is what errors call it. */
export interface PatternFile {
  readonly name: string;
  readonly text: string;
}

/** A line of a pattern file that says something. */
export interface Line {
  readonly file: string;
  /** From 1. */
  readonly number: number;
  readonly words: readonly Word[];
}

/** A word of a line; its column counts from 0. */
export interface Word {
  readonly text: string;
  readonly column: number;
}

/** What holds for all files: types of their own, classes of words, and what is added to classes. */
export interface Declarations {
  readonly types: Map<string, EventClass & { readonly modes: Record<string, number> }>;
  readonly classes: Map<string, { readonly line: Line; readonly words: readonly Word[] }>;
  readonly additions: Map<string, { readonly line: Line; readonly words: readonly Word[] }[]>;
}

/** Classes of fillers that a condition can ask for beside words; `match.ts` says what each means. */
export const FILLER_CLASSES: readonly string[] = [
  ...['$actor', '$state', '$place', '$person', '$principal', '$visitor', '$several', '$money', '$same', '$other'],
];

/** Fails at a column of a line. */
export function refuse(line: Pick<Line, 'file' | 'number'>, column: number, problem: string): never {
  throw new ReadoutError('tables.format', `${line.file}:${line.number}:${column + 1}: ${problem}.`);
}

/** The lines of a file, without comments and empty ones. */
export function linesOf({ name, text }: PatternFile): readonly Line[] {
  return text.split('\n').flatMap((raw, index) => {
    const words = [...raw.replace(/#.*/, '').matchAll(/\S+/g)].map((word) => ({ text: word[0], column: word.index }));
    return words.length === 0 ? [] : [{ file: name, number: index + 1, words }];
  });
}

/** Takes up what a line declares for all files; a line of a rule declares nothing. */
export function declare(line: Line, { types, classes, additions }: Declarations): void {
  const [first, second, ...rest] = line.words as [Word, ...Word[]];
  if (first.text.startsWith('@')) {
    if (!second || !/^[=+]$/.test(second.text) || rest.length === 0)
      refuse(line, first.column, `expected "${first.text} = words", or "${first.text} + words" to add some`);
    if (second!.text === '+') {
      additions.set(first.text, [...(additions.get(first.text) ?? []), { line, words: rest }]);
      return;
    }
    const before = classes.get(first.text)?.line;
    if (before)
      refuse(
        line,
        first.column,
        `${first.text} stands at ${before.file}:${before.number} already; write "${first.text} + words" to add to it, or take another name`,
      );
    classes.set(first.text, { line, words: rest });
  } else if (first.text === 'type') {
    const type = typeOn(line);
    if (types.has(type.type)) refuse(line, second!.column, `${type.type} is declared twice; take one of them out`);
    types.set(type.type, type);
  } else if (first.text === 'mode') {
    const last = [...types.values()].at(-1);
    if (!last)
      refuse(line, first.column, '"mode" stands before any type; begin one with "type NAME quad 2 scale 5 cameo 07"');
    const scale = numberAt(line, 2, -10, 10);
    if (!second || !/^[a-z][a-z0-9-]*$/.test(second.text))
      refuse(line, first.column, 'expected a mode in small letters and its scale, as in "mode embassy 6"');
    last!.modes[second!.text] = scale;
  }
}

/** `type EVACUATE quad 2 scale 5 cameo 07`. */
function typeOn(line: Line): EventClass & { readonly modes: Record<string, number> } {
  const [first, name] = line.words as [Word, ...Word[]];
  if (!name || !/^[A-Z][A-Z0-9_-]+$/.test(name.text))
    refuse(line, (name ?? first).column, `expected a type in capitals, as in "type EVACUATE quad 2 scale 5 cameo 07"`);
  const type = name!.text;
  if (ONTOLOGY.some((row) => row.type === type))
    refuse(line, name!.column, `${type} is one of PLOVER's types; take another name`);
  const values = new Map<string, number>();
  for (let i = 2; i < line.words.length; i += 2) values.set(line.words[i]!.text, i + 1);
  const place = (key: string, example: string): number =>
    values.get(key) ?? refuse(line, first.column, `${type} has no ${key}; add "${key} ${example}"`);
  for (const key of values.keys())
    if (!['quad', 'scale', 'cameo'].includes(key))
      refuse(line, line.words[values.get(key)! - 1]!.column, `expected quad, scale or cameo, got "${key}"`);
  const quad = numberAt(line, place('quad', '2'), 1, 4);
  if (!Number.isInteger(quad)) refuse(line, name!.column, 'a quad class is 1, 2, 3 or 4');
  return {
    ...{ type, quad: quad as Quad, scale: numberAt(line, place('scale', '5'), -10, 10) },
    ...{ cameo: cameoAt(line, place('cameo', '07')), verb: type.toLowerCase(), modes: {} },
  };
}

function numberAt(line: Line, index: number, least: number, most: number): number {
  const word = line.words[index];
  const value = Number(word?.text ?? Number.NaN);
  if (!(value >= least && value <= most))
    refuse(
      line,
      (word ?? line.words.at(-1)!).column,
      `expected a number from ${least} to ${most}, got "${word?.text ?? ''}"`,
    );
  return value;
}

function cameoAt(line: Line, index: number): string {
  const word = line.words[index];
  if (!word || !CAMEO.has(word.text))
    refuse(
      line,
      (word ?? line.words.at(-1)!).column,
      `"${word?.text ?? ''}" is no CAMEO code; expected two to four digits of its codebook, as 07 or 0841`,
    );
  return word!.text;
}

/** A rule that is being read. */
type Draft = { -readonly [K in keyof Rule]: Rule[K] } & { triggers: string[]; conditions: Condition[] };

/** The rules of a file and the rules of others that it switches off, each with its place. */
export function rulesIn(
  lines: readonly Line[],
  declarations: Declarations,
): {
  readonly rules: readonly { readonly rule: Rule; readonly line: Line }[];
  readonly off: readonly { readonly id: string; readonly line: Line; readonly column: number }[];
} {
  const rules: { rule: Rule; line: Line }[] = [];
  const off: { id: string; line: Line; column: number }[] = [];
  let open: { draft: Draft; line: Line } | undefined;

  const close = (): void => {
    if (!open) return;
    const { draft, line } = open;
    const { id, triggers, cameo, actors, recipients } = draft;
    if (triggers.length === 0) refuse(line, 0, `[${id}] has no trigger; add a line "verb …", "noun …" or "adj …"`);
    if (cameo === '') refuse(line, 0, `[${id}] has no event; add a line "event TYPE CAMEO"`);
    if (actors.length === 0 && recipients.length === 0 && draft.event !== 'none')
      refuse(line, 0, `[${id}] names no party; add a line "actor SLOT" or "actors SLOTS"`);
    rules.push({ rule: draft, line });
    open = undefined;
  };

  for (const line of lines) {
    const first = line.words[0]!;
    const key = KEYS[first.text];
    if (first.text.startsWith('[')) {
      close();
      open = { draft: emptyRule(line), line };
    } else if (first.text.startsWith('@') || first.text === 'type' || first.text === 'mode') {
      close();
    } else if (first.text === 'off') {
      close();
      if (line.words.length === 1) refuse(line, first.column, 'expected the names of rules, as in "off meet.visit"');
      for (const { text, column } of line.words.slice(1)) off.push({ id: text, line, column });
    } else {
      if (!key)
        refuse(
          line,
          first.column,
          `"${first.text}" is no key; expected one of ${Object.keys(KEYS).join(', ')}, type, mode, off`,
        );
      if (!open) refuse(line, first.column, `"${first.text}" stands before any rule; begin one with [kind.name]`);
      key!(open!.draft, line, declarations);
    }
  }
  close();
  return { rules, off };
}

function emptyRule(line: Line): Draft {
  const text = line.words.map((word) => word.text).join(' ');
  const id = /^\[([a-z][a-z0-9.-]*)\]$/.exec(text)?.[1];
  return {
    ...{ id: id ?? refuse(line, 0, `expected a rule's name as [kind.name] in small letters, got "${text}"`) },
    ...{ event: 'CONSULT', type: ONTOLOGY[1]!, cameo: '', modes: [], trigger: 'verb', triggers: [], conditions: [] },
    ...{ joint: false, actors: [], recipients: [], medium: undefined, status: undefined, again: [] },
    example: '',
  };
}

type Key = (rule: Draft, line: Line, declarations: Declarations) => void;

/** What may stand in a rule. */
const KEYS: Readonly<Record<string, Key>> = {
  event: setEvent,
  verb: triggerKey('verb'),
  noun: triggerKey('noun'),
  adj: triggerKey('adj'),
  where: (rule, line, declarations) => addCondition(rule, line, declarations, false),
  unless: (rule, line, declarations) => addCondition(rule, line, declarations, true),
  actors: (rule, line) => {
    rule.joint = true;
    rule.actors = rolesOn(line);
  },
  actor: (rule, line) => {
    rule.actors = rolesOn(line);
  },
  recipient: (rule, line) => {
    rule.recipients = rolesOn(line);
  },
  medium: (rule, line) => {
    rule.medium = oneOf(MEDIA, line, 1);
  },
  status: (rule, line) => {
    rule.status = oneOf(STATUSES, line, 1);
  },
  again: (rule, line, { types }) => {
    rule.again = line.words.slice(1).map((word) => againAt(line, word, types));
  },
  'e.g.': (rule, line) => {
    rule.example = line.words
      .slice(1)
      .map((word) => word.text)
      .join(' ');
  },
};

function triggerKey(kind: Rule['trigger']): Key {
  return (rule, line, declarations) => {
    if (rule.triggers.length > 0 && rule.trigger !== kind)
      refuse(
        line,
        line.words[0]!.column,
        `[${rule.id}] has a ${rule.trigger} already; write another rule for the ${kind}`,
      );
    rule.trigger = kind;
    rule.triggers.push(...wordsOn(line, 1, declarations));
  };
}

function setEvent(rule: Draft, line: Line, { types }: Declarations): void {
  const name = line.words[1];
  if (name?.text === 'none') {
    rule.event = 'none';
    rule.cameo = '---';
    return;
  }
  const type = types.get(name?.text ?? '') ?? ONTOLOGY.find((row) => row.type === name?.text);
  if (!type)
    refuse(
      line,
      (name ?? line.words[0]!).column,
      `expected one of ${[...EVENT_TYPES, ...types.keys()].join(', ')}, or a type of your own (type NAME quad … above); got "${name?.text ?? ''}"`,
    );
  rule.type = type!;
  rule.event = type!.type;
  const coded = line.words[2] !== undefined && /^\d/.test(line.words[2].text);
  rule.cameo = coded ? cameoAt(line, 2) : type!.cameo;
  rule.modes = line.words
    .slice(coded ? 3 : 2)
    .map((_, i) => oneOf(Object.keys(type!.modes), line, i + (coded ? 3 : 2)));
}

function oneOf<T extends string>(allowed: readonly T[], line: Line, index: number): T {
  const word = line.words[index];
  const found = allowed.find((item) => item === word?.text);
  const expected = allowed.length === 0 ? 'no mode: the type has none' : `one of ${allowed.join(', ')}`;
  return found ?? refuse(line, (word ?? line.words[0]!).column, `expected ${expected}; got "${word?.text ?? ''}"`);
}

function addCondition(rule: Draft, line: Line, declarations: Declarations, negated: boolean): void {
  const [key, slot] = line.words;
  if (!slot || line.words.length < 3)
    refuse(line, key!.column, `expected a slot and at least one word, as in "${key!.text} object ambassador"`);
  const name = slotAt(line, slot!, 'condition');
  const words = new Set(wordsOn(line, 2, declarations));
  const last = name.split('.').at(-1);
  const allowed = last === 'mood' ? MOODS : last === 'act' ? [...EVENT_TYPES, ...declarations.types.keys()] : undefined;
  if (allowed)
    for (let i = 2; i < line.words.length; i++) if (!line.words[i]!.text.startsWith('@')) oneOf(allowed, line, i);
  rule.conditions.push({ slot: name, words, negated });
}

/** `COERCE`, `COERCE.seize`, `192`, `-phone`. */
function againAt(line: Line, { text, column }: Word, types: Declarations['types']): string {
  const [type, mode] = text.split('.') as [string, string | undefined];
  const row = types.get(type) ?? ONTOLOGY.find((one) => one.type === type);
  if (row ? mode === undefined || mode in row.modes : CAMEO.has(text) || /^-[a-z-]+$/.test(text)) return text;
  return refuse(
    line,
    column,
    `"${text}" is nothing to take up; expected a type, a type with a mode (COERCE.seize), a CAMEO code, or a mode that it must not have (-phone)`,
  );
}

function rolesOn(line: Line): string[] {
  return line.words.slice(1).map((word) => slotAt(line, word, 'role'));
}

/** A slot's name in the frame: `out+of` is the preposition "out of". */
function slotAt(line: Line, { text, column }: Word, place: 'condition' | 'role'): string {
  const slot = text.replaceAll('+', ' ');
  if (isSlot(slot, place)) return slot;
  return refuse(
    line,
    column,
    `"${text}" is no slot; expected ${SLOT_NAMES.join(', ')}, a preposition, or two of them with a dot between`,
  );
}

/** The words from the given one on, classes in the words they stand for. */
function wordsOn(line: Line, from: number, declarations: Declarations): readonly string[] {
  return line.words.slice(from).flatMap((word) => wordsOf(line, word, declarations, []));
}

function wordsOf(
  line: Line,
  { text, column }: Word,
  declarations: Declarations,
  inside: readonly string[],
): readonly string[] {
  if (text.startsWith('$') && !FILLER_CLASSES.includes(text))
    refuse(line, column, `${text} is no class of fillers; expected one of ${FILLER_CLASSES.join(', ')}`);
  if (!text.startsWith('@')) return [text];
  const own = declarations.classes.get(text);
  if (!own) return refuse(line, column, `${text} is not defined; write "${text} = words"`);
  if (inside.includes(text))
    refuse(line, column, `${[...inside.slice(inside.indexOf(text)), text].join(' is made of ')}: take one of them out`);
  return [own, ...(declarations.additions.get(text) ?? [])].flatMap((part) =>
    part.words.flatMap((word) => wordsOf(part.line, word, declarations, [...inside, text])),
  );
}
