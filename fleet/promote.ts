import { error, quoted, type Violation } from '../core/problem.ts';
import { didYouMean } from '../core/value-checks.ts';
import { familyOf } from '../modules/patch-baseline/operating-system.ts';
import { type Approval, approvalsOf, pinsOf } from './approval.ts';
import { assignmentsByRing } from './assignments-by-ring.ts';
import type { Edit } from './edit/index.ts';
import { checkPromotionOrder } from './promote-order.ts';
import type { Fleet, FleetAssignment, FleetBaseline, FleetRing } from './schema/index.ts';

/** What it takes so that a ring approves what another one approved at an instant. */
export interface Promotion {
  /** Pins of the later ring; none where it has them already. */
  readonly edits: readonly Edit[];
  /** Why a ring can be overtaken; it is done all the same. None where only `atLeast` is asked. */
  readonly warnings: readonly Violation[];
  /** What is left out, and what can differ: one sentence each. */
  readonly notes: readonly string[];
  /** Why it cannot be done; then there are no edits. */
  readonly violations: readonly Violation[];
}

export interface PromotionOptions {
  readonly from: string;
  readonly to: string;
  /** The instant whose approvals of the earlier ring are taken over. */
  readonly asOf: Date;
  /** Asks only whether the later ring approves as much: one that approves more is no problem. @default false */
  readonly atLeast?: boolean;
}

const dayMs = 86_400_000;

/**
 * The cut-off of each rule of the baselines of `to`: the UTC day of `asOf` less the delay that `from` has there, and the
 * day to which `from` or the rule is pinned where it is. What was released on that day is approved.
 */
export function promotion(fleet: Fleet, { from, to, asOf, atLeast = false }: PromotionOptions): Promotion {
  const refusals = checkRings(fleet, from, to);
  if (refusals.length > 0) return { edits: [], warnings: [], notes: [], violations: refusals };
  const index = fleet.rings.findIndex(({ name }) => name === to);
  const byRing = assignmentsByRing(fleet);
  const assignmentsOf = (ring: string) => byRing.get(ring) ?? [];
  const source = { assignments: assignmentsOf(from), ring: ringOf(fleet, from), asOf };
  const target = { assignments: assignmentsOf(to), ring: ringOf(fleet, to), asOf };
  const results = [...baselinesOf(fleet, target.assignments)]
    .sort()
    .map((key) =>
      promotedBaseline({ fleet, key, baseline: fleet.baselines[key] as FleetBaseline, atLeast }, source, target),
    );
  const violations = results.flatMap((result) => result.violations);
  const days = Object.fromEntries(results.flatMap(({ key, days }) => (days === undefined ? [] : [[key, days]])));
  const pins = { ...target.ring.approveUntilDates, ...days };
  const edits: Edit[] =
    Object.keys(days).length === 0 ? [] : [{ at: ['rings', index, 'approveUntilDates'], set: pins }];
  const keys = Object.keys(days);
  const usedBy = (ring: string) => baselinesOf(fleet, assignmentsOf(ring));
  return {
    edits: violations.length > 0 ? [] : edits,
    warnings: atLeast ? [] : checkPromotionOrder(fleet, { from, to, keys, usedBy }),
    notes: results.flatMap(({ notes }) => notes),
    violations,
  };
}

function checkRings({ rings }: Fleet, from: string, to: string): Violation[] {
  const names = rings.map(({ name }) => name);
  const missing = (
    [
      ['--from', from],
      ['--to', to],
    ] as const
  )
    .filter(([, name]) => !names.includes(name))
    .map(([option, name]) => {
      const message = `${option} must name a ring (${names.join(', ')}), got ${quoted(name)}`;
      return error('fleet/promote-ring', message, didYouMean(name, names) ?? 'use one of them');
    });
  if (missing.length > 0) return missing;
  if (from === to) {
    const message = `--from and --to must name two rings, got ${quoted(from)} twice`;
    return [error('fleet/promote-ring', message, 'name the ring that comes after')];
  }
  if (names.indexOf(from) < names.indexOf(to)) return [];
  const message = `--from must name a ring that stands before that of --to, got ${quoted(from)} after ${quoted(to)}`;
  return [error('fleet/promote-ring', message, `promote --from ${to} --to ${from}, or change the order of rings`)];
}

