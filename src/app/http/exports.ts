import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { Store } from '../../record/store.ts';
import type { FileKind } from '../export/format.ts';
import { FORMATS } from '../export/formats.ts';
import { exportOperation } from '../export.ts';
import type { Site } from './api.ts';
import { askOperation } from './ask.ts';
import { HttpError } from './problem.ts';

/** Exports that may be under way at once: each keeps its own moment of the record. */
const MOST_EXPORTS = 4;
const underWay = new WeakMap<Site, number>();

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
  const count = underWay.get(site) ?? 0;
  if (count >= MOST_EXPORTS) {
    throw new HttpError(503, 'busy', `${MOST_EXPORTS} exports are under way; ask again when one has ended.`, {
      'retry-after': '30',
    });
  }
  underWay.set(site, count + 1);
  let own: Store | undefined;
  const leave = async () => {
    underWay.set(site, underWay.get(site)! - 1);
    await own?.close();
  };
  try {
    // A file has one connection, and a moment of the record that is kept for a slow reader would keep others out.
    if (site.store.engine.kind === 'sqlite') own = await Store.open(site.store.engine.name);
    const asked = { store: own ?? site.store, signal: site.late, now: site.now };
    if (file?.binary !== true) {
      const { body, ended } = await askOperation(exportOperation, { ...asked, raw });
      void ended.then(leave);
      return new Response(body, { headers });
    }
    const folder = await mkdtemp(join(tmpdir(), 'readout-export-'));
    try {
      const out = join(folder, `readout.${file.ending}`);
      await askOperation(exportOperation, { ...asked, raw: { ...raw, out } });
      const bytes = createReadStream(out);
      bytes.once('close', () => rm(folder, { recursive: true, force: true }).catch(() => {}));
      await leave();
      return new Response(Readable.toWeb(bytes) as ReadableStream, { headers });
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
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
