import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PatchfleetApp } from '../../modules/tf/app.ts';
import { type PatchManagerConfiguration, PatchManagerStack, walkthrough } from '../../stacks/index.ts';

/** The `cdk.tf.json` of one configuration; the walkthrough's own unless another is given. */
export function synthesised(configuration: PatchManagerConfiguration = walkthrough): string {
  const directory = mkdtempSync(join(tmpdir(), 'patchfleet-'));
  try {
    const app = new PatchfleetApp({ outdir: join(directory, 'cdktf.out') });
    new PatchManagerStack(app, configuration);
    app.synth();
    return readFileSync(join(app.outdir, 'stacks', configuration.stackId, 'cdk.tf.json'), 'utf8');
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** The walkthrough with some parts of one baseline changed. */
export function withBaseline(key: 'windows' | 'linux', change: object): PatchManagerConfiguration {
  const baselines = { ...walkthrough.baselines, [key]: { ...walkthrough.baselines[key], ...change } };
  return { ...walkthrough, baselines: baselines as PatchManagerConfiguration['baselines'] };
}
