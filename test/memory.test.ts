import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, describe, expect, test } from 'vitest';
import { readBytes } from '../src/source/read.ts';
import { runReadout } from './shell.ts';

const folder = mkdtempSync(join(tmpdir(), 'readout-memory-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Paragraphs of the sample statements over and over, each document with a number of its own. */
async function archive(documents: number): Promise<string> {
  const path = fileURLToPath(new URL('../samples/statements/state-department.jsonl', import.meta.url));
  const paragraphs: string[] = [];
  for (const result of await readBytes(path, readFileSync(path), {}))
    if ('document' in result) paragraphs.push(...result.document.text.split(/\n+/).filter((text) => text.length > 80));
  const lines = Array.from({ length: documents }, (_, i) =>
    JSON.stringify({ text: `Note ${i}. ${paragraphs[i % paragraphs.length]}`, published: `${2000 + (i % 20)}-06-01` }),
  );
  const file = join(folder, 'archive.jsonl');
  writeFileSync(file, lines.join('\n'));
  return file;
}

/** Megabytes of live objects after each tenth of the documents. */
async function held(args: readonly string[], documents: number): Promise<readonly number[]> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const sizes: number[] = [];
  let count = 0;
  const write = async (): Promise<void> => {
    if (++count % (documents / 10) !== 0) return;
    collect();
    sizes.push(process.memoryUsage().heapUsed / 1e6);
  };
  await runReadout(args, { write });
  return sizes;
}

describe.runIf(process.env['SOAK'])('memory stays flat', () => {
  test.each([
    ['reading', 10_000, ['read', '--jsonl']],
    ['adding to a record', 2_000, ['add', '--db', join(folder, 'record.sqlite')]],
  ])('%s %i documents', { timeout: 1_200_000 }, async (_, documents, [verb, ...more]) => {
    const sizes = await held([verb!, await archive(documents), ...more], documents);
    expect(sizes).toHaveLength(10);
    // What is remembered of words fills up in the first tenths.
    expect(sizes.at(-1)! - sizes[2]!, sizes.map(Math.round).join(' ')).toBeLessThan(30);
  });
});
