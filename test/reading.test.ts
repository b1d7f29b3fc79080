import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { loadReader } from '../src/app/load.ts';
import type { Claim, Reading } from '../src/events/reading.ts';
import { readingSchema } from '../src/events/reading.ts';
import { read } from '../src/pipeline.ts';
import { readBytes } from '../src/source/read.ts';
import type { Span } from '../src/source/span.ts';
import { textDocument } from './document.ts';

const reader = loadReader();
const samples = ['reports', 'statements'].flatMap((name) => {
  const folder = new URL(`../samples/${name}/`, import.meta.url);
  return readdirSync(folder)
    .sort()
    .map((file) => ({ name: file, bytes: readFileSync(new URL(file, folder)) }));
});

/** Every span of a reading, with the place it stands at. */
function spansOf(reading: Reading): readonly Span[] {
  const ofClaim = ({ evidence, issues, condition, consequence }: Claim): readonly (Span | null)[] => [
    ...[evidence.sentence, evidence.trigger, ...evidence.actors, ...evidence.recipients, ...evidence.when],
    ...[...evidence.where, ...issues, condition, consequence],
  ];
  return [
    ...reading.document.removed,
    ...reading.actors.flatMap((actor) => actor.mentions),
    ...[...reading.times, ...reading.places, ...reading.figures],
    ...reading.statements.flatMap(({ source, cue, content }) => [source, cue, content]),
    ...reading.claims.flatMap(ofClaim),
  ].filter((span) => span !== null);
}

// The published file itself, read by another validator than the one it was made with.
const published = JSON.parse(readFileSync(new URL('../schema/reading.schema.json', import.meta.url), 'utf8'));
const fitsSchema = new Ajv2020({ strict: false }).compile(published);

/** What holds of every reading, whatever the text. */
function checkReading(reading: Reading): void {
  readingSchema.parse(reading);
  expect(fitsSchema(reading), JSON.stringify(fitsSchema.errors)).toBe(true);
  const { length } = reading.document.text;
  for (const { from, to } of spansOf(reading)) {
    expect(from).toBeLessThan(to);
    expect(to).toBeLessThanOrEqual(length);
  }
  for (const { evidence, actors, recipients, saidBy } of reading.claims) {
    expect(evidence.trigger.from).toBeGreaterThanOrEqual(evidence.sentence.from);
    expect(evidence.trigger.to).toBeLessThanOrEqual(evidence.sentence.to);
    const ids = reading.actors.map((actor) => actor.id);
    expect(ids).toEqual(expect.arrayContaining([...actors, ...recipients]));
    expect(reading.statements.map(({ id }) => id)).toEqual(expect.arrayContaining([...saidBy]));
  }
}

describe('a reading', () => {
  afterEach(() => vi.restoreAllMocks());

  test.each(samples)('of $name keeps to the schema, and its spans to the text', async ({ name, bytes }) => {
    for (const result of await readBytes(name, bytes, {})) {
      if ('failure' in result) throw result.failure;
      checkReading(read(result.document, reader));
    }
  });

  test('of any words in any order keeps to the schema, and its spans to the text', () => {
    const words = samples.flatMap(({ bytes }) => bytes.toString('utf8').split(/(?<=\s)/)).slice(0, 4000);
    const jumble = fc.array(
      fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...words) }, fc.string({ unit: 'grapheme' })),
      {
        maxLength: 120,
      },
    );
    fc.assert(
      fc.property(jumble, (pieces) => checkReading(read(textDocument(pieces.join(''), '2022-03-10'), reader))),
      { numRuns: process.env['SOAK'] ? 5000 : 150 },
    );
  });

  test('of the same text is the same to the byte, and touches neither clock nor network nor chance', async () => {
    const [first] = await readBytes(samples[0]!.name, samples[0]!.bytes, {});
    if (!first || 'failure' in first) throw new Error('the first sample could not be read');
    const before = JSON.stringify(read(first.document, reader));
    const forbidden = (): never => {
      throw new Error('a reading asked for the time, the network or chance');
    };
    vi.spyOn(Date, 'now').mockImplementation(forbidden);
    vi.spyOn(Math, 'random').mockImplementation(forbidden);
    vi.spyOn(globalThis, 'fetch').mockImplementation(forbidden);
    vi.spyOn(performance, 'now').mockImplementation(forbidden);
    expect(JSON.stringify(read(first.document, reader))).toBe(before);
  });

  test('of a text in another language says so and makes no claims', () => {
    const reading = read(
      textDocument('Der Minister hat am Montag die Botschafter von Frankreich und Polen einbestellt.'),
      reader,
    );
    expect(reading.document.language).toBe('de');
    expect(reading.claims).toEqual([]);
  });

  test('of an empty text is empty', () => {
    const { actors, times, places, figures, statements, claims } = read(textDocument(''), reader);
    expect([actors, times, places, figures, statements, claims]).toEqual([[], [], [], [], [], []]);
  });
});
