import { ReadoutError } from '../error.ts';
import type { EventType, Medium, Status } from './ontology.ts';
import { EVENT_TYPES, MEDIA, ONTOLOGY, STATUSES } from './ontology.ts';

/*
 * A pattern file is text: classes of words, then rules, the more telling rule first. docs/patterns.md is its manual.
 *
 *     @talks = talk meeting summit            a class, usable wherever words are
 *
 *     [meet.hold-talks]                       the rule's name, shown by --explain
 *     event   CONSULT 046 visit               type, CAMEO code, modes
 *     verb    hold have call+off              what triggers it: lemmas, `+` ties a particle; or `noun`, `adj`
 *     where   object @talks                   what a slot's head must be: lemmas, $actor, $person, $state or `any`
 *     unless  object party                    what it must not be; `unless object any`: the slot must be empty
 *     actors  subject with                    all of them, together; or
 *     actor   subject                         the first slot that names one
 *     recipient object to
 *     medium  phone
 *     status  denied                          what the trigger itself says of the act, whatever its tense
 *     e.g.    Norway and Iceland held talks in Oslo.
 *
 * Slots: subject, object, indirect, clause (a verb governed), any preposition; of a noun also possessor, modifier and
 * doer. `clause.object` is a slot of the governed verb, `clause.act` the type of act that its own rule makes of it.
 */

/** Classes of fillers that a condition can ask for beside words; `code.ts` says what each means. */
export const FILLER_CLASSES: readonly string[] = [
  ...['$actor', '$state', '$place', '$person', '$principal', '$visitor', '$several', '$money', '$same', '$other'],
];

/** The parts of speech that set a pattern off. */
export type Trigger = 'verb' | 'noun' | 'adj';

/** What a slot's head must, or must not, be. */
export interface Condition {
  readonly slot: string;
  readonly words: ReadonlySet<string>;
  readonly negated: boolean;
}

/** One pattern: what triggers it, what must hold, and which slots fill its roles. */
export interface Rule {
  readonly id: string;
  readonly event: EventType;
  readonly cameo: string;
  readonly modes: readonly string[];
  readonly trigger: Trigger;
  readonly conditions: readonly Condition[];
  /** True when all parties are actors together; then `recipients` is empty. */
  readonly joint: boolean;
  readonly actors: readonly string[];
  readonly recipients: readonly string[];
  readonly medium: Medium | undefined;
  readonly status: Status | undefined;
  readonly example: string;
}

/** Rules by trigger: `verb hold`, `noun talk`, `verb call+off`; in file order under each. */
export type Patterns = ReadonlyMap<string, readonly Rule[]>;

type Draft = { -readonly [K in keyof Rule]: Rule[K] } & { triggers: string[]; conditions: Condition[] };

/**
 * Reads a pattern file.
 *
 * @param source the file's text
 * @param name its name, for messages
 * @throws ReadoutError `tables.format` naming file, line, column and what was expected there
 */
