import { describe, expect, it } from '@jest/globals';
import { checkDay } from '../../core/day.ts';
import { formatViolation } from '../../core/problem.ts';

const said = (value: string) => checkDay('expires', value, 'fleet/waiver-expires').map(formatViolation);
const refused = (value: string, fix: string) =>
  `expires must be a day written YYYY-MM-DD, got ${JSON.stringify(value)}; ${fix} [fleet/waiver-expires]`;

describe('a day', () => {
  it.each(['2027-01-31', '2028-02-29', '0001-01-01', '9999-12-31'])('is written %s', (day) => {
    expect(said(day)).toEqual([]);
  });

  it.each([
    ['31.1.2027', 'write 2027-01-31'],
    ['31. 1. 2027', 'write 2027-01-31'],
    ['1.2.2027', 'write 2027-02-01'],
    ['31.1.27', 'write 2027-01-31'],
    ['01/31/2027', 'write 2027-01-31'],
    ['31/01/2027', 'write 2027-01-31'],
    ['31-01-2027', 'write 2027-01-31'],
    ['2/2/2027', 'write 2027-02-02'],
    ['01/02/2027', 'write 2027-01-02 or 2027-02-01, whichever is meant'],
    ['2027-1-31', 'write 2027-01-31'],
    ['2027/01/31', 'write 2027-01-31'],
    ['2027. 1. 31.', 'write 2027-01-31'],
    ['20270131', 'write 2027-01-31'],
    ['2027-01-31T10:00:00Z', 'write 2027-01-31'],
    ['2027-02-29', '2027-02 has 28 days'],
    ['2027-04-31', '2027-04 has 30 days'],
    ['2027-01-00', '2027-01 has 31 days'],
    ['2027-13-01', 'write it like 2026-03-31'],
    ['99/99/2027', 'write it like 2026-03-31'],
    ['next week', 'write it like 2026-03-31'],
    ['', 'write it like 2026-03-31'],
  ])('is not written %j', (text, fix) => {
    expect(said(text)).toEqual([refused(text, fix)]);
  });
});
