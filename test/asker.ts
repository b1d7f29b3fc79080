import { OPERATIONS } from '../src/app/operations.ts';
import { ReadoutError } from '../src/error.ts';
import { Store } from '../src/record/store.ts';
import { meetingReading } from './meeting.ts';
import { runReadout } from './shell.ts';

// A process without the rights of root, so that a file that cannot be written to cannot: each line of standard input is a
// JSON list, each line of standard output the JSON answer to it.
//
//     ["run", "timeline", "--db", "a.sqlite"]     a command line
//     ["open", "a.sqlite"] ["events"] ["add"]     a store that stays open

export type Answer =
  | { readonly code: number; readonly out: string; readonly err: string }
  | { readonly events: number }
  | { readonly error: string; readonly message: string };

// All that is run is loaded while it may be read.
for (const operation of OPERATIONS) if (process.argv.includes(operation.name)) await operation.load();
if (process.getuid?.() === 0) {
  process.setgid!(65_534);
  process.setuid!(65_534);
}
process.stdout.write('"ready"\n');

let store: Store | undefined;
let rest = '';
for await (const chunk of process.stdin) {
  rest += String(chunk);
  for (let end = rest.indexOf('\n'); end >= 0; end = rest.indexOf('\n')) {
    const [what, ...args] = JSON.parse(rest.slice(0, end)) as string[];
    rest = rest.slice(end + 1);
    process.stdout.write(`${JSON.stringify(await answer(what!, args))}\n`);
  }
}

async function answer(what: string, args: readonly string[]): Promise<Answer> {
  try {
    if (what === 'run') return await runReadout(args);
    if (what === 'open') store = await Store.open(args[0]!);
    if (what === 'add') {
      const reading = meetingReading(9999);
      await store!.add(reading, { received: reading.document, reader: 'test', added: '2022-01-01T00:00:00Z' });
    }
    return { events: (await store!.events()).length };
  } catch (error) {
    if (!(error instanceof ReadoutError)) throw error;
    return { error: error.code, message: error.message };
  }
}
