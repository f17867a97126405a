import { describe, expect, it } from '@jest/globals';
import type { FleetBusinessHours } from '../../../fleet/schema/index.ts';
import { fleetOfRing, installWindow, problemsOf, scanWindow } from '../support.ts';

type Install = Parameters<typeof installWindow>[0];

const office: FleetBusinessHours = { from: '08:00', to: '18:00' };

function problems(businessHours: FleetBusinessHours, install: Install, asOf?: string): string[] {
  const ring = { businessHours, scan: undefined, install: installWindow(install) };
  return problemsOf(fleetOfRing(ring), asOf === undefined ? {} : { asOf });
}

const refused = (hours: string, run: string, fix: string) =>
  `error rings[0].install: install of ring "early" must not be open in businessHours (${hours}), got its run from ${run}; ${fix} [fleet/install-outside-business-hours]`;
const week = 'MON TUE WED THU FRI';
const beforeEight = (duration: string) => `open it from 18:00 on, or so that its ${duration} by 08:00`;

describe('an install window of a ring with business hours', () => {
  it.each([
    ['ends when they begin', { schedule: 'cron(0 5 * * ? *)' }],
    ['begins when they end', { schedule: 'cron(0 18 * * ? *)' }],
    ['opens on other days', { schedule: 'cron(0 10 ? * SAT,SUN *)' }],
    ['is disabled', { schedule: 'cron(0 10 * * ? *)', enabled: false }],
    ['is over', { schedule: 'at(2020-01-06T10:00:00)' }],
  ])('is fine where it %s', (_, install) => {
    expect(problems(office, install)).toEqual([]);
  });

  it.each([
    [{ schedule: 'cron(1 5 * * ? *)' }, '2026-01-01T05:01:00Z to 2026-01-01T08:01:00Z', 'its 3 hours end'],
    [
      { schedule: 'cron(59 17 * * ? *)', duration: 1, cutoff: 0 },
      '2026-01-01T17:59:00Z to 2026-01-01T18:59:00Z',
      'its 1 hour ends',
    ],
    [
      { schedule: 'cron(0 22 ? * SUN *)', duration: 12 },
      '2026-01-04T22:00:00Z to 2026-01-05T10:00:00Z',
      'its 12 hours end',
    ],
    [
      { schedule: { patchTuesday: { plusDays: 1, at: '09:00' } } },
      '2026-01-14T09:00:00Z to 2026-01-14T12:00:00Z',
      'its 3 hours end',
    ],
  ])('is refused with its first run in them: %j', (install, run, ends) => {
    expect(problems(office, install)).toEqual([
      refused(`${week} 08:00 to 18:00, UTC`, run, `open it from 18:00 on, or so that ${ends} by 08:00`),
    ]);
  });

  it.each([
    ['starts when the day looked from begins', '2026-12-01T05:30:00Z'],
    ['is open by then', '2026-12-01T08:29:59Z'],
  ])('is refused where its run %s', (_, asOf) => {
    expect(problems(office, { schedule: 'at(2026-12-01T05:30:00)' }, asOf)).toEqual([
      refused(
        `${week} 08:00 to 18:00, UTC`,
        '2026-12-01T05:30:00Z to 2026-12-01T08:30:00Z',
        beforeEight('3 hours end'),
      ),
    ]);
  });

  it('is refused for a run that only a change of clocks moves into them, a hundred days of many runs later', () => {
    const hours: FleetBusinessHours = { from: '07:00', to: '19:00', timezone: 'Europe/Berlin' };
    const install: Install = { schedule: 'cron(0/5 0-4 * * ? *)', duration: 1, cutoff: 0 };
    expect(problems(hours, install, '2026-11-25')).toEqual([
      refused(
        `${week} 07:00 to 19:00, Europe/Berlin`,
        '2027-03-29T06:05:00+02:00 to 2027-03-29T07:05:00+02:00',
        'open it from 19:00 on, or so that its 1 hour ends by 07:00',
      ),
    ]);
  });

  it('is fine where its run is over', () => {
    const found = problems(office, { schedule: 'at(2026-12-01T05:30:00)' }, '2026-12-01T08:30:00Z');
    expect(found.filter((problem) => !problem.includes('[fleet/window-over]'))).toEqual([]);
  });

  it('may open on days that do not begin them', () => {
    const hours: FleetBusinessHours = { ...office, days: ['SAT', 'MON'] };
    expect(problems(hours, { schedule: 'cron(0 10 ? * TUE,SUN *)' })).toEqual([]);
    expect(problems(hours, { schedule: 'cron(0 10 ? * FRI,SAT *)' })).toEqual([
      refused(
        'MON SAT 08:00 to 18:00, UTC',
        '2026-01-03T10:00:00Z to 2026-01-03T13:00:00Z',
        beforeEight('3 hours end'),
      ),
    ]);
  });

  it('is looked at in its own zone, unless the hours name one', () => {
    const night = { schedule: 'cron(0 2 * * ? *)', timezone: 'Asia/Tokyo' };
    expect(problems(office, night)).toEqual([]);
    // Two in the night in Tokyo is six in the evening in Berlin, and seven in summer.
    expect(problems({ ...office, timezone: 'Europe/Berlin' }, night)).toEqual([]);
    expect(problems({ ...office, to: '18:30', timezone: 'Europe/Berlin' }, night)).toEqual([
      refused(
        `${week} 08:00 to 18:30, Europe/Berlin`,
        '2026-01-01T18:00:00+01:00 to 2026-01-01T21:00:00+01:00',
        'open it from 18:30 on, or so that its 3 hours end by 08:00',
      ),
    ]);
  });

  it('is caught on the day that clocks change, though it is fine all winter', () => {
    // 05:00 UTC is 06:00 in Berlin in winter and 07:00 in summer, when its two hours last until nine.
    const utc = { schedule: 'cron(0 5 * * ? *)', duration: 2 };
    const berlin: FleetBusinessHours = { ...office, timezone: 'Europe/Berlin' };
    expect(problems(berlin, utc)).toEqual([
      refused(
        `${week} 08:00 to 18:00, Europe/Berlin`,
        '2026-03-30T07:00:00+02:00 to 2026-03-30T09:00:00+02:00',
        beforeEight('2 hours end'),
      ),
    ]);
    expect(problems(berlin, { ...utc, endDate: '2026-03-28T00:00:00Z' })).toEqual([]);
    expect(problems(berlin, { ...utc, timezone: 'Europe/Berlin' })).toEqual([]);
  });

  it('opens for as long as its duration says, also when a night is an hour longer or shorter', () => {
    const allDays: FleetBusinessHours = { ...office, days: ['SUN'], timezone: 'Europe/Berlin' };
    const night = { timezone: 'Europe/Berlin', schedule: 'cron(0 0 ? * SUN *)' };
    // Eight hours from midnight end at nine on the day that loses an hour, and at seven on the one that gains one.
    expect(problems(allDays, { ...night, duration: 8 })).toEqual([
      refused(
        'SUN 08:00 to 18:00, Europe/Berlin',
        '2026-03-29T00:00:00+01:00 to 2026-03-29T09:00:00+02:00',
        beforeEight('8 hours end'),
      ),
    ]);
    expect(problems(allDays, { ...night, duration: 7 })).toEqual([]);
    expect(
      problems(allDays, {
        ...night,
        duration: 9,
        startDate: '2026-10-25T00:00:00+02:00',
        endDate: '2026-10-26T00:00:00Z',
      }),
    ).toEqual([]);
  });

  it('may not be open in hours over midnight, which belong to the day they begin on', () => {
    const nights: FleetBusinessHours = { days: ['FRI'], from: '22:00', to: '06:00' };
    expect(problems(nights, { schedule: 'cron(0 6 ? * SAT *)' })).toEqual([]);
    expect(problems(nights, { schedule: 'cron(0 2 ? * FRI *)' })).toEqual([]);
    expect(problems(nights, { schedule: 'cron(0 2 ? * SAT *)' })).toEqual([
      refused(
        'FRI 22:00 to 06:00, UTC',
        '2026-01-03T02:00:00Z to 2026-01-03T05:00:00Z',
        'open it from 06:00 on, or so that its 3 hours end by 22:00',
      ),
    ]);
  });

  it('may not be open on whole days', () => {
    const whole: FleetBusinessHours = { days: ['MON'], from: '00:00', to: '24:00' };
    expect(problems(whole, { schedule: 'cron(0 21 ? * SUN *)' })).toEqual([]);
    expect(problems(whole, { schedule: 'cron(0 0 ? * TUE *)' })).toEqual([]);
    expect(problems(whole, { schedule: 'cron(30 21 ? * SUN *)' })).toHaveLength(1);
  });

  it('of an emergency may be, which somebody has to mean', () => {
    const emergency = {
      name: 'now',
      patches: ['CVE-2026-1234'],
      rings: ['early'],
      at: '2026-01-05T12:00',
      expires: '2026-01-09',
      maxConcurrency: '10%',
      maxErrors: '1',
    };
    const found = (at: string) =>
      problemsOf(
        fleetOfRing(
          { businessHours: office, install: installWindow({ schedule: 'cron(0 4 ? * SAT *)' }) },
          {
            emergencies: [{ ...emergency, at }],
          },
        ),
      );
    expect(found('2026-01-05T12:00')).toEqual([
      `warning emergencies[0].at: emergency-now installs in businessHours of ring "early" (${week} 08:00 to 18:00, UTC), from 2026-01-05T12:00:00Z to 2026-01-05T15:00:00Z; meant so? otherwise move it out of them [fleet/emergency-in-business-hours]`,
    ]);
    expect(found('2026-01-05T18:00')).toEqual([]);
  });

  it('is looked at from the day that is given', () => {
    const once = { schedule: 'at(2026-06-01T10:00:00)' };
    expect(problems(office, once, '2026-05-01')).toHaveLength(1);
    expect(problems(office, once, '2026-07-01').join()).not.toContain('business-hours');
  });

  it('must not open at a rate', () => {
    expect(problems(office, { schedule: 'rate(7 days)' })).toEqual([
      'error rings[0].install.schedule: schedule must be cron, at or patchTuesday in a ring with businessHours, got "rate(7 days)": it counts from when the window is made, so nobody can tell whether it opens in them; name the time of day [fleet/install-outside-business-hours]',
    ]);
    expect(problems(office, { schedule: 'rate(7 days)', enabled: false })).toEqual([]);
  });

  it('is told for each of several, and scans may open whenever they like', () => {
    const install = [
      installWindow({ schedule: 'cron(0 10 ? * MON *)' }),
      installWindow({ name: 'night', schedule: 'cron(0 20 ? * MON *)' }),
      installWindow({ name: 'noon', schedule: 'cron(0 12 ? * TUE *)' }),
    ];
    const scan = scanWindow({ schedule: 'cron(0 15 ? * FRI *)' });
    expect(problemsOf(fleetOfRing({ businessHours: office, scan, install })).map((line) => line.split(':')[0])).toEqual(
      ['error rings[0].install[0]', 'error rings[0].install[2]'],
    );
  });
});

