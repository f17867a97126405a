import { grouped } from '../core/grouped.ts';
import type { Deployment } from '../fleet/deployment.ts';

/**
 * Deals deployments out into at most so many shares of like size. Those that depend on each other, even at a remove, stay
 * together. The same deployments always make the same shares; none is empty.
 */
export function sharesOf(deployments: readonly Deployment[], count: number): (readonly Deployment[])[] {
  const shares = Array.from({ length: Math.max(count, 1) }, (): Deployment[] => []);
  for (const together of connected(deployments)) {
    const smallest = shares.reduce((least, share) => (share.length < least.length ? share : least));
    smallest.push(...together);
  }
  return shares.filter((share) => share.length > 0);
}

/** The deployments in groups that have nothing to do with each other. */
function connected(deployments: readonly Deployment[]): Deployment[][] {
  const present = new Set(deployments.map(({ stackId }) => stackId));
  const leaders = new Map<string, string>();
  const leaderOf = (id: string): string => {
    const next = leaders.get(id);
    return next === undefined ? id : leaderOf(next);
  };
  for (const deployment of deployments) {
    for (const id of deployment.kind === 'regional' ? deployment.dependsOn : []) {
      const [mine, other] = [leaderOf(deployment.stackId), leaderOf(id)];
      if (present.has(id) && mine !== other) leaders.set(mine, other);
    }
  }
  return [...grouped(deployments, ({ stackId }) => leaderOf(stackId)).values()];
}
