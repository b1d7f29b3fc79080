import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Event } from '../record/event.ts';
import { isState } from '../record/party.ts';
import { Store } from '../record/store.ts';
import { runCommand } from './command.ts';
import { openShell, packageVersion, tellFault } from './shell.ts';

const shell = openShell({ lingering: false });
try {
  await demonstrate();
} catch (error) {
  tellFault(error);
  process.exitCode = 1;
} finally {
  shell.end();
}

/** Reads the samples into a new record in a temporary folder, and shows what can be asked of it. */
async function demonstrate(): Promise<void> {
  const samples = (name: string) => fileURLToPath(new URL(`../../samples/${name}`, import.meta.url));
  const db = join(mkdtempSync(join(tmpdir(), 'readout-demo-')), 'readout.sqlite');
  const readout = async (args: readonly string[], shown: string) => {
    await shell.context.write(`\n$ npx readout ${shown}\n\n`);
    process.exitCode = await runCommand([...args, '--db', db], shell.context, packageVersion(), shell.failed);
  };
  await readout(['add', samples('reports'), samples('statements')], 'add samples/reports samples/statements');
  await readout(['timeline'], 'timeline');
  const store = await Store.open(db);
  const events = await store.events();
  await store.close();
  const disputed = mostDisputed(events);
  if (disputed !== undefined) await readout(['compare', disputed.id], `compare ${disputed.id.slice(0, 8)}`);
  const dyad = busiestDyad(events);
  if (dyad !== undefined) await readout(['brief', ...dyad], `brief ${dyad.join(' ')}`);
  await shell.context.write(`\nThe same in a browser:\n\n  npx readout serve --db ${db}\n`);
}

/** The event to show side by side: one that reports disagree on, told by most documents. */
function mostDisputed(events: readonly Event[]): Event | undefined {
  const weight = (event: Event) =>
    (event.disagreements.length > 0 ? 1000 : 0) + new Set(event.claims.map((claim) => claim.document)).size;
  return events.toSorted((a, b) => weight(b) - weight(a))[0];
}

/** The two states with most events between them. */
function busiestDyad(events: readonly Event[]): readonly [string, string] | undefined {
  const counts = new Map<string, number>();
  for (const event of events) {
    const states = event.parties.filter(isState);
    for (const one of states) {
      for (const two of states) if (one < two) counts.set(`${one} ${two}`, (counts.get(`${one} ${two}`) ?? 0) + 1);
    }
  }
  const busiest = [...counts].toSorted(([, a], [, b]) => b - a)[0]?.[0];
  return busiest === undefined ? undefined : (busiest.split(' ') as [string, string]);
}
