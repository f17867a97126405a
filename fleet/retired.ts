import { error, quoted } from '../core/problem.ts';
import { shellWord } from '../core/shell-word.ts';
import type { Deployment } from './deployment.ts';
import type { FilePath, FileViolation } from './file-violation.ts';
import type { Fleet, FleetRetired } from './schema/index.ts';

/**
 * What was deployed by an earlier revision of the fleet and is gone from this one without being retired. No stack is
 * left to destroy it, so its windows would go on patching for ever.
 */
export function checkVanished(
  before: readonly Deployment[],
  fleet: Fleet,
  after: readonly Deployment[],
): FileViolation[] {
  const retired = fleet.retired ?? [];
  const afterById = new Map(after.map((deployment) => [deployment.stackId, deployment]));
  return before.flatMap((earlier) => {
    const now = afterById.get(earlier.stackId);
    if (now === undefined) return isRetired(retired, earlier) ? [] : [vanishedStack(earlier, after)];
    if (earlier.kind !== 'regional' || now.kind !== 'regional') return [];
    return earlier.assignments
      .filter((name) => !now.assignments.includes(name) && !isRetired(retired, earlier, name))
      .map((name) => vanishedAssignment(earlier.stackId, name));
  });
}

/** Retired is what is gone: an entry that names something still in the file is a mistake. */
export function checkRetired(fleet: Fleet, deployments: readonly Deployment[]): FileViolation[] {
  return (fleet.retired ?? []).flatMap((entry, index) => {
    const still = deployments.filter(
      (deployment) =>
        isAbout(entry, deployment) &&
        (deployment.kind === 'regional'
          ? (entry.assignments?.some((name) => deployment.assignments.includes(name)) ?? true)
          : entry.regions !== undefined),
    );
    const path: FilePath = ['retired', index];
    return still.map(({ stackId }) => ({
      ...error(
        'fleet/retired-or-deployed',
        `retired must name what is gone, got ${quoted(entry.account)}, which still deploys ${stackId}`,
        'take it out of accounts, or out of retired',
      ),
      at: path,
    }));
  });
}

/** How what is retired from a file is taken down, one command a line: regions first, what they share last. */
export function takeDownOrder(
  before: readonly Deployment[],
  after: readonly Deployment[],
  file = 'fleet.yaml',
): string[] {
  const named = file === 'fleet.yaml' ? '' : ` --fleet ${shellWord(file)}`;
  const remaining = new Set(after.map(({ stackId }) => stackId));
  const gone = before.filter(({ stackId }) => !remaining.has(stackId));
  const regionsFirst = [...gone].sort(
    (a, b) => Number(a.kind === 'global') - Number(b.kind === 'global') || (a.stackId < b.stackId ? -1 : 1),
  );
  return regionsFirst.flatMap(({ stackId }) => [
    `npx patchfleet synth --only ${stackId}${named}`,
    `npx cdktf destroy ${stackId} --skip-synth`,
  ]);
}

function isRetired(retired: readonly FleetRetired[], deployment: Deployment, assignment?: string): boolean {
  return retired.some(
    (entry) =>
      isAbout(entry, deployment) &&
      (assignment === undefined ? entry.assignments === undefined : (entry.assignments?.includes(assignment) ?? false)),
  );
}

/** A global stack goes with its whole account, or by its own name where the account stays and brings its roles along. */
function isAbout(entry: FleetRetired, { account, region, kind, stackId }: Deployment): boolean {
  if (entry.account !== account || (entry.stackId ?? stackId) !== stackId) return false;
  return entry.regions === undefined || entry.regions.includes(kind === 'global' ? 'global' : region);
}

function vanishedStack({ stackId, account, region, kind }: Deployment, after: readonly Deployment[]): FileViolation {
  const stays = after.some((deployment) => deployment.account === account);
  const left = kind === 'global' ? 'nor its roles' : 'and its windows would go on patching';
  const message = `stack ${stackId} was deployed and is gone from the file: nothing would destroy it, ${left}`;
  if (account === 'current') {
    const entry = `{ account: current, stackId: ${stackId} }`;
    return { ...error('fleet/vanished', message, `destroy it, and add ${entry} to retired`), at: ['accounts'] };
  }
  const name = kind === 'regional' ? region : 'global';
  const entry =
    kind === 'global' && !stays ? `{ account: "${account}" }` : `{ account: "${account}", regions: [${name}] }`;
  const first = kind === 'global' && stays ? 'deploy the regions of the account, then ' : '';
  return { ...error('fleet/vanished', message, `${first}destroy it, and add ${entry} to retired`), at: ['accounts'] };
}

function vanishedAssignment(stackId: string, name: string): FileViolation {
  const message = `assignment ${quoted(name)} of stack ${stackId} was deployed and is gone from the file: deploying the stack destroys its windows`;
  return {
    ...error('fleet/vanished', message, `if that is meant, add it to retired with assignments: [${name}]`),
    at: ['accounts'],
  };
}
