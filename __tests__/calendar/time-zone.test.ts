import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkTimeZone, formatInZone, instantOfWallTime, wallTimeOf } from '../../calendar/time-zone.ts';
import { formatViolation } from '../../core/problem.ts';

const wanted = 'timezone must be an IANA time zone name such as Europe/Berlin';

describe('checkTimeZone', () => {
  it.each([
    'UTC',
    'utc',
    'GMT',
    'Etc/UTC',
    'etc/UTC',
    'Europe/Berlin',
    'america/new_york',
    'Asia/Calcutta',
    'Etc/GMT+5',
    'Japan',
  ])('takes %s', (name) => {
    expect(checkTimeZone('timezone', name)).toEqual([]);
  });

  it('has nothing to say about a timezone that is not given', () => {
    expect(checkTimeZone('timezone', undefined)).toEqual([]);
  });

  it.each(['+05:30', '-0800', '5', 'Z'])('refuses the offset %s', (value) => {
    expect(checkTimeZone('timezone', value).map(formatViolation)).toEqual([
      `${wanted}, got "${value}"; name the region and city: an offset does not follow daylight saving time [schedule/time-zone]`,
    ]);
  });

  it.each(['BST', 'PST', 'IST', 'CET', 'est', 'EST5EDT', 'GMT+2', 'UTC-03:00'])(
    'refuses the abbreviation %s',
    (value) => {
      expect(checkTimeZone('timezone', value).map(formatViolation)).toEqual([
        `${wanted}, got "${value}"; name the region and city: an abbreviation means different zones to different readers [schedule/time-zone]`,
      ]);
    },
  );

  it.each([
    ['Europe/Berln', 'did you mean "Europe/Berlin"?'],
    ['America/NewYork', 'did you mean "America/New_York"?'],
    ['Europe/Berlin ', 'did you mean "Europe/Berlin"?'],
    ['new york', 'write America/New_York'],
    ['Mars/Olympus', 'name the region and city'],
    ['SystemV/EST5', 'name the region and city'],
    ['', 'name the region and city'],
  ])('refuses %j and helps', (value, fix) => {
    expect(checkTimeZone('timezone', value).map(formatViolation)).toEqual([
      `${wanted}, got "${value}"; ${fix} [schedule/time-zone]`,
    ]);
  });

  it('refuses what is not text', () => {
    expect(checkTimeZone('timezone', 2).map(formatViolation)).toEqual([
      `${wanted}, got 2; name the region and city [schedule/time-zone]`,
    ]);
  });
});

describe('formatInZone', () => {
  it.each([
    ['2026-01-13T07:00:00Z', 'America/New_York', '2026-01-13T02:00:00-05:00'],
    ['2026-07-13T07:00:00Z', 'America/New_York', '2026-07-13T03:00:00-04:00'],
    ['2026-01-13T07:00:00Z', 'Asia/Kolkata', '2026-01-13T12:30:00+05:30'],
    ['2026-01-13T07:00:00Z', 'Australia/Lord_Howe', '2026-01-13T18:00:00+11:00'],
    ['2026-01-13T07:00:00Z', 'Europe/London', '2026-01-13T07:00:00+00:00'],
    ['2026-01-13T07:00:00.999Z', 'UTC', '2026-01-13T07:00:00Z'],
    ['2026-01-13T07:00:00Z', 'etc/utc', '2026-01-13T07:00:00Z'],
    ['2026-01-13T02:29:59Z', 'America/St_Johns', '2026-01-12T22:59:59-03:30'],
    ['2026-01-13T05:00:00.999Z', 'America/New_York', '2026-01-13T00:00:00-05:00'],
  ])('shows %s in %s', (instant, timezone, text) => {
    expect(formatInZone(new Date(instant), timezone)).toBe(text);
  });

  it('names the same second again when it is read back', () => {
    const zones = fc.constantFrom('UTC', 'America/New_York', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kolkata');
    const seconds = fc.integer({ min: Date.UTC(1973, 0, 1) / 1000, max: Date.UTC(2199, 0, 1) / 1000 });
    fc.assert(
      fc.property(seconds, zones, (second, timezone) => {
        expect(Date.parse(formatInZone(new Date(second * 1000), timezone))).toBe(second * 1000);
      }),
      { numRuns: 300 },
    );
  });

  it('throws for a zone that has not been checked', () => {
    expect(() => formatInZone(new Date(0), 'Mars/Olympus')).toThrow(RangeError);
  });
});

describe('instantOfWallTime', () => {
  const wallTime = (text: string) => {
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0] = text.split(/\D/).map(Number);
    return { year, month, day, hour, minute, second: 0 };
  };

  it.each([
    ['an ordinary time', '2026-01-13 02:00', 'America/New_York', '2026-01-13T02:00:00-05:00'],
    ['the last minute before a gap', '2026-03-08 01:59', 'America/New_York', '2026-03-08T01:59:00-05:00'],
    ['a skipped time, moved forward by the gap', '2026-03-08 02:30', 'America/New_York', '2026-03-08T03:30:00-04:00'],
    ['the first minute after a gap', '2026-03-08 03:00', 'America/New_York', '2026-03-08T03:00:00-04:00'],
    ['the first of two equal times', '2026-11-01 01:30', 'America/New_York', '2026-11-01T01:30:00-04:00'],
    ['the first minute after two equal hours', '2026-11-01 02:00', 'America/New_York', '2026-11-01T02:00:00-05:00'],
    ['a gap of half an hour', '2026-10-04 02:15', 'Australia/Lord_Howe', '2026-10-04T02:45:00+11:00'],
    ['an overlap of half an hour', '2026-04-05 01:45', 'Australia/Lord_Howe', '2026-04-05T01:45:00+11:00'],
    ['a whole day that was skipped', '2011-12-30 12:00', 'Pacific/Apia', '2011-12-31T12:00:00+14:00'],
  ])('resolves %s', (_what, wall, timezone, text) => {
    expect(formatInZone(instantOfWallTime(wallTime(wall), timezone), timezone)).toBe(text);
  });

  it('is undone by wallTimeOf', () => {
    const wall = { year: 2026, month: 12, day: 31, hour: 23, minute: 59, second: 58 };
    expect(wallTimeOf(instantOfWallTime(wall, 'Asia/Kolkata'), 'Asia/Kolkata')).toEqual(wall);
    expect(wallTimeOf(new Date('2026-12-31T18:29:58Z'), 'Asia/Kolkata')).toEqual(wall);
  });
});
