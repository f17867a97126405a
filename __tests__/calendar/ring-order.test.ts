import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changed, type Rollout, type RolloutWindow, ringOrder } from '../../calendar/index.ts';
import { freeze, install, linux, ring, rollout } from './rollouts.ts';

const years = { asOf: new Date('2026-01-01T00:00:00Z'), months: 60 };

function monthsOf(of: Rollout, asked = years): string[] {
  return ringOrder(of, asked).findings.flatMap(({ inversions }) => inversions.map(({ month }) => month));
}

const [patchTuesday, wednesday] = ['cron(0 21 ? * TUE#2 *)', 'cron(0 21 ? * WED#2 *)'];

describe('the order of rings', () => {
  it('inverts for TUE#2 and WED#2 in eight months of 2026 to 2030, and names the day that does not', () => {
    const { firstMonth, months, findings } = ringOrder(
      rollout([ring('dev', patchTuesday), ring('test', wednesday)]),
      years,
    );
    expect({ firstMonth, months }).toEqual({ firstMonth: '2026-01', months: 60 });
    expect(
      findings.map(({ rule, severity, message, fix, ring, earlierRing }) => ({
        rule,
        severity,
        message,
        fix,
        ring,
        earlierRing,
      })),
    ).toEqual([
      {
        rule: 'ring-order/inverted',
        severity: 'error',
        message:
          'ring "test" must not install before ring "dev" inside a month, got 8 of 60 months: 2026-04 (2026-04-08T21:00Z before 2026-04-14T21:00Z), 2026-07 (2026-07-08T21:00Z before 2026-07-14T21:00Z), 2027-09 (2027-09-08T21:00Z before 2027-09-14T21:00Z), 5 more',
        fix: 'let ring "test" install at patchTuesday({ plusDays: 1, at: "21:00" }) in UTC: in order in all 60 months',
        ring: 'test',
        earlierRing: 'dev',
      },
    ]);
    expect(findings[0]?.inversions.map(({ month }) => month)).toEqual([
      '2026-04',
      '2026-07',
      '2027-09',
      '2027-12',
      '2028-03',
      '2028-11',
      '2029-08',
      '2030-05',
    ]);
    expect(findings[0]?.inversions[0]).toEqual({
      month: '2026-04',
      run: '2026-04-08T21:00Z',
      earlierRun: '2026-04-14T21:00Z',
    });
  });

  it('holds for SUN#1 after TUE#1 in only 17 of those months', () => {
    expect(
      monthsOf(rollout([ring('dev', 'cron(0 2 ? * TUE#1 *)'), ring('prod', 'cron(0 2 ? * SUN#1 *)')])),
    ).toHaveLength(60 - 17);
  });

  it('is looked at between all rings, not only neighbours', () => {
    const { findings } = ringOrder(
      rollout([ring('dev', patchTuesday), ring('test', 'cron(0 21 ? * SAT *)'), ring('prod', wednesday)]),
      { ...years, months: 4 },
    );
    expect(findings.map(({ ring, earlierRing }) => [ring, earlierRing])).toEqual([
      ['test', 'dev'],
      ['prod', 'dev'],
    ]);
  });

  it('takes the same instant for order', () => {
    expect(monthsOf(rollout([ring('dev', patchTuesday), ring('test', patchTuesday)]))).toEqual([]);
  });

  it('counts whole months, from the one of the day', () => {
    const of = rollout([ring('dev', patchTuesday), ring('test', wednesday)]);
    expect(monthsOf(of, { asOf: new Date('2026-04-30T23:00:00Z'), months: 1 })).toEqual(['2026-04']);
    expect(monthsOf(of, { asOf: new Date('2026-05-01T00:00:00Z'), months: 2 })).toEqual([]);
    expect(monthsOf(of, { asOf: new Date('2026-05-01T00:00:00Z'), months: 3 })).toEqual(['2026-07']);
  });

  it('reckons a month by the clocks of each window', () => {
    // The first of the month in Auckland is still the month before in UTC.
    const auckland = ring('dev', undefined, {
      windows: [install('cron(0 2 1 * ? *)', { timezone: 'Pacific/Auckland' })],
    });
    expect(monthsOf(rollout([auckland, ring('test', 'cron(0 1 1 * ? *)')]), { ...years, months: 12 })).toEqual([]);
  });

  it('reckons offset days to the month that cron names', () => {
    const late = ring('prod', undefined, { windows: [install('cron(0 2 ? * TUE#4 *)', { offsetDays: 6 })] });
    expect(monthsOf(rollout([ring('dev', patchTuesday), late]))).toEqual([]);
    expect(monthsOf(rollout([late, ring('prod-2', patchTuesday)]))).toHaveLength(60);
  });

  it('is broken by a month in which the earlier ring does not install at all', () => {
    const quarterly = ring('dev', 'cron(0 21 ? 1/3 TUE#2 *)');
    const { findings } = ringOrder(rollout([quarterly, ring('test', 'cron(0 22 ? * TUE#2 *)')]), {
      ...years,
      months: 3,
    });
    expect(findings.map(({ message }) => message)).toEqual([
      'ring "test" must not install before ring "dev" inside a month, got 2 of 3 months: 2026-02 (2026-02-10T22:00Z, "dev" not in it), 2026-03 (2026-03-10T22:00Z, "dev" not in it)',
    ]);
  });

  it('asks of windows that open several times a month for an install of the earlier ring in between', () => {
    const weekly = 'cron(0 2 ? * SUN *)';
    expect(monthsOf(rollout([ring('dev', weekly), ring('prod', patchTuesday)]))).toEqual([]);
    expect(monthsOf(rollout([ring('dev', 'cron(0 2 * * ? *)'), ring('prod', weekly)]))).toEqual([]);
    expect(monthsOf(rollout([ring('dev', weekly), ring('prod', 'cron(0 2 ? * SAT *)')]))).toEqual([]);
    const { findings } = ringOrder(rollout([ring('dev', patchTuesday), ring('prod', weekly)]), { ...years, months: 1 });
    expect(findings[0]?.inversions).toEqual([
      { month: '2026-01', run: '2026-01-04T02:00Z', since: '2025-12-28T02:00Z' },
      { month: '2026-01', run: '2026-01-11T02:00Z', since: '2026-01-04T02:00Z' },
      { month: '2026-01', run: '2026-01-25T02:00Z', since: '2026-01-18T02:00Z' },
    ]);
  });

  it('does not go on for ever about windows that open every five minutes', () => {
    const dense = ring('prod', 'cron(0/5 * * * ? *)');
    const { findings } = ringOrder(rollout([ring('dev', patchTuesday), dense]), years);
    expect(findings[0]?.inversions.length).toBeGreaterThan(1000);
    expect(monthsOf(rollout([dense, ring('dev', patchTuesday)]))).toEqual([]);
  });

  it('knows only rings that install', () => {
    const scan: RolloutWindow = { ...install(patchTuesday), key: 'scan', operation: 'Scan' };
    const scans = ring('dev', undefined, { windows: [scan] });
    const disabled = ring('off', undefined, { windows: [install(patchTuesday, { enabled: false })] });
    const own = ring('own', undefined, { windows: [install(patchTuesday, { installsOwnList: true })] });
    expect(monthsOf(rollout([scans, disabled, own, ring('test', wednesday)]))).toEqual([]);
  });

  it('does without the runs that a freeze closes', () => {
    const april = [freeze('2026-04-07T00:00:00Z', '2026-04-10T00:00:00Z', ['test'])];
    const of = rollout([ring('dev', patchTuesday), ring('test', wednesday)], april);
    expect(monthsOf(of, { ...years, months: 6 })).toEqual([]);
  });

  it('says that nobody can tell where a rate is', () => {
    const rate = ring('dev', undefined, { windows: [install('rate(7 days)', { key: 'install-weekly' })] });
    const { findings } = ringOrder(rollout([rate, ring('test', wednesday)]), years);
    expect(findings).toEqual([
      {
        rule: 'ring-order/rate',
        severity: 'info',
        message:
          'window "install-weekly" of ring "dev" installs at rate(7 days), counted from its creation: whether it is in order cannot be told',
        fix: 'write a cron expression or patchTuesday',
        ring: 'dev',
        inversions: [],
      },
    ]);
  });

  it('tells how many pairs of rings there are, and how many were compared', () => {
    const rate = ring('rate', 'rate(7 days)');
    const asked = { ...years, months: 1 };
    expect(ringOrder(rollout([rate]), asked)).toMatchObject({ pairs: 0, compared: 0, atRates: ['rate'] });
    expect(ringOrder(rollout([rate, ring('test', wednesday)]), asked)).toMatchObject({ pairs: 1, compared: 0 });
    const three = [ring('dev', patchTuesday), rate, ring('prod', 'cron(0 21 ? * WED#3 *)')];
    expect(ringOrder(rollout(three), asked)).toMatchObject({ pairs: 3, compared: 1, atRates: ['rate'] });
  });

  it('says when no day from Patch Tuesday on would do', () => {
    const late = ring('dev', 'cron(0 21 L * ? *)', { approvals: [linux(0)] });
    const { findings } = ringOrder(rollout([late, ring('test', patchTuesday)]), years);
    expect(findings[0]?.fix).toBe(
      'no day from Patch Tuesday to 20 days after it puts ring "test" in order; move another ring, too',
    );
    expect(findings[0]).not.toHaveProperty('change');
  });
});

