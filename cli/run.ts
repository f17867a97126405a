import { Command, CommanderError } from 'commander';
import { addCalendarCommands } from './calendar-commands.ts';
import { addComplianceCommands } from './compliance-commands.ts';
import { describeOption } from './describe-option.ts';
import { addEditingCommands } from './editing-commands.ts';
import { formatFileFailure, isFileFailure } from './file-problem.ts';
import { addFleetCommands } from './fleet-commands.ts';
import type { Surroundings } from './surroundings.ts';
import { version } from './version.ts';

/**
 * Runs one command line, `['synth']`. Returns the exit code: 0 fine, 1 the command ran and found something, 2 it could
 * not run. Commands are loaded when they are called.
 */
export async function run(args: readonly string[], surroundings: Surroundings): Promise<number> {
  const { terminal } = surroundings;
  let exitCode = 0;
  const exit = (code: number) => {
    exitCode = code;
  };
  const program = new Command('patchfleet')
    .description('AWS Systems Manager Patch Manager as code')
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    })
    .showSuggestionAfterError()
    .configureHelp({ optionDescription: describeOption })
    .showHelpAfterError('see patchfleet --help');
  for (const add of [addFleetCommands, addCalendarCommands, addEditingCommands, addComplianceCommands])
    add(program, surroundings, exit);
  for (const command of program.commands) command.showHelpAfterError(`see patchfleet ${command.name()} --help`);
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (failure) {
    if (failure instanceof CommanderError) return failure.exitCode === 0 ? 0 : 2;
    if (!isFileFailure(failure)) throw failure;
    terminal.err(formatFileFailure(failure));
    return 2;
  }
}
