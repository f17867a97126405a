import type { Approval, Rollout, RolloutRing, RolloutWindow } from '../calendar/rollout.ts';
import { ApprovalRule, type ApprovalRuleProps } from '../modules/patch-baseline/approval-rule.ts';
import { familyOf } from '../modules/patch-baseline/operating-system.ts';
import { baselinesOf } from './assignment.ts';
import { factsOf } from './check/facts.ts';
import { expressionOf } from './check/windows.ts';
import type { BaselineConfiguration } from './deployment.ts';
import { windowsOfRing } from './ring-windows.ts';
import type { Fleet, FleetAssignment, FleetRing } from './schema/index.ts';

/** The fleet as the calendar knows it: its rings in order, when their windows open, and when they approve what. */
export function rolloutOf(fleet: Fleet): Rollout {
  const assignments = assignmentsByRing(fleet);
  return {
    rings: fleet.rings.map((ring): RolloutRing => {
      const approvals = (assignments.get(ring.name) ?? []).flatMap((assignment) => approvalsOf(fleet, assignment));
      return {
        name: ring.name,
        ...(ring.soakDays !== undefined && { soakDays: ring.soakDays }),
        ...(ring.patchWithinDays !== undefined && { patchWithinDays: ring.patchWithinDays }),
        windows: windowsOf(fleet, ring),
        approvals: distinct(approvals).sort(byBaselineAndRule),
      };
    }),
    freezes: [],
  };
}

function windowsOf(fleet: Fleet, ring: FleetRing): RolloutWindow[] {
  const closedBy = new Map(
    (fleet.freezes ?? []).flatMap(({ name, closed = [] }) => closed.map((window) => [window, name] as const)),
  );
  return windowsOfRing(ring).map(({ key, operation, window }) => {
    const { expression, offsetDays = window.offset } = expressionOf(window.schedule);
    const freeze = closedBy.get(`${ring.name}/${key}`);
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
      enabled: window.enabled ?? true,
      ...(freeze !== undefined && { closedBy: freeze }),
    };
  });
}

/** What decides about approvals, each combination once: a thousand accounts share few. */
function assignmentsByRing(fleet: Fleet): ReadonlyMap<string, readonly FleetAssignment[]> {
  const sets = new Set(factsOf(fleet).places.flatMap(({ assignments }) => assignments ?? []));
  const known = new Set<string>();
  const byRing = new Map<string, FleetAssignment[]>();
  for (const { assignment } of [...sets].flatMap((set) => set.value)) {
    const { ring, patchGroups, approveAfterDays } = assignment;
    const id = [ring, approveAfterDays, ...patchGroups].join(' ');
    if (known.has(id)) continue;
    known.add(id);
    byRing.set(ring, [...(byRing.get(ring) ?? []), assignment]);
  }
  return byRing;
}

function approvalsOf(fleet: Fleet, assignment: FleetAssignment): Approval[] {
  return Object.entries(baselinesOf(fleet, 'default', assignment)).flatMap(([baseline, configuration]) =>
    rulesOf(configuration).map((rule, position): Approval => {
      const { approveAfterDays = 0, approveUntilDate, filters } = rule;
      return {
        baseline,
        rule: position,
        operatingSystem: configuration.operatingSystem,
        family: familyOf(configuration.operatingSystem),
        label: labelOf(filters),
        approval: approveUntilDate === undefined ? { afterDays: approveAfterDays } : { untilDate: approveUntilDate },
      };
    }),
  );
}

function rulesOf({ operatingSystem, approvalRules, preset }: BaselineConfiguration): ApprovalRuleProps[] {
  const own = approvalRules.map((rule) => ApprovalRule.for(operatingSystem, rule).props);
  if (preset === undefined) return own;
  // The checks of a fleet refuse the preset of macOS.
  const system = operatingSystem as Exclude<typeof operatingSystem, 'MACOS'>;
  return [...own, ...ApprovalRule.awsDefault(system, preset.approveAfterDays).map(({ props }) => props)];
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
