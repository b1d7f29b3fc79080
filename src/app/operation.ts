import { z } from 'zod';
import { ReadoutError } from '../error.ts';
import type { Store } from '../record/store.ts';
import type { Right } from '../record/tokens.ts';
import type { Crew } from './crew.ts';

/**
 * One thing Readout does for whoever asks: a verb of the command line, later an HTTP address and an MCP tool.
 *
 * To add one, write `src/app/<name>.ts` that exports `<name>Operation = defineOperation({ … })`, and put its name and
 * one-line summary into the list in `operations.ts`, which imports the module only when it is asked for. `run` gets
 * checked input and a {@link Context}; it prints through the context alone, so the same operation serves a pipe, a test
 * and a request.
 *
 *     export const showOperation = defineOperation({
 *       input: z.object({
 *         id: z.string().meta({ description: 'id of an event, a document or a claim' }),
 *         published: dateOption.optional().meta({ description: 'publication date', placeholder: 'DATE' }),
 *         json: z.boolean().default(false).meta({ description: 'print JSON' }),
 *       }),
 *       positional: ['id'],
 *       examples: ['readout show 3f2a91c04b7d'],
 *       async run(input, context) {
 *         await context.write(`${input.id}\n`);
 *       },
 *     });
 *
 * Flags come from the schema: `goldTokens` is `--gold-tokens`; booleans take no value, enums list theirs, arrays and
 * tuples take several (one a flag with `each: true` in their meta), the rest take one, which may be left out when their meta
 * says what the flag means without (`bare: 'any'`). A positional array takes what is left.
 */
export interface Operation {
  readonly input: z.ZodObject;
  /** Fields of `input` given without a flag, in order; only the last may be a list. */
  readonly positional: readonly string[];
  /** Whole command lines for `--help`, at least one. */
  readonly examples: readonly string[];
  /** How HTTP and language-model tools offer it; absent: it is the command line's alone. */
  readonly offer?: Offer;
  /**
   * Checks the raw input (strings, booleans and lists by field name) and does the work. Throws a `ReadoutError`
   * (`option.date`, `option.value`) that names the field as it is written on a command line.
   */
  run(raw: Readonly<Record<string, unknown>>, context: Context): Promise<void>;
}

/** An operation as it stands in the list: known by name at once, its module imported when asked for. */
export interface ListedOperation {
  readonly name: string;
  /** What it does, in one line without a full stop. */
  readonly summary: string;
  load(): Promise<Operation>;
}

/** What of an operation is offered over HTTP and to language-model tools. */
export interface Offer {
  /** What whoever asks must be allowed. Operations that need `read` are asked by GET, others by POST. */
  readonly right: Right;
  /** The shape of what it writes as JSON. */
  readonly output: z.ZodType;
  /** Fields that are not offered, beside those of files and of the record's place. */
  readonly without?: readonly string[];
  /** True where it gives files: addresses have them, tools do not. */
  readonly files?: true;
  /** The same as another form than JSON, by the ending of an address: `csv` sets the field `csv`. */
  readonly forms?: readonly ('csv' | 'md' | 'html')[];
  /** What of an operation that changes something only asks: that is asked by GET. */
  readonly asking?: Asking;
  /** What JSON lines that are posted to it are: the fields that they are given with, and the right that it takes. */
  readonly lines?: { readonly fields: Readonly<Record<string, unknown>>; readonly right: Right };
  /**
   * What the next pages are asked with, after what was asked with a limit; none when that gave all. Absent for what has no
   * `after`, and for what gives a list: there the id of its last is enough.
   */
  readonly next?: (asked: Readonly<Record<string, unknown>>, given: unknown) => readonly NextPage[];
}

/** A part of an operation that only asks: one of its fields stands as it is, and some are left out. */
export interface Asking {
  readonly fields: Readonly<Record<string, unknown>>;
  readonly without: readonly string[];
  readonly right: Right;
  /** What it gives, in one line without a full stop. */
  readonly summary: string;
  readonly output: z.ZodType;
  /** True for what changes without the record: it is asked anew each time. */
  readonly fresh?: true;
}

/** Fields that change for a next page; `of` says what of, where there are several lists. */
export interface NextPage {
  readonly of?: string;
  readonly fields: Readonly<Record<string, string | boolean>>;
}

/**
 * Who is asking, seen from an operation. The only way to the outside: no operation touches `process`.
 *
 * An operation that throws a {@link ReadoutError} ends with its message on one line (exit code 2 when the code starts
 * with `option.`, else 1). One that can go on after a bad input calls `fail` and goes on.
 */
export interface Context {
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Writes to standard output; resolves when the reader has taken it. Never rejects because the reader left. */
  write(text: string): Promise<void>;
  /** Writes one line for a person to standard error. */
  tell(line: string): void;
  /** Names an input that failed on standard error; the exit code will be 1. */
  fail(error: Error): void;
  /** Shows how far a long job is, on standard error, once it has run for a second. The newest line replaces the last. */
  progress(line: string): void;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** True when standard output takes colours (a terminal, and `NO_COLOR` is not set). */
  readonly color: boolean;
  now(): Date;
  /** Aborted when the user asks to stop (Ctrl-C, SIGTERM). */
  readonly signal: AbortSignal;
  /** A record that is open already, for those who ask many times; `withRecord` takes it. */
  readonly record?: Store;
  /** Threads that stand ready to read, without patterns of a user's own. */
  readonly crew?: Crew;
  /** All operations, for those who offer them to others. */
  readonly operations?: readonly ListedOperation[];
}

