import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { patchfleet } from '../support/run-command.ts';

const next = (...args: string[]) => patchfleet('next', ...args);

describe('patchfleet next', () => {
  it('prints one instant with its offset a line', async () => {
    const zone = ['--timezone', 'America/New_York', '--offset', '3'];
    const from = ['--from', '2026-01-01T00:00:00Z', '--count', '5'];
    expect(await next('cron(0 2 ? * TUE#2 *)', ...zone, ...from)).toEqual({
      exitCode: 0,
      out: `2026-01-16T02:00:00-05:00
2026-02-13T02:00:00-05:00
2026-03-13T02:00:00-04:00
2026-04-17T02:00:00-04:00
2026-05-15T02:00:00-04:00`,
      err: '',
    });
  });

  it('says which now it means when it is not told', async () => {
    expect(await next('cron(0 2 ? * SUN *)', '--count', '1', '--timezone', 'Europe/Berlin')).toEqual({
      exitCode: 0,
      out: '2026-11-29T02:00:00+01:00',
      err: 'runs after now, 2026-11-23T13:00:00+01:00',
    });
  });

  it('gives five runs in UTC by default, and a bare array as JSON', async () => {
    const { out } = await next('cron(0 2 ? * SUN *)', '--from', '2026-01-01', '--json');
    expect(JSON.parse(out)).toEqual([
      '2026-01-04T02:00:00Z',
      '2026-01-11T02:00:00Z',
      '2026-01-18T02:00:00Z',
      '2026-01-25T02:00:00Z',
      '2026-02-01T02:00:00Z',
    ]);
  });

  it('gives the runs before an instant, newest first', async () => {
    expect(await next('cron(0 2 ? * TUE#2 *)', '--previous', '--from', '2026-03-01', '--count', '2')).toEqual({
      exitCode: 0,
      out: '2026-02-10T02:00:00Z\n2026-01-13T02:00:00Z',
      err: '',
    });
  });

  it('counts a rate from that instant and says that it assumes so', async () => {
    expect(await next('rate(7 days)', '--from', '2026-01-01T00:00:00Z', '--count', '2')).toEqual({
      exitCode: 0,
      out: '2026-01-08T00:00:00Z\n2026-01-15T00:00:00Z',
      err: 'assumed: the rate is counted from 2026-01-01T00:00:00Z; AWS counts it from the creation of the window, which the expression does not hold',
    });
  });

  it('counts a rate from its start date when that comes later', async () => {
    const dates = ['--from', '2026-01-01', '--start-date', '2026-02-01'];
    expect(await next('rate(7 days)', ...dates, '--count', '1')).toMatchObject({
      out: '2026-02-08T00:00:00Z',
      err: expect.stringContaining('counted from 2026-02-01T00:00:00Z;'),
    });
  });

  it('takes the years that a cron can name, and no other', async () => {
    expect(await next('cron(0 2 * * ? *)', '--from', '1970-01-01', '--count', '1')).toMatchObject({
      exitCode: 0,
      out: '1970-01-01T02:00:00Z',
    });
    expect(await next('cron(0 2 * * ? *)', '--from', '2199-12-31', '--count', '1')).toMatchObject({
      exitCode: 0,
      out: '2199-12-31T02:00:00Z',
    });
    expect(await next('rate(1 day)', '--from', '9999-12-31')).toEqual({
      exitCode: 2,
      out: '',
      err: 'error [--from] from must be a date or an instant of 1970 to 2199, like 2026-12-01 or 2026-12-01T09:00:00Z, got "9999-12-31"; write from in ISO 8601 [next/date]',
    });
  });

  it('says when there are fewer runs than asked for', async () => {
    const dates = ['--from', '2026-01-01', '--start-date', '2026-02-01', '--end-date', '2026-02-03T02:00:00Z'];
    expect(await next('cron(0 2 * * ? *)', ...dates)).toEqual({
      exitCode: 0,
      out: '2026-02-01T02:00:00Z\n2026-02-02T02:00:00Z',
      err: '2 of 5 runs: the schedule ends there',
    });
  });

  it.each([
    ['at(2026-01-01T02:00:00)', [], 'no run after that instant: the schedule ends before'],
    ['cron(0 2 * * ? 2030)', ['--previous'], 'no run before that instant: the schedule begins later'],
  ])('exits with 1 when there is none: %s', async (expression, options, err) => {
    expect(await next(expression, '--from', '2026-06-01', ...options)).toEqual({ exitCode: 1, out: '', err });
    expect(await next(expression, '--from', '2026-06-01', ...options, '--json')).toEqual({
      exitCode: 1,
      out: '[]',
      err,
    });
  });

  it('knows no runs of a rate before what it counts from', async () => {
    const { exitCode, out, err } = await next('rate(1 day)', '--from', '2026-06-01', '--previous');
    expect({ exitCode, out }).toEqual({ exitCode: 1, out: '' });
    expect(err).toContain('\nno run: a rate has none before the instant it is counted from');
  });

  it('tells everything that is wrong at once, with 2', async () => {
    const dates = ['--from', '1.6.2026', '--start-date', '2026-02-30', '--end-date', 'never'];
    const rest = ['--timezone', 'Berlin', '--offset', '7', '--count', '0'];
    const { exitCode, out, err } = await next('cron(61 25 ? * SUN *)', ...dates, ...rest);
    expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
    expect(err.split('\n')).toEqual([
      'error [--count] count must be a whole number of runs from 1 to 10000, got 0; set count within the range [next/count]',
      'error [--end-date] endDate must be a date or an instant of 1970 to 2199, like 2026-12-01 or 2026-12-01T09:00:00Z, got "never"; write endDate in ISO 8601 [next/date]',
      'error [--from] from must be a date or an instant of 1970 to 2199, like 2026-12-01 or 2026-12-01T09:00:00Z, got "1.6.2026"; write from in ISO 8601 [next/date]',
      'error [--offset] offset must be a whole number of days from 0 to 6, got 7; set offset within the range [next/offset]',
      'error [--start-date] startDate must be a date or an instant of 1970 to 2199, like 2026-12-01 or 2026-12-01T09:00:00Z, got "2026-02-30"; write startDate in ISO 8601 [next/date]',
      'error [--timezone] timezone must be an IANA time zone name such as Europe/Berlin, got "Berlin"; write Europe/Berlin [schedule/time-zone]',
      'error [EXPRESSION] cron hours must be 0 to 23 with , - * /, got "25"; 25 is out of range [schedule/cron-hours]',
      'error [EXPRESSION] cron minutes must be 0 to 59 with , - * /, got "61"; 61 is out of range [schedule/cron-minutes]',
    ]);
  });

  it.each([
    [
      ['rate(7 days)', '--offset', '2'],
      '[--offset] offset must be left out unless the schedule is cron, got 2 with "rate(7 days)"; remove it [next/offset]',
    ],
    [
      ['rate(7 days)', '--count', 'ten'],
      '[--count] count must be a whole number of runs from 1 to 10000, got "ten"; set count within the range [next/count]',
    ],
    [
      ['rate(7 days)', '--count', '10001'],
      '[--count] count must be a whole number of runs from 1 to 10000, got 10001; set count within the range [next/count]',
    ],
    [
      ['rate(7 days)', '--start-date', '2026-02-01', '--end-date', '2026-02-01'],
      '[--end-date] endDate must be after startDate (2026-02-01), got 2026-02-01; move one of them [next/end-after-start]',
    ],
    [
      ['cron(0 2 30 FEB ? *)'],
      '[EXPRESSION] cron must name a day that exists, got day-of-month 30, month FEB, day-of-week ?, year *; change the day, the month or the year; L is the last day of a month [schedule/cron-never-runs]',
    ],
    [
      ['0 2 * * 0'],
      '[EXPRESSION] schedule must be cron(…), rate(…) or at(…), got "0 2 * * 0"; write cron(0 2 ? * SUN *) [schedule/expression-kind]',
    ],
  ])('refuses %j', async (args, problem) => {
    expect(await next(...args)).toEqual({ exitCode: 2, out: '', err: `error ${problem}` });
  });

  it('never throws, whatever it is given', async () => {
    const text = fc.oneof(fc.string(), fc.constantFrom('cron(0 2 * * ? *)', 'rate(1 day)', 'at(2027-01-01T00:00:00)'));
    const value = fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('UTC', '3', '2026-12-01', '-1', '1e3', 'NaN'));
    const flag = fc.constantFrom('--timezone', '--offset', '--from', '--count', '--start-date', '--end-date');
    const options = fc.array(
      fc.tuple(flag, value).map(([name, given]) => `${name}=${given}`),
      { maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(text, options, async (expression, given) => {
        const { exitCode, err } = await next(...given, '--', expression);
        expect([0, 1, 2]).toContain(exitCode);
        expect(err).not.toContain('    at ');
      }),
      { numRuns: 200 },
    );
  });
});
