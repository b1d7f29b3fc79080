#!/usr/bin/env node
import { runCommand } from './command.ts';
import { openShell, packageVersion, tellFault } from './shell.ts';

const args = process.argv.slice(2);
const shell = openShell({ lingering: args[0] === 'serve' || args[0] === 'watch' });
try {
  process.exitCode = await runCommand(args, shell.context, packageVersion(), shell.failed);
} catch (error) {
  tellFault(error);
  process.exitCode = 1;
} finally {
  shell.end();
}