describe('business hours', () => {
  const wrong = (change: Partial<FleetBusinessHours>) =>
    problems({ ...office, ...change }, { schedule: 'cron(0 10 * * ? *)' });

  it.each([
    [
      { from: '8:00' },
      'error rings[0].businessHours.from: from must be a time of day HH:MM from 00:00 to 23:59, got "8:00"; write it like "08:00" [fleet/business-hours]',
    ],
    [
      { from: '24:00' },
      'error rings[0].businessHours.from: from must be a time of day HH:MM from 00:00 to 23:59, got "24:00"; write it like "08:00" [fleet/business-hours]',
    ],
    [
      { to: '24:01' },
      'error rings[0].businessHours.to: to must be a time of day HH:MM from 00:00 to 24:00, got "24:01"; write it like "08:00" [fleet/business-hours]',
    ],
    [
      { to: '08:00' },
      'error rings[0].businessHours.to: to must differ from from, got "08:00" for both; write from "00:00" to "24:00" for whole days [fleet/business-hours]',
    ],
    [
      { days: [] },
      'error rings[0].businessHours.days: days must name at least one day, and each once, got []; leave them out for Monday to Friday [fleet/business-hours]',
    ],
    [
      { days: ['MON' as const, 'MON' as const] },
      'error rings[0].businessHours.days: days must name at least one day, and each once, got ["MON","MON"]; leave them out for Monday to Friday [fleet/business-hours]',
    ],
    [
      { timezone: 'Berlin' },
      'error rings[0].businessHours.timezone: timezone must be an IANA time zone name such as Europe/Berlin, got "Berlin"; write Europe/Berlin [schedule/time-zone]',
    ],
  ])('must be sound before windows are looked at: %j', (change, problem) => {
    expect(wrong(change)).toEqual([problem]);
  });
});