/** Makes an operation whose `run` gets input that its schema has checked. */
export function defineOperation<Shape extends z.ZodRawShape>(definition: {
  readonly input: z.ZodObject<Shape>;
  readonly positional: readonly (keyof Shape & string)[];
  readonly examples: readonly string[];
  readonly offer?: Offer;
  run(input: z.output<z.ZodObject<Shape>>, context: Context): Promise<void>;
}): Operation {
  const operation: Operation = {
    ...definition,
    async run(raw, context) {
      const parsed = definition.input.safeParse(raw);
      if (!parsed.success) throw inputError(operation, parsed.error);
      await definition.run(parsed.data, context);
    },
  };
  return operation;
}

/** True for a day of the calendar written `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const milliseconds = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(milliseconds) && new Date(milliseconds).toISOString().startsWith(text);
}

/** An option that is a day: `2021-12-07`. */
export const dateOption = z
  .string()
  .refine(isDate, { error: (issue) => `expected a date as YYYY-MM-DD, got "${String(issue.input)}"` })
  .meta({ placeholder: 'DATE' });

/** The options of every operation on a record. */
export const recordOption = z
  .string()
  .optional()
  .meta({ description: 'the record (default: READOUT_DB, or ./readout.sqlite)', placeholder: 'FILE' });

/** An option that is a number of things, 1 at least. */
export function countOption(description: string) {
  return z.coerce
    .number<string | number>({ error: () => 'expected a number' })
    .int({ error: () => 'expected a whole number' })
    .min(1, { error: () => 'expected 1 or more' })
    .max(1_000_000_000, { error: () => 'expected a smaller number' })
    .optional()
    .meta({ description, placeholder: 'N' });
}

/** How many threads read. */
export const threadsOption = z.coerce
  .number<string | number>({ error: () => 'expected a number' })
  .int()
  .min(1)
  .max(64)
  .optional()
  .meta({
    description: 'threads that read (default: what the machine runs side by side, 8 at most)',
    placeholder: 'N',
  });

/** A flag or a positional argument of the command line, made from one field of an operation's input. */
export interface Field {
  readonly name: string;
  /** `--gold-tokens` for `goldTokens`. */
  readonly flag: string;
  /** A `list` takes several values, `each` one at a time, given as often as one likes. */
  readonly kind: 'flag' | 'value' | 'list' | 'each';
  readonly required: boolean;
  readonly choices: readonly string[] | undefined;
  readonly placeholder: string;
  readonly description: string;
  /** What a flag that is given without its value means; absent where it must have one. */
  readonly bare?: string;
}

const known = new WeakMap<Operation, readonly Field[]>();

/** The fields of an operation's input, in the order of its schema. */
export function fieldsOf(operation: Operation): readonly Field[] {
  const before = known.get(operation);
  if (before !== undefined) return before;
  const fields = Object.entries(operation.input.shape).map(([name, schema]) => fieldOf(name, schema as z.ZodType));
  known.set(operation, fields);
  return fields;
}

function fieldOf(name: string, schema: z.ZodType): Field {
  let inner = schema;
  let meta: Record<string, unknown> = { ...z.globalRegistry.get(inner) };
  for (;;) {
    const def = inner.def as { innerType?: z.ZodType; in?: z.ZodType };
    const next = def.innerType ?? def.in;
    if (next === undefined) break;
    inner = next;
    meta = { ...z.globalRegistry.get(inner), ...meta };
  }
  const choices = inner instanceof z.ZodEnum ? inner.options.map(String) : undefined;
  const kind =
    inner instanceof z.ZodBoolean
      ? 'flag'
      : inner instanceof z.ZodArray || inner instanceof z.ZodTuple
        ? meta['each'] === true
          ? 'each'
          : 'list'
        : 'value';
  return {
    name,
    flag: `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    kind,
    required: !schema.safeParse(undefined).success,
    choices,
    placeholder: String(meta['placeholder'] ?? choices?.join('|') ?? name.toUpperCase()),
    description: String(meta['description'] ?? ''),
    ...(typeof meta['bare'] === 'string' ? { bare: meta['bare'] } : {}),
  };
}

function inputError(operation: Operation, error: z.ZodError): ReadoutError {
  const issue = error.issues[0]!;
  const name = String(issue.path[0] ?? '');
  const field = fieldsOf(operation).find((candidate) => candidate.name === name);
  const shown = operation.positional.includes(name) ? field?.placeholder : field?.flag;
  const code = issue.message.startsWith('expected a date') ? 'option.date' : 'option.value';
  return new ReadoutError(code, `${shown === undefined ? '' : `${shown}: `}${issue.message}.`, { cause: error });
}
