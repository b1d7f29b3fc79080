import { z } from 'zod';
import type { Store } from '../record/store.ts';
import { Tokens } from '../record/tokens.ts';
import { Crew } from './crew.ts';
import { isLoopback, makeApp } from './http/app.ts';
import { Gate, makeSecret } from './http/gate.ts';
import { LAST_MS, listen } from './http/listen.ts';
import { Replies } from './http/replies.ts';
import { offeredOperations, type Site } from './http/site.ts';
import { warmUp } from './http/warm.ts';
import { defineOperation, recordOption } from './operation.ts';
import { recordPath, withRecord } from './record.ts';
import { packageVersion } from './shell.ts';
import { addPages, problemPage } from './web/site.ts';

/** Threads that read what is sent: a server is there to be asked. */
const READING_THREADS = 1;
const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];

/** `readout serve`: the record in a browser and over HTTP, until Ctrl-C or SIGTERM. */
export const serveOperation = defineOperation({
  input: z.object({
    port: z.coerce
      .number()
      .int()
      .min(0)
      .max(65_535)
      .default(4173)
      .meta({ description: 'port to listen on, 0 for any free one (default: 4173)', placeholder: 'N' }),
    host: z
      .string()
      .default('127.0.0.1')
      .meta({ description: 'address to listen on (default: 127.0.0.1, this machine alone)', placeholder: 'ADDRESS' }),
    name: z.array(z.string()).default([]).meta({
      description: 'a name that the server is called by, as in its addresses',
      placeholder: 'NAME',
      each: true,
    }),
    db: recordOption,
  }),
  positional: [],
  examples: [
    'readout serve',
    'readout serve --port 8080 --db crisis.sqlite',
    'readout serve --host 0.0.0.0 --name record.example.org',
  ],
  async run(input, context) {
    const serve = async (store: Store): Promise<void> => {
      const tokens = new Tokens(store.engine);
      const key = makeSecret();
      const loopback = isLoopback(input.host);
      // Whoever has a name comes through a proxy, from anywhere.
      const alone = loopback && input.name.length === 0;
      const offered = await offeredOperations(context.operations ?? []);
      let crew: Crew | undefined;
      const late = new AbortController();
      context.signal.addEventListener('abort', () => setTimeout(() => late.abort(), LAST_MS).unref(), { once: true });
      const site: Site = {
        ...{ store, offered, version: packageVersion(), signal: context.signal, now: () => context.now() },
        late: late.signal,
        place: recordPath(input.db, context),
        crew() {
          crew ??= new Crew({ threads: READING_THREADS });
          return crew;
        },
        replies: new Replies({ version: () => store.version() }),
      };
      const names = [...(loopback ? LOOPBACK : []), ...input.name];
      const appAt = (port: number) => {
        const hosts = new Set(names.flatMap((name) => [name, `${name}:${port}`]).map((name) => name.toLowerCase()));
        const gate = new Gate({ tokens, hosts, loopback: alone, key, now: () => context.now().getTime() });
        return makeApp(site, {
          ...{ gate, proxied: loopback && !alone, addPages, problemPage },
          log: (who, what, status) => tokens.log({ at: context.now().toISOString(), who, what, status }),
          fault: (error, what) =>
            context.tell(
              `readout serve: ${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
            ),
        });
      };
      const listening = await listen(appAt, { port: input.port, host: input.host, signal: context.signal });
      const shown = loopback ? `127.0.0.1:${listening.port}` : `${input.name[0] ?? input.host}:${listening.port}`;
      await context.write(`http://${shown}/?key=${key}\n`);
      context.tell(
        alone
          ? 'Serving the record to this machine alone; Ctrl-C ends it. Whoever has this address may also add and review.'
          : 'Serving the record to whoever has a token (`readout token make`); Ctrl-C ends it.',
      );
      if ((await store.countDocuments()) === 0) {
        context.tell(
          `${store.engine.name} is empty: drop a report on the first page, or add a folder with \`readout add\`.`,
        );
      }
      // Without a name it would not let itself in.
      const warming =
        names.length === 0 ? undefined : warmUp(listening.app, { host: shown, key, signal: context.signal });
      await listening.ended;
      await warming;
      await crew?.leave();
    };
    await withRecord(input.db, context, serve, { create: true });
  },
});
