import { describe, expect, it } from '@jest/globals';
import { nextRuns, previousRuns, runsBetween, type ScheduleOptions } from '../../calendar/runs.ts';
import { formatInZone } from '../../calendar/time-zone.ts';
import { parsed } from './parsed.ts';

const newYear = '2026-01-01T00:00:00Z';

function runs(text: string, options: ScheduleOptions, from: string, count: number): string[] {
  const found = nextRuns(parsed(text), options, new Date(from), count);
  return found.map((run) => formatInZone(run, options.timezone ?? 'UTC'));
}

describe('the runs of a cron expression', () => {
  it('come three days after Patch Tuesday with an offset of three', () => {
    const options = { timezone: 'America/New_York', offsetDays: 3 };
    expect(runs('cron(0 2 ? * TUE#2 *)', options, newYear, 3)).toEqual([
      '2026-01-16T02:00:00-05:00',
      '2026-02-13T02:00:00-05:00',
      '2026-03-13T02:00:00-04:00',
    ]);
  });

  it('are in UTC when no zone is given', () => {
    expect(runs('cron(30 15 2 ? * SUN *)', {}, newYear, 2)).toEqual(['2026-01-04T02:15:30Z', '2026-01-11T02:15:30Z']);
  });

  it('come strictly after the time asked for', () => {
    expect(runs('cron(0 2 * * ? *)', {}, '2026-01-01T02:00:00Z', 1)).toEqual(['2026-01-02T02:00:00Z']);
    expect(runs('cron(0 2 * * ? *)', {}, '2026-01-01T01:59:59.999Z', 1)).toEqual(['2026-01-01T02:00:00Z']);
  });

  it('include one whose own day is already past when the offset brings it back', () => {
    expect(runs('cron(0 2 ? * TUE#2 *)', { offsetDays: 6 }, '2026-01-18T00:00:00Z', 1)).toEqual([
      '2026-01-19T02:00:00Z',
    ]);
  });

  it.each([
    ['cron(0 2 L * ? *)', '2026-01-31T02:00:00Z', '2026-02-28T02:00:00Z'],
    ['cron(0 2 LW * ? *)', '2026-01-30T02:00:00Z', '2026-02-27T02:00:00Z'],
    ['cron(0 2 1W * ? *)', '2026-01-01T02:00:00Z', '2026-02-02T02:00:00Z'],
    ['cron(0 2 15W * ? *)', '2026-01-15T02:00:00Z', '2026-02-16T02:00:00Z'],
    ['cron(0 2 ? * 6L *)', '2026-01-30T02:00:00Z', '2026-02-27T02:00:00Z'],
    ['cron(0 2 ? * L *)', '2026-01-03T02:00:00Z', '2026-01-10T02:00:00Z'],
    ['cron(0 2 ? * 1 *)', '2026-01-04T02:00:00Z', '2026-01-11T02:00:00Z'],
    ['cron(0 22-2/3 ? * FRI-MON *)', '2026-01-02T01:00:00Z', '2026-01-02T22:00:00Z'],
    ['cron(0 2 29 FEB ? *)', '2028-02-29T02:00:00Z', '2032-02-29T02:00:00Z'],
  ])('follow the day fields: %s', (text, first, second) => {
    expect(runs(text, {}, newYear, 2)).toEqual([first, second]);
  });

  it('move forward with the clocks and stay in order', () => {
    const options = { timezone: 'America/New_York' };
    expect(runs('cron(15,45 2-3 ? * SUN *)', options, '2026-03-07T00:00:00Z', 3)).toEqual([
      '2026-03-08T03:15:00-04:00',
      '2026-03-08T03:45:00-04:00',
      '2026-03-15T02:15:00-04:00',
    ]);
    expect(runs('cron(30 2 8 * ? *)', options, '2026-03-07T00:00:00Z', 1)).toEqual(['2026-03-08T03:30:00-04:00']);
    expect(runs('cron(0,30 2,3 8 3 ? 2026)', options, '2026-03-07T00:00:00Z', 9)).toEqual([
      '2026-03-08T03:00:00-04:00',
      '2026-03-08T03:30:00-04:00',
    ]);
    expect(runs('cron(0/20 2/3 8 * ? 2026)', options, '2026-03-08T07:25:00Z', 1)).toEqual([
      '2026-03-08T03:40:00-04:00',
    ]);
  });

  it('find the earliest even when a skipped time is named before it', () => {
    const options = { timezone: 'Australia/Lord_Howe' };
    expect(runs('cron(20,40 2 4 10 ? 2026)', options, newYear, 1)).toEqual(['2026-10-04T02:40:00+11:00']);
    expect(runs('cron(20,40 2 4 10 ? 2026)', options, newYear, 2)).toEqual([
      '2026-10-04T02:40:00+11:00',
      '2026-10-04T02:50:00+11:00',
    ]);
  });

  it('happen once when the clocks show the time twice', () => {
    const options = { timezone: 'America/New_York' };
    expect(runs('cron(30 1 * * ? *)', options, '2026-10-31T12:00:00Z', 2)).toEqual([
      '2026-11-01T01:30:00-04:00',
      '2026-11-02T01:30:00-05:00',
    ]);
  });

  it('follow the clocks of the day the offset leads to', () => {
    const options = { timezone: 'Europe/Berlin', offsetDays: 2 };
    expect(runs('cron(30 2 ? * FRI *)', options, '2026-03-26T00:00:00Z', 1)).toEqual(['2026-03-29T03:30:00+02:00']);
  });

  it('stay between the start date, which may run, and the end date, which may not', () => {
    const options = {
      timezone: 'America/Los_Angeles',
      startDate: '2026-02-01T02:00:00-08:00',
      endDate: '2026-02-03T10:00:00Z',
    };
    expect(runs('cron(0 2 * * ? *)', options, newYear, 5)).toEqual([
      '2026-02-01T02:00:00-08:00',
      '2026-02-02T02:00:00-08:00',
    ]);
  });

  it('end when the years do', () => {
    expect(runs('cron(0 2 1 1 ? 2027)', {}, newYear, 5)).toEqual(['2027-01-01T02:00:00Z']);
    expect(runs('cron(0 2 1 1 ? 2025)', {}, newYear, 5)).toEqual([]);
    expect(runs('cron(59 23 31 12 ? *)', {}, '2199-06-01T00:00:00Z', 5)).toEqual(['2199-12-31T23:59:00Z']);
    expect(runs('cron(0 6,18 * * ? *)', {}, '2199-12-31T06:00:00Z', 5)).toEqual(['2199-12-31T18:00:00Z']);
    expect(runs('cron(0 6,18 ? * * *)', {}, '1969-01-01T00:00:00Z', 2)).toEqual([
      '1970-01-01T06:00:00Z',
      '1970-01-01T18:00:00Z',
    ]);
  });

  it('are none when none is wanted', () => {
    expect(runs('cron(0 2 * * ? *)', {}, newYear, 0)).toEqual([]);
    expect(runs('cron(0 2 * * ? *)', {}, newYear, Number.NaN)).toEqual([]);
  });
});

