import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
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
  const dryRun = () => new Option('--dry-run', 'print the diff and write nothing').default(false);
  program
    .command('promote')
    .description('pin what a ring approves to what an earlier ring approves, in the fleet file')
    .requiredOption('--from <ring>', 'the earlier ring')
    .requiredOption('--to <ring>', 'the later ring, whose approveUntilDates are written')
    .addOption(fleet())
    .addOption(asOf('ISO date or instant whose approvals are taken over'))
    .addOption(dryRun())
    .option('--check', 'write nothing, and exit with 1 where the later ring approves less', false)
    .action(async (options) => exit((await import('./promote.ts')).promote(terminal, options)));
  program
    .command('emergency')
    .description('add a window that opens once for patches that cannot wait, to the fleet file')
    .requiredOption('--patches <ids>', 'such as KB5034441,CVE-2026-1234', parseList)
    .requiredOption('--rings <names>', 'rings that are patched, such as test,prod', parseList)
    .requiredOption('--at <time>', 'when the window opens, like 2026-12-01T22:00, by the clocks of --timezone')
    .option('--timezone <zone>', 'IANA name, such as Europe/Berlin (default: UTC)')
    .option('--name <name>', 'name of the entry (default: the first patch and the day)')
    .option('--expires <day>', 'last day on which the entry may stand (default: 7 days after --at)')
    .option('--max-concurrency <nodes>', 'nodes at a time (default: that of the first install window of the rings)')
    .option('--max-errors <nodes>', 'errors that stop nothing yet (default: those of the first install window)')
    .option('--reason <text>', 'for people')
    .addOption(fleet())
    .addOption(asOf('ISO date or instant that --at must come after'))
    .addOption(dryRun())
    .action(async (options) => exit((await import('./emergency.ts')).emergency(terminal, options)));
  program
    .command('freeze')
    .description('close the install windows that a freeze concerns, or open them again, in the fleet file')
    .argument('<name>', 'name of the freeze')
    .addOption(fleet())
    .option('--apply', 'set enabled: false on the windows concerned, and record them', false)
    .option('--lift', 'open the windows that --apply has closed, and no other', false)
    .addOption(asOf('ISO date or instant from which runs still lie ahead'))
    .option('--dry-run', 'print the diff and write nothing', false)
    .action(async (name, options) => exit((await import('./freeze.ts')).freeze(terminal, name, options)));
  program
    .command('plan')
    .description('plan stacks with Terraform, side by side, and keep each plan as JSON')
    .addOption(fleet())
    .addOption(only())
    .addOption(asOf('ISO date or instant that warnings are told for'))
    .requiredOption('--out <directory>', 'receives the plans and their logs')
    .option('--parallel <n>', 'stacks planned at a time, 1 to 64', parseParallel, 4)
    .option('--resume', 'keep plans that are there already and still right; otherwise --out begins anew', false)
    .option('--engine <command>', 'terraform, or tofu of OpenTofu', 'terraform')
    .action(async (options) => exit(await (await import('./plan/command.ts')).planCommand(surroundings, options)));
}

/** A file or directory that cannot be read or written is the user's to mend; anything else is a defect of ours. */
function isFileProblem(failure: unknown): failure is NodeJS.ErrnoException {
  return failure instanceof Error && 'syscall' in failure && 'path' in failure;
}

/** `a,b`: names in their order, without the spaces around them. */
function parseList(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('')) throw new InvalidArgumentError('It must be names with commas between them.');
  return names;
}

function parseParallel(text: string): number {
  const count = Number(text);
  if (!/^\d+$/.test(text) || count < 1 || count > 64)
    throw new InvalidArgumentError('It must be a number from 1 to 64.');
  return count;
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
