import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changed, exposure, type Freeze, type Rollout, type RolloutRing } from '../../../calendar/index.ts';
import { freeze, install, linux, ring, rollout, windows } from '../rollouts.ts';

/*
 * The laws of exposure, and a walk over every hour that knows no cron: windows open on a week day of the month at an hour,
 * in a zone without daylight saving.
 */

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const names = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const zones = { UTC: 0, 'Asia/Tokyo': 9, 'America/Phoenix': -7 } as const;

interface Opening {
  readonly weekDay: number;
  /** 1 to 4, or 0 for every week. */
  readonly nth: number;
  readonly hour: number;
  readonly zone: keyof typeof zones;
  readonly duration: number;
}

const opening: fc.Arbitrary<Opening> = fc.record({
  weekDay: fc.integer({ min: 0, max: 6 }),
  nth: fc.integer({ min: 0, max: 4 }),
  hour: fc.integer({ min: 0, max: 23 }),
  zone: fc.constantFrom(...(Object.keys(zones) as (keyof typeof zones)[])),
  duration: fc.integer({ min: 1, max: 24 }),
});

interface Stage {
  readonly openings: readonly Opening[];
  readonly delays: readonly number[];
  readonly soakDays: number;
  readonly patchWithinDays: number;
}

const stage: fc.Arbitrary<Stage> = fc.record({
  openings: fc.array(opening, { minLength: 1, maxLength: 2 }),
  delays: fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 2 }),
  soakDays: fc.integer({ min: 0, max: 9 }),
  patchWithinDays: fc.integer({ min: 5, max: 70 }),
});

const first = Date.UTC(2026, 0, 1);

/** Whole hours of the first three months. */
const freezes: fc.Arbitrary<Freeze[]> = fc
  .array(
    fc.tuple(fc.integer({ min: 0, max: 2000 }), fc.integer({ min: 1, max: 600 }), fc.subarray(['r0', 'r1', 'r2'])),
    {
      maxLength: 2,
    },
  )
  .map((drawn) =>
    drawn.map(([start, hours, rings], i) => {
      const at = (hour: number) => new Date(first + hour * hourMs).toISOString();
      return freeze(at(start), at(start + hours), rings, `f${i}`);
    }),
  );

const family = fc.constantFrom('windows', 'rpm', 'apt');

function ringOf(drawn: Stage, index: number, system: string): RolloutRing {
  const { openings, delays, soakDays, patchWithinDays } = drawn;
  const apt = { family: 'apt', operatingSystem: 'UBUNTU' } as const;
  const approvals = delays.map((days) =>
    system === 'windows' ? windows(days) : linux(days, system === 'apt' ? apt : {}),
  );
  const windowsOf = openings.map(({ weekDay, nth, hour, zone, duration }, i) => {
    const day = `${names[weekDay]}${nth === 0 ? '' : `#${nth}`}`;
    return install(`cron(0 ${hour} ? * ${day} *)`, { key: `install-${i}`, timezone: zone, durationHours: duration });
  });
  return ring(`r${index}`, undefined, { windows: windowsOf, approvals, soakDays, patchWithinDays });
}

function opens({ weekDay, nth, hour, zone }: Opening, instant: number): boolean {
  const wall = new Date(instant + zones[zone] * hourMs);
  const week = Math.ceil(wall.getUTCDate() / 7);
  return wall.getUTCHours() === hour && wall.getUTCDay() === weekDay && (nth === 0 || nth === week);
}

/** Every whole hour of a year at which a window opens that no freeze touches. */
function openHours({ openings }: Stage, name: string, all: readonly Freeze[]): number[] {
  const own = all
    .filter(({ rings }) => rings.includes(name))
    .map(({ from, to }) => ({ from: Date.parse(from), to: Date.parse(to) }));
  const hours: number[] = [];
  for (let hour = first; hour < first + 365 * dayMs; hour += hourMs) {
    const isOpen = (one: Opening) =>
      opens(one, hour) && own.every(({ from, to }) => hour >= to || hour + one.duration * hourMs <= from);
    if (openings.some(isOpen)) hours.push(hour);
  }
  return hours;
}

/** Every day, or each second Tuesday at 10:00 in Los Angeles, whose clocks are 7 hours behind from 8 March to 31 October. */
function releasesOf(system: string, days: number): number[] {
  const released: number[] = [];
  for (let day = first; day < first + days * dayMs; day += dayMs) {
    const date = new Date(day);
    const isSecondTuesday = date.getUTCDay() === 2 && date.getUTCDate() >= 8 && date.getUTCDate() <= 14;
    if (system !== 'windows') released.push(day);
    else if (isSecondTuesday) released.push(day + (day > Date.UTC(2026, 2, 8) ? 17 : 18) * hourMs);
  }
  return released;
}

const asked = { asOf: new Date(first), months: 3 };
const days = 90;

