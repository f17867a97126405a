import { Command, CommanderError, InvalidArgumentError } from 'commander';
import type { Terminal } from './terminal.ts';
import { version } from './version.ts';

/**
 * Runs one command line, `['synth']`. Returns the exit code: 0 fine, 1 the command ran and found something, 2 it could
 * not run. `now` is the only clock.
 */
export async function run(args: readonly string[], terminal: Terminal, now: Date): Promise<number> {
  let exitCode = 0;
  const program = new Command('patchfleet')
    .description('AWS Systems Manager Patch Manager as code')
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text.trimEnd()),
      writeErr: (text) => terminal.err(text.trimEnd()),
    })
    .showSuggestionAfterError()
    .showHelpAfterError('see patchfleet --help');
  program
    .command('synth')
    .description('synthesise to cdktf.out and tell what was made')
    .option('--as-of <day>', 'ISO date or instant that next runs and end of support are told for', parseAsOf, now)
    .action(async (options: { asOf: Date }) => {
      const { synth } = await import('./synth.ts');
      exitCode = await synth(terminal, options.asOf);
    });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (failure) {
    if (failure instanceof CommanderError) return failure.exitCode === 0 ? 0 : 2;
    if (!isFileProblem(failure)) throw failure;
    terminal.err(`patchfleet: ${failure.message}`);
    return 2;
  }
}

/** A file or directory that cannot be read or written is the user's to mend; anything else is a defect of ours. */
function isFileProblem(failure: unknown): failure is NodeJS.ErrnoException {
  return failure instanceof Error && 'syscall' in failure && 'path' in failure;
}

function parseAsOf(text: string): Date {
  const written = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text);
  const instant = new Date(text);
  const real =
    written &&
    !Number.isNaN(instant.getTime()) &&
    new Date(`${text.slice(0, 10)}T00:00:00Z`).toISOString().startsWith(text.slice(0, 10));
  if (!real)
    throw new InvalidArgumentError('It must be a date or an instant, like 2026-12-01 or 2026-12-01T09:00:00Z.');
  return instant;
}
