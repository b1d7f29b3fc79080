import { z } from 'zod';
import { ReadoutError } from '../error.ts';
import type { Reading } from '../events/reading.ts';
import type { Store } from '../record/store.ts';
import type { Document } from '../source/document.ts';
import { readTogether } from './crew.ts';
import { loadReader } from './load.ts';
import { type Context, defineOperation, recordOption, threadsOption } from './operation.ts';
import { patternsOption, readerName, takePatterns } from './patterns.ts';
import { withRecord } from './record.ts';
import { Tally } from './tally.ts';

/** `readout reread`: puts readings by what is installed in the place of older ones. What persons decided stays. */
export const rereadOperation = defineOperation({
  input: z.object({
    patterns: patternsOption,
    outdated: z
      .boolean()
      .default(false)
      .meta({ description: 'only what other weights, patterns or another version read (the default)' }),
    all: z.boolean().default(false).meta({ description: 'all documents, whatever read them' }),
    threads: threadsOption,
    json: z.boolean().default(false).meta({ description: 'print what came of it as JSON' }),
    db: recordOption,
  }),
  positional: [],
  examples: ['readout reread', 'readout reread --patterns own.txt', 'readout reread --all --threads 4'],
  async run(input, context) {
    if (input.all && input.outdated) {
      throw new ReadoutError('option.value', '--outdated: leave out one of --all and --outdated.');
    }
    const patterns = takePatterns(input.patterns, context);
    const name = readerName(patterns);
    await withRecord(input.db, context, async (store) => {
      const except = input.all ? null : name;
      const total = await store.countDocuments({ except });
      const meter = { read: 0, total };
      const tally = new Tally(['read anew'], context, { json: input.json, meter });
      // Weights are loaded only where there is something to read.
      if (total > 0) {
        const told = readTogether(outdated(store, except, context.signal), loadReader(patterns), {
          ...{ aloud: false, patterns, threads: input.threads },
        });
        let batch: { readonly reading: Reading; readonly instead: string }[] = [];
        const write = async () => {
          const kept = await store.replaceAll(batch, name);
          for (const isKept of kept) if (isKept) tally.count('read anew');
          batch = [];
        };
        for await (const one of told) {
          meter.read += 1;
          if ('failure' in one) {
            tally.fail(one.failure);
            continue;
          }
          if ('reading' in one) batch.push({ reading: one.reading, instead: one.taken.instead });
          if (batch.length >= BATCH) await write();
        }
        await write();
      }
      if (input.json) await context.write(`${tally.line()}\n`);
      else context.tell(total === 0 ? 'Everything has been read by what is installed.' : tally.summary());
    });
  },
});

/** Readings written in one transaction: a kill costs these, and no more. */
const BATCH = 50;

interface Outdated {
  readonly input: string;
  readonly document: Document;
  readonly instead: string;
}

async function* outdated(store: Store, except: string | null, signal: Context['signal']): AsyncGenerator<Outdated> {
  for await (const { reading, reader } of store.eachReading({ except })) {
    const { document } = reading;
    if (signal.aborted) return;
    yield { input: `document ${document.id.slice(0, 16)}`, document, instead: reader };
  }
}
