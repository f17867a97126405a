import { describe, expect, it } from '@jest/globals';
import { parsed, refusals } from './parsed.ts';

const minutes = 'cron minutes must be 0 to 59 with , - * /';
const dayOfMonth = 'cron day-of-month must be 1 to 31 with , - * ? / L W';
const dayOfWeek = 'cron day-of-week must be 1 to 7 or SUN to SAT (1 is SUN) with , - * ? / L #';
const sixFields = 'cron must have 6 fields (minutes hours day-of-month month day-of-week year) or 7 with seconds first';
const alone = 'write L, W or # alone in the field, as in L, LW, 15W, 6L, TUE#2';

describe('the fields of a cron expression', () => {
  it.each([
    'cron(0/30 * * * ? *)',
    'cron(5,10-20,50-5/3 22-2 ? * MON-FRI *)',
    'cron(*/5 0-23/2 1,15 1/3 ? 2026-2030)',
    'cron(0 2 ? JAN,jul fri-mon 2026)',
    'cron(0 2 L * ? *)',
    'cron(0 2 LW * ? *)',
    'cron(0 2 31W * ? *)',
    'cron(0 2 ? * L *)',
    'cron(0 2 ? * 6L *)',
    'cron(0 2 ? * 3#5 *)',
    'cron(59 59 23 31 12 ? 2199)',
    'cron(00 02 01 01 ? 1970)',
  ])('takes %s', (text) => {
    expect(refusals(text)).toEqual([]);
    expect(parsed(text).kind).toBe('cron');
  });

  it('reports every bad field at once', () => {
    expect(refusals('cron(60 60 24 32 13 8 1969)')).toEqual([
      'cron seconds must be one number from 0 to 59, got "60"; write 0, or leave the first of the seven fields out [schedule/cron-seconds]',
      `${minutes}, got "60"; 60 is out of range [schedule/cron-minutes]`,
      'cron hours must be 0 to 23 with , - * /, got "24"; 24 is out of range [schedule/cron-hours]',
      `${dayOfMonth}, got "32"; 32 is out of range [schedule/cron-day-of-month]`,
      'cron month must be 1 to 12 or JAN to DEC with , - * /, got "13"; 13 is out of range [schedule/cron-month]',
      `${dayOfWeek}, got "8"; 8 is out of range [schedule/cron-day-of-week]`,
      'cron year must be 1970 to 2199 with , - * /, got "1969"; 1969 is out of range [schedule/cron-year]',
      'cron must have ? in exactly one of day-of-month and day-of-week, got "32" and "8"; write ? in the one that does not decide; to use both, write two schedules [schedule/cron-one-question-mark]',
    ]);
  });

  it('names every bad entry of a list', () => {
    expect(refusals('cron(5,61,x,61 2 ? * SUN *)')).toEqual([
      `${minutes}, got "5,61,x,61"; 61 is out of range, X is not among them [schedule/cron-minutes]`,
    ]);
  });

  it.each([
    ['/5', 'write 0/5 or */5'],
    ['0/60', 'the step after / must be 1 to 59, not 60'],
    ['0/0', 'the step after / must be 1 to 59, not 0'],
    ['0/', 'the step after / must be 1 to 59, not empty'],
    ['0/5/5', 'the step after / must be 1 to 59, not 5/5'],
    ['5,', 'remove the comma that has no value beside it'],
    ['?', 'write * for every value'],
    ['L', 'L is not among them'],
    ['1-2-3', '1-2-3 is not among them'],
    ['*-5', '*-5 is not among them'],
    ['-5', '-5 is not among them'],
    ['1.5', '1.5 is not among them'],
  ])('refuses %s as minutes', (text, fix) => {
    expect(refusals(`cron(${text} 2 ? * SUN *)`)).toEqual([
      `${minutes}, got "${text}"; ${fix} [schedule/cron-minutes]`,
    ]);
  });

  it.each(['*', '*/5', '0,30', '0-5', '?', '60'])('refuses %s as seconds, which are one number', (text) => {
    expect(refusals(`cron(${text} 0 2 ? * SUN *)`)).toEqual([
      `cron seconds must be one number from 0 to 59, got "${text}"; write 0, or leave the first of the seven fields out [schedule/cron-seconds]`,
    ]);
  });

  it.each([
    ['L,15', alone],
    ['L-3', alone],
    ['1,15W', 'write one day from 1 to 31 and W, alone in the field'],
    ['WL', alone],
    ['32W', 'write one day from 1 to 31 and W, alone in the field'],
    ['0W', 'write one day from 1 to 31 and W, alone in the field'],
    ['0', '0 is out of range'],
    ['3#2', alone],
  ])('refuses %s as day of month', (text, fix) => {
    expect(refusals(`cron(0 2 ${text} * ? *)`)).toEqual([
      `${dayOfMonth}, got "${text}"; ${fix} [schedule/cron-day-of-month]`,
    ]);
  });

  it.each([
    ['0', 'Sunday is 1 or SUN, not 0'],
    ['0-6', 'Sunday is 1 or SUN, not 0'],
    ['FRIL', 'write 6L alone in the field'],
    ['SUNDAY', 'write SUN'],
    ['TUE#6', 'write one week day, # and 1 to 5, alone in the field'],
    ['TUE#2,THU#2', 'write one week day, # and 1 to 5, alone in the field'],
    ['MON-FRI#2', alone],
    ['MON,L', alone],
    ['15W', alone],
    ['\u017fUN', '\u017fUN is not among them'],
  ])('refuses %s as day of week', (text, fix) => {
    expect(refusals(`cron(0 2 ? * ${text} *)`)).toEqual([
      `${dayOfWeek}, got "${text}"; ${fix} [schedule/cron-day-of-week]`,
    ]);
  });

  it('refuses the long name of a month and a range of years that runs backwards', () => {
    expect(refusals('cron(0 2 ? JANUARY SUN 2030-2026)')).toEqual([
      'cron month must be 1 to 12 or JAN to DEC with , - * /, got "JANUARY"; write JAN [schedule/cron-month]',
      'cron year must be 1970 to 2199 with , - * /, got "2030-2026"; write the earlier year first in 2030-2026 [schedule/cron-year]',
    ]);
  });
});

