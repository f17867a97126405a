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

/**
 * Whether a task of the window with this operation (any, where none is given) reaches an instance; `other` are those of
 * documents that are not for patching, as far as is known.
 */
export function targetedBy(window: WindowFacts, instance: InstanceFacts, operation?: Operation): Targeted {
  let answer: Targeted = 'no';
  for (const reaches of waysOf(window, operation ?? 'any')) {
    const said = reaches(instance);
    if (said === 'yes') return 'yes';
    if (said === 'unknown') answer = 'unknown';
  }
  return answer;
}

type Operation = 'Scan' | 'Install' | 'other';
type Way = (instance: InstanceFacts) => Targeted;

/** Every window is asked about every instance: how it reaches them is worked out once. */
const known = new WeakMap<WindowFacts, Partial<Record<Operation | 'any', readonly Way[]>>>();

function waysOf(window: WindowFacts, operation: Operation | 'any'): readonly Way[] {
  let ways = known.get(window);
  if (ways === undefined) {
    ways = {};
    known.set(window, ways);
  }
  ways[operation] ??= workedOut(window, operation);
  return ways[operation];
}

function workedOut({ tasks, targets }: WindowFacts, operation: Operation | 'any'): readonly Way[] {
  // A task may have targets of its own, and do nothing with those of its window.
  if (tasks === undefined) return [notKnown];
  const chosen = tasks.filter((task) => operation === 'any' || (task.operation ?? 'other') === operation);
  return chosen
    .flatMap((task) => task.targets)
    .flatMap((target) => {
      if (target.key !== 'WindowTargetIds') return [meeting(target)];
      if (targets === undefined) return [notKnown];
      return targets.filter(({ windowTargetId }) => target.values.includes(windowTargetId)).map(throughTarget);
    });
}

function notKnown(): Targeted {
  return 'unknown';
}

/** A target of the window: all of its conditions must be met. */
function throughTarget({ targets, resourceType }: WindowTargetFacts): Way {
  // Members of resource groups are not read.
  if (resourceType === 'RESOURCE_GROUP') return notKnown;
  const conditions = targets.map(meeting);
  return (instance) => {
    let all: Targeted = 'yes';
    for (const meets of conditions) {
      const answer = meets(instance);
      if (answer === 'no') return 'no';
      if (answer === 'unknown') all = 'unknown';
    }
    return all;
  };
}

function meeting({ key, values }: TargetFacts): Way {
  if (key === 'InstanceIds') {
    const ids = new Set(values);
    return ({ instanceId }) => (ids.has(instanceId) ? 'yes' : 'no');
  }
  const tagKey = key.startsWith('tag:') ? key.slice('tag:'.length) : undefined;
  return ({ ec2 }) => {
    // Tags of nodes outside EC2 are not read.
    const tags = ec2?.tags;
    if (tags === undefined) return 'unknown';
    if (key === 'tag-key') return values.every((name) => Object.hasOwn(tags, name)) ? 'yes' : 'no';
    if (tagKey === undefined) return 'unknown';
    return hasTag(tags, tagKey, values) ? 'yes' : 'no';
  };
}
