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

  it('refuses a value of another shape, all of it at once', () => {
    const message = refusal({ ...validFleet(), fleet: 7, rings: 'none' });
    expect(message).toContain('[fleet] Invalid input: expected string, received number [fleet/type]');
    expect(message).toContain('[rings] Invalid input: expected array, received string [fleet/type]');
    expect(message).toContain('2 errors');
  });

  it('refuses what is retired and still deployed', () => {
    expect(refusal(validFleet({ retired: [{ account: '222222222222' }] }))).toContain('[fleet/retired-or-deployed]');
  });
});
