import { describe, expect, it } from '@jest/globals';
import { checkDay, isDay } from '../../core/day.ts';
import { formatViolation } from '../../core/problem.ts';

function problem(text: string): string | undefined {
  const [violation] = checkDay('expires', text, 'fleet/day');
  return violation && formatViolation(violation);
}

describe('a day', () => {
  it.each(['2026-12-01', '2028-02-29', '1999-12-31'])('is %s', (text) => {
    expect(isDay(text)).toBe(true);
    expect(problem(text)).toBeUndefined();
  });

  it.each([
    ['2026-02-29', '2026-02 has 28 days'],
    ['2027-04-31', '2027-04 has 30 days'],
    ['2027-01-00', '2027-01 has 31 days'],
    ['2026-13-01', 'write it like 2026-03-31'],
    ['tomorrow', 'write it like 2026-03-31'],
    ['', 'write it like 2026-03-31'],
    ['31.02.2026', 'write it like 2026-03-31'],
    ['01.12.26', 'write 2026-12-01'],
    ['31. 1. 2027', 'write 2027-01-31'],
    ['31-01-2027', 'write 2027-01-31'],
    ['2027. 1. 31.', 'write 2027-01-31'],
    ['20270131', 'write 2027-01-31'],
    ['99/99/2027', 'write it like 2026-03-31'],
    ['1.12.2026', 'write 2026-12-01'],
    ['2026/12/1', 'write 2026-12-01'],
    ['2026-12-1', 'write 2026-12-01'],
    ['12/24/2026', 'write 2026-12-24'],
    ['24/12/2026', 'write 2026-12-24'],
    ['12/01/2026', 'write 2026-01-12 or 2026-12-01, whichever is meant'],
    ['12/12/2026', 'write 2026-12-12'],
    ['2026-12-01T00:00:00Z', 'write 2026-12-01'],
  ])('is not %j: %s', (text, fix) => {
    expect(problem(text)).toBe(
      `expires must be a day written YYYY-MM-DD, got ${JSON.stringify(text)}; ${fix} [fleet/day]`,
    );
  });
});
