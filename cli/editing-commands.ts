import type { Command } from 'commander';
import { allowLargeOption, asOfOption, dryRunOption, fleetOption, parseList } from './options.ts';
import type { Surroundings } from './surroundings.ts';

/** Commands that edit the fleet file. Each is loaded when it is called. */
export function addEditingCommands(program: Command, surroundings: Surroundings, exit: (code: number) => void): void {
  const { terminal, now } = surroundings;
  program
    .command('freeze')
    .description('close the install windows that a freeze concerns, or open them again, in the fleet file')
    .argument('<name>', 'name of the freeze')
    .addOption(fleetOption())
    .addOption(allowLargeOption())
    .option('--apply', 'set enabled: false on the windows concerned, and record them', false)
    .option('--lift', 'open the windows that --apply has closed, and no other', false)
    .addOption(asOfOption(now, 'ISO date or instant from which runs still lie ahead'))
    .addOption(dryRunOption())
    .action(async (name, options) => exit((await import('./freeze.ts')).freeze(terminal, name, options)));
  program
    .command('promote')
    .description('pin what a ring approves to what an earlier ring approves, in the fleet file')
    .requiredOption('--from <ring>', 'the earlier ring')
    .requiredOption('--to <ring>', 'the later ring, whose approveUntilDates are written')
    .addOption(fleetOption())
    .addOption(allowLargeOption())
    .addOption(asOfOption(now, 'ISO date or instant whose approvals are taken over'))
    .addOption(dryRunOption())
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
    .addOption(fleetOption())
    .addOption(allowLargeOption())
    .addOption(asOfOption(now, 'ISO date or instant that --at must come after'))
    .addOption(dryRunOption())
    .action(async (options) => exit((await import('./emergency.ts')).emergency(terminal, options)));
}
