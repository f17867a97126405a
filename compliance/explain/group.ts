import type { OperatingSystem } from '../patch-facts.ts';
import { type ExpectedBaseline, type PlaceIndex, targetsSpacedKey } from '../place-index.ts';
import { groupTagKeys, type Subject } from '../subject.ts';
import { targetedBy } from '../targeting.ts';
import { isGone } from './gone.ts';
import { type Judged, lines, namesOf, type Rule } from './reason.ts';

/* Reasons that lie in the patch group of the node, and in the baseline that follows from it. */

export const tagKeySpace: Rule = (judged) => {
  const { index, instance, groupName } = judged.subject;
  const key = index.context?.patchGroupTagKey ?? 'Patch Group';
  if (isGone(judged) || instance.ec2?.metadataTags !== true || key !== 'Patch Group') return undefined;
  if (Object.hasOwn(instance.ec2.tags, key)) return undefined;
  // The key without a space chooses the same baseline; windows that target the other one pass the node by.
  if (groupName !== undefined && !isPassedBy(judged)) return undefined;
  // Without a fleet file, the other nodes of the place show which key is in use.
  if (index.context === undefined && !index.usesSpacedKey) return undefined;
  return {
    code: 'tag-key-space',
    why: `its tags can be read in its metadata, where EC2 allows no key with a space: it cannot carry the tag ${key}`,
    evidence: lines(
      'instance metadata tags are enabled',
      groupName === undefined
        ? `it has no tag ${groupTagKeys.join(' or ')}`
        : `it has the tag PatchGroup=${groupName}, which no window targets`,
    ),
    next: `turn tags in its metadata off and tag it with ${key}, or let the whole fleet use PatchGroup: patchGroupTagKey of the fleet file`,
  };
};

/** Whether windows are known, and each passes the node by that targets the key with a space. */
function isPassedBy({ subject: { index, instance } }: Judged): boolean {
  if (index.gap('windows') !== undefined) return false;
  return (
    index.installWindows.every((window) => targetedBy(window, instance, 'Install') === 'no') &&
    index.installWindows.some(targetsSpacedKey)
  );
}

export const noPatchGroup: Rule = (judged) => {
  const { index, instance, groupName, expected, assignment } = judged.subject;
  const { ec2, patchState } = instance;
  if (isGone(judged) || groupName !== undefined || tagKeySpace(judged) !== undefined) return undefined;
  // Of a node outside EC2 its last report tells.
  const isHybrid = instance.instanceId.startsWith('mi-');
  if (ec2 === undefined && (!isHybrid || patchState === undefined)) return undefined;
  const key = index.context?.patchGroupTagKey ?? 'PatchGroup';
  return {
    code: 'no-patch-group',
    why: 'it has no patch group, so that the default baseline of its operating system counts',
    evidence: lines(
      ec2 === undefined ? 'its last report names no patch group' : `it has no tag ${groupTagKeys.join(' or ')}`,
      expected !== undefined && describeDefault(expected),
      index.groups.size > 0 && `patch groups here: ${groupsOf(index)}`,
      assignment !== undefined && `assignment ${assignment.name} targets it all the same`,
    ),
    next:
      instance.declaredAs === undefined
        ? `tag it with ${key} and the name of a patch group`
        : 'give it a patch group in the fleet file, and deploy its stack',
  };
};

function describeDefault({ baselineId, baselineName }: ExpectedBaseline): string {
  return `the default is ${baselineName === undefined ? '' : `${baselineName} `}${baselineId}`;
}

/** Names of the patch groups of a place. */
function groupsOf({ groups }: PlaceIndex): string {
  return namesOf([...groups.keys()].sort(), 10) || 'none';
}

/** Whether the fleet file gives the group a baseline for the operating system: then it is not deployed. */
function isInFleet({ index, groupName }: Subject, operatingSystem?: OperatingSystem): boolean {
  return (index.context?.assignments ?? [])
    .flatMap(({ patchGroups }) => patchGroups)
    .some(
      (group) =>
        group.groupName === groupName &&
        (operatingSystem === undefined ||
          group.baselines.some((baseline) => baseline.operatingSystem === operatingSystem)),
    );
}

export const groupNotRegistered: Rule = (judged) => {
  const { index, groupName, expected } = judged.subject;
  if (isGone(judged) || groupName === undefined || index.groups.has(groupName)) return undefined;
  if (index.gap('patch-groups') !== undefined) return undefined;
  const isKnown = isInFleet(judged.subject);
  return {
    code: 'group-not-registered',
    why: `no baseline is registered for its patch group ${groupName}, so that the default baseline counts`,
    evidence: lines(
      `patch groups here: ${groupsOf(index)}`,
      isKnown && 'the fleet file has it',
      expected?.from === 'default' && describeDefault(expected),
    ),
    next: isKnown
      ? 'deploy the stack, which registers it'
      : `deploy a stack with the patch group ${groupName}, or correct the tag`,
  };
};

export const osWithoutBaseline: Rule = (judged) => {
  const { index, groupName, operatingSystem, expected } = judged.subject;
  const group = groupName === undefined ? undefined : index.groups.get(groupName);
  if (isGone(judged) || group === undefined || operatingSystem === undefined) return undefined;
  if (group.baselines.some((baseline) => baseline.operatingSystem === operatingSystem)) return undefined;
  // What could not be read may have it.
  if (index.gap('patch-groups') !== undefined) return undefined;
  const isKnown = isInFleet(judged.subject, operatingSystem);
  return {
    code: 'os-without-baseline',
    why: `its patch group ${group.groupName} has no baseline for ${operatingSystem}, so that the default baseline counts`,
    evidence: lines(
      `the group has baselines for ${
        group.baselines
          .map((baseline) => baseline.operatingSystem)
          .sort()
          .join(', ') || 'nothing'
      }`,
      isKnown && `the fleet file gives it one for ${operatingSystem}`,
      expected?.from === 'default' && describeDefault(expected),
    ),
    next: isKnown ? 'deploy the stack, which registers it' : `give the patch group a baseline for ${operatingSystem}`,
  };
};
