import { error, quoted, type Violation } from '../../core/problem.ts';
import { checkOneOf, checkText } from '../../core/value-checks.ts';

/** The tag keys that make a node a member of a patch group; case matters. */
export const patchGroupTagKeys = ['PatchGroup', 'Patch Group'] as const;

export interface PatchGroupFacts {
  readonly groupName?: string | undefined;
  readonly tagKey?: string | undefined;
  /** The operating system of each baseline registered for the group. */
  readonly operatingSystems?: readonly (string | undefined)[] | undefined;
}

/** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-patch-groups.html */
export function checkPatchGroup(group: PatchGroupFacts): Violation[] {
  const systems = group.operatingSystems ?? [];
  return [
    ...checkText('groupName', group.groupName, {
      rule: 'patch-group/name',
      min: 1,
      max: 256,
      pattern: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u,
      allowed: 'letters, digits, spaces, _ . : / = + - @',
    }),
    ...checkOneOf('tagKey', group.tagKey, patchGroupTagKeys, 'patch-group/tag-key'),
    ...(group.operatingSystems?.length === 0
      ? [
          error(
            'patch-group/has-baseline',
            'baselines must hold at least one baseline, got none: nodes of the group would use the default baseline',
            'add a baseline for each operating system of the group',
          ),
        ]
      : []),
    ...systems
      .filter((system, index) => system !== undefined && systems.indexOf(system) < index)
      .map((system) =>
        error(
          'patch-group/one-baseline-per-operating-system',
          `baselines must hold one baseline for each operating system, got a second one for ${system}`,
          'merge the two, or put the nodes in two groups',
        ),
      ),
  ];
}

/** A group in the same account and region as `others`, which were declared before it. */
export function checkAmongGroups(group: PatchGroupFacts, others: readonly PatchGroupFacts[]): Violation[] {
  return others.flatMap((other) =>
    (group.groupName === undefined || other.groupName !== group.groupName ? [] : (group.operatingSystems ?? []))
      .filter((system) => system !== undefined && other.operatingSystems?.includes(system) === true)
      .map((system) =>
        error(
          'patch-group/registered-once',
          `patch group ${quoted(group.groupName)} must have one baseline for ${system}, another is registered already`,
          'register it once, or name the groups apart',
        ),
      ),
  );
}
