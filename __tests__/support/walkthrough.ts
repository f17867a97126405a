import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Deployment } from '../../fleet/deployment.ts';
import { expand } from '../../fleet/expand.ts';
import { loadFleet } from '../../fleet/load/index.ts';
import type { Fleet } from '../../fleet/schema/index.ts';
import { createApp } from '../../stacks/index.ts';
import { root } from './command.ts';

/** A fleet file of the checkout. */
export function fleetOf(path: string): Fleet {
  const { fleet, problems } = loadFleet(join(root, path));
  if (fleet === undefined) throw new Error(JSON.stringify(problems));
  return fleet;
}

export const walkthrough = fleetOf('fleet.yaml');

/** The `cdk.tf.json` of each stack of a fleet, by its id. */
export function synthesisedStacks(deployments: readonly Deployment[]): Record<string, string> {
  const directory = mkdtempSync(join(tmpdir(), 'patchfleet-'));
  const before = process.env.CDKTF_OUTDIR;
  process.env.CDKTF_OUTDIR = join(directory, 'cdktf.out');
  try {
    createApp(deployments).synth();
    const file = (stackId: string) => join(directory, 'cdktf.out', 'stacks', stackId, 'cdk.tf.json');
    return Object.fromEntries(deployments.map(({ stackId }) => [stackId, readFileSync(file(stackId), 'utf8')]));
  } finally {
    if (before === undefined) delete process.env.CDKTF_OUTDIR;
    else process.env.CDKTF_OUTDIR = before;
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The `cdk.tf.json` of a fleet of one stack; the walkthrough's own unless another is given. */
export function synthesised(fleet: Fleet = walkthrough): string {
  const [text, ...others] = Object.values(synthesisedStacks(expand(fleet)));
  if (text === undefined || others.length > 0) throw new Error(`expected one stack, got ${others.length + 1}`);
  return text;
}

/** The walkthrough with some parts of one baseline changed. */
export function withBaseline(key: 'windows' | 'linux', change: object): Fleet {
  const baselines = { ...walkthrough.baselines, [key]: { ...walkthrough.baselines[key], ...change } };
  return { ...walkthrough, baselines: baselines as Fleet['baselines'] };
}
