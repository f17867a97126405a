import type { Deployment, RegionalDeployment } from './deployment.ts';

/** Stacks of a region that an earlier revision of the fleet had and this one has, too: as they were, and as they are. */
export function redeployed(
  before: readonly Deployment[],
  after: readonly Deployment[],
): (readonly [earlier: RegionalDeployment, now: RegionalDeployment])[] {
  const afterById = new Map(after.map((deployment) => [deployment.stackId, deployment]));
  return before.flatMap((earlier) => {
    const now = afterById.get(earlier.stackId);
    return earlier.kind === 'regional' && now?.kind === 'regional' ? [[earlier, now] as const] : [];
  });
}