describe('exposure, compared with a walk over every hour', () => {
  it('finds the same releases inverted, soaked too short and too late', () => {
    const stages = fc.array(stage, { minLength: 2, maxLength: 3 });
    fc.assert(
      fc.property(stages, freezes, family, (drawn, frozen, system) => {
        const of = rollout(
          drawn.map((one, i) => ringOf(one, i, system)),
          frozen,
        );
        const wanted: Record<string, number> = {};
        const count = (key: string) => {
          wanted[key] = (wanted[key] ?? 0) + 1;
        };
        const open = drawn.map((one, i) => openHours(one, `r${i}`, frozen));
        for (const release of releasesOf(system, days)) {
          const arrivals = drawn.map((one, i) =>
            one.delays.map((delay) => {
              const approved = release + (system === 'apt' ? 0 : delay * dayMs);
              return open[i]?.find((hour) => hour >= approved) ?? Number.NaN;
            }),
          );
          drawn.forEach(({ soakDays, patchWithinDays }, i) => {
            const own = arrivals[i] ?? [];
            own.forEach((arrival, k) => {
              if (arrival > release + patchWithinDays * dayMs) count(`exposure/too-late r${i} ${k}`);
            });
            for (let e = 0; e < i; e += 1) {
              const soaked = Math.min(...own) - Math.max(...(arrivals[e] ?? []));
              if (soaked < 0) count(`exposure/inverted r${i} r${e}`);
              else if (e === i - 1 && soaked < soakDays * dayMs) count(`exposure/soak-too-short r${i} r${e}`);
            }
          });
        }
        const found: Record<string, number> = {};
        for (const { rule, ring: name, earlierRing, count: many, approvals } of exposure(of, asked).findings) {
          if (rule === 'exposure/approved-after-window') continue;
          if (rule !== 'exposure/too-late') found[`${rule} ${name} ${earlierRing}`] = many;
          else for (const key of lateKeys(drawn, name, wanted, many, approvals.length)) found[key] = many;
        }
        expect(found).toEqual(wanted);
      }),
      { numRuns: 40 },
    );
  });

  /** Approvals of one ring that are late alike are one finding: which of them it is about, as the walk counts them. */
  function lateKeys(drawn: readonly Stage[], name: string, wanted: Record<string, number>, many: number, of: number) {
    const all = drawn[Number(name.slice(1))]?.delays.map((_, k) => `exposure/too-late ${name} ${k}`) ?? [];
    const alike = all.filter((key) => wanted[key] === many);
    expect(alike.length).toBeGreaterThanOrEqual(of);
    return alike;
  }
});

describe('exposure', () => {
  const installs = (of: Rollout) =>
    exposure(of, asked).rings.map(({ steps }) => steps.map(({ installed }) => installed ?? '9999'));

  it('brings nothing earlier with a longer delay', () => {
    fc.assert(
      fc.property(stage, freezes, fc.integer({ min: 1, max: 20 }), (drawn, frozen, more) => {
        const delay = Math.min(...drawn.delays, 10);
        const [soon] = installs(rollout([ringOf({ ...drawn, delays: [delay] }, 0, 'windows')], frozen));
        const [late] = installs(rollout([ringOf({ ...drawn, delays: [delay + more] }, 0, 'windows')], frozen));
        expect(late?.filter((instant, i) => instant < (soon?.[i] ?? ''))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('brings nothing earlier with another freeze', () => {
    fc.assert(
      fc.property(stage, freezes, freezes, (drawn, some, more) => {
        const rings = [ringOf(drawn, 0, 'windows')];
        const before = installs(rollout(rings, some));
        const after = installs(rollout(rings, [...some, ...more.map((one) => ({ ...one, name: `more-${one.name}` }))]));
        expect(after.flat().filter((instant, i) => instant < (before.flat()[i] ?? ''))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('is the same in any order of windows and freezes', () => {
    fc.assert(
      fc.property(fc.array(stage, { minLength: 2, maxLength: 3 }), freezes, (drawn, frozen) => {
        const rings = drawn.map((one, i) => ringOf(one, i, 'windows'));
        const turned = rings.map((one) => ({ ...one, windows: [...one.windows].reverse() }));
        const { findings, rings: told } = exposure(rollout(rings, frozen), asked);
        const other = exposure(rollout(turned, [...frozen].reverse()), asked);
        expect(other.rings).toEqual(told);
        const facts = (all: typeof findings) => all.map(({ fix: _, changes: __, ...rest }) => rest);
        expect(facts(other.findings)).toEqual(facts(findings));
      }),
      { numRuns: 40 },
    );
  });

  it('proposes fixes after which nothing fails in the ring any more', () => {
    const stages = fc.array(stage, { minLength: 2, maxLength: 4 });
    let proposed = 0;
    fc.assert(
      fc.property(stages, freezes, family, (drawn, frozen, system) => {
        const of = rollout(
          drawn.map((one, i) => ringOf(one, i, system)),
          frozen,
        );
        for (const finding of exposure(of, asked).findings) {
          if (finding.changes.length === 0) continue;
          proposed += 1;
          const mended = finding.changes.reduce(changed, of);
          const still = exposure(mended, asked).findings.filter(
            ({ ring: name, severity }) => name === finding.ring && severity === 'error',
          );
          expect(still).toEqual([]);
        }
      }),
      { numRuns: 40 },
    );
    // Else nothing was proven.
    expect(proposed).toBeGreaterThan(5);
  });

  it('answers for ten rings and two years', () => {
    const rings = Array.from({ length: 10 }, (_, i) =>
      ring(`r${i}`, undefined, {
        windows: [install(`cron(0 ${i + 2} * * ? *)`, { timezone: 'Europe/Berlin' })],
        approvals: [windows(i), linux(i), linux(i + 3, { rule: 1 })],
      }),
    );
    expect(exposure(rollout(rings), { ...asked, months: 24 }).findings).toEqual([]);
  });
});
