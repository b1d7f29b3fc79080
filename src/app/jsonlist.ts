import type { Context } from './operation.ts';

/** Writes values as one JSON array, a value a line, each when it comes: a list of any length passes through. */
export async function writeJsonList(values: AsyncIterable<unknown>, { write }: Pick<Context, 'write'>): Promise<void> {
  let between = '[';
  for await (const value of values) {
    await write(`${between}\n${JSON.stringify(value)}`);
    between = ',';
  }
  await write(between === '[' ? '[]\n' : '\n]\n');
}