describe('the fix of the order of rings', () => {
  const days = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
  const monthly = fc
    .tuple(fc.constantFrom(...days), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 23 }))
    .map(([day, nth, hour]) => `cron(0 ${hour} ? * ${day}#${nth} *)`);
  const zone = fc.constantFrom('UTC', 'America/New_York', 'Europe/Berlin', 'Pacific/Auckland');

  it('mends the order when all of them are made', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(monthly, zone), { minLength: 2, maxLength: 5 }), (schedules) => {
        const rings = schedules.map(([schedule, timezone], i) =>
          ring(`r${i}`, undefined, { windows: [install(schedule, { timezone })] }),
        );
        const asked = { ...years, months: 24 };
        const { findings } = ringOrder(rollout(rings), asked);
        const changes = new Map(findings.flatMap(({ ring, change }) => (change === undefined ? [] : [[ring, change]])));
        const mended = [...changes.values()].reduce(changed, rollout(rings));
        const still = ringOrder(mended, asked).findings.map(({ ring }) => ring);
        expect(still.filter((name) => changes.has(name))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('is none where a ring after it, for which there is none, would newly be out of order', () => {
    const once = ring('prod', 'at(2026-12-02T22:00:00)');
    const rings = [ring('dev', 'cron(0 22 ? * TUE#3 *)'), ring('mid', 'cron(0 22 ? * TUE#1 *)'), once];
    const { findings } = ringOrder(rollout(rings), { asOf: new Date('2026-11-25T00:00:00Z'), months: 24 });
    expect(findings.map(({ ring, earlierRing, change }) => [ring, earlierRing, change])).toEqual([
      ['mid', 'dev', undefined],
      ['prod', 'dev', undefined],
    ]);
  });

  it('agrees with a look at every month, for windows that open once in each', () => {
    fc.assert(
      fc.property(monthly, monthly, (earlier, later) => {
        const found = monthsOf(rollout([ring('dev', earlier), ring('test', later)]), { ...years, months: 24 });
        const wanted: string[] = [];
        for (let i = 0; i < 24; i += 1) {
          const [first, second] = [nthOf(earlier, 2026, i), nthOf(later, 2026, i)];
          if (second < first) wanted.push(new Date(second).toISOString().slice(0, 7));
        }
        expect(found).toEqual(wanted);
      }),
      { numRuns: 100 },
    );
  });

  /** The instant of a `cron(0 H ? * DAY#N *)` in a month, found by going through its days. */
  function nthOf(schedule: string, year: number, month: number): number {
    const [, hour, day, nth] = /^cron\(0 (\d+) \? \* (\w+)#(\d) \*\)$/.exec(schedule) ?? [];
    let seen = 0;
    for (let date = 1; ; date += 1) {
      const instant = Date.UTC(year, month, date, Number(hour));
      if (days[new Date(instant).getUTCDay()] === day) seen += 1;
      if (seen === Number(nth)) return instant;
    }
  }
});
