import { quoted, type Violation, warning } from '../core/problem.ts';
import type { Deployment, RegionalDeployment } from './deployment.ts';
import { at, type FileViolation } from './file-violation.ts';
import { redeployed } from './redeployed.ts';

/**
 * What the next deployment of a stack makes anew under the same key, and whether its windows find other nodes from then on,
 * as an earlier revision of the fleet had it and this one does not.
 */
export function checkReplaced(before: readonly Deployment[], after: readonly Deployment[]): FileViolation[] {
  const pairs = redeployed(before, after);
  return [
    ...at(
      ['accounts'],
      pairs.flatMap(([earlier, now]) => replaced(earlier, now)),
    ),
    // All stacks of a fleet have one key.
    ...at(
      ['patchGroupTagKey'],
      pairs.slice(0, 1).flatMap(([earlier, now]) => changedTagKey(earlier, now)),
    ),
  ];
}

/** Keys whose value EC2 cannot change; one that is left out changes nothing. */
const replacing = {
  instances: {
    name: 'instance',
    keys: ['image', 'subnetId'],
    effect: 'the server is terminated, and another one made',
  },
  autoScalingGroups: {
    name: 'Auto Scaling group',
    keys: ['name'],
    effect: 'its servers are terminated, and others made',
  },
} as const satisfies Partial<Record<keyof RegionalDeployment, object>>;

type Made = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

function replaced(earlier: RegionalDeployment, now: RegionalDeployment): Violation[] {
  return Object.entries(replacing).flatMap(([kind, { name, keys, effect }]) => {
    const madeBy = (deployment: RegionalDeployment): Made => deployment[kind as keyof typeof replacing] ?? {};
    const has = madeBy(now);
    return Object.entries(madeBy(earlier)).flatMap(([key, value]) =>
      keys.flatMap((field) => {
        const [old, next] = [value[field], has[key]?.[field]];
        if (next === undefined || next === old) return [];
        const message = `${name} ${quoted(key)} of stack ${earlier.stackId} was deployed with ${told(field, old)} and has ${told(field, next)}: ${old === undefined ? 'unless it is there already, ' : ''}deploying the stack replaces it, so ${effect}`;
        return [warning('fleet/replaced', message, `meant so? otherwise keep its ${field}`)];
      }),
    );
  });
}

function told(field: string, value: unknown): string {
  return value === undefined ? `no ${field}` : `${field} ${quoted(value)}`;
}

function changedTagKey(earlier: RegionalDeployment, now: RegionalDeployment): Violation[] {
  const [old, key] = [earlier.patchGroupTagKey, now.patchGroupTagKey];
  if (old === key) return [];
  const message = `windows were deployed for patch groups by the tag ${quoted(old)}, and are for ${quoted(key)} now: after the next deployment they find no node that has only the old one`;
  return [warning('fleet/tag-key-changed', message, `tag nodes that no stack makes with ${quoted(key)} before`)];
}
