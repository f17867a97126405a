import { checkTarget } from '../../modules/maintenance-window/target-checks.ts';
import type { FileViolation } from '../file-violation.ts';
import type { FleetAssignment } from '../schema/index.ts';
import type { FleetFacts } from './facts.ts';
import { inFile } from './in-file.ts';

/** What assignments target instead of the tags of their patch groups, by the rules of the modules. */
export function checkTargets({ assignmentSets }: FleetFacts): FileViolation[] {
  return assignmentSets
    .flatMap((set) => set.value)
    .flatMap(({ path, assignment: { targets } }) =>
      targets === undefined
        ? []
        : inFile([...path, 'targets'], targets, checkTarget({ entries: conditionsOf(targets) })),
    );
}

/** A tag, say, and the values of which a node must have one. */
export interface Condition {
  readonly key: string;
  readonly values: readonly string[];
}

/** What a node must meet, in the words of AWS. */
export function conditionsOf(targets: NonNullable<FleetAssignment['targets']>): Condition[] {
  if ('tags' in targets) return Object.entries(targets.tags).map(([key, values]) => ({ key: `tag:${key}`, values }));
  const { resourceGroup, resourceTypes = [] } = targets;
  const types =
    resourceTypes.length === 0 ? [] : [{ key: 'resource-groups:ResourceTypeFilters', values: resourceTypes }];
  return [{ key: 'resource-groups:Name', values: [resourceGroup] }, ...types];
}
