import { describe, expect, it } from '@jest/globals';
import { Schedule } from '../../../modules/maintenance-window/index.ts';
import { synthWindow } from './windows.ts';

const emitted = (schedule: Schedule) => {
  const { schedule: expression, schedule_offset: offset } = synthWindow({ schedule }).only(
    'aws_ssm_maintenance_window',
  );
  return offset === undefined ? expression : [expression, offset];
};
const errors = (schedule: Schedule) => synthWindow({ schedule }).errors();

describe('Schedule.rate', () => {
  it('writes the singular for one and the plural for any other number', () => {
    expect(emitted(Schedule.rate(1, 'days'))).toBe('rate(1 day)');
    expect(emitted(Schedule.rate(1, 'hours'))).toBe('rate(1 hour)');
    expect(emitted(Schedule.rate(2, 'hours'))).toBe('rate(2 hours)');
    expect(emitted(Schedule.rate(5, 'minutes'))).toBe('rate(5 minutes)');
  });

  it('refuses windows less than five minutes apart', () => {
    expect(errors(Schedule.rate(4, 'minutes'))).toEqual([
      '[Test/Window] schedule of a window must leave at least 5 minutes between two runs, got 4 minutes in "rate(4 minutes)"; run it less often, such as rate(5 minutes) [schedule/at-least-five-minutes]',
    ]);
  });

  it.each([0, -1, 1.5])('refuses %d hours', (value) => {
    expect(errors(Schedule.rate(value, 'hours'))).toEqual([
      `[Test/Window] rate value must be a whole number from 1, got "${value}"; write it in digits, without a sign or leading zeros [schedule/rate-value]`,
    ]);
  });
});

describe('Schedule.cron', () => {
  it('takes the fields with or without the word around them', () => {
    expect(emitted(Schedule.cron('0 2 ? * SUN *'))).toBe('cron(0 2 ? * SUN *)');
    expect(emitted(Schedule.cron('cron(0 2 ? * SUN *)'))).toBe('cron(0 2 ? * SUN *)');
  });

  it('takes seven fields, seconds first', () => {
    expect(emitted(Schedule.cron('30 0 2 ? * SUN *'))).toBe('cron(30 0 2 ? * SUN *)');
  });

  it('refuses two day fields', () => {
    const [message] = errors(Schedule.cron('0 2 1 * SUN *'));
    expect(message).toMatch(/^\[Test\/Window\] .*\[schedule\/cron-/);
  });

  it('refuses minutes less than five apart', () => {
    expect(errors(Schedule.cron('0/4 2 ? * SUN *'))).toEqual([
      '[Test/Window] schedule of a window must leave at least 5 minutes between two runs, got 4 minutes in "cron(0/4 2 ? * SUN *)"; run it less often, such as rate(5 minutes) [schedule/at-least-five-minutes]',
    ]);
  });
});

describe('Schedule.at and Schedule.expression', () => {
  it('run once, at a time of the zone of the window', () => {
    expect(emitted(Schedule.at('2026-12-01T22:00:00'))).toBe('at(2026-12-01T22:00:00)');
  });

  it('take the words of AWS', () => {
    expect(emitted(Schedule.expression('rate(12 hours)'))).toBe('rate(12 hours)');
  });

  it('refuse a time with an offset, which the zone decides', () => {
    expect(errors(Schedule.at('2026-12-01T22:00:00Z'))).toEqual([
      '[Test/Window] at must be a real date and time from 1970 on, written YYYY-MM-DDThh:mm:ss, got "2026-12-01T22:00:00Z"; remove Z: the time zone of the schedule decides [schedule/at-date-time]',
    ]);
  });

  it('refuse a crontab, and say what it becomes', () => {
    expect(errors(Schedule.expression('0 2 * * 0'))).toEqual([
      '[Test/Window] schedule must be cron(…), rate(…) or at(…), got "0 2 * * 0"; write cron(0 2 ? * SUN *) [schedule/expression-kind]',
    ]);
  });

  it.each([null, 5, {}])('refuse %j', (text) => {
    expect(errors(Schedule.expression(text as never))).toEqual([
      `[Test/Window] schedule must be cron(…), rate(…) or at(…), got ${JSON.stringify(text)}; write for example cron(0 2 ? * SUN *), rate(7 days) or at(2026-12-01T22:00:00) [schedule/expression-kind]`,
    ]);
  });
});

describe('a window without a schedule', () => {
  it('asks for one', () => {
    expect(errors(Schedule.expression(undefined as never))).toEqual([
      '[Test/Window] schedule must be given; set schedule [schedule/expression-kind]',
    ]);
  });
});

describe('Schedule.patchTuesday', () => {
  it.each([
    [0, 'cron(0 2 ? * TUE#2 *)'],
    [6, ['cron(0 2 ? * TUE#2 *)', 6]],
    [7, 'cron(0 2 ? * TUE#3 *)'],
    [8, ['cron(0 2 ? * TUE#3 *)', 1]],
    [14, 'cron(0 2 ? * TUE#4 *)'],
    [20, ['cron(0 2 ? * TUE#4 *)', 6]],
  ])('writes %i days later as a Tuesday and an offset', (plusDays, expected) => {
    expect(emitted(Schedule.patchTuesday({ plusDays, at: '02:00' }))).toEqual(expected);
  });

  it('writes the time without leading zeros', () => {
    expect(emitted(Schedule.patchTuesday({ plusDays: 0, at: '23:05' }))).toBe('cron(5 23 ? * TUE#2 *)');
  });

  it.each([-1, 21, 1.5])('refuses %d days, and says so once', (plusDays) => {
    expect(errors(Schedule.patchTuesday({ plusDays, at: '02:00' }))).toEqual([
      `[Test/Window] plusDays must be a whole number of days from 0 to 20, got ${plusDays}; set plusDays within the range [schedule/patch-tuesday-plus-days]`,
    ]);
  });

  it('refuses a time that is none, and says so once', () => {
    expect(errors(Schedule.patchTuesday({ plusDays: 0, at: '25:00' }))).toEqual([
      '[Test/Window] at must be a time of day HH:MM from 00:00 to 23:59, got "25:00"; write for example "02:00", in quotes [schedule/patch-tuesday-at]',
    ]);
  });

  it('asks for what is not given', () => {
    expect(errors(Schedule.patchTuesday({} as never))).toEqual([
      '[Test/Window] at must be given; set at [schedule/patch-tuesday-at]',
      '[Test/Window] plusDays must be given; set plusDays [schedule/patch-tuesday-plus-days]',
    ]);
    expect(errors(Schedule.patchTuesday(null as never))).toEqual(errors(Schedule.patchTuesday({} as never)));
  });
});
