import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { shellWord } from '../core/shell-word.ts';
import type { SynthesisedStack, SynthesisOptions } from './synthesise.ts';

/** The most stacks that are named one by one. */
const mostNamed = 3;

/** The outputs that "Verify" of the README asks for. */
const verified = ['maintenance_window_id', 'windows_instance_id', 'linux_instance_id'];

/**
 * The commands that come after a synthesis. `cdktf` synthesises again, by its `main.ts` and so all of `./fleet.yaml`, unless
 * it is told to take what is there.
 *
 * @param outputs the outputs of a single stack; none of several
 */
export function nextCommands(
  stacks: readonly SynthesisedStack[],
  { fleet, only }: Pick<SynthesisOptions, 'fleet' | 'only'>,
  outputs: readonly string[],
): string {
  const [first] = stacks;
  if (first === undefined) return '';
  const directory = shellWord(stacks.length === 1 ? first.directory : join(dirname(first.directory), 'STACK'));
  const whole = resolve(fleet) === resolve('fleet.yaml') && only.length === 0;
  const commands = !existsSync('cdktf.json')
    ? byTerraform(directory)
    : whole
      ? byCdktf([stacks.length === 1 ? '' : ' STACK'])
      : byCdktf(
          stacks.length > mostNamed ? [' STACK'] : stacks.map(({ name }) => ` ${name}`),
          ` --skip-synth${outputOf(first)}`,
        );
  const readme = verified.every((name) => outputs.includes(name)) ? ', then "Verify" in README.md' : '';
  const lookUp = ['look up', `terraform -chdir=${directory} output${readme}`] as const;
  return ['Next', ...[...commands.slice(0, -1), lookUp, ...commands.slice(-1)].map(line)].join('\n');
}

type Command = readonly [label: string, command: string];

function line([label, command]: Command): string {
  return `  ${label.padEnd(9)}${command}`;
}

/** `diff` takes one stack. */
function byCdktf(names: readonly string[], options = ''): Command[] {
  return [
    ...names.map((name, index) => [index === 0 ? 'plan' : '', `npx cdktf diff${name}${options}`] as const),
    ['deploy', `npx cdktf deploy${names.join('')}${options}`],
    ['destroy', `npx cdktf destroy${names.join('')}${options}`],
  ];
}

/** Where `cdktf` has no project. */
function byTerraform(directory: string): Command[] {
  const terraform = `terraform -chdir=${directory}`;
  return [
    ['init', `${terraform} init`],
    ['plan', `${terraform} plan`],
    ['deploy', `${terraform} apply`],
    ['destroy', `${terraform} destroy`],
  ];
}

/** `cdktf` looks in its own directory unless another is named. */
function outputOf({ directory }: SynthesisedStack): string {
  const outdir = dirname(dirname(directory));
  return resolve(outdir) === resolve('cdktf.out') ? '' : ` --output ${shellWord(outdir)}`;
}
