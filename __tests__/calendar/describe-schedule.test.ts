import { describe, expect, it } from '@jest/globals';
import { describeRate } from '../../calendar/describe-schedule.ts';

describe('describeRate', () => {
  it.each([
    [1, 'minute', 'every minute from creation'],
    [5, 'minute', 'every 5 minutes from creation'],
    [1, 'hour', 'every hour from creation'],
    [12, 'hour', 'every 12 hours from creation'],
    [1, 'day', 'every day from creation'],
    [7, 'day', 'every 7 days from creation'],
  ] as const)('says what rate of %d %s means', (value, unit, text) => {
    expect(describeRate({ kind: 'rate', value, unit })).toBe(text);
  });
});
