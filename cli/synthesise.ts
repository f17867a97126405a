import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countProblems, formatProblem, ProblemError } from '../core/problem.ts';
import { expand } from '../fleet/expand.ts';
import { readFleet } from './read-fleet.ts';
import { selectDeployments } from './select.ts';
import type { Terminal } from './terminal.ts';

export interface SynthesisOptions {
  readonly fleet: string;
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
  const fleet = await readFleet(terminal, options.fleet, options.asOf.toISOString());
  if (fleet === undefined) return 2;
  const { selected, unmatched } = selectDeployments(expand(fleet), options.only);
  for (const glob of unmatched) terminal.err(`patchfleet: no stack matches ${JSON.stringify(glob)}`);
  if (unmatched.length > 0) return 2;
  // The framework takes 0.2 s to load, so only commands that synthesise load it.
  const { createApp } = await import('../stacks/index.ts');
  const app = createApp(selected);
  try {
    app.synth();
  } catch (failure) {
    if (!(failure instanceof ProblemError)) throw failure;
    terminal.err(
      [...failure.problems.map(formatProblem), `${countProblems(failure.problems)}, nothing was written`].join('\n'),
    );
    return 1;
  }
  return Object.values(readManifest(app.outdir).stacks).map(({ name, workingDirectory, synthesizedStackPath }) => ({
    name,
    directory: join(app.outdir, workingDirectory),
    file: join(app.outdir, synthesizedStackPath),
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
