import { setTimeout as pause } from 'node:timers/promises';
import { ReadoutError } from '../../error.ts';
import { HttpError } from './problem.ts';
import type { Site } from './site.ts';

const LOOK_MS = 1000;
/** Each looks at the record once a second. */
const MOST_LISTENERS = 100;
let listeners = 0;
/** A line now and then keeps connections open that idle. */
const SILENCE_MS = 20_000;

/**
 * What comes into the record, as server-sent events: `document` with its id, title and outlet, under the number of its
 * arrival. `last` is the number that the asker has seen; without one it begins with what comes next. `head` asks for the head alone. It looks at the record
 * once a second, so it tells of what other processes add too.
 */
export async function changesOf(
  { store, signal }: Pick<Site, 'store' | 'signal'>,
  last: string | null,
  { head }: { readonly head: boolean },
): Promise<Response> {
  if (last !== null && !/^\d{1,15}$/.test(last)) {
    throw new ReadoutError('option.value', `since: expected the number of an arrival, got "${last}".`);
  }
  const headers = { 'content-type': 'text/event-stream', 'cache-control': 'no-store' };
  if (head) return new Response(null, { headers });
  if (listeners >= MOST_LISTENERS) {
    throw new HttpError(503, 'busy', `${MOST_LISTENERS} listen already; try again later.`, { 'retry-after': '60' });
  }
  let seen = last === null ? await newest(store) : Number(last);
  const encoder = new TextEncoder();
  const left = new AbortController();
  const stop = AbortSignal.any([signal, left.signal]);
  listeners += 1;
  stop.addEventListener('abort', () => {
    listeners -= 1;
  });
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      for (let silentMs = 0; !stop.aborted; silentMs += LOOK_MS) {
        const arrivals = await store.intake.arrivals(seen, 100);
        if (arrivals.length > 0) {
          const events = arrivals.map(
            ({ number, ...document }) => `id: ${number}\nevent: document\ndata: ${JSON.stringify(document)}\n\n`,
          );
          seen = arrivals.at(-1)!.number;
          controller.enqueue(encoder.encode(events.join('')));
          return;
        }
        if (silentMs >= SILENCE_MS) {
          controller.enqueue(encoder.encode(': still here\n\n'));
          return;
        }
        await pause(LOOK_MS, undefined, { signal: stop }).catch(() => {});
      }
      controller.close();
    },
    cancel: () => left.abort(),
  });
  return new Response(body, { headers });
}

async function newest(store: Site['store']): Promise<number> {
  const rows = await store.engine.rows<{ number: number | null }>('SELECT max(number) AS number FROM documents');
  return rows[0]?.number ?? 0;
}
