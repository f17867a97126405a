import { describe, expect, it } from '@jest/globals';
import { concernedWindows, installWindows, stretchOf } from '../../fleet/freezes.ts';
import type { FleetFreeze, FleetInstall } from '../../fleet/schema/index.ts';
import { installWindow, scanWindow } from './support.ts';

const freeze = (overrides: Partial<FleetFreeze> = {}): FleetFreeze => ({
  name: 'year-end',
  from: '2026-12-18',
  to: '2027-01-04',
  reason: 'annual accounts',
  ...overrides,
});

const stretch = (overrides: Partial<FleetFreeze>) => {
  const found = stretchOf(freeze(overrides));
  return found && [found.from, found.to].map((instant) => new Date(instant).toISOString());
};

describe('a freeze holds', () => {
  it('from the first moment of its first day to the last of its last', () => {
    expect(stretch({})).toEqual(['2026-12-18T00:00:00.000Z', '2027-01-05T00:00:00.000Z']);
    expect(stretch({ timezone: 'Europe/Berlin' })).toEqual(['2026-12-17T23:00:00.000Z', '2027-01-04T23:00:00.000Z']);
    expect(stretch({ to: '2026-12-18' })).toEqual(['2026-12-18T00:00:00.000Z', '2026-12-19T00:00:00.000Z']);
  });

  it('for 23 and 25 hours on days of which clocks take or give one', () => {
    const berlin = { timezone: 'Europe/Berlin' };
    expect(stretch({ ...berlin, from: '2026-03-29', to: '2026-03-29' })).toEqual([
      '2026-03-28T23:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
    ]);
    expect(stretch({ ...berlin, from: '2026-10-25', to: '2026-10-25' })).toEqual([
      '2026-10-24T22:00:00.000Z',
      '2026-10-25T23:00:00.000Z',
    ]);
  });

  it('from one o’clock where clocks skip midnight, and from the first of two midnights', () => {
    // Cairo goes from 00:00 to 01:00 on the last Friday of April; Havana from 01:00 back to 00:00 on 1 November.
    expect(stretch({ from: '2026-04-24', to: '2026-04-24', timezone: 'Africa/Cairo' })).toEqual([
      '2026-04-23T22:00:00.000Z',
      '2026-04-24T21:00:00.000Z',
    ]);
    expect(stretch({ from: '2026-11-01', to: '2026-11-01', timezone: 'America/Havana' })).toEqual([
      '2026-11-01T04:00:00.000Z',
      '2026-11-02T05:00:00.000Z',
    ]);
  });

  it('between instants, whatever its zone', () => {
    const instants = { from: '2026-12-18T18:00:00+01:00', to: '2027-01-04T06:00Z' };
    expect(stretch({ ...instants, timezone: 'Asia/Tokyo' })).toEqual([
      '2026-12-18T17:00:00.000Z',
      '2027-01-04T06:00:00.000Z',
    ]);
  });

  it.each(['18.12.2026', '2026-12-18T18:00:00', '2026-02-30', '2026-02-30T00:00:00Z', '2026-12-18T25:00:00Z', ''])(
    'at no time that can be told from %j',
    (from) => {
      expect(stretch({ from })).toBeUndefined();
    },
  );
});

describe('a freeze concerns install windows', () => {
  /** The names of those concerned, with the first run, in a fleet of a ring with one install window. */
  const concerned = (install: Partial<FleetInstall>, rings?: readonly string[]) => {
    const of = freeze(rings === undefined ? {} : { rings: [...rings] });
    const fleet = { rings: [{ name: 'late', scan: scanWindow(), install: installWindow(install) }] };
    return concernedWindows(installWindows(fleet), of, stretchOf(of) as NonNullable<ReturnType<typeof stretchOf>>).map(
      ({ name, run }) => (run === undefined ? name : `${name} ${new Date(run.start).toISOString()}`),
    );
  };

  it('that open in it, and no scans', () => {
    expect(concerned({})).toEqual(['late/install 2026-12-22T04:00:00.000Z']);
    expect(concerned({ enabled: false })).toEqual(['late/install 2026-12-22T04:00:00.000Z']);
    expect(concerned({ schedule: 'at(2026-12-17T00:00:00)' })).toEqual([]);
  });

  it('of its rings alone', () => {
    expect(concerned({}, ['late'])).toHaveLength(1);
    expect(concerned({}, ['early'])).toEqual([]);
  });

  it('to the second: a run that ends as it begins is none, and one that starts as it ends', () => {
    expect(concerned({ schedule: 'at(2026-12-17T21:00:00)', duration: 3 })).toEqual([]);
    expect(concerned({ schedule: 'at(2026-12-17T21:00:01)', duration: 3 })).toHaveLength(1);
    expect(concerned({ schedule: 'at(2026-12-17T21:00:00)', duration: 4 })).toHaveLength(1);
    expect(concerned({ schedule: 'at(2027-01-04T23:59:59)' })).toHaveLength(1);
    expect(concerned({ schedule: 'at(2027-01-05T00:00:00)' })).toEqual([]);
  });

  it('of a rate always, unless its dates keep it out', () => {
    expect(concerned({ schedule: 'rate(30 days)' })).toEqual(['late/install']);
    expect(concerned({ schedule: 'rate(30 days)', endDate: '2026-12-17T21:00:00Z' })).toEqual([]);
    expect(concerned({ schedule: 'rate(30 days)', endDate: '2026-12-17T21:00:01Z' })).toEqual(['late/install']);
    expect(concerned({ schedule: 'rate(30 days)', startDate: '2027-01-05T00:00:00Z' })).toEqual([]);
  });

  it('with an offset, and counted from Patch Tuesday', () => {
    expect(concerned({ schedule: 'cron(0 22 ? * TUE#2 *)', offset: 6 })).toEqual([]);
    expect(concerned({ schedule: 'cron(0 22 ? * TUE#3 *)', offset: 3 })).toEqual([
      'late/install 2026-12-18T22:00:00.000Z',
    ]);
    expect(concerned({ schedule: { patchTuesday: { plusDays: 10, at: '22:00' } } })).toEqual([
      'late/install 2026-12-18T22:00:00.000Z',
    ]);
  });

  it('and none whose schedule is not sound, which is told by itself', () => {
    expect(concerned({ schedule: 'cron(0 22 * * * *)' })).toEqual([]);
    expect(concerned({ schedule: 'rate(30 fortnights)' })).toEqual([]);
    expect(concerned({ duration: Number.POSITIVE_INFINITY })).toEqual([]);
  });
});
