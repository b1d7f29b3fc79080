#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { runCommand } from './command.ts';
import { oldNodeWords, openShell, packageVersion, tellFault } from './shell.ts';

const tooOld = oldNodeWords(process.versions.node);
if (tooOld !== undefined) {
  process.stderr.write(`readout: ${tooOld}\n`);
  process.exit(2);
}

// A page's markup is short-lived garbage by the megabyte: the space for what is young would grow and stay grown, and a
// long archive would need 340 MB of memory instead of 200, for no gain in speed.
setFlagsFromString('--semi-space-growth-factor=1');

const args = process.argv.slice(2);
const shell = openShell({ lingering: ['serve', 'mcp', 'watch', 'work'].includes(args[0]!) });
try {
  process.exitCode = await runCommand(args, shell.context, packageVersion(), shell.failed);
} catch (error) {
  tellFault(error);
  process.exitCode = 1;
} finally {
  shell.end();
}
