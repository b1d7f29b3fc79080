import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Store } from '../../record/store.ts';
import type { FileKind } from '../export/format.ts';
import { FORMATS } from '../export/formats.ts';
import { exportOperation } from '../export.ts';
import { askOperation } from './ask.ts';
import { HttpError } from './problem.ts';
import type { Site } from './site.ts';

/** Exports that may be under way at once: each keeps its own moment of the record. */
const MOST_EXPORTS = 4;
/** Tellings that an export holds in memory: it comes by each of them once. */
const REMEMBERED = 2000;
const underWay = new WeakMap<Store, number>();

/** The record in a format, as a stream: it is never held whole. `head` gives the head of the answer alone. */
export async function exported(
  site: Site,
  raw: Readonly<Record<string, unknown>>,
  { head }: { readonly head: boolean },
): Promise<Response> {
  const file = fileOf(raw);
  const headers = {
    'content-type': file?.media ?? 'application/octet-stream',
    'content-disposition': `attachment; filename="readout.${file?.ending ?? 'txt'}"`,
    'cache-control': 'no-store',
    'x-stream': '1',
  };
  if (head) return new Response(null, { headers });
  return withOwnRecord(site, async (own) => {
    const asked = { store: own, signal: site.late, now: site.now };
    if (file?.binary !== true) {
      const { body, ended } = await askOperation(exportOperation, { ...asked, raw });
      return { response: new Response(body, { headers }), ended };
    }
    const folder = await mkdtemp(join(tmpdir(), 'readout-export-'));
    try {
      const out = join(folder, `readout.${file.ending}`);
      await askOperation(exportOperation, { ...asked, raw: { ...raw, out } });
      const bytes = createReadStream(out);
      bytes.once('close', () => rm(folder, { recursive: true, force: true }).catch(() => {}));
      return { response: new Response(Readable.toWeb(bytes) as ReadableStream, { headers }), ended: Promise.resolve() };
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
  });
}

/**
 * Answers from a record of its own until `ended`: a file has one connection, and a moment of the record that is kept for a slow
 * reader would keep all others out. Throws `HttpError` 503 when many are under way.
 */
export async function withOwnRecord(
  site: Pick<Site, 'store'>,
  make: (store: Store) => Promise<{ readonly response: Response; readonly ended: Promise<void> }>,
): Promise<Response> {
  const { store } = site;
  const count = underWay.get(store) ?? 0;
  if (count >= MOST_EXPORTS) {
    throw new HttpError(503, 'busy', `${MOST_EXPORTS} exports are under way; ask again when one has ended.`, {
      'retry-after': '30',
    });
  }
  underWay.set(store, count + 1);
  let own: Store | undefined;
  const leave = async () => {
    underWay.set(store, underWay.get(store)! - 1);
    await own?.close();
  };
  try {
    if (store.engine.kind === 'sqlite') own = await Store.open(store.engine.name, { remembered: REMEMBERED });
    const { response, ended } = await make(own ?? store);
    void ended.then(leave);
    return response;
  } catch (error) {
    await leave();
    throw error;
  }
}

/** The file that is asked for; undefined when the operation will say what is wrong. */
function fileOf({ format = FORMATS[0].name, table }: Readonly<Record<string, unknown>>): FileKind | undefined {
  const files: readonly FileKind[] = FORMATS.find(({ name }) => name === format)?.files ?? [];
  return table === undefined ? (files.length === 1 ? files[0] : undefined) : files.find(({ name }) => name === table);
}
