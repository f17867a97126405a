import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { formatScheduleExpression, parseScheduleExpression } from '../../calendar/schedule-expression.ts';
import { cronText } from './brute-force.ts';
import { cronCase } from './cron-cases.ts';
import { parsed, refusals } from './parsed.ts';

const examples = 'write for example cron(0 2 ? * SUN *), rate(7 days) or at(2026-12-01T22:00:00)';

describe('parseScheduleExpression', () => {
  it('reads a rate into its number and unit', () => {
    expect(parseScheduleExpression('rate(1 day)')).toEqual({
      expression: { kind: 'rate', value: 1, unit: 'day' },
      violations: [],
    });
    expect(parsed('rate(30 minutes)')).toEqual({ kind: 'rate', value: 30, unit: 'minute' });
    expect(parsed('rate(12 hours)')).toEqual({ kind: 'rate', value: 12, unit: 'hour' });
  });

  it('reads a cron of six fields, at second 0', () => {
    expect(parsed('cron(0 2 ? * TUE#2 *)')).toEqual({
      kind: 'cron',
      seconds: '0',
      minutes: '0',
      hours: '2',
      dayOfMonth: '?',
      month: '*',
      dayOfWeek: 'TUE#2',
      year: '*',
    });
  });

  it('reads a cron of seven fields, with the seconds first', () => {
    expect(parsed('cron(30 0 2 15W JAN-MAR ? 2026/2)')).toEqual({
      kind: 'cron',
      seconds: '30',
      minutes: '0',
      hours: '2',
      dayOfMonth: '15W',
      month: 'JAN-MAR',
      dayOfWeek: '?',
      year: '2026/2',
    });
  });

  it('reads one date and time', () => {
    expect(parsed('at(2028-02-29T23:59:59)')).toEqual({ kind: 'at', dateTime: '2028-02-29T23:59:59' });
  });

  it('takes 256 characters and not one more', () => {
    const minutes = '0,'.repeat(118);
    expect(refusals(`cron(${minutes}0 02 ? * SUN *)`)).toEqual([]);
    expect(refusals(`cron(${minutes}00 02 ? * SUN *)`)).toEqual([
      `schedule must be 1 to 256 characters, got 257 characters: "cron(${'0,'.repeat(35)}0...; change schedule [schedule/expression-length]`,
    ]);
    expect(refusals('')).toEqual([
      'schedule must be 1 to 256 characters, got ""; change schedule [schedule/expression-length]',
    ]);
  });

  it.each([
    [undefined, 'undefined'],
    [null, 'null'],
    [5, '5'],
    [['rate(1 day)'], '["rate(1 day)"]'],
    ['weekly', '"weekly"'],
  ])('refuses %j, which is no expression', (value, got) => {
    expect(refusals(value)).toEqual([
      `schedule must be cron(…), rate(…) or at(…), got ${got}; ${examples} [schedule/expression-kind]`,
    ]);
  });

  it.each([
    ['CRON(0 2 ? * SUN *)', 'cron(0 2 ? * SUN *)'],
    [' rate(5 minutes)', 'rate(5 minutes)'],
    ['rate(5 minutes', 'rate(5 minutes)'],
    ['5 minutes', 'rate(5 minutes)'],
    ['0 2 ? * SUN *', 'cron(0 2 ? * SUN *)'],
    ['2026-12-01T22:00:00', 'at(2026-12-01T22:00:00)'],
    ['@daily', 'cron(0 0 * * ? *)'],
    ['*/15 2 * * 1-5', 'cron(*/15 2 ? * MON-FRI *)'],
  ])('tells the author of %j what to write', (text, meant) => {
    expect(refusals(text)).toEqual([
      `schedule must be cron(…), rate(…) or at(…), got "${text}"; write ${meant} [schedule/expression-kind]`,
    ]);
  });

  it('never throws, and gives either an expression or what is wrong', () => {
    const part = fc.constantFrom(
      'cron(',
      'rate(',
      'at(',
      ')',
      ' ',
      '0',
      '5',
      '?',
      '*',
      'L',
      'W',
      '#',
      '-',
      ',',
      '/',
      'SUN',
    );
    const texts = fc.array(fc.oneof(part, fc.string()), { maxLength: 20 }).map((parts) => parts.join(''));
    const bodies = fc.array(part, { maxLength: 20 }).map((parts) => `cron(${parts.join(' ')})`);
    fc.assert(
      fc.property(fc.oneof(texts, bodies, fc.anything()), (value) => {
        const { expression, violations } = parseScheduleExpression(value);
        expect(expression === undefined).toBe(violations.length > 0);
      }),
      { numRuns: 500 },
    );
  });

  it('refuses a text that is named like a property of every object', () => {
    expect(refusals('constructor')).toEqual([
      `schedule must be cron(…), rate(…) or at(…), got "constructor"; ${examples} [schedule/expression-kind]`,
    ]);
  });
});

