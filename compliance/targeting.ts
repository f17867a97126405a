import type { InstanceFacts } from './facts.ts';
import type { TargetFacts, WindowFacts, WindowTargetFacts } from './window-facts.ts';

/** `unknown` where tags of a node, members of a resource group or targets of a window were not read. */
export type Targeted = 'yes' | 'no' | 'unknown';

/** Whether tags hold every key with one of its values; no values: any will do. */
export function matchesTags(
  tags: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, readonly string[]>>,
): boolean {
  return Object.entries(wanted).every(([key, values]) => {
    const value = Object.hasOwn(tags, key) ? tags[key] : undefined;
    return value !== undefined && (values.length === 0 || values.includes(value));
  });
}

/** Whether a task of the window with this operation (any, where none is given) reaches an instance. */
export function targetedBy(window: WindowFacts, instance: InstanceFacts, operation?: 'Scan' | 'Install'): Targeted {
  if (window.tasks === undefined) return window.targets === undefined ? 'unknown' : anyOf(window.targets, instance);
  const tasks = window.tasks.filter((task) => operation === undefined || task.operation === operation);
  return combined(
    tasks.map(({ targets }) =>
      combined(
        targets.map((target) => {
          if (target.key !== 'WindowTargetIds') return matches(target, instance);
          if (window.targets === undefined) return 'unknown';
          const named = window.targets.filter(({ windowTargetId }) => target.values.includes(windowTargetId));
          return anyOf(named, instance);
        }),
      ),
    ),
  );
}

function anyOf(targets: readonly WindowTargetFacts[], instance: InstanceFacts): Targeted {
  return combined(
    targets.map(({ targets: conditions, resourceType, memberIds }) => {
      if (resourceType === 'RESOURCE_GROUP') return memberIds === undefined ? 'unknown' : inList(memberIds, instance);
      const answers = conditions.map((condition) => matches(condition, instance));
      return answers.includes('no') ? 'no' : answers.includes('unknown') ? 'unknown' : 'yes';
    }),
  );
}

function combined(answers: readonly Targeted[]): Targeted {
  return answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no';
}

function matches({ key, values }: TargetFacts, instance: InstanceFacts): Targeted {
  if (key === 'InstanceIds') return inList(values, instance);
  // Tags of nodes outside EC2 are not read.
  const tags = instance.ec2?.tags;
  if (tags === undefined) return 'unknown';
  if (key === 'tag-key') return values.every((name) => Object.hasOwn(tags, name)) ? 'yes' : 'no';
  if (!key.startsWith('tag:')) return 'unknown';
  return matchesTags(tags, { [key.slice('tag:'.length)]: values }) ? 'yes' : 'no';
}

function inList(ids: readonly string[], { instanceId }: InstanceFacts): Targeted {
  return ids.includes(instanceId) ? 'yes' : 'no';
}
