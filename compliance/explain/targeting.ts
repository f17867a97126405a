import type { InstanceFacts } from '../facts.ts';
import { describeGap } from '../gaps.ts';
import type { PlaceIndex } from '../place-index.ts';
import type { WindowFacts } from '../window-facts.ts';
import { isGone } from './gone.ts';
import { lines, namesOf, type Rule } from './reason.ts';
import { installWindowsOf } from './runs.ts';

/** No window is seen to install on it, and some that was not read, or whose targets say nothing, may. */
export const targetingUnknown: Rule = (judged) => {
  const { index, instance, assignment, groupName } = judged.subject;
  const windows = installWindowsOf(index, instance);
  if (isGone(judged) || windows.some(({ targeted }) => targeted === 'yes')) return undefined;
  const possible = windows.filter(({ targeted }) => targeted === 'unknown').map(({ window }) => window);
  const gap = index.gap('windows');
  if (gap === undefined && possible.length === 0) return undefined;
  return {
    code: 'targeting-unknown',
    why: 'whether a maintenance window installs on it is not known',
    evidence: lines(
      gap !== undefined && `maintenance windows could not be read: ${describeGap(gap)}`,
      possible.length > 0 && `windows that may: ${namesOf(possible.map(({ windowName }) => windowName))}`,
      ...possible.map((window) => unreadOf(window, index)),
      possible.some(targetsGroup) && 'members of resource groups are not read',
      tagsUnknown(instance, index),
      instance.ec2 === undefined && groupName !== undefined && `it reported the patch group ${groupName}`,
      assignment === undefined &&
        instance.ec2 === undefined &&
        index.byTags.length > 0 &&
        'its ring is not known either: an assignment may target its tags',
    ),
    next: 'look its tags and the targets of the windows up in Systems Manager',
  };
};

/** Why tags of a node are not known; absent where they are. */
function tagsUnknown({ ec2, instanceId }: InstanceFacts, index: PlaceIndex): string | undefined {
  if (ec2 !== undefined) return undefined;
  if (instanceId.startsWith('mi-')) return 'its tags are not known: those of nodes outside EC2 are not read';
  const gap = index.gap('ec2-instances', instanceId);
  return `its tags are not known: ${gap === undefined ? 'EC2 does not know it' : `EC2 could not be asked: ${describeGap(gap)}`}`;
}

function unreadOf({ windowId, windowName }: WindowFacts, index: PlaceIndex): string | undefined {
  const gap = index.gap('windows', windowId);
  return gap === undefined || gap.windowIds === undefined
    ? undefined
    : `window ${windowName} (${windowId}) could not be read: ${describeGap(gap)}`;
}

function targetsGroup({ targets = [] }: WindowFacts): boolean {
  return targets.some(({ resourceType }) => resourceType === 'RESOURCE_GROUP');
}
