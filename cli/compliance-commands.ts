import { type Command, Option } from 'commander';
import { deadlineOf, hoursOf, parseGroup, parsePatch, parseProfile } from './compliance/arguments.ts';
import { allowLargeOption, onlyOption, parseAsOf } from './options.ts';
import type { Surroundings } from './surroundings.ts';

const failOnHelp =
  'what ends with 1. noncompliant: an instance that is not patched or not proven; sla: a patch that is overdue for its ring; none, incomplete: nothing. What could not be read ends with 2, whichever it is, unless --allow-partial';

/** Commands that tell what is patched. Each is loaded when it is called. */
export function addComplianceCommands(
  program: Command,
  surroundings: Surroundings,
  exit: (code: number) => void,
): void {
  withSource(program.command('compliance'))
    .description('tell what is patched, what is not, and what nobody knows')
    .addOption(staleAfterOption())
    .addOption(
      new Option('--format <format>', 'how')
        .choices(['table', 'json', 'csv', 'markdown', 'junit', 'html'])
        .default('table'),
    )
    .addOption(
      new Option('--group-by <what>', 'ring, account, region, os, patch-group or tag:KEY')
        .argParser(parseGroup)
        .default(undefined, 'ring, or account where there are none'),
    )
    .addOption(
      new Option('--fail-on <what>', failOnHelp)
        .choices(['noncompliant', 'sla', 'incomplete', 'none'])
        .default('noncompliant'),
    )
    .option('--since <snapshot>', 'tell what has changed since, and how long patches are missing at least')
    .option('--patch <id>', 'KB… or CVE-…: who lacks it, who has it, and who gets it when', parsePatch)
    .addOption(allowPartialOption())
    .action(async (options) => exit(await (await import('./compliance/command.ts')).compliance(surroundings, options)));
  withPlaces(program.command('snapshot'))
    .description('save what AWS says about the fleet, to report on later or elsewhere')
    .requiredOption('--out <directory>', 'receives the snapshot; what is missing in one that is there is read again')
    .addOption(
      new Option('--details <which>', 'which patches are listed one by one')
        .choices(['none', 'noncompliant', 'all'])
        .default('noncompliant'),
    )
    .option(
      '--anonymise',
      'give accounts and instances other names; PATCHFLEET_ANONYMISE_KEY keeps them the same',
      false,
    )
    .addOption(allowPartialOption())
    .action(async (options) => exit(await (await import('./compliance/snapshot.ts')).snapshot(surroundings, options)));
  withSource(program.command('explain'))
    .description('tell why instances are, or are not, patched, and what to do next')
    .argument('<id...>', 'i-… or mi-…')
    .addOption(staleAfterOption())
    .option('--since <snapshot>', 'tell how long patches are missing at least')
    .addOption(new Option('--format <format>', 'how').choices(['text', 'json']).default('text'))
    .action(async (ids, options) =>
      exit(await (await import('./compliance/explain.ts')).explain(surroundings, ids, options)),
    );
}

/** What to look at, and who asks. */
function withPlaces(command: Command): Command {
  return command
    .addOption(
      new Option('--fleet <path>', 'the fleet file').default(
        undefined,
        'fleet.yaml, where there is one; of a snapshot it must be named',
      ),
    )
    .addOption(allowLargeOption())
    .option('--outputs <path>', 'what terraform output -json printed for a stack, or a directory of such files')
    .addOption(onlyOption())
    .option('--profile <name>', 'profile of whoever asks, where the fleet file names none', parseProfile)
    .addOption(
      new Option('--deadline <time>', 'how long AWS may be asked: 90s, 30m, 2h, …; what was not read then is unknown')
        .argParser(deadlineOf)
        .default(15 * 60_000, '15m'),
    );
}

/** The same, and a snapshot in place of AWS. */
function withSource(command: Command): Command {
  return withPlaces(command)
    .addOption(new Option('--source <snapshot>', 'read a snapshot instead of AWS').conflicts(['profile', 'deadline']))
    .addOption(
      new Option('--as-of <day>', 'ISO date or instant that everything is told for')
        .argParser(parseAsOf)
        .default(undefined, 'now, or when the snapshot was finished'),
    );
}

function staleAfterOption(): Option {
  return new Option('--stale-after <time>', 'a scan says nothing any more after 36h, 7d, …')
    .argParser(hoursOf)
    .default(7 * 24, '7d');
}

function allowPartialOption(): Option {
  return new Option('--allow-partial', 'do not exit with 2 where something could not be read').default(false);
}
