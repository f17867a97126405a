import type { Approval, Freeze, Rollout, RolloutRing, RolloutWindow } from '../calendar/rollout.ts';
import type { ApprovalRuleProps } from '../modules/patch-baseline/approval-rule.ts';
import { familyOf } from '../modules/patch-baseline/operating-system.ts';
import { approvalsOf, rulesOf } from './approval.ts';
import { assignmentsByRing } from './assignments-by-ring.ts';
import { expressionOf } from './check/windows.ts';
import { emergencyWindows } from './emergency.ts';
import { frozenRings, stretchOf } from './freezes.ts';
import { windowsOfRing } from './ring-windows.ts';
import type { Fleet, FleetAssignment, FleetInstall, FleetRing, FleetScan } from './schema/index.ts';

/** The fleet as the calendar knows it: its rings in order, when their windows open, and when they approve what. */
export function rolloutOf(fleet: Fleet): Rollout {
  const assignments = assignmentsByRing(fleet);
  return {
    rings: fleet.rings.map((ring): RolloutRing => {
      const approvals = (assignments.get(ring.name) ?? []).flatMap((assignment) =>
        approvalsIn(fleet, ring, assignment),
      );
      return {
        name: ring.name,
        ...(ring.soakDays !== undefined && { soakDays: ring.soakDays }),
        ...(ring.patchWithinDays !== undefined && { patchWithinDays: ring.patchWithinDays }),
        windows: windowsOf(fleet, ring),
        approvals: distinct(approvals).sort(byBaselineAndRule),
      };
    }),
    freezes: (fleet.freezes ?? []).flatMap((freeze): Freeze[] => {
      const stretch = stretchOf(freeze);
      if (stretch === undefined) return [];
      const [from, to] = [stretch.from, stretch.to].map((instant) => new Date(instant).toISOString()) as [
        string,
        string,
      ];
      return [{ name: freeze.name, from, to, rings: frozenRings(fleet, freeze), reason: freeze.reason }];
    }),
  };
}

/**
 * The rollout with the windows of emergencies, which open once: for whoever wants to know what opens when. They are no
 * part of the order of rings, and nothing that is released may count on them.
 */
export function rolloutWithEmergencies(fleet: Fleet): Rollout {
  const rollout = rolloutOf(fleet);
  const rings = rollout.rings.map((ring): RolloutRing => {
    const once = emergencyWindows(fleet, ring).map(({ key, window }) => {
      return { ...windowOf(key, 'Install', window), ignoresFreezes: true };
    });
    return { ...ring, windows: [...ring.windows, ...once] };
  });
  return { ...rollout, rings };
}

function windowsOf(fleet: Fleet, ring: FleetRing): RolloutWindow[] {
  return windowsOfRing(ring).map(({ key, operation, window }) => {
    const freezes = (fleet.freezes ?? []).filter(({ closed = [] }) => closed.includes(`${ring.name}/${key}`));
    const closedBy = freezes.map(({ name }) => name);
    return { ...windowOf(key, operation, window), ...(closedBy.length > 0 && { closedBy }) };
  });
}

function windowOf(key: string, operation: 'Scan' | 'Install', window: FleetScan | FleetInstall): RolloutWindow {
  const { expression, offsetDays = window.offset } = expressionOf(window.schedule);
  return {
    key,
    operation,
    schedule: expression,
    timezone: window.timezone ?? 'UTC',
    ...(offsetDays !== undefined && { offsetDays }),
    ...(window.startDate !== undefined && { startDate: window.startDate }),
    ...(window.endDate !== undefined && { endDate: window.endDate }),
    durationHours: window.duration ?? 3,
    cutoffHours: window.cutoff ?? 1,
    ...('installOverrideList' in window && window.installOverrideList !== undefined && { installsOwnList: true }),
    ...('rebootOption' in window && window.rebootOption === 'NoReboot' && { leavesReboot: true }),
    enabled: window.enabled ?? true,
  };
}

function approvalsIn(fleet: Fleet, ring: FleetRing, assignment: FleetAssignment): Approval[] {
  const keys = new Set(assignment.patchGroups.flatMap((group) => fleet.patchGroups[group]?.baselines ?? []));
  return [...keys].flatMap((key) => {
    const baseline = fleet.baselines[key];
    if (baseline === undefined) return [];
    const approvals = approvalsOf(key, baseline, assignment, ring);
    return rulesOf(baseline).flatMap(({ filters }, rule): Approval[] => {
      const approval = approvals[rule];
      if (approval === undefined) return [];
      return [
        {
          baseline: key,
          rule,
          operatingSystem: baseline.operatingSystem,
          family: familyOf(baseline.operatingSystem),
          label: labelOf(filters),
          approval:
            'approveUntilDate' in approval
              ? { untilDate: approval.approveUntilDate }
              : { afterDays: approval.approveAfterDays },
        },
      ];
    });
  });
}

/** `SecurityUpdates, CriticalUpdates`: what tells the rules of a baseline apart, as far as it does. */
function labelOf({ product: _product, ...filters }: ApprovalRuleProps['filters']): string {
  const values = Object.values(filters).flat();
  return values.length === 0 ? 'everything' : values.join(', ');
}

function distinct(approvals: readonly Approval[]): Approval[] {
  return [...new Map(approvals.map((approval) => [JSON.stringify(approval), approval])).values()];
}

function byBaselineAndRule(a: Approval, b: Approval): number {
  const key = ({ baseline, rule, approval }: Approval) => [baseline, rule, JSON.stringify(approval)] as const;
  const [x, y] = [key(a), key(b)];
  return x[0] < y[0] ? -1 : x[0] > y[0] ? 1 : x[1] - y[1] || (x[2] < y[2] ? -1 : x[2] > y[2] ? 1 : 0);
}
