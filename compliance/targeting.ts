import type { InstanceFacts } from './facts.ts';
import type { TargetFacts, WindowFacts, WindowTargetFacts } from './window-facts.ts';

/** `unknown` where tags of a node, members of a resource group or targets of a window were not read. */
export type Targeted = 'yes' | 'no' | 'unknown';

/** Whether tags hold every key with one of its values; no values: any will do. */
export function matchesTags(
  tags: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, readonly string[]>>,
): boolean {
  return Object.entries(wanted).every(([key, values]) => hasTag(tags, key, values));
}

function hasTag(tags: Readonly<Record<string, string>>, key: string, values: readonly string[]): boolean {
  const value = Object.hasOwn(tags, key) ? tags[key] : undefined;
  return value !== undefined && (values.length === 0 || values.includes(value));
}

/** Whether a task of the window with this operation (any, where none is given) reaches an instance. */
export function targetedBy(window: WindowFacts, instance: InstanceFacts, operation?: 'Scan' | 'Install'): Targeted {
  const { tasks, targets } = window;
  // A task may have targets of its own, and do nothing with those of its window.
  if (tasks === undefined) return 'unknown';
  return any(tasks, (task) => {
    if (operation !== undefined && task.operation !== operation) return 'no';
    return any(task.targets, (target) => {
      if (target.key !== 'WindowTargetIds') return matches(target, instance);
      if (targets === undefined) return 'unknown';
      return any(targets, (one) => (target.values.includes(one.windowTargetId) ? reaches(one, instance) : 'no'));
    });
  });
}

function reaches({ targets, resourceType, memberIds }: WindowTargetFacts, instance: InstanceFacts): Targeted {
  if (resourceType === 'RESOURCE_GROUP') return memberIds === undefined ? 'unknown' : inList(memberIds, instance);
  let all: Targeted = 'yes';
  for (const condition of targets) {
    const answer = matches(condition, instance);
    if (answer === 'no') return 'no';
    if (answer === 'unknown') all = 'unknown';
  }
  return all;
}

/** Yes where one says so; else unknown, where one does. Every window is asked about every instance. */
function any<Item>(items: readonly Item[], says: (item: Item) => Targeted): Targeted {
  let answer: Targeted = 'no';
  for (const item of items) {
    const said = says(item);
    if (said === 'yes') return 'yes';
    if (said === 'unknown') answer = 'unknown';
  }
  return answer;
}

function matches({ key, values }: TargetFacts, instance: InstanceFacts): Targeted {
  if (key === 'InstanceIds') return inList(values, instance);
  // Tags of nodes outside EC2 are not read.
  const tags = instance.ec2?.tags;
  if (tags === undefined) return 'unknown';
  if (key === 'tag-key') return values.every((name) => Object.hasOwn(tags, name)) ? 'yes' : 'no';
  if (!key.startsWith('tag:')) return 'unknown';
  return hasTag(tags, key.slice('tag:'.length), values) ? 'yes' : 'no';
}

function inList(ids: readonly string[], { instanceId }: InstanceFacts): Targeted {
  return ids.includes(instanceId) ? 'yes' : 'no';
}
