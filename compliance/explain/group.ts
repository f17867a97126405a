import { groupTagKeys } from '../subject.ts';
import { isGone } from './gone.ts';
import { lines, type Rule } from './reason.ts';

/* Reasons that lie in the patch group of the node, and in the baseline that follows from it. */

export const tagKeySpace: Rule = (judged) => {
  const { index, instance, groupName } = judged.subject;
  const key = index.context?.patchGroupTagKey ?? 'Patch Group';
  if (isGone(judged) || groupName !== undefined || instance.ec2?.metadataTags !== true || !key.includes(' '))
    return undefined;
  if (index.context === undefined && !usesSpacedKey(judged.subject.index.facts.instances)) return undefined;
  return {
    code: 'tag-key-space',
    why: `its tags can be read in its metadata, where EC2 allows no key with a space: it cannot carry the tag ${key}`,
    evidence: ['instance metadata tags are enabled', `it has no tag ${groupTagKeys.join(' or ')}`],
    next: 'tag it with PatchGroup, which means the same, or turn tags in its metadata off',
  };
};

/** Without a fleet file, the other nodes of the place show which key is in use. */
function usesSpacedKey(instances: readonly { readonly ec2?: { readonly tags: Readonly<Record<string, string>> } }[]) {
  return instances.some(({ ec2 }) => ec2 !== undefined && Object.hasOwn(ec2.tags, 'Patch Group'));
}

export const noPatchGroup: Rule = (judged) => {
  const { instance, groupName, expected, assignment } = judged.subject;
  if (isGone(judged) || instance.ec2 === undefined || groupName !== undefined) return undefined;
  if (tagKeySpace(judged) !== undefined) return undefined;
  return {
    code: 'no-patch-group',
    why: 'it has no patch group, so that the default baseline of its operating system counts',
    evidence: lines(
      `it has no tag ${groupTagKeys.join(' or ')}`,
      expected !== undefined &&
        `the default is ${expected.baselineName ?? ''} ${expected.baselineId}`.replace('  ', ' '),
      assignment !== undefined && `assignment ${assignment.name} targets it all the same`,
    ),
    next: 'tag it with PatchGroup and the name of a patch group',
  };
};

export const groupNotRegistered: Rule = (judged) => {
  const { index, groupName, expected } = judged.subject;
  if (isGone(judged) || groupName === undefined || index.groups.has(groupName)) return undefined;
  if (index.gap('patch-groups') !== undefined) return undefined;
  return {
    code: 'group-not-registered',
    why: `no baseline is registered for its patch group ${groupName}, so that the default baseline counts`,
    evidence: lines(
      `patch groups here: ${[...index.groups.keys()].sort().join(', ') || 'none'}`,
      expected?.from === 'default' && `the default is ${expected.baselineName ?? ''} ${expected.baselineId}`,
    ),
    next: `deploy a stack with the patch group ${groupName}, or correct the tag`,
  };
};

export const osWithoutBaseline: Rule = (judged) => {
  const { index, groupName, operatingSystem, expected } = judged.subject;
  const group = groupName === undefined ? undefined : index.groups.get(groupName);
  if (isGone(judged) || group === undefined || operatingSystem === undefined) return undefined;
  if (group.baselines.some((baseline) => baseline.operatingSystem === operatingSystem)) return undefined;
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
      expected?.from === 'default' && `the default is ${expected.baselineName ?? ''} ${expected.baselineId}`,
    ),
    next: `give the patch group a baseline for ${operatingSystem}`,
  };
};
