import { type Command, Option } from 'commander';
import { allowLargeOption, asOfOption, fleetOption, parseTimeZone, wholeNumber } from './options.ts';
import type { Surroundings } from './surroundings.ts';

/** Commands that tell when patches are installed. Each is loaded when it is called. */
export function addCalendarCommands(program: Command, surroundings: Surroundings, exit: (code: number) => void): void {
  const { terminal, now } = surroundings;
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
    .addOption(fleetOption())
    .addOption(allowLargeOption())
    .addOption(asOfOption(now, 'ISO date or instant from which it tells'))
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
    .addOption(fleetOption())
    .addOption(allowLargeOption())
    .addOption(asOfOption(now, 'ISO date or instant from which releases are looked at'))
    .option('--months <n>', 'the releases of how many months, 1 to 60', wholeNumber(1, 60), 24)
    .addOption(new Option('--format <format>', 'how').choices(['text', 'json', 'markdown', 'html']).default('text'))
    .option('--strict', 'exit with 1 for warnings, too', false)
    .action(async (options) => exit(await (await import('./exposure/command.ts')).exposure(terminal, options)));
}
