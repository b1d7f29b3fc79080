import { z } from 'zod';
import { ReadoutError } from '../error.ts';
import { ACTOR_KINDS, SECTORS } from '../world/actor.ts';
import { openWorld, type World } from '../world/world.ts';
import { loadTables } from './load.ts';
import { defineOperation } from './operation.ts';

const answerSchema = z.object({
  country: z.string().nullable(),
  sector: z.array(z.enum(SECTORS)),
  name: z.string().nullable(),
  kind: z.enum(ACTOR_KINDS).nullable(),
  office: z.string().nullable(),
  wikidata: z.string().nullable(),
  candidates: z.array(
    z.object({
      name: z.string(),
      country: z.string().nullable(),
      kind: z.enum(ACTOR_KINDS),
      wikidata: z.string().nullable(),
    }),
  ),
});

// Whoever asks many times waits for the tables once.
let world: World | undefined;

/** `readout actor`: who is meant by the words of one actor, on a day. */
export const actorOperation = defineOperation({
  input: z.object({
    words: z.array(z.string()).min(1).meta({ description: 'the words, as a text has them', placeholder: 'WORDS' }),
    on: z
      .string()
      .optional()
      .meta({ description: 'the day, month or year that decides who held which office', placeholder: 'DATE' }),
    json: z.boolean().default(false).meta({ description: 'print JSON' }),
  }),
  positional: ['words'],
  examples: ['readout actor "Russian forces"', 'readout actor "the German foreign minister" --on 2021-12-10 --json'],
  offer: { right: 'read', output: answerSchema },
  async run(input, context) {
    const words = input.words.flatMap((part) => part.split(/\s+/)).filter((word) => word !== '');
    const known = input.on === undefined || /^\d{4}(?:-\d{2}(?:-\d{2})?)?$/.test(input.on);
    if (!known) {
      // The words can still be read: whoever codes a list of phrases gets the rest of the answer, and exit code 1.
      context.fail(
        new ReadoutError(
          'option.date',
          `--on: expected YYYY-MM-DD, YYYY-MM or YYYY, got "${input.on}"; read without a day.`,
        ),
      );
    }
    world ??= openWorld(loadTables());
    const actor = world.codePhrase(words, known ? (input.on ?? null) : null);
    const { country, sectors, name, kind, office, wikidata, others } = actor;
    // What else the words can mean, best first.
    const candidates = others.slice(0, MOST_CANDIDATES).map((other) => ({
      name: other.name,
      country: other.country,
      kind: other.kind,
      wikidata: other.wikidata,
    }));
    if (input.json) {
      await context.write(
        `${JSON.stringify({ country, sector: sectors, name, kind, office, wikidata, candidates })}\n`,
      );
      return;
    }
    const lines = [
      ['name', name],
      ['kind', kind],
      ['country', country],
      ['sector', sectors.join(' ')],
      ['office', office],
      ['wikidata', wikidata],
      ['or', others.map((other) => other.name).join(', ')],
    ];
    for (const [label, value] of lines) if (value) await context.write(`${label?.padEnd(9)} ${value}\n`);
  },
});

const MOST_CANDIDATES = 8;
