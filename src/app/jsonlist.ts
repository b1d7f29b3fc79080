import type { Context } from './operation.ts';

const written = new WeakMap<object, string>();

/** A value as JSON; of one that is asked for again, as an event is, what was written before. */
function jsonOf(value: object): string {
  const before = written.get(value);
  if (before !== undefined) return before;
  const json = JSON.stringify(value);
  written.set(value, json);
  return json;
}

/** Writes values as one JSON array, a value a line, each when it comes: a list of any length passes through. */
export async function writeJsonList(values: AsyncIterable<object>, { write }: Pick<Context, 'write'>): Promise<void> {
  let between = '[';
  for await (const value of values) {
    await write(`${between}\n${jsonOf(value)}`);
    between = ',';
  }
  await write(between === '[' ? '[]\n' : '\n]\n');
}

/** How many values {@link writeJsonList} wrote, and the last of them; the others are not parsed. */
export function endOfJsonList(text: string): { readonly values: number; readonly last: unknown } {
  // `[`, a line for each value, `]`, and nothing; or `[]` and nothing.
  const lines = text.split('\n');
  const last = lines.at(-3);
  return lines.length <= 3 || last === undefined
    ? { values: 0, last: undefined }
    : { values: lines.length - 3, last: JSON.parse(last) };
}
