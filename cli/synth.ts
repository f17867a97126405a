import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatInZone } from '../calendar/index.ts';
import { countProblems, formatProblem, ProblemError } from '../core/problem.ts';
import { describeStack, type TerraformDocument } from './describe-stack.ts';
import type { Terminal } from './terminal.ts';

/** Synthesises the stacks and tells what was made. Warnings that depend on the day are those of `asOf`. */
export async function synth(terminal: Terminal, asOf: Date): Promise<number> {
  // The framework takes 0.2 s to load, so only this command loads it.
  const { createApp, walkthrough } = await import('../stacks/index.ts');
  const app = createApp(walkthrough);
  const problems = app.problems(asOf.toISOString());
  try {
    app.synth();
  } catch (failure) {
    if (!(failure instanceof ProblemError)) throw failure;
    terminal.err(`${problems.map(formatProblem).join('\n')}\n${countProblems(problems)}, nothing was written`);
    return 1;
  }
  for (const problem of problems) terminal.err(`${problem.severity} ${formatProblem(problem)}`);
  const stacks = Object.values(readManifest(app.outdir).stacks);
  for (const stack of stacks) {
    const path = join(app.outdir, stack.synthesizedStackPath);
    const document = JSON.parse(readFileSync(path, 'utf8')) as TerraformDocument;
    terminal.out(`${describeStack(document, asOf)}\n`);
    terminal.out(`Written to ${path}, as of ${formatInZone(asOf, 'UTC')}\n`);
  }
  terminal.out(nextCommands(stacks.map((stack) => join(app.outdir, stack.workingDirectory))));
  return 0;
}

interface Manifest {
  readonly stacks: Readonly<
    Record<string, { readonly synthesizedStackPath: string; readonly workingDirectory: string }>
  >;
}

function readManifest(outdir: string): Manifest {
  return JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8')) as Manifest;
}

function nextCommands(directories: readonly string[]): string {
  const [directory] = directories;
  return [
    'Next',
    '  plan     npx cdktf diff',
    '  deploy   npx cdktf deploy',
    `  look up  terraform -chdir=${directory} output, then "Verify" in README.md`,
    '  destroy  npx cdktf destroy',
  ].join('\n');
}
