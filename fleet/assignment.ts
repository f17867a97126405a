import { familyOf } from '../modules/patch-baseline/operating-system.ts';
import type { BaselineConfiguration, TargetConfiguration, WindowConfiguration } from './deployment.ts';
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

/** The baselines that the patch groups of an assignment use, by key, with the approval delay and the waivers of its ring. */
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
      const common = {
        baselineName: physicalName(fleet, name, key),
        preventDestroy: ring?.critical ?? false,
      };
      const waived = waivedPatches(fleet, ring?.name, key, baseline);
      return [
        [
          deploymentKey(name, key),
          { ...common, ...configurationOf(baseline, delay, waived) } as unknown as BaselineConfiguration,
        ],
      ];
    }),
  );
}

function configurationOf(baseline: FleetBaseline, ringDelay: number | undefined, waived: readonly string[]) {
  const { preset, approvalRules, approvedPatches, rejectedPatches, sources, registerAsDefault, ...rest } = baseline;
  const own = rejectedPatches ?? [];
  // Repositories of apt carry no reliable release dates: a delay would be written and have no effect.
  const delay = familyOf(baseline.operatingSystem) === 'apt' ? undefined : ringDelay;
  return {
    ...rest,
    approvalRules: (approvalRules ?? []).map((rule) => delayed(rule, delay)),
    ...(preset !== undefined && { preset: delay === undefined ? {} : { approveAfterDays: delay } }),
    approvedPatches: approvedPatches ?? [],
    rejectedPatches: [...own, ...waived.filter((patch) => !own.includes(patch))],
    sources: sources ?? [],
    registerAsDefault: registerAsDefault ?? false,
  };
}

/** A rule pinned to a date keeps it: a ring's delay takes the place of another delay only. */
function delayed(rule: NonNullable<FleetBaseline['approvalRules']>[number], delay: number | undefined) {
  return delay === undefined || rule.approveUntilDate !== undefined ? rule : { ...rule, approveAfterDays: delay };
}

/** The windows of an assignment: one for scans, one for each install window of its ring. */
export function windowsOf(
  fleet: Fleet,
  name: string,
  assignment: FleetAssignment,
): Record<string, WindowConfiguration> {
  const ring = ringOf(fleet, assignment);
  const windows = ring === undefined ? [] : windowsOfRing(ring);
  return Object.fromEntries(
    windows.map(({ key, operation, window }) => [
      deploymentKey(name, key),
      {
        windowName: physicalName(fleet, name, key),
        description: descriptionOf(operation, assignment),
        operation,
        window,
        targets: targetsOf(name, assignment),
        preventDestroy: ring?.critical ?? false,
      },
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
