import { Readable, Writable } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { z } from 'zod';
import { Crew } from './crew.ts';
import { offeredOperations } from './http/site.ts';
import { defineOperation, recordOption } from './operation.ts';
import { withRecord } from './record.ts';
import { packageVersion } from './shell.ts';
import { toolServer } from './tools.ts';

/** `readout mcp`: the record for language-model tools, over standard input and output, until the input ends. */
export const mcpOperation = defineOperation({
  input: z.object({ db: recordOption }),
  positional: [],
  examples: ['readout mcp --db crisis.sqlite'],
  async run({ db }, context) {
    await withRecord(db, context, async (store) => {
      let crew: Crew | undefined;
      const asking = new Set<object>();
      const server = toolServer({
        store,
        offered: await offeredOperations(context.operations ?? []),
        version: packageVersion(),
        late: context.signal,
        now: () => context.now(),
        crew() {
          crew ??= new Crew({ threads: 1 });
          return crew;
        },
        asking,
        fault: (error, what) =>
          context.tell(`readout mcp: ${what}: ${error instanceof Error ? (error.stack ?? error.message) : error}`),
      });
      const input = Readable.from(context.stdin);
      const output = new Writable({
        decodeStrings: false,
        write: (text, _, done) => void context.write(String(text)).then(() => done(), done),
      });
      const ended = new Promise<void>((resolve) => {
        server.onclose = resolve;
        // Whoever pipes questions in and ends the pipe still wants the answers.
        input.once('close', async () => {
          await quiet(() => asking.size === 0);
          resolve();
        });
        context.signal.addEventListener('abort', () => resolve(), { once: true });
      });
      await server.connect(new StdioServerTransport(input, output));
      await ended;
      await server.close();
      await crew?.leave();
    });
  },
});

/** Resolves once nothing is under way, twice in a row: an answer is sent a moment after it is made. */
async function quiet(isQuiet: () => boolean): Promise<void> {
  for (let times = 0; times < 2; times = isQuiet() ? times + 1 : 0) await pause(20);
}
