import { describe, expect, test } from '@jest/globals';
import { calendarSides, calendarText } from '../../bench/calendar.ts';
import { ringFleetText } from '../../bench/rings.ts';
import { exposure } from '../../calendar/exposure/exposure.ts';
import { checkFleet } from '../../fleet/check/index.ts';
import { expand } from '../../fleet/expand.ts';
import { loadText } from '../../fleet/load/index.ts';
import { rolloutOf } from '../../fleet/rollout.ts';
import type { Fleet } from '../../fleet/schema/index.ts';

const asOf = new Date('2026-01-01T00:00:00Z');
const fleetOf = (variant: 'sound' | 'failing') => {
  const { fleet, problems } = loadText('fleet.yaml', ringFleetText(variant));
  expect(problems).toEqual([]);
  return fleet as Fleet;
};

describe('the fleets of ten rings', () => {
  test.each(['sound', 'failing'] as const)('have 1,000 account-regions and nothing wrong: %s', (variant) => {
    const fleet = fleetOf(variant);
    expect(checkFleet(fleet, asOf.toISOString()).filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(expand(fleet).filter(({ kind }) => kind === 'regional')).toHaveLength(1000);
    expect(fleet.rings).toHaveLength(10);
  });

  test('hold over the months that are measured, or fail in every ring', () => {
    const failing = (variant: 'sound' | 'failing') => {
      const { findings } = exposure(rolloutOf(fleetOf(variant)), { asOf, months: 24 });
      return new Set(findings.filter(({ severity }) => severity === 'error').map(({ ring }) => ring)).size;
    };
    expect(failing('sound')).toBe(0);
    expect(failing('failing')).toBe(10);
  });
});

test('only commands that tell of a failing rollout may end with 1', () => {
  const sides = calendarSides('/checkout', { sound: 'sound.yaml', failing: 'failing.yaml' });
  expect(sides.filter(({ exitCode }) => exitCode === 1).map(({ name }) => name)).toEqual([
    'calendar --check-order, failing',
    'exposure, failing',
    'exposure, json, failing',
    'exposure, html, failing',
  ]);
});

test('the slowest and the largest command count, and the smaller ratio is told as it is', () => {
  const spreadOf = (median: number) => ({ median, min: median, max: median });
  const side = (name: string, seconds: number, megabytes: number) => ({
    name,
    command: name,
    seconds: spreadOf(seconds),
    megabytes: spreadOf(megabytes),
    samples: [],
  });
  const text = calendarText({
    sides: [side('next', 0.1, 60), side('exposure', 2.1, 150), side('calendar', 1, 199.5)],
    walks: { runs: { ours: 0.008, naive: 12 }, exposure: { ours: 0.3, naive: 29.9 } },
  });
  expect(text).toBe(`command, 1,000 account-regions  wall time           peak memory
------------------------------  ------------------  ----------------
next                            0.10 s (0.10–0.10)  60 MB (60–60)
exposure                        2.10 s (2.10–2.10)  150 MB (150–150)
calendar                        1.00 s (1.00–1.00)  200 MB (200–200)

processor time of the same answers, in one process:
question                             ours     from minute to minute
-----------------------------------  -------  ---------------------
install runs of 10 rings, 24 months  0.008 s  12.0 s
releases of 2 months in 10 rings     0.300 s  29.9 s

limits and targets:
missed   the slowest command: seconds at most 2 s (2.1 s)
kept     the largest command: memory at most 200 MB (199.5 MB)
reached  runs: at least 100× faster than from minute to minute (1500.0×)
missed   exposure: at least 100× faster than from minute to minute (99.6×)`);
});
