import { existsSync, readdirSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { formatProblem, warning } from '../core/problem.ts';
import type { SynthesisedStack } from './synthesise.ts';
import type { Terminal } from './terminal.ts';

/**
 * Removes the directories of stacks that an earlier run wrote and this one did not, as `cdktf synth` does: Terraform would
 * still apply them. One that holds a state is kept, and told.
 */
export function removeEarlierStacks(terminal: Terminal, stacks: readonly SynthesisedStack[]): void {
  const [first] = stacks;
  if (first === undefined) return;
  const parent = dirname(first.directory);
  const current = new Set(stacks.map(({ directory }) => basename(directory)));
  const earlier = readdirSync(parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !current.has(entry.name))
    .map(({ name }) => join(parent, name))
    .filter((directory) => existsSync(join(directory, 'cdk.tf.json')))
    .sort();
  const withState = earlier.filter(holdsState);
  const removed = earlier.filter((directory) => !withState.includes(directory));
  for (const directory of removed) rmSync(directory, { recursive: true });
  if (removed.length > 0)
    terminal.err(
      `removed what this synthesis did not write: ${removed.map((directory) => basename(directory)).join(', ')} in ${parent}`,
    );
  for (const directory of withState) terminal.err(`warning ${formatProblem({ ...kept, path: directory })}`);
}

const kept = warning(
  'stack/left-with-state',
  'the directory of a stack that this synthesis did not write must hold no Terraform state, so it is kept',
  'destroy the stack by terraform -chdir, or move its state, then delete the directory',
);

/** Its own state, the backup of one, or those of workspaces. What Terraform knows of a backend is in `.terraform`. */
function holdsState(directory: string): boolean {
  return readdirSync(directory).some((name) => name.includes('.tfstate'));
}
