import { describe, expect, test } from '@jest/globals';
import { boundSeconds, mostCalls, scannerCalls } from '../../bench/aws-figures.ts';

describe('calls', () => {
  test.each([
    { instances: 0, most: 16 },
    { instances: 50, most: 19 },
    { instances: 51, most: 21 },
    { instances: 1001, most: 60 },
  ])('for $instances instances are at most $most', ({ instances, most }) => {
    expect(mostCalls(instances)).toBe(most);
  });

  test('of a scanner are two for each instance beside the same lists', () => {
    expect(scannerCalls({ instances: 100, calls: 18, callsForStates: 2, seconds: 1, cpuSeconds: 1 })).toBe(216);
  });

  test('take their latency, as many at once as there may be', () => {
    expect(boundSeconds(1280, 50, 64)).toBe(1);
    expect(boundSeconds(1280, 50)).toBe(1);
  });
});