describe('rate', () => {
  const units = 'rate unit must be minute, hour or day after 1 and minutes, hours or days after any other number';

  it.each([
    ['rate(1 hours)', 'hours', 'write rate(1 hour)'],
    ['rate(5 hour)', 'hour', 'write rate(5 hours)'],
    ['rate(5 Minutes)', 'Minutes', 'write rate(5 minutes)'],
    ['rate(2 weeks)', 'weeks', 'write rate(14 days)'],
    ['rate(1 month)', 'month', 'seconds, weeks, months and years do not exist; use a cron expression for months'],
  ])('refuses %s and says how it is spelt', (text, unit, fix) => {
    expect(refusals(text)).toEqual([`${units}, got "${unit}"; ${fix} [schedule/rate-unit]`]);
  });

  it.each(['0', '-1', '1.5', '05', '1e3', 'five'])('refuses %s units', (value) => {
    expect(refusals(`rate(${value} hours)`)).toEqual([
      `rate value must be a whole number from 1, got "${value}"; write it in digits, without a sign or leading zeros [schedule/rate-value]`,
    ]);
  });

  it.each(['36501 days', '876001 hours', '52560001 minutes', '99999999999999999999 days'])(
    'refuses %s, of which no calendar can be made',
    (body) => {
      expect(refusals(`rate(${body})`)).toEqual([
        `rate must come round within 36500 days, got "${body}"; shorten it, or use at for a window that opens once [schedule/rate-value]`,
      ]);
    },
  );

  it.each(['36500 days', '876000 hours', '52560000 minutes'])('takes %s', (body) => {
    expect(refusals(`rate(${body})`)).toEqual([]);
  });

  it('reports a bad number and a bad unit together', () => {
    expect(refusals('rate(0 weeks)')).toEqual([
      'rate value must be a whole number from 1, got "0"; write it in digits, without a sign or leading zeros [schedule/rate-value]',
      `${units}, got "weeks"; seconds, weeks, months and years do not exist; use a cron expression for months [schedule/rate-unit]`,
    ]);
  });

  it.each(['5', '5minutes', '5  minutes', '5 minutes ', ''])(
    'refuses rate(%s), which is not a number and a unit',
    (body) => {
      expect(refusals(`rate(${body})`)).toEqual([
        `rate must be a number, one space and a unit, got "${body}"; write for example rate(1 day) or rate(12 hours) [schedule/rate-fields]`,
      ]);
    },
  );
});

describe('at', () => {
  it.each([
    ['2026-12-01T22:00:00Z', 'remove Z: the time zone of the schedule decides'],
    ['2026-12-01T22:00:00-05:00', 'remove -05:00: the time zone of the schedule decides'],
    ['2026-12-01T22:00', 'write at(2026-12-01T22:00:00)'],
    ['2026-12-01 22:00:00', 'write at(2026-12-01T22:00:00)'],
    ['2026-02-29T22:00:00', 'write for example at(2026-12-01T22:00:00)'],
    ['2026-12-01T24:00:00', 'write for example at(2026-12-01T22:00:00)'],
    ['2026-13-01T22:00:00', 'write for example at(2026-12-01T22:00:00)'],
    ['1969-12-31T23:59:59', 'write for example at(2026-12-01T22:00:00)'],
    ['tomorrow', 'write for example at(2026-12-01T22:00:00)'],
  ])('refuses %s', (dateTime, fix) => {
    expect(refusals(`at(${dateTime})`)).toEqual([
      `at must be a real date and time from 1970 on, written YYYY-MM-DDThh:mm:ss, got "${dateTime}"; ${fix} [schedule/at-date-time]`,
    ]);
  });
});

describe('formatScheduleExpression', () => {
  it.each([
    'rate(1 minute)',
    'rate(2 days)',
    'at(2026-12-01T22:00:00)',
    'cron(0 2 ? * tue#2 *)',
    'cron(30 0 2 LW * ? 2026)',
  ])('gives %s back', (text) => {
    expect(formatScheduleExpression(parsed(text))).toBe(text);
  });

  it('leaves a second of 0 out', () => {
    expect(formatScheduleExpression(parsed('cron(0 15 2 ? * SUN *)'))).toBe('cron(15 2 ? * SUN *)');
  });

  it('gives every cron expression back as it was written', () => {
    fc.assert(
      fc.property(cronCase.map(cronText), (text) => {
        const { expression } = parseScheduleExpression(text);
        if (expression !== undefined) expect(formatScheduleExpression(expression)).toBe(text);
      }),
    );
  });
});
