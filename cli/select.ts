import { minimatch } from 'minimatch';
import type { Deployment } from '../fleet/deployment.ts';

/** The deployments whose stack id matches one of the globs, all without globs, and the globs that match none. */
export function selectDeployments(
  deployments: readonly Deployment[],
  globs: readonly string[],
): { readonly selected: readonly Deployment[]; readonly unmatched: readonly string[] } {
  if (globs.length === 0) return { selected: deployments, unmatched: [] };
  const matches = (id: string, glob: string) => minimatch(id, glob);
  return {
    selected: deployments.filter(({ stackId }) => globs.some((glob) => matches(stackId, glob))),
    unmatched: globs.filter((glob) => !deployments.some(({ stackId }) => matches(stackId, glob))),
  };
}
