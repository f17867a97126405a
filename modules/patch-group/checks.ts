import { error, quoted, type Violation } from '../../core/problem.ts';
import { checkGiven, checkOneOf, checkText, listOf } from '../../core/value-checks.ts';
import { operatingSystems } from '../patch-baseline/operating-system.ts';

/** The tag keys that make a node a member of a patch group; case matters. */
export const patchGroupTagKeys = ['PatchGroup', 'Patch Group'] as const;

/**
 * A patch group as plain data. A key that is absent is not given; one that is there with `undefined` is known only when
 * Terraform applies.
 */
export interface PatchGroupFacts {
  readonly groupName?: string | undefined;
  readonly tagKey?: string | undefined;
  readonly baselines?: readonly GroupBaselineFacts[] | undefined;
  readonly region?: string | undefined;
}

/** What a group needs to know of a baseline. */
export interface GroupBaselineFacts {
  /** The id, or what stands for it until Terraform applies; the same for the same baseline. */
  readonly baselineId?: string | undefined;
  readonly operatingSystem?: string | undefined;
  readonly region?: string | undefined;
}

/** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-patch-groups.html */
export function checkPatchGroup(group: PatchGroupFacts): Violation[] {
  const baselines = listOf(group.baselines);
  const systems = baselines.map((baseline) => baseline?.operatingSystem);
  return [
    ...checkGiven(group, 'groupName', 'patch-group/name'),
    ...checkText('groupName', group.groupName, {
      rule: 'patch-group/name',
      min: 1,
      max: 256,
      pattern: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u,
      allowed: 'letters, digits, spaces, _ . : / = + - @',
    }),
    ...checkOneOf('tagKey', group.tagKey, patchGroupTagKeys, 'patch-group/tag-key'),
    ...checkHasBaseline(group.baselines),
    ...baselines.flatMap((baseline, index) => checkGroupBaseline(`baselines[${index}]`, baseline, group.region)),
    ...[...new Set(systems.filter((system, index) => system !== undefined && systems.indexOf(system) < index))].map(
      (system) =>
        error(
          'patch-group/one-baseline-per-operating-system',
          `baselines must hold one baseline for each operating system, got more for ${system}`,
          'merge them, or put the nodes in several groups',
        ),
    ),
  ];
}

function checkHasBaseline(baselines: unknown): Violation[] {
  if (Array.isArray(baselines) && baselines.length > 0) return [];
  const received = Array.isArray(baselines) || baselines === undefined ? 'none' : quoted(baselines);
  return [
    error(
      'patch-group/has-baseline',
      `baselines must hold at least one baseline, got ${received}: nodes of the group would use the default baseline`,
      'list a baseline for each operating system of the group',
    ),
  ];
}

function checkGroupBaseline(where: string, baseline: GroupBaselineFacts, region: string | undefined): Violation[] {
  if (!isGroupBaseline(baseline)) {
    const received = typeof baseline?.baselineId === 'string' ? quoted(baseline.operatingSystem) : 'something else';
    return [
      error(
        'patch-group/baseline',
        `${where} must be a patch baseline with a known operating system, got ${received}`,
        'give a PatchBaseline, or one from PatchBaseline.fromBaselineId',
      ),
    ];
  }
  if (region === undefined || baseline.region === undefined || region === baseline.region) return [];
  return [
    error(
      'patch-group/region',
      `${where} must be in the group's region ${quoted(region)}, got ${quoted(baseline.region)}`,
      'leave region out: the group follows its baselines',
    ),
  ];
}

/** Whether a group can be registered on it. What a JavaScript author lists may be anything. */
export function isGroupBaseline(baseline: GroupBaselineFacts | undefined): boolean {
  const system = baseline?.operatingSystem;
  return typeof baseline?.baselineId === 'string' && operatingSystems.some((known) => known === system);
}

/** A group in the same account as `others`, which were declared before it. */
export function checkAmongGroups(group: PatchGroupFacts, others: readonly PatchGroupFacts[]): Violation[] {
  return [...registeredBefore(group, others), ...groupsOfBaselines(group, others)];
}

function registeredBefore(group: PatchGroupFacts, others: readonly PatchGroupFacts[]): Violation[] {
  const namesakes = others.filter((other) => group.groupName !== undefined && other.groupName === group.groupName);
  const registered = new Set(namesakes.flatMap(registrations));
  return [...new Set(registrations(group))]
    .filter((registration) => registered.has(registration))
    .map((registration) =>
      error(
        'patch-group/registered-once',
        `patch group ${quoted(group.groupName)} must have one baseline for ${registration}, another is registered already`,
        'register it once, or name the groups apart',
      ),
    );
}

/** `WINDOWS`, or `WINDOWS in eu-west-1` where the region is not the provider's. */
function registrations(group: PatchGroupFacts): string[] {
  return listOf(group.baselines)
    .filter(isGroupBaseline)
    .map((baseline) => {
      const region = group.region ?? baseline.region;
      return region === undefined ? `${baseline.operatingSystem}` : `${baseline.operatingSystem} in ${region}`;
    });
}

function groupsOfBaselines(group: PatchGroupFacts, others: readonly PatchGroupFacts[]): Violation[] {
  const groupsOf = (id: string) => others.filter((other) => listOf(other.baselines).some((b) => b?.baselineId === id));
  return listOf(group.baselines)
    .map((baseline, index) => ({ baselineId: baseline?.baselineId, index }))
    .filter(({ baselineId }) => baselineId !== undefined && groupsOf(baselineId).length === 25)
    .map(({ index }) =>
      error(
        'patch-group/groups-per-baseline',
        `baselines[${index}] must serve at most 25 patch groups, this is the 26th`,
        'give the group a baseline of its own',
      ),
    );
}
