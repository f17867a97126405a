import { error } from '../../core/problem.ts';
import { checkPatchBaseline } from '../../modules/patch-baseline/checks.ts';
import { familyOf } from '../../modules/patch-baseline/operating-system.ts';
import { checkPatchGroup } from '../../modules/patch-group/checks.ts';
import { pinsOf, rulesOf } from '../approval.ts';
import type { FileViolation } from '../file-violation.ts';
import type { FleetBaseline } from '../schema/index.ts';
import type { Assigned, FleetFacts } from './facts.ts';
import { given, inFile, type Words } from './in-file.ts';

const words: Words = { 'those of ApprovalRule.awsDefault': 'those of preset: aws-default' };
const presetWords: Words = { 'approvalRules[0]': 'preset' };

/** Baselines and patch groups by the rules of the modules, with the delays their rings give them. */
export function checkBaselines(facts: FleetFacts): FileViolation[] {
  const undelayed = baselinesWithoutDelay(facts);
  return [
    ...[...facts.baselines].flatMap(([key, baseline]) => checkBaseline(facts, key, baseline, undelayed.has(key))),
    ...checkGroups(facts),
  ];
}

function checkBaseline(
  { fleet }: FleetFacts,
  key: string,
  baseline: FleetBaseline,
  undelayed: boolean,
): FileViolation[] {
  const path = ['baselines', key];
  const { preset, approvalRules, ...rest } = baseline;
  const both = 'approvalRules must be left out with preset: aws-default, got both';
  const violations = checkPatchBaseline(
    given({
      ...rest,
      baselineName: `${fleet.fleet}-${key}`,
      approvalRules: rulesOf(undelayed ? baseline : withDelays(baseline)),
    }),
  );
  return [
    ...(preset !== undefined && approvalRules !== undefined
      ? [{ ...error('fleet/preset-or-rules', both, 'remove one of them'), at: [...path, 'approvalRules'] }]
      : []),
    ...inFile(path, baseline, violations, preset === undefined ? words : presetWords),
  ];
}

/** Every ring that uses the baseline says when it approves: a rule need not. */
function withDelays(baseline: FleetBaseline): FleetBaseline {
  const approvalRules = baseline.approvalRules?.map((rule) =>
    rule.approveAfterDays === undefined && rule.approveUntilDate === undefined
      ? { ...rule, approveAfterDays: 0 }
      : rule,
  );
  return { ...baseline, approvalRules };
}

/** Those that nothing uses, or an assignment that brings no delay: their own rules must say when they approve. */
function baselinesWithoutDelay({ baselines, assignmentSets }: FleetFacts): ReadonlySet<string> {
  const undelayed = new Set<string>();
  const used = new Set<string>();
  for (const assigned of assignmentSets.flatMap((set) => set.value)) {
    const delayed = delayOf(assigned) !== undefined;
    for (const key of assigned.baselines) {
      used.add(key);
      if (!delayed && !isPinned(assigned, key, baselines.get(key))) undelayed.add(key);
    }
  }
  return new Set([...baselines.keys()].filter((key) => undelayed.has(key) || !used.has(key)));
}

/** The days after release that an assignment approves patches, instead of what rules say. */
export function delayOf({ assignment, ring }: Assigned): number | undefined {
  return assignment.approveAfterDays ?? ring?.ring.approveAfterDays;
}

/** Whether the ring of an assignment pins a baseline to days, whatever the delays. */
export function isPinned({ ring }: Assigned, key: string, baseline: FleetBaseline | undefined): boolean {
  return baseline !== undefined && pinsOf(ring?.ring, key, baseline) !== undefined;
}

/** Whether a delay is meant for a baseline at all: rules pinned to a date keep it. */
export function takesDelay(baseline: FleetBaseline): boolean {
  return rulesOf(baseline).some((rule) => rule.approveUntilDate === undefined);
}

/** When the last of its patches is approved, in days; apt repositories carry no release dates, so there at once. */
export function slowestRule(baseline: FleetBaseline): number {
  if (familyOf(baseline.operatingSystem) === 'apt') return 0;
  return Math.max(0, ...rulesOf(baseline).map((rule) => rule.approveAfterDays ?? 0));
}

function checkGroups({ fleet, patchGroups, baselines }: FleetFacts): FileViolation[] {
  return [...patchGroups].flatMap(([key, group]) => {
    const known = [...new Set(group.baselines)].flatMap((baseline) => {
      const operatingSystem = baselines.get(baseline)?.operatingSystem;
      return operatingSystem === undefined ? [] : [{ baselineId: baseline, operatingSystem }];
    });
    const violations = checkPatchGroup({
      groupName: group.name,
      ...(fleet.patchGroupTagKey !== undefined && { tagKey: fleet.patchGroupTagKey }),
      baselines: known,
    }).filter(({ rule }) => rule !== 'patch-group/has-baseline' || group.baselines.length === 0);
    return inFile(['patchGroups', key], group, violations, { groupName: 'name' });
  });
}
