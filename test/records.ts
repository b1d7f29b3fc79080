import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { Store } from '../src/record/store.ts';
import { freshDatabase } from './postgres.ts';
import { type Story, storyReading } from './story.ts';
import { SUMMIT } from './summit.ts';

/** A kind of place that a record can stand in; `fresh` gives an empty one. */
export interface RecordKind {
  readonly kind: 'SQLite' | 'PostgreSQL';
  /** False where this machine has no server: the end of the run says so. */
  readonly there: boolean;
  fresh(): Promise<string>;
}

/** The kinds of places that records stand in, for the test file `asker`; files are taken away at its end. */
export async function recordKinds(asker: string): Promise<readonly RecordKind[]> {
  const folder = mkdtempSync(join(tmpdir(), 'readout-record-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  let files = 0;
  const server = await freshDatabase(asker);
  return [
    { kind: 'SQLite', there: true, fresh: async () => join(folder, `${++files}.sqlite`) },
    { kind: 'PostgreSQL', there: server !== undefined, fresh: async () => (await freshDatabase(asker))! },
  ];
}

/** Makes a record of stories at a place (default: of the summit), and gives the place. */
export async function recordOfStories(place: string, stories: readonly Story[] = SUMMIT): Promise<string> {
  const store = await Store.open(place, { create: true });
  for (const story of stories) {
    const reading = storyReading(story);
    await store.add(reading, { received: reading.document, reader: 'test', added: '2022-01-01T00:00:00Z' });
  }
  await store.close();
  return place;
}
