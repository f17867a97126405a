import { quoted } from '../../core/problem.ts';
import { checkTarget } from '../../modules/maintenance-window/target-checks.ts';
import type { FilePath, FileViolation } from '../file-violation.ts';
import type { FleetAssignment } from '../schema/index.ts';
import type { FleetFacts } from './facts.ts';
import { inFile, type Words } from './in-file.ts';

type Targets = NonNullable<FleetAssignment['targets']>;

const words: Words = {
  selector: 'tags',
  'resource group': 'resourceGroup',
  'resource types': 'resourceTypes',
  'selector "resource-groups:ResourceTypeFilters"': 'resourceTypes',
  'several targets': 'several assignments',
};

/** What assignments target instead of the tags of their patch groups, by the rules of the modules. */
export function checkTargets({ assignmentSets }: FleetFacts): FileViolation[] {
  return assignmentSets
    .flatMap((set) => set.value)
    .flatMap(({ path, assignment: { targets } }) =>
      targets === undefined ? [] : checkTargetsAt([...path, 'targets'], targets),
    );
}

function checkTargetsAt(path: FilePath, targets: Targets): FileViolation[] {
  if ('tags' in targets) return checkTags(path, targets);
  return inFile(path, targets, checkTarget({ entries: conditionsOf(targets) }), words);
}

/** A tag, say, and the values of which a node must have one. */
export interface Condition {
  readonly key: string;
  readonly values: readonly string[];
}

/** What a node must meet, in the words of AWS. */
export function conditionsOf(targets: Targets): Condition[] {
  if ('tags' in targets) return Object.entries(targets.tags).map(([key, values]) => ({ key: `tag:${key}`, values }));
  const { resourceGroup, resourceTypes = [] } = targets;
  const types =
    resourceTypes.length === 0 ? [] : [{ key: 'resource-groups:ResourceTypeFilters', values: resourceTypes }];
  return [{ key: 'resource-groups:Name', values: [resourceGroup] }, ...types];
}

/** Each tag by itself, so that its problems stand at it; how many there are is a matter of all. */
function checkTags(path: FilePath, targets: Extract<Targets, { tags: unknown }>): FileViolation[] {
  const entries = Object.entries(targets.tags).map(([tag, values]) => ({ tag, key: `tag:${tag}`, values }));
  const count = checkTarget({ entries: entries.map(() => ({})) });
  return [
    ...inFile(path, targets, count, words),
    ...entries.flatMap(({ tag, ...entry }) => {
      const ofTag = { ...words, [`selector ${quoted(entry.key)}`]: `tag ${quoted(tag)}` };
      return inFile([...path, 'tags', tag], entry.values, checkTarget({ entries: [entry] }), ofTag);
    }),
  ];
}
