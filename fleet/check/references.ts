import { error, quoted, warning } from '../../core/problem.ts';
import { didYouMean } from '../../core/value-checks.ts';
import type { FilePath, FileViolation } from '../file-violation.ts';
import type { FleetFacts } from './facts.ts';
import { listed } from './in-file.ts';

/** What is referred to must exist, once in a list, and what exists should be used. */
export function checkReferences({
  fleet,
  baselines,
  patchGroups,
  rings,
  assignmentSets,
  instanceSets,
  autoScalingGroupSets,
}: FleetFacts): FileViolation[] {
  const baselineKeys = [...baselines.keys()].sort();
  const groupKeys = [...patchGroups.keys()].sort();
  const ringNames = new Set(rings.map(({ ring }) => ring.name));
  const assigned = assignmentSets.flatMap((set) => set.value);
  const instances = [...instanceSets, ...autoScalingGroupSets].flatMap(({ path, value }) =>
    Object.entries<{ readonly patchGroup: string }>(value).map(([key, instance]) => ({
      path: [...path, key, 'patchGroup'],
      instance,
    })),
  );
  const found = [
    ...[...patchGroups].flatMap(([key, group]) =>
      checkKeys(['patchGroups', key, 'baselines'], group.baselines, 'baselines', baselines, baselineKeys),
    ),
    ...assigned.flatMap(({ path, assignment }) => [
      ...(ringNames.has(assignment.ring)
        ? []
        : [missing([...path, 'ring'], 'ring', assignment.ring, 'rings', [...ringNames])]),
      ...checkKeys([...path, 'patchGroups'], assignment.patchGroups, 'patchGroups', patchGroups, groupKeys),
      ...(assignment.patchGroups.length === 0 && assignment.targets === undefined
        ? [
            {
              ...error(
                'fleet/assignment-empty',
                'patchGroups must name at least one patch group where no targets are given, got none: nothing would be patched',
                'name a patch group, or give targets',
              ),
              at: [...path, 'patchGroups'],
            },
          ]
        : []),
    ]),
    ...instances
      .filter(({ instance }) => !patchGroups.has(instance.patchGroup))
      .map(({ path, instance }) => missing(path, 'patchGroup', instance.patchGroup, 'patchGroups', groupKeys)),
  ];
  const usedBaselines = new Set([...patchGroups.values()].flatMap((group) => group.baselines));
  const usedGroups = new Set([
    ...assigned.flatMap(({ assignment }) => assignment.patchGroups),
    ...instances.map(({ instance }) => instance.patchGroup),
  ]);
  const usedRings = new Set(assigned.map(({ assignment }) => assignment.ring));
  return [
    ...found,
    ...baselineKeys
      .filter((key) => !usedBaselines.has(key))
      .map((key) => unused(['baselines', key], `baseline ${quoted(key)}`, 'patch group')),
    ...groupKeys
      .filter((key) => !usedGroups.has(key))
      .map((key) => unused(['patchGroups', key], `patch group ${quoted(key)}`, 'assignment')),
    ...fleet.rings.flatMap((ring, index) =>
      usedRings.has(ring.name) ? [] : [unused(['rings', index], `ring ${quoted(ring.name)}`, 'assignment')],
    ),
  ];
}

/** Keys or names of a list: each exists, and once. */
export function checkKeys(
  path: FilePath,
  keys: readonly string[],
  of: 'baselines' | 'patchGroups' | 'rings',
  known: Pick<ReadonlySet<string>, 'has'>,
  allowed: readonly string[],
): FileViolation[] {
  const seen = new Set<string>();
  return keys.flatMap((key, index) => {
    const repeated = seen.has(key);
    seen.add(key);
    if (!known.has(key)) return [missing([...path, index], of, key, of, allowed)];
    const message = `${of} must list each entry once, got ${quoted(key)} again`;
    return repeated ? [{ ...error('fleet/listed-once', message, 'remove one of them'), at: [...path, index] }] : [];
  });
}

function missing(
  at: FilePath,
  field: string,
  key: string,
  of: 'baselines' | 'patchGroups' | 'rings',
  allowed: readonly string[],
): FileViolation {
  const names = listed(allowed);
  const what = of === 'rings' ? 'a ring of rings' : `a key of ${of}`;
  const message = `${field} must name ${what} (${names === '' ? 'which has none' : names}), got ${quoted(key)}`;
  return {
    ...error('fleet/reference', message, didYouMean(key, allowed) ?? `add it to ${of}, or use one of them`),
    at,
  };
}

function unused(at: FilePath, what: string, by: string): FileViolation {
  return { ...warning('fleet/unused', `${what} is used by no ${by}`, 'use it, or remove it'), at };
}
