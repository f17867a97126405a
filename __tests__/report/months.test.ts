import { describe, expect, it } from '@jest/globals';
import type { Entry, Timeline } from '../../report/index.ts';
import { monthsOf, standingOf } from '../../report/months.ts';

function entryOn(day: string, ...times: string[]): Entry {
  return { day, start: `${day}T00:00:00Z`, end: `${day}T01:00:00Z`, times };
}

function timeline(entries: readonly Entry[], change: Partial<Timeline> = {}): Timeline {
  const rows = [{ name: 'install', weight: 'strong' as const, entries }];
  const lanes = [{ name: 'dev', rows }];
  const days = { firstDay: '2026-12-01', lastDay: '2027-02-28' };
  return { kind: 'timeline', caption: 'c', timezone: 'UTC', ...days, lanes, spans: [], ...change };
}

const daysOf = (entries: readonly Entry[]) =>
  monthsOf(timeline(entries)).map(({ name, lines }) => [name, ...lines.map(({ days, times }) => `${days}: ${times}`)]);

describe('months of a timeline', () => {
  it('go over the turn of the year, empty ones too', () => {
    expect(daysOf([entryOn('2027-01-31', 'a')])).toEqual([
      ['December 2026'],
      ['January 2027', 'Sun 31: a'],
      ['February 2027'],
    ]);
  });

  it('join days of the same times, three in a row as a range', () => {
    const days = [1, 2, 3, 5, 6, 9].map((day) => entryOn(`2026-12-0${day}`, day === 9 ? 'b' : 'a'));
    expect(daysOf(days)[0]).toEqual(['December 2026', '1–3, Sat 5, Sun 6: a', 'Wed 9: b']);
  });

  it('leave out no entry, be it outside of the days shown', () => {
    expect(daysOf([entryOn('2026-11-30', 'a'), entryOn('2027-03-01', 'b')])).toEqual([
      ['November 2026', 'Mon 30: a'],
      ['December 2026'],
      ['January 2027'],
      ['February 2027'],
      ['March 2027', 'Mon 1: b'],
    ]);
  });

  it('cut spans at their ends', () => {
    const span = { name: 's', firstDay: '2026-12-24', lastDay: '2027-01-01', lanes: ['dev'], text: '' };
    const spans = monthsOf(timeline([], { spans: [span] })).map((month) => month.spans.map(({ days }) => days));
    expect(spans).toEqual([['24–31'], ['Fri 1'], []]);
  });

  it.each(['2026-2-1', '2026-02-30', '1 March'])('refuse %s, which would be in none of them', (day) => {
    const message = `a day of a timeline must be written as 2026-03-10, got "${day}"`;
    expect(() => monthsOf(timeline([entryOn(day, 'a')]))).toThrow(new RangeError(message));
  });

  it('tell apart what always opens, what never does, and a lane without windows', () => {
    const lanes = [
      {
        name: 'dev',
        rows: [
          { name: 'install', weight: 'strong' as const, entries: [], always: 'every 5 minutes' },
          { name: 'scan', weight: 'quiet' as const, entries: [] },
        ],
      },
      { name: 'test', rows: [] },
    ];
    expect(standingOf(timeline([], { lanes })).map((row) => Object.values(row).join('|'))).toEqual([
      'dev|install|every 5 minutes',
      'dev|scan|does not open in these months',
      'test||has no windows',
    ]);
  });
});
