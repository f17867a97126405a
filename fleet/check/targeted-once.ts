import { error, quoted } from '../../core/problem.ts';
import type { FilePath, FileViolation } from '../file-violation.ts';
import type { AssignmentSet, FleetFacts } from './facts.ts';
import { type Condition, conditionsOf } from './targets.ts';

/** Nodes that the windows of an assignment install on: those that meet all conditions. */
interface Target {
  readonly path: FilePath;
  /** For people: `patch group "web" of assignment "default" (ring "prod")`. */
  readonly name: string;
  readonly conditions: readonly Condition[];
}

/**
 * Nodes that two targets of an account and region share are patched and rebooted by both, whatever the order of their
 * rings. Told where one names every tag that the other one names: whether others meet on a node, nobody knows.
 */
export function checkTargetedOnce(facts: FleetFacts, set: AssignmentSet): FileViolation[] {
  const known = new Map<string, Target[]>();
  return targetsOf(facts, set).flatMap((target) => {
    const pairs = target.conditions.flatMap(({ key, values }) => values.map((value) => JSON.stringify([key, value])));
    const before = pairs.flatMap((pair) => known.get(pair) ?? []).find((other) => meet(other, target));
    for (const pair of pairs) known.set(pair, [...(known.get(pair) ?? []), target]);
    if (before === undefined) return [];
    const message = `nodes with ${sharedBy(before, target)} must be installed on by one target in an account and region, got ${before.name} and ${target.name}: both would reboot them`;
    const fix =
      'make them one patch group with the baselines of both, or tell their nodes apart by the values of a tag';
    return { ...error('fleet/targeted-once', message, fix), at: target.path };
  });
}

/** Those of rings that install: scans of two rings disturb nobody. */
function targetsOf({ fleet, patchGroups }: FleetFacts, { value }: AssignmentSet): Target[] {
  return value.flatMap(({ assignment, ring, name, groups, path }) => {
    const windows = [...(ring?.windows ?? []), ...(ring?.emergencies ?? [])];
    if (!windows.some(({ operation }) => operation === 'Install')) return [];
    const { targets } = assignment;
    const by = `assignment ${quoted(name)} (ring ${quoted(assignment.ring)})`;
    if (targets !== undefined) return { path: [...path, 'targets'], name: by, conditions: conditionsOf(targets) };
    return groups.map((group) => ({
      path: [...path, 'patchGroups', assignment.patchGroups.indexOf(group)],
      name: `patch group ${quoted(group)} of ${by}`,
      conditions: conditionsOf({
        tags: { [fleet.patchGroupTagKey ?? 'PatchGroup']: [patchGroups.get(group)?.name ?? ''] },
      }),
    }));
  });
}

function meet(one: Target, other: Target): boolean {
  const [wide, narrow] = byWidth(one, other);
  return wide.conditions.every((condition) => {
    const same = narrow.conditions.find(({ key }) => key === condition.key);
    return same?.values.some((value) => condition.values.includes(value)) ?? false;
  });
}

/** Of two, the one with fewer conditions first. */
function byWidth(one: Target, other: Target): [Target, Target] {
  return one.conditions.length <= other.conditions.length ? [one, other] : [other, one];
}

/** `PatchGroup = web and Stage = prod or test`. */
function sharedBy(one: Target, other: Target): string {
  const [wide, narrow] = byWidth(one, other);
  const shared = narrow.conditions.map(({ key, values }) => {
    const limited = wide.conditions.find((condition) => condition.key === key);
    const both = values.filter((value) => limited?.values.includes(value) ?? true);
    return `${wordsOfKey[key] ?? key.slice('tag:'.length)} = ${both.join(' or ')}`;
  });
  return shared.join(' and ');
}

const wordsOfKey: Readonly<Record<string, string>> = {
  'resource-groups:Name': 'resource group',
  'resource-groups:ResourceTypeFilters': 'resource type',
};
