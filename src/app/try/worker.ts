import { ReadoutError } from '../../error.ts';
import type { Reading } from '../../events/reading.ts';
import { openReader, type Reader, read } from '../../pipeline.ts';
import { readText } from '../../source/read.ts';
import { worldTables } from '../../world/world.ts';

/** What the page asks of its worker: to read a text. */
export interface Order {
  readonly text: string;
  /** `YYYY-MM-DD`, or empty. */
  readonly published: string;
  readonly outlet: string;
  /** True for a text read before anybody asks, so that what reads is warm; only a failure is answered. */
  readonly quietly?: boolean;
}

/** What the worker answers: it is ready, it has read, or why not. */
export type Answer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'read'; readonly reading: Reading; readonly tookMs: number }
  | { readonly kind: 'failed'; readonly message: string };

/**
 * The files that reading needs, in one: a line of JSON that names each with its length, then the files one after another,
 * all gzipped. `static/build.ts` makes it.
 */
interface Part {
  readonly name: string;
  readonly bytes: number;
}

const tell = (answer: Answer) => self.postMessage(answer);

const opening = openShipped(new URL(self.name, self.location.href));
opening.then(
  () => tell({ kind: 'ready' }),
  (error: unknown) => tell({ kind: 'failed', message: `What reads could not be loaded: ${String(error)}` }),
);

self.addEventListener('message', async ({ data }: MessageEvent<Order>) => {
  try {
    const reader = await opening;
    const began = performance.now();
    const { text, published, outlet, quietly } = data;
    const document = readText(text, {
      ...(published === '' ? {} : { published }),
      ...(outlet === '' ? {} : { outlet }),
    });
    const reading = read(document, reader);
    if (quietly !== true) tell({ kind: 'read', reading, tookMs: performance.now() - began });
  } catch (error) {
    tell({
      kind: 'failed',
      message: error instanceof ReadoutError ? error.message : `It could not be read: ${String(error)}`,
    });
  }
});

async function openShipped(url: URL): Promise<Reader> {
  const response = await fetch(url);
  if (!response.ok || response.body === null) throw new Error(`${url.pathname}: ${response.status}`);
  const whole = new Uint8Array(
    await new Response(response.body.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer(),
  );
  const head = whole.indexOf(10);
  const parts = JSON.parse(new TextDecoder().decode(whole.subarray(0, head))) as readonly Part[];
  const files = new Map<string, Uint8Array>();
  let at = head + 1;
  for (const { name, bytes } of parts) {
    files.set(name, whole.slice(at, at + bytes));
    at += bytes;
  }
  const text = (name: string) => new TextDecoder().decode(files.get(name));
  return openReader({
    weights: files.get('model/english.bin')!,
    tables: worldTables((name) => text(`data/${name}.tsv`)),
    patterns: ['patterns/core.txt', 'patterns/nouns.txt'].map((name) => ({ name, text: text(name) })),
  });
}
