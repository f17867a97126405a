import { readFileSync } from 'node:fs';
import { formatInZone } from '../calendar/index.ts';
import { describeStack, type TerraformDocument } from './describe-stack.ts';
import { type SynthesisedStack, type SynthesisOptions, synthesise } from './synthesise.ts';
import type { Terminal } from './terminal.ts';

/** The most stacks whose every resource is told; of more, each is a line. */
const mostStacksInFull = 3;

/** Synthesises the stacks of a fleet and tells what was made. Warnings that depend on the day are those of `asOf`. */
export async function synth(terminal: Terminal, options: SynthesisOptions): Promise<number> {
  const stacks = await synthesise(terminal, options);
  if (typeof stacks === 'number') return stacks;
  if (stacks.length > mostStacksInFull) {
    terminal.out(`${stacks.map(({ name }) => `Stack ${name}`).join('\n')}\n\n${stacks.length} stacks written\n`);
  } else {
    for (const stack of stacks) terminal.out(told(stack, options.asOf));
  }
  terminal.out(nextCommands(stacks));
  return 0;
}

function told({ file }: SynthesisedStack, asOf: Date): string {
  const document = JSON.parse(readFileSync(file, 'utf8')) as TerraformDocument;
  return `${describeStack(document, asOf)}\n\nWritten to ${file}, as of ${formatInZone(asOf, 'UTC')}\n`;
}

/** A single stack needs no name; of several, the name follows the command. */
function nextCommands(stacks: readonly SynthesisedStack[]): string {
  const name = stacks.length === 1 ? '' : ' STACK';
  return [
    'Next',
    `  plan     npx cdktf diff${name}`,
    `  deploy   npx cdktf deploy${name}`,
    `  look up  terraform -chdir=${stacks[0]?.directory} output, then "Verify" in README.md`,
    `  destroy  npx cdktf destroy${name}`,
  ].join('\n');
}
