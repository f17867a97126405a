import { readFileSync } from 'node:fs';
import { formatInZone } from '../calendar/index.ts';
import { describeStack, type TerraformDocument } from './describe-stack.ts';
import { removeEarlierStacks } from './earlier-stacks.ts';
import { nextCommands } from './next-commands.ts';
import { type SynthesisedStack, type SynthesisOptions, synthesise } from './synthesise.ts';
import type { Terminal } from './terminal.ts';

/** The most stacks whose every resource is told; of more, each is a line. */
const mostStacksInFull = 3;

/** Synthesises the stacks of a fleet and tells what was made. Warnings that depend on the day are those of `asOf`. */
export async function synth(terminal: Terminal, options: SynthesisOptions): Promise<number> {
  const stacks = await synthesise(terminal, options);
  if (typeof stacks === 'number') return stacks;
  removeEarlierStacks(terminal, stacks);
  if (stacks.length > mostStacksInFull) {
    terminal.out(`${stacks.map(({ name }) => `Stack ${name}`).join('\n')}\n\n${stacks.length} stacks written\n`);
  } else {
    for (const stack of stacks) terminal.out(told(stack, options.asOf));
  }
  terminal.out(nextCommands(stacks, options, outputsOf(stacks)));
  return 0;
}

function documentOf({ file }: SynthesisedStack): TerraformDocument {
  return JSON.parse(readFileSync(file, 'utf8')) as TerraformDocument;
}

function told(stack: SynthesisedStack, asOf: Date): string {
  return `${describeStack(documentOf(stack), asOf)}\n\nWritten to ${stack.file}, as of ${formatInZone(asOf, 'UTC')}\n`;
}

/** The outputs of a stack that is alone: those of several are looked up one by one. */
function outputsOf([first, ...others]: readonly SynthesisedStack[]): string[] {
  return first === undefined || others.length > 0 ? [] : Object.keys(documentOf(first).output ?? {});
}
