import { type Command, Option } from 'commander';
import { allowLargeOption, asOfOption, fleetOption, onlyOption, wholeNumber } from './options.ts';
import type { Surroundings } from './surroundings.ts';

/** Commands on the stacks of a fleet. Each is loaded when it is called. */
export function addFleetCommands(program: Command, surroundings: Surroundings, exit: (code: number) => void): void {
  const { terminal, now } = surroundings;
  program
    .command('synth')
    .description('synthesise to cdktf.out and tell what was made')
    .addOption(fleetOption())
    .addOption(allowLargeOption())
    .addOption(onlyOption())
    .addOption(asOfOption(now, 'ISO date or instant that next runs and end of support are told for'))
    .action(async (options) => exit(await (await import('./synth.ts')).synth(terminal, options)));
  program
    .command('validate')
    .description('check the fleet file and tell everything that is wrong with it')
    .addOption(fleetOption())
    .addOption(allowLargeOption())
    .addOption(new Option('--format <format>', 'how').choices(['text', 'json', 'sarif']).default('text'))
    .addOption(asOfOption(now, 'ISO date or instant that is checked for, such as for end of support'))
    .option(
      '--against <revision>',
      'a git revision, directory or file: refuse what vanished since without being retired',
    )
    .option('--strict', 'exit with 1 for warnings, too', false)
    .action(async (options) => exit(await (await import('./validate.ts')).validate(terminal, options)));
  program
    .command('expand')
    .description('list the stacks of a fleet')
    .addOption(fleetOption())
    .addOption(allowLargeOption())
    .addOption(onlyOption())
    .addOption(new Option('--format <format>', 'how').choices(['table', 'json', 'github-matrix']).default('table'))
    .action(async (options) => exit(await (await import('./expand.ts')).expand(terminal, options)));
  program
    .command('plan')
    .description('plan stacks with Terraform, side by side, and keep each plan as JSON')
    .addOption(fleetOption())
    .addOption(allowLargeOption())
    .addOption(onlyOption())
    .addOption(asOfOption(now, 'ISO date or instant that warnings are told for'))
    .requiredOption('--out <directory>', 'receives the plans and their logs')
    .option('--parallel <n>', 'stacks planned at a time, 1 to 64', wholeNumber(1, 64), 4)
    .option('--resume', 'keep plans that are there already and still right; otherwise --out begins anew', false)
    .option('--engine <command>', 'terraform, or tofu of OpenTofu', 'terraform')
    .action(async (options) => exit(await (await import('./plan/command.ts')).planCommand(surroundings, options)));
}
