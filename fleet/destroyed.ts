import { error, quoted, type Violation, warning } from '../core/problem.ts';
import type { Deployment, RegionalDeployment } from './deployment.ts';
import { at, type FileViolation } from './file-violation.ts';
import { redeployed } from './redeployed.ts';

/**
 * What the next deployment of a stack destroys, as an earlier revision of the fleet had it and this one does not: a key
 * that was renamed is another resource. Assignments that are gone with all they made are told by themselves.
 */
export function checkDestroyed(before: readonly Deployment[], after: readonly Deployment[]): FileViolation[] {
  return redeployed(before, after).flatMap(([earlier, now]) =>
    at(['accounts'], [...destroyed(earlier, now), ...leftGroups(earlier, now), ...movedGroups(earlier, now)]),
  );
}

const kinds = {
  baselines: ['baseline', 'patch groups that use it fall back to the default of AWS until they have another one'],
  windows: ['window', 'nothing opens it any more'],
  instances: ['instance', 'the server is terminated'],
  autoScalingGroups: ['Auto Scaling group', 'its servers are terminated'],
} as const satisfies Partial<Record<keyof RegionalDeployment, readonly [string, string]>>;

function destroyed(earlier: RegionalDeployment, now: RegionalDeployment): Violation[] {
  const gone = earlier.assignments.filter((name) => !now.assignments.includes(name));
  return Object.entries(kinds).flatMap(([kind, [name, effect]]) => {
    const [had, has] = [earlier, now].map((deployment) => deployment[kind as keyof typeof kinds]);
    return Object.entries<object>(had ?? {}).flatMap(([key, value]) => {
      if (Object.hasOwn(has ?? {}, key) || isOf(gone, key, earlier) || isOnce(value)) return [];
      const message = `${name} ${quoted(key)} of stack ${earlier.stackId} was deployed and is gone from the file: deploying the stack destroys it, and ${effect}`;
      const isCritical = 'preventDestroy' in value && value.preventDestroy === true;
      if (!isCritical) return warning('fleet/destroyed', message, 'meant so? otherwise keep it, under the same key');
      const fix = 'keep it under the same key, or deploy its ring without critical first';
      return error('fleet/destroyed-critical', message, fix);
    });
  });
}

/** Windows of emergencies are there to go. */
function isOnce(value: object): boolean {
  return 'operations' in value && Array.isArray(value.operations) && value.operations.length > 1;
}

/** Whether one of these assignments made what has the key. */
function isOf(names: readonly string[], key: string, { assignments }: RegionalDeployment): boolean {
  const [owner = 'default'] = assignments
    .filter((name) => name !== 'default' && key.startsWith(`${name}-`))
    .sort((a, b) => b.length - a.length);
  return names.includes(owner);
}

/**
 * Patch groups whose registrations end: nodes carry the name of a group, so what counts is the name. A baseline that is gone
 * itself is told by itself.
 */
function leftGroups(earlier: RegionalDeployment, now: RegionalDeployment): Violation[] {
  const gone = earlier.assignments.filter((name) => !now.assignments.includes(name));
  const still = Object.values(now.patchGroups).flatMap(({ groupName, baselines }) =>
    baselines.map((baseline) => ({ groupName, system: now.baselines[baseline]?.operatingSystem })),
  );
  return Object.entries(earlier.patchGroups).flatMap(([key, { groupName, baselines }]) => {
    if (isOf(gone, key, earlier)) return [];
    const left = still.filter((registration) => registration.groupName === groupName);
    const ended = baselines.flatMap((baseline) => {
      const { operatingSystem: system } = earlier.baselines[baseline] ?? {};
      return left.some((registration) => registration.system === system) ? [] : [{ baseline, system }];
    });
    const told = left.length === 0 ? ended.slice(0, 1) : ended.filter(({ baseline }) => baseline in now.baselines);
    const isCritical = baselines.some((baseline) => earlier.baselines[baseline]?.preventDestroy === true);
    return told.map(({ system }) => {
      const named = `patch group ${quoted(groupName)} of stack ${earlier.stackId}`;
      const message =
        left.length === 0
          ? `${named} was deployed and is gone from the file: after the next deployment no window finds its nodes by it, and the default baselines of AWS judge them`
          : `${named} had a baseline for ${system} and has none in the file: after the next deployment the default baseline of AWS judges its nodes of that system`;
      const kept = left.length === 0 ? 'keep the group, under the same name' : 'keep a baseline for it';
      return isCritical
        ? error('fleet/destroyed-critical', message, `${kept}, or deploy its ring without critical first`)
        : warning('fleet/destroyed', message, `meant so? otherwise ${kept}`);
    });
  });
}

/**
 * Terraform takes a group under another key for another registration. As nothing tells it the order, it may end the old
 * one after it has made the new one, which to AWS is the same.
 */
function movedGroups(earlier: RegionalDeployment, now: RegionalDeployment): Violation[] {
  return Object.entries(now.patchGroups).flatMap(([key, group]) => {
    if (Object.hasOwn(earlier.patchGroups, key)) return [];
    const [moved] = Object.entries(earlier.patchGroups).filter(
      ([old, { groupName, baselines }]) =>
        !Object.hasOwn(now.patchGroups, old) &&
        groupName === group.groupName &&
        baselines.some((baseline) => group.baselines.includes(baseline)),
    );
    if (moved === undefined) return [];
    const message = `patch group ${quoted(group.groupName)} of stack ${earlier.stackId} must keep its key ${quoted(moved[0])}, got ${quoted(key)}: Terraform may end its registration after making it anew, which leaves its nodes to the default baseline of AWS`;
    return error('fleet/patch-group-moved', message, 'keep the key; what people see is the name');
  });
}
