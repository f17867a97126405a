import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { instantForm, instantOf } from './instant.ts';
import { parseTimeZone, wholeNumber } from './options.ts';
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
    .showHelpAfterError('see patchfleet --help');
  addCommands(program, surroundings, exit);
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

function addCommands(program: Command, surroundings: Surroundings, exit: (code: number) => void): void {
  const { terminal, now } = surroundings;
  const fleet = () => new Option('--fleet <path>', 'the fleet file, YAML or JSON').default('fleet.yaml');
  const only = () => new Option('--only <glob...>', 'stacks whose id matches').default([], 'all');
  const asOf = (what: string) => new Option('--as-of <day>', what).argParser(parseAsOf).default(now, 'now');
  program
    .command('synth')
    .description('synthesise to cdktf.out and tell what was made')
    .addOption(fleet())
    .addOption(only())
    .addOption(asOf('ISO date or instant that next runs and end of support are told for'))
    .action(async (options) => exit(await (await import('./synth.ts')).synth(terminal, options)));
  program
    .command('validate')
    .description('check the fleet file and tell everything that is wrong with it')
    .addOption(fleet())
    .addOption(new Option('--format <format>', 'how').choices(['text', 'json', 'sarif']).default('text'))
    .addOption(asOf('ISO date or instant that is checked for, such as for end of support'))
    .option(
      '--against <revision>',
      'a git revision, directory or file: refuse what vanished since without being retired',
    )
    .option('--strict', 'exit with 1 for warnings, too', false)
    .option('--allow-large', 'read a file of more than 1 MB', false)
    .action(async (options) => exit(await (await import('./validate.ts')).validate(terminal, options)));
  program
    .command('expand')
    .description('list the stacks of a fleet')
    .addOption(fleet())
    .addOption(only())
    .addOption(new Option('--format <format>', 'how').choices(['table', 'json', 'github-matrix']).default('table'))
    .action(async (options) => exit(await (await import('./expand.ts')).expand(terminal, options)));
  program
    .command('next')
    .description('tell the next runs of one schedule expression')
    .argument('<expression>', 'cron(…), rate(…) or at(…) in the words of AWS, in quotes')
    .option('--timezone <zone>', 'IANA zone whose clocks it means and the runs are told in', 'UTC')
    .option('--offset <days>', 'days after each day that a cron names, 0 to 6', '0')
    .addOption(new Option('--from <day>', 'ISO date or instant that runs come after').default(undefined, 'now'))
    .option('--count <n>', 'how many runs, 1 to 10000', '5')
    .option('--start-date <day>', 'ISO date or instant that no run comes before')
    .option('--end-date <day>', 'ISO date or instant from which on there is no run')
    .option('--previous', 'runs before that instant instead, newest first', false)
    .option('--json', 'an array of the runs', false)
    .action(async (expression, options) => exit((await import('./next.ts')).next(surroundings, expression, options)));
  program
    .command('calendar')
    .description('tell when the windows of each ring open')
    .addOption(fleet())
    .addOption(asOf('ISO date or instant from which it tells'))
    .option('--months <n>', 'how many months, 1 to 60; 3, or 24 with --check-order', wholeNumber(1, 60))
    .addOption(new Option('--ring <name...>', 'these rings').default([], 'all'))
    .option('--timezone <zone>', 'the IANA time zone of whoever reads it', parseTimeZone, 'UTC')
    .addOption(
      new Option('--format <format>', 'how').choices(['text', 'json', 'markdown', 'html', 'ics']).default('text'),
    )
    .option('--check-order', 'exit with 1 where a ring installs before an earlier one inside a month', false)
    .action(async (options) => exit(await (await import('./calendar/command.ts')).calendar(terminal, options)));
  program
    .command('exposure')
    .description('tell when each ring gets each patch, and whether what is asked of the rings holds')
    .addOption(fleet())
    .addOption(asOf('ISO date or instant from which releases are looked at'))
    .option('--months <n>', 'the releases of how many months, 1 to 60', wholeNumber(1, 60), 24)
    .addOption(new Option('--format <format>', 'how').choices(['text', 'json', 'markdown', 'html']).default('text'))
    .action(async (options) => exit(await (await import('./exposure/command.ts')).exposure(terminal, options)));
  program
    .command('plan')
    .description('plan stacks with Terraform, side by side, and keep each plan as JSON')
    .addOption(fleet())
    .addOption(only())
    .addOption(asOf('ISO date or instant that warnings are told for'))
    .requiredOption('--out <directory>', 'receives the plans and their logs')
    .option('--parallel <n>', 'stacks planned at a time, 1 to 64', wholeNumber(1, 64), 4)
    .option('--resume', 'keep plans that are there already and still right; otherwise --out begins anew', false)
    .option('--engine <command>', 'terraform, or tofu of OpenTofu', 'terraform')
    .action(async (options) => exit(await (await import('./plan/command.ts')).planCommand(surroundings, options)));
}

/** A file or directory that cannot be read or written is the user's to mend; anything else is a defect of ours. */
function isFileProblem(failure: unknown): failure is NodeJS.ErrnoException {
  return failure instanceof Error && 'syscall' in failure && 'path' in failure;
}

function parseAsOf(text: string): Date {
  const instant = instantOf(text);
  if (instant === undefined) throw new InvalidArgumentError(`It must be ${instantForm}.`);
  return instant;
}