describe('the runs of a rate', () => {
  it('are unknown without something to count from', () => {
    expect(runs('rate(1 day)', {}, newYear, 3)).toEqual([]);
  });

  it('come one period after the other from the anchor', () => {
    const anchor = new Date('2025-12-31T13:07:00Z');
    expect(runs('rate(12 hours)', { anchor }, newYear, 2)).toEqual(['2026-01-01T01:07:00Z', '2026-01-01T13:07:00Z']);
    expect(runs('rate(12 hours)', { anchor }, '2026-01-01T01:07:00Z', 1)).toEqual(['2026-01-01T13:07:00Z']);
    expect(runs('rate(1 minute)', { anchor }, '2025-01-01T00:00:00Z', 1)).toEqual(['2025-12-31T13:08:00Z']);
  });

  it('count 24 hours as a day, whatever the clocks do', () => {
    const options = { anchor: new Date('2026-03-07T12:00:00Z'), timezone: 'America/New_York' };
    expect(runs('rate(1 day)', options, '2026-03-07T12:00:00Z', 1)).toEqual(['2026-03-08T08:00:00-04:00']);
  });

  it('stay between the bounds and within what a date can hold', () => {
    const anchor = new Date(newYear);
    const options = { anchor, startDate: '2026-01-03T00:00:00Z', endDate: '2026-01-05T00:00:00Z' };
    expect(runs('rate(1 day)', options, newYear, 9)).toEqual(['2026-01-03T00:00:00Z', '2026-01-04T00:00:00Z']);
    const all = nextRuns(parsed('rate(36500 days)'), { anchor }, anchor, 9999);
    expect(all.at(-1)?.getTime()).toBe(anchor.getTime() + 2739 * 36_500 * 86_400_000);
  });
});

describe('the run of an at', () => {
  it('is at its wall time in the zone', () => {
    const options = { timezone: 'Europe/Berlin' };
    expect(runs('at(2026-12-01T22:00:00)', options, newYear, 5)).toEqual(['2026-12-01T22:00:00+01:00']);
    expect(runs('at(2026-12-01T22:00:00)', options, '2026-12-01T21:00:00Z', 5)).toEqual([]);
  });

  it('takes no offset days', () => {
    expect(runs('at(2026-12-01T22:00:00)', { offsetDays: 3 }, newYear, 5)).toEqual(['2026-12-01T22:00:00Z']);
  });

  it('does not happen outside the bounds', () => {
    expect(runs('at(2026-12-01T22:00:00)', { endDate: '2026-12-01T22:00:00Z' }, newYear, 1)).toEqual([]);
    expect(runs('at(2026-12-01T22:00:00)', { startDate: '2026-12-01T22:00:01Z' }, newYear, 1)).toEqual([]);
  });
});

