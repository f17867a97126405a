import { describe, expect, it } from '@jest/globals';
import { ProblemError } from '../../core/problem.ts';
import { defineFleet } from '../../fleet/define.ts';
import type { Fleet } from '../../fleet/schema/index.ts';
import { validFleet } from './support.ts';

function refusal(fleet: unknown): string {
  try {
    defineFleet(fleet as Fleet);
  } catch (failure) {
    if (failure instanceof ProblemError) return failure.message;
    throw failure;
  }
  return 'nothing was refused';
}

describe('defineFleet', () => {
  it('gives a sound fleet back as it is', () => {
    const fleet = validFleet();
    expect(defineFleet(fleet)).toBe(fleet);
  });

  it('refuses what the checks of a file refuse, at its place in the value', () => {
    const [early, late] = validFleet().rings;
    const install = { schedule: 'cron(0 2 ? * TUE *)', maxConcurrency: '10%', maxErrors: '1', duration: 1, cutoff: 1 };
    expect(refusal(validFleet({ rings: [{ ...early, install }, late] as Fleet['rings'] }))).toBe(
      `[rings[0].install.cutoff] cutoff must be below duration (1), got 1; lower cutoff to 0 or lengthen the window [maintenance-window/cutoff-below-duration]
1 error`,
    );
  });

  it('refuses a value of another shape in the words of a file, all of it at once, and no key that is undefined', () => {
    const fleet = validFleet();
    const [first, ...others] = fleet.rings;
    const install = { schedule: 'cron(0 2 ? * TUE *)', maxConcurrency: '10%', maxErrors: '1', duration: '3' };
    const rings = [{ ...first, scan: undefined, install }, ...others];
    expect(refusal({ ...fleet, fleet: 7, rings, waivers: 'none', freezes: undefined, freeze: [] })).toBe(
      `[fleet] fleet must be 1 to 40 lower-case letters, digits and -, beginning with a letter, got 7; change fleet [fleet/type]
[freeze] key must be one of version, fleet, backend, patchGroupTagKey, baselines, patchGroups, rings, freezes, waivers, emergencies, roles, defaults, patterns, accounts, retired, got "freeze"; did you mean "freezes"? [fleet/unknown-key]
[rings[0].install.duration] duration must be a number, got "3"; write 3 [fleet/type]
[waivers] waivers must be a list, got "none"; write a list [fleet/type]
4 errors`,
    );
  });

  it('refuses what is retired and still deployed', () => {
    expect(refusal(validFleet({ retired: [{ account: '222222222222' }] }))).toContain('[fleet/retired-or-deployed]');
  });
});
