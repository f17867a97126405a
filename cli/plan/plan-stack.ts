import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { countChanges, type Plan, type PlannedChanges } from './changes.ts';
import type { Engine, EngineResult } from './engine.ts';
import type { Queue } from './parallel.ts';
import { filesOf, type StackPlan, type Step, steps } from './summary.ts';

/** A synthesised stack. */
export interface StackToPlan {
  readonly stackId: string;
  /** Holds its `cdk.tf.json`. */
  readonly directory: string;
}

export interface PlanContext {
  readonly engine: Engine;
  /** Receives the files of each stack. */
  readonly out: string;
  /** Runs one `init` at a time: a plugin cache must not be filled by two at once. */
  readonly oneAtATime: Queue;
  /** Milliseconds since some moment. */
  readonly now: () => number;
}

/** Plans one stack. What is there afterwards is a whole plan or none. */
export async function planStack({ stackId, directory }: StackToPlan, context: PlanContext): Promise<StackPlan> {
  const { engine, out, oneAtATime, now } = context;
  const files = filesOf(out, stackId);
  const { log } = files;
  const run: Readonly<Record<Step, () => Promise<EngineResult>>> = {
    init: () => oneAtATime(() => engine.run({ directory, log, args: ['init', '-input=false', '-no-color'] })),
    plan: () => engine.run({ directory, log, args: ['plan', '-input=false', '-no-color', `-out=${files.plan}`] }),
    show: () =>
      engine.run({ directory, log, args: ['show', '-json', '-no-color', files.plan], output: files.unfinished }),
  };
  const started = now();
  const source = sourceOf(directory);
  const finished = (result: Pick<StackPlan, 'status' | 'step' | 'error' | 'changes'>): StackPlan => {
    return { stack: stackId, ...result, source, seconds: Math.round(now() - started) / 1000 };
  };
  const unfinished = (status: 'failed' | 'interrupted', step: Step, error: string | null): StackPlan => {
    for (const path of [files.unfinished, files.plan]) rmSync(path, { force: true });
    return finished({ status, step, error, changes: null });
  };
  for (const step of steps) {
    const result = await run[step]();
    if (result === 'interrupted') return unfinished('interrupted', step, null);
    if (result === 'failed') return unfinished('failed', step, firstError(log));
  }
  const changes = changesIn(files.unfinished);
  if (changes === undefined) return unfinished('failed', 'show', 'what it printed is no plan as JSON');
  renameSync(files.unfinished, files.json);
  return finished({ status: 'planned', step: null, error: null, changes });
}

/** The earlier plan of a stack, where it is there and still is one of what is synthesised now. */
export function earlierPlan(
  { stackId, directory }: StackToPlan,
  out: string,
  earlier: readonly StackPlan[],
): StackPlan | undefined {
  const plan = earlier.find(({ stack, status }) => stack === stackId && status === 'planned');
  const files = filesOf(out, stackId);
  const isThere = existsSync(files.json) && existsSync(files.plan);
  return plan !== undefined && isThere && plan.source === sourceOf(directory) ? plan : undefined;
}

function sourceOf(directory: string): string {
  return createHash('sha256')
    .update(readFileSync(join(directory, 'cdk.tf.json')))
    .digest('hex');
}

function firstError(log: string): string | null {
  return /^Error: (.+)$/m.exec(readFileSync(log, 'utf8'))?.[1] ?? null;
}

function changesIn(path: string): PlannedChanges | undefined {
  try {
    return countChanges(JSON.parse(readFileSync(path, 'utf8')) as Plan);
  } catch {
    return undefined;
  }
}
