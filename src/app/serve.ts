import { createServer } from 'node:http';
import { z } from 'zod';
import { ReadoutError } from '../error.ts';
import { defineOperation, recordOption } from './operation.ts';
import { withRecord } from './record.ts';
import { answerRequest } from './web/answer.ts';

/** `readout serve`: the record in a browser on this machine, until Ctrl-C. */
export const serveOperation = defineOperation({
  input: z.object({
    port: z.coerce
      .number()
      .int()
      .min(0)
      .max(65_535)
      .default(4173)
      .meta({ description: 'port to listen on, 0 for any free one (default: 4173)', placeholder: 'N' }),
    db: recordOption,
  }),
  positional: [],
  examples: ['readout serve', 'readout serve --port 8080 --db crisis.sqlite'],
  async run(input, context) {
    await withRecord(input.db, context, async (store) => {
      let port = input.port;
      const server = createServer((request, response) => {
        const { method = '', url = '/', headers } = request;
        answerRequest({ method, host: headers.host, target: url }, { store, port }).then(
          (answer) => {
            response.writeHead(answer.status, answer.headers);
            response.end(method === 'HEAD' ? undefined : answer.body);
          },
          (error: unknown) => {
            context.tell(`readout serve: ${method} ${url}: ${error instanceof Error ? error.message : String(error)}`);
            response.writeHead(500, { 'content-type': 'text/plain; charset=utf-8' });
            response.end('Something went wrong here; the terminal says what.\n');
          },
        );
      });
      server.headersTimeout = 10_000;
      server.requestTimeout = 20_000;
      await new Promise<void>((resolve, reject) => {
        server.once('error', (error: NodeJS.ErrnoException) => {
          const busy = error.code === 'EADDRINUSE' ? `Port ${port} is taken; name another with --port.` : error.message;
          reject(new ReadoutError('option.value', busy, { cause: error }));
        });
        // Loopback only: who may read the record is who may use this machine.
        server.listen(port, '127.0.0.1', resolve);
      });
      const address = server.address();
      port = typeof address === 'object' && address !== null ? address.port : port;
      await context.write(`http://127.0.0.1:${port}/\n`);
      context.tell('Serving the record to this machine alone; Ctrl-C ends it.');
      await new Promise<void>((resolve) => {
        const stop = () => {
          server.close(() => resolve());
          server.closeAllConnections();
        };
        if (context.signal.aborted) stop();
        else context.signal.addEventListener('abort', stop, { once: true });
      });
    });
  },
});