interface Side {
  readonly assignments: readonly FleetAssignment[];
  readonly ring: FleetRing;
  readonly asOf: Date;
}

interface Wanted {
  readonly fleet: Fleet;
  readonly key: string;
  readonly baseline: FleetBaseline;
  readonly atLeast: boolean;
}

interface PromotedBaseline {
  readonly key: string;
  /** Absent where nothing changes. */
  readonly days?: readonly string[];
  readonly notes: readonly string[];
  readonly violations: readonly Violation[];
}

function promotedBaseline({ fleet, key, baseline, atLeast }: Wanted, source: Side, target: Side): PromotedBaseline {
  const named = `baseline ${quoted(key)}`;
  const left = (why: string) => ({ key, notes: [`${named} is left: ${why}`], violations: [] });
  if (familyOf(baseline.operatingSystem) === 'apt')
    return left(
      `repositories of ${baseline.operatingSystem} carry no release dates, so every published patch is approved at once`,
    );
  const before = cutOffs(fleet, key, baseline, source);
  if (before === undefined) return left(`ring ${quoted(source.ring.name)} does not use it`);
  const now = cutOffs(fleet, key, baseline, target);
  const pins = pinsOf(target.ring, key, baseline);
  const days = before.map(({ earliest }, rule) => {
    const pin = pins?.[rule];
    return atLeast && pin !== undefined && pin > earliest ? pin : earliest;
  });
  const violations = (pins ?? []).flatMap((pin, rule) => {
    const day = days[rule] ?? pin;
    if (pin <= day) return [];
    const message = `the cut-off of ${ruleOf(named, rule, days.length)} must not move backwards, from ${pin} in ring ${quoted(target.ring.name)} to ${day}`;
    return [error('fleet/promote-backwards', message, 'name a later --as-of, or change approveUntilDates by hand')];
  });
  const notes = [
    ...before.flatMap(({ earliest, latest }, rule) =>
      earliest === latest
        ? []
        : [
            `${ruleOf(named, rule, days.length)}: assignments of ring ${quoted(source.ring.name)} approve until ${earliest} to ${latest}; the most careful of them counts`,
          ],
    ),
    ...(pins === undefined ? (now ?? []) : []).flatMap(({ latest }, rule) =>
      latest <= (days[rule] ?? latest)
        ? []
        : [
            `${ruleOf(named, rule, days.length)}: ring ${quoted(target.ring.name)} approves until ${latest} without a pin, and with it only until ${days[rule]}`,
          ],
    ),
  ];
  const isSame = pins?.length === days.length && pins.every((pin, rule) => pin === days[rule]);
  return { key, notes, violations, ...(!isSame && { days }) };
}

function ruleOf(named: string, rule: number, count: number): string {
  return count === 1 ? named : `rule ${rule + 1} of ${named}`;
}

/** Last release days that each rule approves, over all assignments of the ring; `undefined` where none uses it. */
function cutOffs(fleet: Fleet, key: string, baseline: FleetBaseline, { assignments, ring, asOf }: Side) {
  const users = assignments.filter((assignment) => baselinesOf(fleet, [assignment]).has(key));
  const all = users.map((assignment) => approvalsOf(key, baseline, assignment, ring).map((each) => dayOf(each, asOf)));
  return all[0]?.map((_, rule) => {
    const days = all.map((each) => each[rule] as string).sort();
    return { earliest: days[0] as string, latest: days[days.length - 1] as string };
  });
}

/** A fleet without errors says of every rule when it approves. */
function dayOf(approval: Approval | undefined, asOf: Date): string {
  if (approval !== undefined && 'approveUntilDate' in approval) return approval.approveUntilDate;
  return new Date(asOf.getTime() - (approval?.approveAfterDays ?? 0) * dayMs).toISOString().slice(0, 10);
}

function ringOf({ rings }: Fleet, name: string): FleetRing {
  return rings.find((ring) => ring.name === name) as FleetRing;
}

function baselinesOf({ patchGroups, baselines }: Fleet, assignments: readonly FleetAssignment[]): ReadonlySet<string> {
  const keys = assignments.flatMap((assignment) =>
    assignment.patchGroups.flatMap((group) => patchGroups[group]?.baselines ?? []),
  );
  return new Set(keys.filter((key) => Object.hasOwn(baselines, key)));
}
