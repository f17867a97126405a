import { spawnSync } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import type { Surroundings } from '../surroundings.ts';
import { type SynthesisOptions, synthesise } from '../synthesise.ts';
import { plan } from './plan.ts';
import { readSummary } from './summary.ts';

export interface PlanCommandOptions extends SynthesisOptions {
  readonly out: string;
  readonly parallel: number;
  readonly resume: boolean;
  readonly engine: string;
}

/** Synthesises the chosen stacks and plans each with Terraform or OpenTofu. */
export async function planCommand(surroundings: Surroundings, options: PlanCommandOptions): Promise<number> {
  const { terminal, environment, elapsed } = surroundings;
  const refuse = (message: string) => {
    terminal.err(`patchfleet: ${message}`);
    return 2;
  };
  if (options.out === '') return refuse('--out must name a directory');
  const earlier = readSummary(options.out);
  if (typeof earlier === 'string') return refuse(earlier);
  const unusable = whyUnusable(options.engine, environment);
  if (unusable !== undefined) return refuse(unusable);
  const stacks = await synthesise(terminal, options);
  // A stack with errors is found by synth; here it means that nothing could be planned.
  if (typeof stacks === 'number') return 2;
  const [first] = stacks;
  if (first === undefined) return 0;
  return plan(terminal, {
    ...options,
    earlier,
    partly: options.only.length > 0,
    stacks: stacks.map(({ name, directory }) => ({ stackId: name, directory: resolve(directory) })),
    // Beside the stacks, whose initialised directories point to it.
    pluginCache: join(dirname(dirname(first.directory)), '.plugin-cache'),
    signal: surroundings.signal,
    environment,
    now: elapsed,
  });
}

function whyUnusable(engine: string, environment: Surroundings['environment']): string | undefined {
  if (engine === '') return '--engine must name a command';
  // Terraform would ask the network for its newest version before it tells its own.
  const env = { ...environment, CHECKPOINT_DISABLE: '1' };
  const { error, status, stderr } = spawnSync(engine, ['version'], { env, encoding: 'utf8' });
  if (error !== undefined && 'code' in error && error.code === 'ENOENT')
    return `${engine} is not installed here; install it, or name another with --engine`;
  if (error !== undefined) return `${engine} cannot be run: ${error.message}`;
  if (status !== 0) return `${engine} version fails: ${stderr.trim().split('\n')[0]}`;
  return undefined;
}
