import { familyOf } from '../modules/patch-baseline/operating-system.ts';
import { pinsOf } from './approval.ts';
import type { BaselineConfiguration, TargetConfiguration, WindowConfiguration } from './deployment.ts';
import { approvedInEmergencies, emergencyWindows } from './emergency.ts';
import { windowsOfRing } from './ring-windows.ts';
import type { Fleet, FleetAssignment, FleetBaseline, FleetRing } from './schema/index.ts';
import { sorted } from './sorted.ts';
import { waivedPatches } from './waivers.ts';

/** Key of something an assignment makes: the assignment `default` is left out. */
export function deploymentKey(assignment: string, key: string): string {
  return assignment === 'default' ? key : `${assignment}-${key}`;
}

/** Physical name of something an assignment makes. */
export function physicalName(fleet: Fleet, assignment: string, key: string): string {
  return `${fleet.fleet}-${deploymentKey(assignment, key)}`;
}

/** The baselines that the patch groups of an assignment use, by key, with what its ring approves and rejects. */
export function baselinesOf(
  fleet: Fleet,
  name: string,
  assignment: FleetAssignment,
): Record<string, BaselineConfiguration> {
  const ring = ringOf(fleet, assignment);
  const keys = new Set(assignment.patchGroups.flatMap((group) => fleet.patchGroups[group]?.baselines ?? []));
  const delay = assignment.approveAfterDays ?? ring?.approveAfterDays;
  return Object.fromEntries(
    [...keys].flatMap((key) => {
      const baseline = fleet.baselines[key];
      if (baseline === undefined) return [];
      const configuration = {
        baselineName: physicalName(fleet, name, key),
        preventDestroy: ring?.critical ?? false,
        ...configurationOf(baseline, delay, pinsOf(ring, key, baseline)),
        approvedPatches: [
          ...new Set([
            ...(baseline.approvedPatches ?? []),
            ...approvedInEmergencies(fleet, assignment.ring, baseline.operatingSystem),
          ]),
        ],
        rejectedPatches: [
          ...new Set([...(baseline.rejectedPatches ?? []), ...waivedPatches(fleet, assignment.ring, key, baseline)]),
        ],
      };
      return [[deploymentKey(name, key), configuration as unknown as BaselineConfiguration]];
    }),
  );
}

function configurationOf(baseline: FleetBaseline, ringDelay: number | undefined, pins: readonly string[] | undefined) {
  const { preset, approvalRules, sources, registerAsDefault, ...rest } = baseline;
  // Repositories of apt carry no reliable release dates: a delay would be written and have no effect.
  const delay = familyOf(baseline.operatingSystem) === 'apt' ? undefined : ringDelay;
  return {
    ...rest,
    approvalRules: (approvalRules ?? []).map((rule, index) => approving(rule, delay, pins?.[index])),
    ...(preset !== undefined && {
      preset: pins !== undefined ? { approveUntilDates: pins } : delay === undefined ? {} : { approveAfterDays: delay },
    }),
    sources: sources ?? [],
    registerAsDefault: registerAsDefault ?? false,
  };
}

/** A rule pinned to a date keeps it, but for a pin of the ring: a ring's delay takes the place of another delay only. */
function approving(
  rule: NonNullable<FleetBaseline['approvalRules']>[number],
  delay: number | undefined,
  pin: string | undefined,
) {
  const { approveAfterDays: _, ...rest } = rule;
  if (pin !== undefined) return { ...rest, approveUntilDate: pin };
  return delay === undefined || rule.approveUntilDate !== undefined ? rule : { ...rule, approveAfterDays: delay };
}

/** The windows of an assignment: one for scans, one for each install window of its ring, one for each emergency. */
export function windowsOf(
  fleet: Fleet,
  name: string,
  assignment: FleetAssignment,
): Record<string, WindowConfiguration> {
  const ring = ringOf(fleet, assignment);
  if (ring === undefined) return {};
  const lasting = windowsOfRing(ring).map(({ key, operation, window }) => ({
    key,
    description: descriptionOf(operation, assignment),
    operations: [operation] as const,
    window,
    preventDestroy: ring.critical ?? false,
  }));
  const once = emergencyWindows(fleet, ring).map(({ key, window }) => ({
    key,
    description: descriptionOf('Install', assignment),
    operations: ['Scan', 'Install'] as const,
    window,
    // It is there to be removed.
    preventDestroy: false,
  }));
  return Object.fromEntries(
    [...lasting, ...once].map(({ key, ...window }) => [
      deploymentKey(name, key),
      { windowName: physicalName(fleet, name, key), ...window, targets: targetsOf(name, assignment) },
    ]),
  );
}

function descriptionOf(operation: 'Scan' | 'Install', { patchGroups }: FleetAssignment): string {
  const what = operation === 'Scan' ? 'Reports missing patches' : 'Installs approved patches';
  return `${what}: ${[...patchGroups].sort().join(', ')}`.slice(0, 128);
}

function targetsOf(name: string, assignment: FleetAssignment): Record<string, TargetConfiguration> {
  const { targets, patchGroups } = assignment;
  if (targets === undefined) {
    return Object.fromEntries(
      patchGroups.map((key) => [key, { kind: 'patch-group' as const, patchGroup: deploymentKey(name, key) }]),
    );
  }
  if ('tags' in targets) return { selected: { kind: 'tags', tags: sorted(targets.tags) } };
  return {
    selected: {
      kind: 'resource-group',
      resourceGroup: targets.resourceGroup,
      resourceTypes: targets.resourceTypes ?? [],
    },
  };
}

function ringOf(fleet: Fleet, assignment: FleetAssignment): FleetRing | undefined {
  return fleet.rings.find((ring) => ring.name === assignment.ring);
}
