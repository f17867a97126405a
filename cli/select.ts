import { minimatch } from 'minimatch';
import type { Deployment } from '../fleet/deployment.ts';
import { expand } from '../fleet/expand.ts';
import { type FleetFile, readFleet } from './read-fleet.ts';
import type { Terminal } from './terminal.ts';

/** The deployments whose stack id matches one of the globs, all without globs, and the globs that match none. */
function selectDeployments(
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

/** The chosen deployments of a fleet file; where they can't be told, why is told instead. */
export async function chosenDeployments(
  terminal: Terminal,
  options: FleetFile & { readonly only: readonly string[]; readonly asOf?: Date },
): Promise<readonly Deployment[] | undefined> {
  const fleet = await readFleet(terminal, options, options.asOf?.toISOString());
  if (fleet === undefined) return undefined;
  const { selected, unmatched } = selectDeployments(expand(fleet), options.only);
  for (const glob of unmatched) terminal.err(`patchfleet: no stack matches ${JSON.stringify(glob)}`);
  return unmatched.length > 0 ? undefined : selected;
}