export function parsePatterns(source: string, name: string): Patterns {
  const classes = new Map<string, readonly string[]>();
  const byTrigger = new Map<string, Rule[]>();
  let draft: Draft | undefined;
  let line = 0;

  const fail = (column: number, problem: string): never => {
    throw new ReadoutError('tables.format', `${name}:${line}:${column + 1}: ${problem}`);
  };

  const wordsFrom = (words: readonly string[], column: number): string[] =>
    words.flatMap((word) => {
      if (word.startsWith('$') && !FILLER_CLASSES.includes(word))
        fail(column, `${word} is no class of fillers; expected one of ${FILLER_CLASSES.join(', ')}`);
      if (!word.startsWith('@')) return [word];
      return classes.get(word) ?? fail(column, `${word} is not defined above; write "${word} = words" before its use`);
    });

  const close = (): void => {
    if (!draft) return;
    if (draft.triggers.length === 0) fail(0, `[${draft.id}] has no trigger; add a line "verb …", "noun …" or "adj …"`);
    if (draft.cameo === '') fail(0, `[${draft.id}] has no event; add a line "event TYPE CAMEO"`);
    if (draft.actors.length === 0 && draft.recipients.length === 0)
      fail(0, `[${draft.id}] names no party; add a line "actor SLOT" or "actors SLOTS"`);
    const { triggers, ...rule } = draft;
    for (const trigger of triggers) {
      const key = `${rule.trigger} ${trigger}`;
      const rules = byTrigger.get(key);
      if (rules) rules.push(rule);
      else byTrigger.set(key, [rule]);
    }
    draft = undefined;
  };

  const oneOf = <T extends string>(allowed: readonly T[], word: string | undefined, column: number): T =>
    allowed.find((item) => item === word) ?? fail(column, `expected one of ${allowed.join(', ')}, got "${word ?? ''}"`);

  const setEvent = (rule: Draft, words: readonly string[], column: number): void => {
    const [type, cameo, ...modes] = words;
    rule.event = oneOf(EVENT_TYPES, type, column);
    if (!cameo || !/^\d{2,4}$/.test(cameo))
      fail(column, `expected a CAMEO code after ${rule.event}, got "${cameo ?? ''}"`);
    rule.cameo = cameo!;
    const known = Object.keys(ONTOLOGY.find((row) => row.type === rule.event)!.modes);
    rule.modes = modes.map((mode) => oneOf(known, mode, column));
  };

  const addCondition = (rule: Draft, words: readonly string[], column: number, negated: boolean): void => {
    const [slot, ...wanted] = words;
    if (!slot || wanted.length === 0) fail(column, 'expected a slot and at least one word');
    rule.conditions.push({ slot: slotOf(slot!), words: new Set(wordsFrom(wanted, column)), negated });
  };

  const keys: Readonly<Record<string, (rule: Draft, words: readonly string[], column: number) => void>> = {
    event: setEvent,
    verb: (rule, words, column) => {
      rule.trigger = 'verb';
      rule.triggers.push(...wordsFrom(words, column));
    },
    noun: (rule, words, column) => {
      rule.trigger = 'noun';
      rule.triggers.push(...wordsFrom(words, column));
    },
    adj: (rule, words, column) => {
      rule.trigger = 'adj';
      rule.triggers.push(...wordsFrom(words, column));
    },
    where: (rule, words, column) => addCondition(rule, words, column, false),
    unless: (rule, words, column) => addCondition(rule, words, column, true),
    actors: (rule, words) => {
      rule.joint = true;
      rule.actors = words.map(slotOf);
    },
    actor: (rule, words) => {
      rule.actors = words.map(slotOf);
    },
    recipient: (rule, words) => {
      rule.recipients = words.map(slotOf);
    },
    medium: (rule, words, column) => {
      rule.medium = oneOf(MEDIA, words[0], column);
    },
    status: (rule, words, column) => {
      rule.status = oneOf(STATUSES, words[0], column);
    },
    'e.g.': (rule, words) => {
      rule.example = words.join(' ');
    },
  };

  for (const raw of source.split('\n')) {
    line++;
    const text = raw.replace(/#.*/, '').trimEnd();
    const words = text.trim().split(/\s+/);
    const first = words[0]!;
    if (first === '') continue;
    if (first.startsWith('[')) {
      close();
      const id = /^\[([a-z][a-z0-9.-]*)\]$/.exec(text.trim())?.[1];
      draft = {
        ...{ id: id ?? fail(0, `expected a rule's name as [kind.name] in small letters, got "${text.trim()}"`) },
        ...{ event: 'CONSULT', cameo: '', modes: [], trigger: 'verb', triggers: [], conditions: [], joint: false },
        ...{ actors: [], recipients: [], medium: undefined, status: undefined, example: '' },
      };
    } else if (first.startsWith('@')) {
      close();
      if (words[1] !== '=' || words.length < 3) fail(0, `expected "${first} = words"`);
      classes.set(first, wordsFrom(words.slice(2), 0));
    } else {
      const column = raw.indexOf(first);
      const key = keys[first] ?? fail(column, `"${first}" is no key; expected one of ${Object.keys(keys).join(', ')}`);
      if (!draft) fail(column, `"${first}" stands before any rule; begin one with [kind.name]`);
      key(draft!, words.slice(1), column + first.length + 1);
    }
  }
  close();
  return byTrigger;
}

/** A slot's name in the frame: `out+of` is the preposition "out of". */
function slotOf(word: string): string {
  return word.replaceAll('+', ' ');
}

/** Several pattern files as one; where two have rules for a trigger, those of the earlier file come first. */
export function joinPatterns(...files: readonly Patterns[]): Patterns {
  const joined = new Map<string, readonly Rule[]>();
  for (const file of files)
    for (const [trigger, rules] of file) joined.set(trigger, [...(joined.get(trigger) ?? []), ...rules]);
  return joined;
}
