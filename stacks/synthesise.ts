import { availableParallelism } from 'node:os';
import type { Deployment } from '../fleet/deployment.ts';
import { type CheckedShare, shareUrl, type WrittenShare } from './share.ts';
import { ShareWorker } from './share-worker.ts';
import { sharesOf } from './shares.ts';

/** A worker takes as long to load the framework as it takes to make a hundred stacks. */
const fewestForWorker = 150;

/**
 * Writes the stacks of some deployments to `cdktf.out`, or where `CDKTF_OUTDIR` says, and returns that directory. Several
 * hundred stacks are made on `cores` cores at once, with the same bytes.
 *
 * To be imported late, by `import()`: a worker runs the file that this is in, which must not be the program itself.
 *
 * @throws ProblemError with every error of every stack, and then nothing is written
 */
export async function synthesise(
  deployments: readonly Deployment[],
  cores: number = availableParallelism(),
): Promise<string> {
  const shares = sharesOf(deployments, Math.min(cores, Math.floor(deployments.length / fewestForWorker)));
  if (shares.length > 1 && shareUrl !== undefined) return synthesiseShares(shares, shareUrl);
  const { createClosedApp } = await import('./closed-app.ts');
  const app = createClosedApp(deployments);
  app.synth();
  return app.outdir;
}

async function synthesiseShares(shares: readonly (readonly Deployment[])[], file: URL): Promise<string> {
  const workers = shares.map((share) => ({ share, worker: new ShareWorker(file) }));
  try {
    const { createClosedApp } = await import('./closed-app.ts');
    // Of no stacks: it makes the directories, before workers could meet there, and in the end the manifest.
    const whole = createClosedApp([]);
    const checked = await Promise.all(workers.map(({ worker, share }) => worker.ask<CheckedShare>(share)));
    whole.refuse(checked.flatMap(({ errors }) => errors));
    const written = await Promise.all(workers.map(({ worker }) => worker.ask<WrittenShare>('write')));
    for (const { stacks } of written) Object.assign(whole.manifest.stacks, stacks);
    whole.manifest.writeToFile();
    return whole.outdir;
  } finally {
    await Promise.all(workers.map(({ worker }) => worker.end()));
  }
}
