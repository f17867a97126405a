import { describe, expect, it } from '@jest/globals';
import type { Fleet } from '../../../fleet/schema/index.ts';
import { fleetOfAssignments, problemsOf, validAssignment, validFleet } from '../support.ts';

function pinned(approveUntilDates: Record<string, string[]>, overrides: Partial<Fleet> = {}): Fleet {
  const fleet = validFleet(overrides);
  const [early, late] = fleet.rings;
  return { ...fleet, rings: [early, { ...late, approveUntilDates }] as Fleet['rings'] };
}

describe('the pins of a ring', () => {
  it('have a day for each rule, those of a preset included', () => {
    expect(problemsOf(pinned({ linux: ['2026-11-10'], windows: ['2026-11-10'] }))).toEqual([]);
    expect(problemsOf(pinned({ linux: ['2026-11-10', '2026-11-10'], windows: [] }))).toEqual([
      'error rings[1].approveUntilDates.linux: approveUntilDates must have a day for each rule of baseline "linux" (1), got 2; write one day for each, in their order [fleet/pin-per-rule]',
      'error rings[1].approveUntilDates.windows: approveUntilDates must have a day for each rule of baseline "windows" (1), got 0; write one day for each, in their order [fleet/pin-per-rule]',
    ]);
    const baselines = {
      ...validFleet().baselines,
      linux: { operatingSystem: 'AMAZON_LINUX_2', preset: 'aws-default' },
    };
    expect(problemsOf(pinned({ linux: ['2026-11-10'] }, { baselines: baselines as Fleet['baselines'] }))).toEqual([
      'error rings[1].approveUntilDates.linux: approveUntilDates must have a day for each rule of baseline "linux" (2), got 1; write one day for each, in their order [fleet/pin-per-rule]',
    ]);
  });

  it('are days of a calendar', () => {
    expect(problemsOf(pinned({ linux: ['10.11.2026'], windows: ['2026-02-30'] }))).toEqual([
      'error rings[1].approveUntilDates.linux[0]: approveUntilDates.linux[0] must be a day written YYYY-MM-DD, got "10.11.2026"; write 2026-11-10 [fleet/pin-day]',
      'error rings[1].approveUntilDates.windows[0]: approveUntilDates.windows[0] must be a day written YYYY-MM-DD, got "2026-02-30"; 2026-02 has 28 days [fleet/pin-day]',
    ]);
  });

  it('name baselines that there are, that have release dates, and that the ring uses', () => {
    const baselines = {
      ...validFleet().baselines,
      ubuntu: { operatingSystem: 'UBUNTU', preset: 'aws-default' },
      other: { operatingSystem: 'WINDOWS', preset: 'aws-default' },
    } as Fleet['baselines'];
    const pins = { windws: ['2026-11-10'], ubuntu: ['2026-11-10'], other: ['2026-11-10'] };
    expect(problemsOf(pinned(pins, { baselines }))).toEqual([
      'error rings[1].approveUntilDates.ubuntu: approveUntilDates must leave out "ubuntu" of UBUNTU: its repositories carry no reliable release dates; remove it; every published patch is approved at once [fleet/pin-has-dates]',
      'error rings[1].approveUntilDates.windws: approveUntilDates must name keys of baselines (linux, other, ubuntu, windows), got "windws"; did you mean "windows"? [fleet/reference]',
      'warning rings[1].approveUntilDates.other: approveUntilDates has no effect on baseline "other": no assignment of ring "late" uses it; remove it [fleet/pin-used]',
    ]);
  });

  it('take the place of the delay of an assignment, which is said', () => {
    const assignments = { default: validAssignment({ ring: 'late', approveAfterDays: 5 }) };
    const { accounts } = fleetOfAssignments(assignments);
    expect(problemsOf(pinned({ linux: ['2026-11-10'], windows: ['2026-11-10'] }, { accounts }))).toEqual([
      'warning accounts[0].assignments.default.approveAfterDays: approveAfterDays 5 has no effect on linux, windows: ring "late" pins what is approved there by approveUntilDates; remove it, or the pins [fleet/pin-over-delay]',
    ]);
  });

  it('say when rules approve that say nothing themselves', () => {
    const baselines = {
      ...validFleet().baselines,
      linux: { operatingSystem: 'AMAZON_LINUX_2023', approvalRules: [{ classification: ['Security'] }] },
    } as Fleet['baselines'];
    const assignments = { default: validAssignment({ ring: 'late' }) };
    const { accounts } = fleetOfAssignments(assignments);
    expect(problemsOf(pinned({ linux: ['2026-11-10'] }, { accounts, baselines }))).toEqual([]);
    expect(problemsOf(pinned({}, { accounts, baselines }))).toEqual([
      'error baselines.linux.approvalRules[0]: approvalRules[0] must have approveAfterDays or approveUntilDate, got neither: Terraform would approve at once; set approveAfterDays [patch-baseline/one-approval-time]',
    ]);
  });

  it('are not held against the days within which a ring must have every patch', () => {
    const fleet = pinned({ linux: ['2026-11-10'] });
    const [early, late] = fleet.rings;
    const rings = [early, { ...late, patchWithinDays: 3 }] as Fleet['rings'];
    expect(problemsOf({ ...fleet, rings }).filter((problem) => problem.includes('linux'))).toEqual([]);
  });
});