describe('the number of fields', () => {
  it.each([
    ['0 2 * * *', 'cron(0 2 * * ? *)'],
    ['0 2 * * 0', 'cron(0 2 ? * SUN *)'],
    ['0 2 * * 5-7', 'cron(0 2 ? * FRI-SUN *)'],
    ['30 4 1,15 * *', 'cron(30 4 1,15 * ? *)'],
    ['0 2 ? * MON', 'cron(0 2 ? * MON *)'],
    ['0 2 ? * *', 'cron(0 2 * * ? *)'],
  ])('translates the five fields of Unix: %s', (body, meant) => {
    expect(refusals(`cron(${body})`)).toEqual([
      `${sixFields}, got 5: "${body}"; write ${meant} [schedule/cron-fields]`,
    ]);
  });

  it.each(['0 2 1 * 1', '99 2 * * *', '0 2 * * */2'])('does not guess at the Unix fields %s', (body) => {
    expect(refusals(`cron(${body})`)).toEqual([
      `${sixFields}, got 5: "${body}"; AWS adds a year to the five fields of Unix and wants ? in one of the two day fields [schedule/cron-fields]`,
    ]);
  });

  it.each([
    ['@hourly', 'cron(0 * * * ? *)'],
    ['@daily', 'cron(0 0 * * ? *)'],
    ['@Weekly', 'cron(0 0 ? * SUN *)'],
    ['@monthly', 'cron(0 0 1 * ? *)'],
    ['@yearly', 'cron(0 0 1 1 ? *)'],
  ])('translates the nickname %s', (body, meant) => {
    expect(refusals(`cron(${body})`)).toEqual([
      `${sixFields}, got 1: "${body}"; write ${meant} [schedule/cron-fields]`,
    ]);
  });

  it.each([
    ['', 0],
    ['0 2', 2],
    ['0 0 2 ? * SUN * *', 8],
  ])('refuses cron(%s), which has %d fields', (body, count) => {
    expect(refusals(`cron(${body})`)).toEqual([
      `${sixFields}, got ${count}: "${body}"; write for example cron(0 2 ? * SUN *) [schedule/cron-fields]`,
    ]);
  });

  it.each(['0 2 ?  * SUN *', ' 0 2 ? * SUN *', '0 2 ? * SUN * '])('refuses %j for its spaces', (body) => {
    expect(refusals(`cron(${body})`)).toEqual([
      `cron must separate its fields by single spaces, got "${body}"; write cron(0 2 ? * SUN *) [schedule/cron-fields]`,
    ]);
  });
});

describe('the question mark', () => {
  it.each([
    ['*', '*', 'write ? in day-of-week'],
    ['1', '*', 'write ? in day-of-week'],
    ['*', 'SUN', 'write ? in day-of-month'],
    ['1', 'SUN', 'write ? in the one that does not decide; to use both, write two schedules'],
    ['?', '?', 'write * in one of them for every day'],
  ])('must stand in exactly one day field, not in %s and %s', (monthDay, weekDay, fix) => {
    expect(refusals(`cron(0 2 ${monthDay} * ${weekDay} *)`)).toEqual([
      `cron must have ? in exactly one of day-of-month and day-of-week, got "${monthDay}" and "${weekDay}"; ${fix} [schedule/cron-one-question-mark]`,
    ]);
  });
});

describe('days that do not exist', () => {
  it.each([
    ['30', 'FEB', '?', '*'],
    ['31', 'APR,JUN', '?', '*'],
    ['29', 'FEB', '?', '2026'],
    ['29', '2', '?', '2025-2027,2100'],
    ['31W', 'APR', '?', '*'],
    ['?', 'FEB', 'MON#5', '2026'],
  ])('refuses day %s of %s, week day %s, year %s', (monthDay, month, weekDay, year) => {
    expect(refusals(`cron(0 2 ${monthDay} ${month} ${weekDay} ${year})`)).toEqual([
      `cron must name a day that exists, got day-of-month ${monthDay}, month ${month}, day-of-week ${weekDay}, year ${year}; change the day, the month or the year; L is the last day of a month [schedule/cron-never-runs]`,
    ]);
  });

  it.each(['cron(0 2 29 FEB ? *)', 'cron(0 2 31 APR,MAY ? *)', 'cron(0 2 ? * FRI#5 *)', 'cron(0 2 ? FEB SUN#5 2032)'])(
    'takes %s, which is rare but possible',
    (text) => {
      expect(refusals(text)).toEqual([]);
    },
  );
});
