/**
 * Builds what browsers run: `node static/build.ts`. The scripts of the site go to `dist/client`, one for each file of
 * `src/app/web/client`; the try-it page to `dist/try`. That works from any static host, and offline once it was loaded:
 * all its files but the page and `offline.js` have a hash of their contents in their names.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { STYLE } from '../src/app/web/style.ts';
import { TABLE_NAMES } from '../src/world/world.ts';

const root = new URL('../', import.meta.url);
const target = emptied('dist/try/');

function emptied(path: string): URL {
  const folder = new URL(path, root);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
}

/** Writes a file under a name that says what is in it, and gives the name. */
function put(name: string, content: string | Uint8Array): string {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 8);
  const hashed = name.replace(/(\.\w+)$/, `-${hash}$1`);
  writeFileSync(new URL(hashed, target), content);
  return hashed;
}

async function bundle(entry: string, define: Record<string, string> = {}): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [new URL(entry, root).pathname],
    bundle: true,
    define,
    format: 'esm',
    legalComments: 'none',
    minify: true,
    platform: 'browser',
    target: 'es2022',
    write: false,
  });
  return outputFiles[0]!.text;
}

/** What reading needs, in one file; `src/app/try/worker.ts` takes it apart. */
function readerFile(): Uint8Array {
  const tables = TABLE_NAMES.map((name) => `data/${name}.tsv`);
  const names = ['model/english.bin', ...tables, 'patterns/core.txt', 'patterns/nouns.txt'];
  const files = names.map((name) => readFileSync(new URL(name, root)));
  const head = JSON.stringify(names.map((name, i) => ({ name, bytes: files[i]!.length })));
  return gzipSync(Buffer.concat([Buffer.from(`${head}\n`), ...files]), { level: 9 });
}

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const files: Record<string, string> = {
  worker: put('worker.js', await bundle('src/app/try/worker.ts')),
  reader: put('reader.bin', readerFile()),
  style: put('style.css', STYLE + readFileSync(new URL('static/try/try.css', root), 'utf8')),
  page: put('page.js', await bundle('src/app/try/page.ts')),
};
const sample = readFileSync(new URL('samples/reports/05-skerry-post-ultimatum.txt', root), 'utf8');
const page = readFileSync(new URL('static/try/index.html', root), 'utf8').replace(
  /\{\{(\w+)\}\}/g,
  (_, name: string) => (name === 'sample' ? escaped(sample.trim()) : files[name]!),
);
writeFileSync(new URL('index.html', target), page);
const version = createHash('sha256').update(page).digest('hex').slice(0, 8);
const define = { FILES: JSON.stringify(['./', ...Object.values(files)]), VERSION: JSON.stringify(version) };
writeFileSync(new URL('offline.js', target), await bundle('src/app/try/offline.ts', define));

const client = emptied('dist/client/');
for (const name of readdirSync(new URL('src/app/web/client/', root))) {
  if (!name.endsWith('.ts')) continue;
  writeFileSync(new URL(name.replace(/\.ts$/, '.js'), client), await bundle(`src/app/web/client/${name}`));
}