describe('what has not been checked', () => {
  const daily = parsed('cron(0 2 * * ? *)');

  it.each(['2026-01-01', '2026-01-01T00:00:00', 'soon'])(
    'refuses the start date %s, which has no offset',
    (startDate) => {
      expect(() => nextRuns(daily, { startDate }, new Date(newYear), 1)).toThrow(
        new RangeError(`startDate must be a date and time with an offset, got ${startDate}`),
      );
    },
  );

  it('refuses an invalid date to begin from', () => {
    expect(() => nextRuns(daily, {}, new Date(Number.NaN), 1)).toThrow(
      new RangeError('from must be a date and time with an offset, got Invalid Date'),
    );
  });

  it('refuses an expression put together by hand', () => {
    const broken = { ...parsed('cron(0 2 ? * SUN *)'), dayOfWeek: '0' };
    expect(() => nextRuns(broken, {}, new Date(newYear), 1)).toThrow(
      new RangeError('cron day-of-week cannot be 0: Sunday is 1 or SUN, not 0'),
    );
  });
});

describe('the runs before an instant', () => {
  function last(text: string, options: ScheduleOptions, instant: string, count: number): string[] {
    const found = previousRuns(parsed(text), options, new Date(instant), count);
    return found.map((run) => formatInZone(run, options.timezone ?? 'UTC'));
  }

  it('come newest first and never hold the instant itself', () => {
    expect(last('cron(0 2 ? * TUE#2 *)', { offsetDays: 3 }, '2026-03-13T02:00:00Z', 2)).toEqual([
      '2026-02-13T02:00:00Z',
      '2026-01-16T02:00:00Z',
    ]);
  });

  it('go back over leap days and years', () => {
    expect(last('cron(0 2 29 FEB ? *)', {}, '2026-01-01T00:00:00Z', 2)).toEqual([
      '2024-02-29T02:00:00Z',
      '2020-02-29T02:00:00Z',
    ]);
    expect(last('cron(0 2 1 1 ? 2024)', {}, '2190-01-01T00:00:00Z', 5)).toEqual(['2024-01-01T02:00:00Z']);
    expect(last('cron(0 2 1 1 ? 2199)', {}, '2300-01-01T00:00:00Z', 5)).toEqual(['2199-01-01T02:00:00Z']);
  });

  it('find the latest even when a skipped time is named long before it', () => {
    const options = { timezone: 'Australia/Lord_Howe' };
    expect(last('cron(20,40 2 4 10 ? 2026)', options, '2026-10-05T00:00:00Z', 1)).toEqual([
      '2026-10-04T02:50:00+11:00',
    ]);
    expect(last('cron(30 2,3 29 3 ? 2026)', { timezone: 'Europe/Berlin' }, '2026-04-01T00:00:00Z', 5)).toEqual([
      '2026-03-29T03:30:00+02:00',
    ]);
  });

  it('begin at the start date and end before the end date', () => {
    const options = { startDate: '2026-01-02T02:00:00Z', endDate: '2026-01-04T02:00:00Z' };
    expect(last('cron(0 2 * * ? *)', options, '2027-01-01T00:00:00Z', 9)).toEqual([
      '2026-01-03T02:00:00Z',
      '2026-01-02T02:00:00Z',
    ]);
  });

  it('of a rate are whole periods after its anchor, and none without one', () => {
    const anchor = new Date('2026-01-01T00:00:00Z');
    expect(last('rate(7 days)', { anchor }, '2026-01-22T00:00:00Z', 9)).toEqual([
      '2026-01-15T00:00:00Z',
      '2026-01-08T00:00:00Z',
    ]);
    expect(last('rate(7 days)', {}, '2026-01-22T00:00:00Z', 9)).toEqual([]);
  });

  it('of an at are the one run, once it is over', () => {
    const at = 'at(2026-12-01T22:00:00)';
    expect(last(at, { timezone: 'Europe/Berlin' }, '2026-12-01T21:00:00Z', 1)).toEqual([]);
    expect(last(at, { timezone: 'Europe/Berlin' }, '2026-12-01T21:00:01Z', 1)).toEqual(['2026-12-01T22:00:00+01:00']);
  });

  it('are none when none is wanted, and refuse a date that is none', () => {
    expect(last('cron(0 2 * * ? *)', {}, newYear, 0)).toEqual([]);
    expect(() => last('cron(0 2 * * ? *)', {}, 'soon', 1)).toThrow(
      new RangeError('before must be a date and time with an offset, got Invalid Date'),
    );
  });
});

describe('the runs between two instants', () => {
  const between = (text: string, options: ScheduleOptions, from: string, to: string) =>
    runsBetween(parsed(text), options, new Date(from), new Date(to)).map((run) => run.toISOString());

  it('hold the first instant and not the last', () => {
    expect(between('cron(0 2 * * ? *)', {}, '2026-01-01T02:00:00Z', '2026-01-03T02:00:00Z')).toEqual([
      '2026-01-01T02:00:00.000Z',
      '2026-01-02T02:00:00.000Z',
    ]);
    const anchor = new Date('2026-01-01T00:00:00Z');
    expect(between('rate(12 hours)', { anchor }, '2026-01-01T00:00:00Z', '2026-01-02T00:00:00Z')).toEqual([
      '2026-01-01T12:00:00.000Z',
    ]);
  });

  it('are none when the last comes first', () => {
    expect(between('cron(0 2 * * ? *)', {}, '2026-01-03T02:00:00Z', '2026-01-01T02:00:00Z')).toEqual([]);
  });
});
