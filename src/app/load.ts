import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { PatternFile } from '../events/patterns/patternfile.ts';
import { loadModel, type Model } from '../nlp/model.ts';
import { openReader, type Reader } from '../pipeline.ts';
import { type Country, openCountries } from '../world/country.ts';
import { type WorldTables, worldTables } from '../world/world.ts';

/** Readout's own patterns, those that are tried first before the others. */
const PATTERN_FILES = ['patterns/core.txt', 'patterns/nouns.txt'];

/** Opens a reader on what is shipped: the weights, the world's tables, the patterns. `own` patterns are tried first. */
export function loadReader(own: readonly PatternFile[] = []): Reader {
  return openReader({
    weights: readShipped('model/english.bin'),
    tables: loadTables(),
    patterns: [...own, ...PATTERN_FILES.map((name) => ({ name, text: readShipped(name).toString('utf8') }))],
  });
}

/** The English core alone. */
export function loadEnglish(): Model {
  return loadModel(readShipped('model/english.bin'));
}

/** Reads the shipped tables of the world. */
export function loadTables(): WorldTables {
  return worldTables(readTable);
}

/** States and territories by their ISO 3166 alpha-3 code. */
export function loadCountries(): ReadonlyMap<string, Country> {
  return new Map(
    openCountries(readTable('countries'))
      .rows()
      .map((country) => [country.code, country]),
  );
}

/** What the weights are known by: the first eight hex digits of their SHA-256. */
export function weightsDigest(): string {
  return createHash('sha256').update(readShipped('model/english.bin')).digest('hex').slice(0, 8);
}

/** What all is known by that readings are made with: twelve hex digits of the SHA-256 of weights, tables and patterns. */
export function shippedDigest(): string {
  const hash = createHash('sha256').update(readShipped('model/english.bin'));
  for (const name of PATTERN_FILES) hash.update(readShipped(name));
  for (const table of Object.values(loadTables())) hash.update(table);
  return hash.digest('hex').slice(0, 12);
}

function readTable(name: string): string {
  return readShipped(`data/${name}.tsv`).toString('utf8');
}

/** A file of the package; it lies beside `src` and `dist` alike. */
function readShipped(path: string): Buffer {
  return readFileSync(new URL(`../../${path}`, import.meta.url));
}
