import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countProblems, formatProblem, ProblemError } from '../core/problem.ts';
import type { FleetFile } from './read-fleet.ts';
import { chosenDeployments } from './select.ts';
import type { Terminal } from './terminal.ts';

export interface SynthesisOptions extends FleetFile {
  /** Globs of stack ids; all stacks without. */
  readonly only: readonly string[];
  readonly asOf: Date;
}

export interface SynthesisedStack {
  readonly name: string;
  /** Its directory, below the working directory or as `CDKTF_OUTDIR` says. */
  readonly directory: string;
  /** Its `cdk.tf.json`. */
  readonly file: string;
}

/** Writes the chosen stacks of a fleet. Where it can't, it tells why and gives the exit code instead of the stacks. */
export async function synthesise(
  terminal: Terminal,
  options: SynthesisOptions,
): Promise<number | readonly SynthesisedStack[]> {
  const deployments = await chosenDeployments(terminal, options);
  if (deployments === undefined) return 2;
  // The framework takes 0.2 s to load, so only commands that synthesise load it.
  const { synthesise: write } = await import('../stacks/synthesise.ts');
  try {
    return stacksBelow(await write(deployments));
  } catch (failure) {
    if (!(failure instanceof ProblemError)) throw failure;
    terminal.err(
      [...failure.problems.map(formatProblem), `${countProblems(failure.problems)}, nothing was written`].join('\n'),
    );
    return 1;
  }
}

function stacksBelow(outdir: string): SynthesisedStack[] {
  return Object.values(readManifest(outdir).stacks).map(({ name, workingDirectory, synthesizedStackPath }) => ({
    name,
    directory: join(outdir, workingDirectory),
    file: join(outdir, synthesizedStackPath),
  }));
}

interface Manifest {
  readonly stacks: Readonly<
    Record<string, { readonly name: string; readonly synthesizedStackPath: string; readonly workingDirectory: string }>
  >;
}

function readManifest(outdir: string): Manifest {
  return JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8')) as Manifest;
}
