import { error, type Violation, warning } from '../../core/problem.ts';
import { at, type FileViolation } from '../file-violation.ts';
import type { Assigned, AssignmentSet, FleetFacts, Ring, RingWindow } from './facts.ts';
import type { RunsOf } from './runs.ts';

/** What one account and region may hold, unless AWS raised the quota.
 * @see https://docs.aws.amazon.com/general/latest/gr/ssm.html#limits_ssm */
const most = {
  baselines: 50,
  groupsPerBaseline: 25,
  windows: 50,
  tasksPerWindow: 20,
  targetsPerWindow: 100,
  atOnce: 5,
};

/** Quotas of each account and region, after expansion; said once for all that share their assignments. */
export function checkQuotas(facts: FleetFacts, runsOf: RunsOf): FileViolation[] {
  const openAtOnce = memoisedOpenings(runsOf);
  return facts.assignmentSets.flatMap((set) => [
    ...at(set.path, [
      ...quota(
        'fleet/quota-baselines',
        'an account and region',
        'patch baselines',
        sum(set, (a) => a.baselines.length),
        most.baselines,
        'share baselines between patch groups, or use fewer assignments',
      ),
      ...quota(
        'fleet/quota-windows',
        'an account and region',
        'maintenance windows',
        sum(set, windowCount),
        most.windows,
        'use fewer assignments, or fewer install windows',
      ),
      ...checkAtOnce(set, openAtOnce),
    ]),
    ...set.value.flatMap((assigned) => at([...assigned.path, 'patchGroups'], checkAssigned(facts, assigned))),
  ]);
}

function checkAssigned({ patchGroups }: FleetFacts, assigned: Assigned): Violation[] {
  const { groups, assignment, ring } = assigned;
  // One target and one task for each group, or for what the assignment targets instead; in an emergency two tasks.
  const targets = assignment.targets === undefined ? groups.length : 1;
  const isEmergency = ring !== undefined && ring.emergencies.length > 0;
  const crowded =
    groups.length <= most.groupsPerBaseline
      ? []
      : assigned.baselines.flatMap((key) => {
          const count = groups.filter((group) => patchGroups.get(group)?.baselines.includes(key)).length;
          return quota(
            'fleet/quota-groups-per-baseline',
            `baseline "${key}"`,
            'patch groups',
            count,
            most.groupsPerBaseline,
            'use a second baseline, or a second assignment',
          );
        });
  return [
    ...crowded,
    ...quota(
      'fleet/quota-tasks',
      'a window',
      isEmergency ? 'tasks, in an emergency two for each patch group' : 'tasks, one for each patch group',
      isEmergency ? 2 * targets : targets,
      most.tasksPerWindow,
      'use a second assignment',
    ),
    ...quota(
      'fleet/quota-targets',
      'a window',
      'targets, one for each patch group',
      targets,
      most.targetsPerWindow,
      'use a second assignment',
    ),
  ];
}

function quota(rule: string, holder: string, what: string, count: number, limit: number, fix: string): Violation[] {
  return count <= limit ? [] : [error(rule, `${holder} must have at most ${limit} ${what}, got ${count}`, fix)];
}

function sum(set: AssignmentSet, count: (assigned: Assigned) => number): number {
  return set.value.reduce((total, assigned) => total + count(assigned), 0);
}

function windowsOf(ring: Ring | undefined): readonly RingWindow[] {
  return ring === undefined ? [] : [...ring.windows, ...ring.emergencies];
}

function windowCount({ ring }: Assigned): number {
  return windowsOf(ring).length;
}

/** The sixth window that is due waits: AWS executes five at once. */
function checkAtOnce(set: AssignmentSet, openAtOnce: Openings): Violation[] {
  if (sum(set, windowCount) <= most.atOnce) return [];
  const windows = set.value.flatMap(({ ring }) => windowsOf(ring));
  const found = openAtOnce(windows);
  if (found === undefined) return [];
  const message = `an account and region executes at most ${most.atOnce} maintenance windows at once, got ${found.count} open at ${found.instant}`;
  return [warning('fleet/quota-windows-at-once', message, 'move some of them')];
}

type Openings = (windows: readonly RingWindow[]) => { readonly count: number; readonly instant: string } | undefined;

/** Accounts share few rings, so few sets of windows are ever looked at. */
function memoisedOpenings(runsOf: RunsOf): Openings {
  const known = new Map<string, ReturnType<Openings>>();
  return (windows) => {
    const id = windows
      .map(({ path }) => path.join(' '))
      .sort()
      .join(', ');
    if (!known.has(id)) known.set(id, firstCrowd(windows, runsOf));
    return known.get(id);
  };
}

/** The first instant at which too many are open. */
function firstCrowd(windows: readonly RingWindow[], runsOf: RunsOf): ReturnType<Openings> {
  const changes = windows
    .flatMap((window) => runsOf(window).flatMap(({ start, end }) => [[start, 1] as const, [end, -1] as const]))
    // At one instant windows close before others open.
    .sort(([a, change], [b, other]) => a - b || change - other);
  let open = 0;
  for (const [index, [instant, change]] of changes.entries()) {
    open += change;
    const settled = changes[index + 1]?.[0] !== instant;
    if (open > most.atOnce && settled)
      return { count: open, instant: `${new Date(instant).toISOString().slice(0, 19)}Z` };
  }
  return undefined;
}
