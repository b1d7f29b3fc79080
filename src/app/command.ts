import { Command, CommanderError, Option } from 'commander';
import { ReadoutError } from '../error.ts';
import { type Context, type Field, fieldsOf, type Operation } from './operation.ts';
import { OPERATIONS } from './operations.ts';

/** Exit codes: all went well; some inputs failed and are named on standard error; wrong usage. */
export type ExitCode = 0 | 1 | 2;

/**
 * Runs one command line (without `node` and the script) and gives the exit code. Prints through `context` only, so a
 * test can call it with its own. `failed` says whether `context.fail` was called.
 */
export async function runCommand(
  args: readonly string[],
  context: Context,
  version: string,
  failed: () => boolean,
): Promise<ExitCode> {
  const output: string[] = [];
  const program = new Command('readout')
    .description('Reads news reports and official statements and keeps a sourced record of diplomacy.')
    .version(version, '--version', 'print the version')
    .helpOption('--help', 'print this help')
    .helpCommand(false)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => output.push(text),
      writeErr: () => {},
      getOutHasColors: () => context.color,
    })
    .addHelpText('after', '\nExample:\n  readout read report.txt --text\n\n`readout VERB --help` says more.');
  const named = OPERATIONS.find((listed) => listed.name === args.find((arg) => !arg.startsWith('-')));
  for (const listed of OPERATIONS) {
    // Only the verb asked for is loaded: the others stand in the overview with their summary alone.
    const operation = listed === named ? await listed.load() : undefined;
    const command = program.command(listed.name).description(listed.summary);
    if (operation !== undefined) addOperation(command, operation, context);
  }
  try {
    if (args.length === 0) {
      await context.write(program.helpInformation());
      return 2;
    }
    await program.parseAsync(args, { from: 'user' });
    return failed() ? 1 : 0;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) {
        await context.write(output.join(''));
        return 0;
      }
      const verb = named === undefined ? 'readout' : `readout ${named.name}`;
      context.tell(`${verb}: ${error.message.replace(/^error: /, '')}\nSee \`${verb} --help\`.`);
      return 2;
    }
    if (error instanceof ReadoutError) {
      const misuse = error.code.startsWith('option.');
      context.tell(`readout${named === undefined ? '' : ` ${named.name}`}: ${error.message}`);
      return misuse ? 2 : 1;
    }
    throw error;
  } finally {
    output.length = 0;
  }
}

function addOperation(command: Command, operation: Operation, context: Context): void {
  const fields = fieldsOf(operation);
  const positional = operation.positional.map((name) => fields.find((field) => field.name === name)!);
  for (const field of positional) command.argument(argumentOf(field), field.description);
  for (const field of fields) {
    if (positional.includes(field)) continue;
    const option = new Option(flagsOf(field), field.description);
    if (field.kind === 'each') option.argParser((value, before: string[] = []) => [...before, value]);
    command.addOption(field.choices === undefined ? option : option.choices([...field.choices]));
  }
  const heading = operation.examples.length === 1 ? 'Example' : 'Examples';
  command.addHelpText('after', `\n${heading}:\n${operation.examples.map((example) => `  ${example}`).join('\n')}`);
  command.action(async () => {
    const raw: Record<string, unknown> = {};
    for (const field of fields) {
      const value = command.opts()[camelCase(field.flag)];
      if (value !== undefined) raw[field.name] = field.bare !== undefined && value === true ? field.bare : value;
    }
    for (const [index, field] of positional.entries()) {
      const value: unknown = command.processedArgs[index];
      if (value !== undefined) raw[field.name] = value;
    }
    await operation.run(raw, { ...context, operations: OPERATIONS });
  });
}

function argumentOf(field: Field): string {
  const inside = field.kind === 'list' ? `${field.placeholder}...` : field.placeholder;
  return field.required ? `<${inside}>` : `[${inside}]`;
}

function flagsOf(field: Field): string {
  if (field.kind === 'flag') return field.flag;
  if (field.bare !== undefined) return `${field.flag} [${field.placeholder}]`;
  return `${field.flag} <${field.placeholder}${field.kind === 'list' ? '...' : ''}>`;
}

function camelCase(flag: string): string {
  return flag.replace(/^--/, '').replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
