import { mkdirSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import type { Terminal } from '../terminal.ts';
import { Engine } from './engine.ts';
import { inParallel, queue } from './parallel.ts';
import { earlierPlan, planStack, type StackToPlan } from './plan-stack.ts';
import { removeFilesOf, type StackPlan, writeSummary } from './summary.ts';
import { describeProgress, describeSummary } from './tell.ts';

export interface PlanOptions {
  readonly stacks: readonly StackToPlan[];
  /** What an earlier run has left in `out`. */
  readonly earlier: readonly StackPlan[];
  /** Keeps plans of `earlier` that are still right. Without, `out` begins anew. */
  readonly resume: boolean;
  /** Whether `stacks` are some of the fleet's only: resuming them leaves the others as they are. */
  readonly partly: boolean;
  readonly out: string;
  readonly parallel: number;
  readonly engine: string;
  /** Where providers are kept for all stacks, unless the environment names a place. */
  readonly pluginCache: string;
  readonly signal: AbortSignal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since some moment. */
  readonly now: () => number;
  readonly graceMs?: number;
}

/**
 * Plans every stack, a few at a time, whatever becomes of the others. Returns 0 where every stack has a plan, and 2
 * otherwise.
 */
export async function plan(terminal: Terminal, options: PlanOptions): Promise<number> {
  const { stacks, parallel, signal, now } = options;
  const engineName = basename(options.engine);
  const out = resolve(options.out);
  mkdirSync(out, { recursive: true });
  const { kept, others, todo } = sorted(options, out);
  const results = new Map<string, StackPlan>();
  const ofThisRun = () => stacks.map(({ stackId }) => results.get(stackId) ?? notStarted(stackId));
  // Written after each stack: whatever ends this run, the next one can resume.
  const save = () => writeSummary(out, [...others, ...ofThisRun()]);
  for (const earlier of kept) results.set(earlier.stack, earlier);
  save();
  if (kept.length > 0) terminal.err(`${kept.length} of ${stacks.length} stacks are planned already`);
  await Engine.during(
    {
      command: options.engine,
      environment: { ...options.environment, ...pluginCache(options) },
      signal,
      tell: terminal.err,
      ...(options.graceMs !== undefined && { graceMs: options.graceMs }),
    },
    async (engine) => {
      const context = { engine, out, oneAtATime: queue(), now };
      await inParallel(parallel, todo, async (stack) => {
        if (signal.aborted) return;
        const result = await planStack(stack, context);
        results.set(stack.stackId, result);
        save();
        terminal.err(describeProgress(result, results.size, stacks.length, engineName));
      });
    },
  );
  terminal.out(describeSummary(ofThisRun(), options.out, engineName));
  return ofThisRun().every(({ status }) => status === 'planned') ? 0 : 2;
}

/** What is kept, what this run leaves alone, and what it has to do. Files of all other plans are removed. */
function sorted({ stacks, earlier, resume, partly }: PlanOptions, out: string) {
  const kept = resume ? stacks.flatMap((stack) => earlierPlan(stack, out, earlier) ?? []) : [];
  const isChosen = ({ stack }: StackPlan) => stacks.some(({ stackId }) => stackId === stack);
  const others = resume && partly ? earlier.filter((plan) => !isChosen(plan)) : [];
  const todo = stacks.filter(({ stackId }) => !kept.some(({ stack }) => stack === stackId));
  const staying = new Set([...kept, ...others].map(({ stack }) => stack));
  for (const name of [...earlier.map(({ stack }) => stack), ...stacks.map(({ stackId }) => stackId)])
    if (!staying.has(name)) removeFilesOf(out, name);
  return { kept, others, todo };
}

function notStarted(stack: string): StackPlan {
  return { stack, status: 'not-started', step: null, error: null, changes: null, source: null, seconds: null };
}

/** Providers are some hundred megabytes: fetched once for all stacks. */
function pluginCache({ environment, pluginCache: ours }: PlanOptions): Record<string, string> {
  const cache = resolve(environment.TF_PLUGIN_CACHE_DIR || ours);
  mkdirSync(cache, { recursive: true });
  // A synthesised stack has no lock file of its own, and without one the cache would be filled but never used.
  return { TF_PLUGIN_CACHE_DIR: cache, TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE: '1' };
}
