import type { InstanceFacts } from './facts.ts';
import type { AssignmentContext, RingContext } from './fleet-context.ts';
import { type Platform, platformOf } from './operating-system.ts';
import type { OperatingSystem } from './patch-facts.ts';
import type { ExpectedBaseline, PlaceIndex } from './place-index.ts';
import { matchesTags } from './targeting.ts';

/** An instance with what the fleet and its place say about it. */
export interface Subject {
  readonly index: PlaceIndex;
  readonly instance: InstanceFacts;
  readonly platform: Platform | undefined;
  readonly operatingSystem: OperatingSystem | undefined;
  /** By its tag; of a node outside EC2 what it reported last. */
  readonly groupName: string | undefined;
  readonly assignment: AssignmentContext | undefined;
  readonly ring: RingContext | undefined;
  /** What it should be judged by; absent where that is not known. */
  readonly expected: ExpectedBaseline | undefined;
}

/** Both keys count, wherever a baseline is chosen. */
export const groupTagKeys = ['PatchGroup', 'Patch Group'] as const;

export function subjectOf(index: PlaceIndex, instance: InstanceFacts): Subject {
  const platform = instance.managed && platformOf(instance.managed);
  const operatingSystem = platform?.operatingSystem;
  const groupName = groupOf(instance);
  const assignment = assignmentOf(index, instance, groupName);
  const ring = index.fleet.rings.find(({ name }) => name === assignment?.ring);
  // Without its tags and without a report, it may be in any group.
  const isGrouped = instance.ec2 !== undefined || instance.patchState !== undefined;
  const expected =
    operatingSystem === undefined || !isGrouped ? undefined : expectedFor(index, groupName, operatingSystem);
  return { index, instance, platform, operatingSystem, groupName, assignment, ring, expected };
}

function groupOf({ ec2, patchState }: InstanceFacts): string | undefined {
  if (ec2 === undefined) return patchState?.patchGroup;
  for (const key of groupTagKeys) if (ec2.tags[key]) return ec2.tags[key];
  return undefined;
}

/** The first of its place, by name, that is for its tags or has its group. */
function assignmentOf(
  { byTags, byGroup }: PlaceIndex,
  { ec2 }: InstanceFacts,
  groupName: string | undefined,
): AssignmentContext | undefined {
  const found = ec2 && byTags.find(({ tags }) => matchesTags(ec2.tags, tags));
  if (found !== undefined) return found.assignment;
  return groupName === undefined ? undefined : byGroup.get(groupName);
}

function expectedFor(index: PlaceIndex, groupName: string | undefined, operatingSystem: OperatingSystem) {
  let ofGroup = index.expected.get(groupName);
  if (ofGroup === undefined) {
    ofGroup = new Map();
    index.expected.set(groupName, ofGroup);
  }
  if (!ofGroup.has(operatingSystem)) ofGroup.set(operatingSystem, expectedBaseline(index, groupName, operatingSystem));
  return ofGroup.get(operatingSystem);
}

/** As the fleet says where it knows the group, as AWS resolves it otherwise, else the default of the system. */
function expectedBaseline(
  { context, baselines, defaults, groups, facts, gap }: PlaceIndex,
  groupName: string | undefined,
  operatingSystem: OperatingSystem,
): ExpectedBaseline | undefined {
  const ofFleet = context?.assignments
    .flatMap(({ patchGroups }) => patchGroups)
    .filter((group) => group.groupName === groupName)
    .flatMap((group) => group.baselines)
    .find((baseline) => baseline.operatingSystem === operatingSystem);
  if (ofFleet !== undefined) {
    // An account may have several baselines of one name: then only outputs tell which one it is.
    const named = facts.baselines.filter(
      (known) => known.baselineName === ofFleet.baselineName && known.operatingSystem === operatingSystem,
    );
    const id = ofFleet.baselineId ?? (named.length === 1 ? named[0]?.baselineId : undefined);
    return id === undefined ? undefined : { baselineId: id, baselineName: ofFleet.baselineName, from: 'fleet' };
  }
  const registered = groups
    .get(groupName ?? '')
    ?.baselines.find((baseline) => baseline.operatingSystem === operatingSystem);
  if (registered !== undefined) {
    const { baselineId } = registered;
    return { baselineId, baselineName: baselines.get(baselineId)?.baselineName, from: 'patch-group' };
  }
  // What could not be read may say otherwise.
  if (groupName !== undefined && gap('patch-groups') !== undefined) return undefined;
  const standard = defaults.get(operatingSystem);
  return standard && { baselineId: standard.baselineId, baselineName: standard.baselineName, from: 'default' };
}

/**
 * Key of the baseline that its assignment has for its group and operating system; absent where that is not known, and
 * where its group is none of its assignment.
 */
export function baselineKeyOf({ assignment, groupName, operatingSystem }: Subject): string | undefined {
  const group = assignment?.patchGroups.find((one) => one.groupName === groupName);
  return group?.baselines.find((baseline) => baseline.operatingSystem === operatingSystem)?.key;
}

/** The baseline that a node was judged by, where it is known to be another than its own. A report may name none. */
export function otherBaselineOf({ instance, expected }: Subject): string | undefined {
  const actual = instance.patchState?.baselineId;
  return actual && expected !== undefined && actual !== expected.baselineId ? actual : undefined;
}
