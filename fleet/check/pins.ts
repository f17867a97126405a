import { checkDay } from '../../core/day.ts';
import { error, quoted, warning } from '../../core/problem.ts';
import { didYouMean } from '../../core/value-checks.ts';
import { familyOf } from '../../modules/patch-baseline/operating-system.ts';
import { pinsOf, rulesOf } from '../approval.ts';
import type { FilePath, FileViolation } from '../file-violation.ts';
import type { FleetFacts, Ring } from './facts.ts';
import { listed } from './in-file.ts';

/** The days to which rings pin what they approve: one for each rule of a baseline that the ring uses. */
export function checkPins(facts: FleetFacts): FileViolation[] {
  const pinned = facts.rings.filter(({ ring }) => ring.approveUntilDates !== undefined);
  if (pinned.length === 0) return [];
  const used = new Map<Ring, Set<string>>(pinned.map((ring) => [ring, new Set()]));
  const overridden: FileViolation[] = [];
  for (const { assignment, ring, baselines, path } of facts.assignmentSets.flatMap((set) => set.value)) {
    const keys = ring && used.get(ring);
    if (ring === undefined || keys === undefined) continue;
    for (const key of baselines) keys.add(key);
    const pins = baselines.filter((key) => {
      const baseline = facts.baselines.get(key);
      return baseline !== undefined && pinsOf(ring.ring, key, baseline) !== undefined;
    });
    if (assignment.approveAfterDays === undefined || pins.length === 0) continue;
    const message = `approveAfterDays ${assignment.approveAfterDays} has no effect on ${listed(pins)}: ring ${quoted(ring.ring.name)} pins what is approved there by approveUntilDates`;
    overridden.push({
      ...warning('fleet/pin-over-delay', message, 'remove it, or the pins'),
      at: [...path, 'approveAfterDays'],
    });
  }
  return [
    ...pinned.flatMap((ring) =>
      Object.entries(ring.ring.approveUntilDates ?? {}).flatMap(([key, days]) =>
        checkPin(facts, ring, { key, days, isUsed: used.get(ring)?.has(key) ?? false }),
      ),
    ),
    ...overridden,
  ];
}

interface Pin {
  readonly key: string;
  readonly days: readonly string[];
  readonly isUsed: boolean;
}

function checkPin({ baselines }: FleetFacts, { ring, path }: Ring, { key, days, isUsed }: Pin): FileViolation[] {
  const at: FilePath = [...path, 'approveUntilDates', key];
  const baseline = baselines.get(key);
  if (baseline === undefined) {
    const known = [...baselines.keys()].sort();
    const message = `approveUntilDates must name keys of baselines (${listed(known)}), got ${quoted(key)}`;
    return [{ ...error('fleet/reference', message, didYouMean(key, known) ?? 'use one of them'), at }];
  }
  const system = baseline.operatingSystem;
  if (familyOf(system) === 'apt') {
    const message = `approveUntilDates must leave out ${quoted(key)} of ${system}: its repositories carry no reliable release dates`;
    return [{ ...error('fleet/pin-has-dates', message, 'remove it; every published patch is approved at once'), at }];
  }
  const rules = rulesOf(baseline).length;
  const count = `approveUntilDates must have a day for each rule of baseline ${quoted(key)} (${rules}), got ${days.length}`;
  const unused = `approveUntilDates has no effect on baseline ${quoted(key)}: no assignment of ring ${quoted(ring.name)} uses it`;
  return [
    ...(days.length === rules
      ? []
      : [{ ...error('fleet/pin-per-rule', count, 'write one day for each, in their order'), at }]),
    ...(isUsed ? [] : [{ ...warning('fleet/pin-used', unused, 'remove it'), at }]),
    ...days.flatMap((day, index) =>
      checkDay(`approveUntilDates.${key}[${index}]`, day, 'fleet/pin-day').map((found) => ({
        ...found,
        at: [...at, index],
      })),
    ),
  ];
}
