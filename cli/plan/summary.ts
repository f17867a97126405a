import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlannedChanges } from './changes.ts';

export const steps = ['init', 'plan', 'show'] as const;
export type Step = (typeof steps)[number];

/** What became of one stack; an entry of `summary.json`. */
export interface StackPlan {
  readonly stack: string;
  readonly status: 'planned' | 'failed' | 'interrupted' | 'not-started';
  /** That failed or was interrupted. */
  readonly step: Step | null;
  /** The first thing the engine found wrong, as far as it said. */
  readonly error: string | null;
  readonly changes: PlannedChanges | null;
  /** SHA-256 of the `cdk.tf.json` that was planned, to know on `--resume` whether it still is. */
  readonly source: string | null;
  readonly seconds: number | null;
}

/** Files of one stack in the directory that receives the plans. */
export function filesOf(out: string, stack: string) {
  const file = (extension: string) => join(out, `${stack}.${extension}`);
  return { json: file('plan.json'), unfinished: file('plan.json.part'), plan: file('tfplan'), log: file('log') };
}

export function removeFilesOf(out: string, stack: string): void {
  for (const path of Object.values(filesOf(out, stack))) rmSync(path, { force: true });
}

export function bySummaryOrder(a: StackPlan, b: StackPlan): number {
  return a.stack < b.stack ? -1 : a.stack > b.stack ? 1 : 0;
}

/** Replaces the summary as a whole: whatever ends this run, the next one finds a sound one. */
export function writeSummary(out: string, plans: readonly StackPlan[]): void {
  const path = join(out, 'summary.json');
  const stacks = [...plans].sort(bySummaryOrder);
  writeFileSync(`${path}.part`, `${JSON.stringify({ version: 1, stacks }, null, 2)}\n`);
  renameSync(`${path}.part`, path);
}

/** What an earlier run has left in a directory. A file of that name that no run wrote is a problem, told as a text. */
export function readSummary(out: string): readonly StackPlan[] | string {
  const path = join(out, 'summary.json');
  if (!existsSync(path)) return [];
  const foreign = `${path} is no summary of plans; name another directory with --out, or delete the file`;
  const summary = parsed(readFileSync(path, 'utf8'));
  if (!isRecord(summary) || typeof summary.version !== 'number' || !Array.isArray(summary.stacks)) return foreign;
  if (summary.version !== 1)
    return `${path} is of version ${summary.version}, and this patchfleet knows 1; name another directory with --out`;
  return summary.stacks.every(isStackPlan) ? summary.stacks : foreign;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** As much as is relied on. The name becomes a path: one that leads elsewhere is none of ours. */
function isStackPlan(value: unknown): value is StackPlan {
  return isRecord(value) && typeof value.status === 'string' && /^[\w.-]+$/.test(String(value.stack));
}
