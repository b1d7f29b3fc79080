import type { EventClass, EventType, Medium, Status } from '../ontology.ts';
import { type Declarations, declare, type Line, linesOf, type PatternFile, refuse, rulesIn } from './patternfile.ts';

import { isPetrarch, petrarchRules } from './petrarch.ts';

/** The parts of speech that set a pattern off. */
export type Trigger = 'verb' | 'noun' | 'adj';

/** What a slot's head must, or must not, be; `left` and `right` are all words of the trigger's clause before and after it. */
export interface Condition {
  readonly slot: string;
  readonly words: ReadonlySet<string>;
  readonly negated: boolean;
}

/** One pattern: what triggers it, what must hold, and which slots fill its roles. */
export interface Rule {
  readonly id: string;
  /** `none`: what fits the rule is no act, and no other rule is tried. */
  readonly event: EventType;
  /** The row of `event`, PLOVER's or the files' own. */
  readonly type: EventClass;
  readonly cameo: string;
  readonly modes: readonly string[];
  readonly trigger: Trigger;
  /** Lemmas, a particle tied on by `+`: `hold`, `call+off`. */
  readonly triggers: readonly string[];
  readonly conditions: readonly Condition[];
  /** True when all parties are actors together; then `recipients` is empty. */
  readonly joint: boolean;
  readonly actors: readonly string[];
  readonly recipients: readonly string[];
  readonly medium: Medium | undefined;
  readonly status: Status | undefined;
  /**
   * What a noun can take up that the document told before: types, modes (`COERCE.seize`), CAMEO codes; `-phone` bars a mode.
   * A rule with these is for nothing else.
   */
  readonly again: readonly string[];
  readonly example: string;
}

/** All pattern files together. */
export interface Patterns {
  /** Rules by trigger: `verb hold`, `noun talk`, `verb call+off`, `again talk`; those of an earlier file first, each in its order. */
  readonly rules: ReadonlyMap<string, readonly Rule[]>;
  /** Event types that the files declare beside PLOVER's. */
  readonly types: ReadonlyMap<string, EventClass>;
}

/**
 * Reads pattern files, those that are tried first before the others. Classes, types and the names of rules belong to all
 * of them together, so a researcher's file may use the classes of Readout's own and switch off its rules.
 *
 * @throws ReadoutError `tables.format` naming file, line, column, what was expected there and what to do
 */
export function parsePatterns(files: readonly PatternFile[]): Patterns {
  const parts = files.map((file) => ({ file, lines: isPetrarch(file.text) ? [] : linesOf(file) }));
  const declarations: Declarations = { types: new Map(), classes: new Map(), additions: new Map() };
  for (const { lines } of parts) for (const line of lines) declare(line, declarations);
  const told = parts.map(({ file, lines }) => {
    if (!isPetrarch(file.text)) return { file, ...rulesIn(lines, declarations) };
    const rules = petrarchRules(file).map(({ rule, number }) => ({
      rule,
      line: { file: file.name, number, words: [] },
    }));
    return { file, rules, off: [] };
  });

  const named = new Map<string, Line>();
  const byTrigger = new Map<string, Rule[]>();
  for (const { file, rules } of told) {
    const off = told.filter((other) => other.file !== file).flatMap((other) => other.off.map(({ id }) => id));
    for (const { rule, line } of rules) {
      if (off.some((id) => covers(id, rule.id))) continue;
      const before = named.get(rule.id);
      if (before) {
        const place = `${before.file}:${before.number}`;
        const remedy = before.file === line.file ? '' : `, or write "off ${rule.id}" to do without the other`;
        refuse(line, 0, `[${rule.id}] is the name of the rule at ${place} already; give it one of its own${remedy}`);
      }
      named.set(rule.id, line);
      for (const trigger of rule.triggers) {
        const key = `${rule.again.length > 0 ? 'again' : rule.trigger} ${trigger}`;
        const held = byTrigger.get(key);
        if (held) held.push(rule);
        else byTrigger.set(key, [rule]);
      }
    }
  }
  const ids = told.flatMap(({ rules }) => rules.map(({ rule }) => rule.id));
  for (const { id, line, column } of told.flatMap(({ off }) => off))
    if (!ids.some((one) => covers(id, one)))
      refuse(line, column, `no rule is called "${id}"; look its name up with --explain`);
  return { rules: byTrigger, types: declarations.types };
}

/** `meet.visit` covers itself, `meet.*` every rule of its kind. */
function covers(pattern: string, id: string): boolean {
  return pattern.endsWith('*') ? id.startsWith(pattern.slice(0, -1)) : pattern === id;
}
