import { error, quoted, type Violation } from '../../core/problem.ts';
import { checkApprovalRule } from '../../modules/patch-baseline/approval-rule-checks.ts';
import { familyOf, type OperatingSystem } from '../../modules/patch-baseline/operating-system.ts';
import type { FilePath, FileViolation } from '../file-violation.ts';
import { delayOf, isPinned, slowestRule, takesDelay } from './baselines.ts';
import type { FleetFacts, Ring } from './facts.ts';
import { inFile } from './in-file.ts';

/** Repositories of apt carry no release dates that a delay could count from. */
const withoutEffect = 'patch-baseline/apt-approve-after-days';

const rulesOfDelays = ['patch-baseline/approve-after-days', withoutEffect, 'patch-baseline/windows-superseded'];

/** The delays that rings and assignments give, and whether patches can be in time. Each is said once, where it is given. */
export function checkDelays(facts: FleetFacts): FileViolation[] {
  return [...checkGivenDelays(facts), ...checkDeadlines(facts)];
}

function checkGivenDelays({ rings, assignmentSets, baselines }: FleetFacts): FileViolation[] {
  const found = memoised();
  const systemsOfRing = new Map<Ring, Set<OperatingSystem>>(rings.map((ring) => [ring, new Set()]));
  const delayed = new Set([...baselines].filter(([, baseline]) => takesDelay(baseline)).map(([key]) => key));
  const ofAssignments = assignmentSets
    .flatMap((set) => set.value)
    .flatMap(({ assignment, ring, baselines: keys, path }) => {
      const systems = keys
        .filter((key) => delayed.has(key))
        .map((key) => baselines.get(key)?.operatingSystem as OperatingSystem);
      if (assignment.approveAfterDays === undefined) {
        for (const system of systems) if (ring !== undefined) systemsOfRing.get(ring)?.add(system);
        return [];
      }
      return inFile(path, assignment, found(assignment.approveAfterDays, systems));
    });
  const ofRings = rings.flatMap((ring) => {
    const days = ring.ring.approveAfterDays;
    return days === undefined ? [] : inFile(ring.path, ring.ring, found(days, systemsOfRing.get(ring) ?? []));
  });
  return [...ofRings, ...ofAssignments];
}

/** What a delay does wrong on some operating systems. Few delays are given, to many accounts. */
function memoised(): (days: number, systems: Iterable<OperatingSystem>) => readonly Violation[] {
  const known = new Map<string, readonly Violation[]>();
  return (days, systems) => {
    const sorted = [...new Set(systems)].sort();
    const id = `${days} ${sorted}`;
    const violations = known.get(id) ?? violationsOf(days, sorted);
    known.set(id, violations);
    return violations;
  };
}

function violationsOf(approveAfterDays: number, systems: readonly OperatingSystem[]): Violation[] {
  const isShared = systems.some((system) => familyOf(system) !== 'apt');
  const outOfRange = checkApprovalRule('rule', undefined, { filters: {}, approveAfterDays }).length > 0;
  const violations = (outOfRange ? [undefined] : systems)
    .flatMap((system) => checkApprovalRule('rule', system, { filters: { product: ['*'] }, approveAfterDays }))
    .filter(({ rule }) => rulesOfDelays.includes(rule))
    .map(
      ({ fix = '', ...violation }): Violation => ({
        ...violation,
        message: violation.message.replace(/^rule\./, ''),
        fix: fix.replace('rule.', ''),
        // A delay that other systems need is no mistake: there is nothing to change about it.
        ...(violation.rule === withoutEffect &&
          isShared && { severity: 'info' as const, fix: 'stagger the maintenance windows for it' }),
      }),
    );
  return [...new Map(violations.map((violation) => [violation.message, violation])).values()];
}

/** A ring that must have every patch within some days cannot wait longer for the approval. */
function checkDeadlines({ rings, assignmentSets, baselines }: FleetFacts): FileViolation[] {
  const ofRings = rings.flatMap(({ ring, path }) =>
    tooLate([...path, 'approveAfterDays'], ring.approveAfterDays, ring.patchWithinDays, 'patchWithinDays'),
  );
  const slowest = new Map([...baselines].map(([key, baseline]) => [key, slowestRule(baseline)]));
  const ofBaselines = new Map<string, FileViolation>();
  const ofAssignments = assignmentSets
    .flatMap((set) => set.value)
    .flatMap((assigned) => {
      const { assignment, ring, path } = assigned;
      const deadline = ring?.ring.patchWithinDays;
      if (deadline === undefined) return [];
      for (const key of assigned.baselines) {
        const baseline = baselines.get(key);
        if (baseline === undefined || isPinned(assigned, key, baseline)) continue;
        if (delayOf(assigned) !== undefined && takesDelay(baseline)) continue;
        const days = slowest.get(key) ?? 0;
        if (days <= deadline) continue;
        const message = `baseline ${quoted(key)} must approve patches within the patchWithinDays of ring ${quoted(assignment.ring)} (${deadline}), got ${days} days: no patch could be in time`;
        const field = baseline.preset === undefined ? 'approvalRules' : 'preset';
        ofBaselines.set(message, {
          ...error('fleet/approved-in-time', message, 'approve earlier, or give the ring more days'),
          at: ['baselines', key, field],
        });
      }
      const of = `patchWithinDays of ring ${quoted(assignment.ring)}`;
      return tooLate([...path, 'approveAfterDays'], assignment.approveAfterDays, deadline, of);
    });
  return [...ofRings, ...ofBaselines.values(), ...ofAssignments];
}

function tooLate(at: FilePath, days: number | undefined, deadline: number | undefined, of: string): FileViolation[] {
  if (days === undefined || deadline === undefined || days <= deadline) return [];
  const message = `approveAfterDays must be at most ${of} (${deadline}), got ${days}: no patch could be in time`;
  return [{ ...error('fleet/approved-in-time', message, 'approve earlier, or give the ring more days'), at }];
}
