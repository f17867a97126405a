import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { type Block, renderText } from '../../report/index.ts';
import { wrapped } from '../../report/text/width.ts';
import { sample } from './sample.ts';

function textOf(block: Block, width: number): string[] {
  return renderText({ title: 't', facts: [], sections: [{ heading: 'h', blocks: [block] }] }, { width })
    .split('\n')
    .slice(6);
}

const windows: Block = {
  kind: 'table',
  caption: 'Windows',
  columns: [{ heading: 'ring' }, { heading: 'schedule', kind: 'code' }, { heading: 'hours', kind: 'number' }],
  rows: [
    ['dev', 'cron(0 21 ? * TUE#2 *)', '3'],
    ['日本', 'rate(30 minutes)', '12'],
  ],
  empty: 'no windows',
};

describe('a report as text', () => {
  it('begins with title, verdict and facts', () => {
    const report = {
      title: 'Calendar',
      verdict: { outcome: 'ok' as const, text: 'the order holds' },
      facts: [
        { name: 'fleet', value: 'fleet.yaml' },
        { name: 'as of', value: '2026-03-01' },
      ],
      sections: [],
    };
    expect(renderText(report)).toBe(
      'Calendar\n════════\nok: the order holds\n  fleet  fleet.yaml\n  as of  2026-03-01',
    );
  });

  it('lines up the columns of a table, wide characters counted double', () => {
    expect(textOf(windows, 80)).toEqual([
      'Windows',
      '  ring  schedule                hours',
      '  ────  ──────────────────────  ─────',
      '  dev   cron(0 21 ? * TUE#2 *)      3',
      '  日本  rate(30 minutes)           12',
    ]);
  });

  it('wraps cells where the table is too wide', () => {
    expect(textOf(windows, 32)).toEqual([
      'Windows',
      '  ring  schedule           hours',
      '  ────  ─────────────────  ─────',
      '  dev   cron(0 21 ? *          3',
      '        TUE#2 *)',
      '  日本  rate(30 minutes)      12',
    ]);
  });

  it('lists the rows where no table fits', () => {
    expect(textOf(windows, 20)).toEqual([
      'Windows',
      '  dev',
      '    schedule: cron(0',
      '    21 ? * TUE#2 *)',
      '    hours: 3',
      '  日本',
      '    schedule:',
      '    rate(30 minutes)',
      '    hours: 12',
    ]);
  });

  it('says what an empty table lacks, and that nothing was found', () => {
    expect(textOf({ ...windows, rows: [] }, 80)).toEqual(['Windows', '  no windows']);
    expect(textOf({ kind: 'findings', findings: [], none: 'the order holds' }, 80)).toEqual(['the order holds']);
  });

  it('writes findings as problems are written everywhere', () => {
    const finding = {
      rule: 'rings/order',
      severity: 'error' as const,
      path: 'fleet.yaml:4:2 rings[1]',
      message: 'test must follow dev',
      fix: 'use patchTuesday({ plusDays: 8 })',
      details: ['2026-03-10: dev on 2026-04-14'],
    };
    expect(textOf({ kind: 'findings', findings: [finding], none: '' }, 200)).toEqual([
      'error [fleet.yaml:4:2 rings[1]] test must follow dev; use patchTuesday({ plusDays: 8 }) [rings/order]',
      '  - 2026-03-10: dev on 2026-04-14',
    ]);
  });

  it('draws bars as long as the room allows, in eighths of a block', () => {
    const chart: Block = {
      kind: 'bar-chart',
      title: 'Fit',
      description: '',
      unit: 'n',
      bars: [
        { name: 'dev', value: 1 },
        { name: 'test', value: 16 },
        { name: 'none', value: 0 },
      ],
    };
    expect(textOf(chart, 20)).toEqual([
      'Fit (n)',
      '        n',
      '  ────  ────────────',
      '  dev    1 ▋',
      '  test  16 █████████',
      '  none   0',
    ]);
    expect(textOf(chart, 14).slice(3)).toEqual(['  dev    1', '  test  16', '  none   0']);
  });

  it('tells never from a value, and both from no value at all', () => {
    const at = (day: number) => `2026-01-0${day}T00:00:00Z`;
    const chart: Block = {
      kind: 'line-chart',
      title: 'Days',
      description: '',
      unit: 'days',
      missing: 'never',
      series: [
        {
          name: 'dev',
          points: [
            { at: at(1), value: 8 },
            { at: at(2), value: null },
          ],
          limit: 14,
        },
        { name: 'test', points: [{ at: at(1), value: 4 }] },
      ],
    };
    expect(textOf(chart, 40)).toEqual([
      'Days (days)',
      '  day (UTC)   dev           test',
      '  ──────────  ────────────  ─────────',
      '  2026-01-01      8 ██████      4 ███',
      '  2026-01-02  never',
      '  dev: at most 14 days',
    ]);
  });

  it.each([10, 20, 40, 80, 120])('keeps to %d cells', (width) => {
    const lines = renderText(sample, { width }).split('\n');
    expect(lines.filter((line) => stringWidth(line) > width)).toEqual([]);
  });
});

describe('wrapping', () => {
  it('keeps to the width and loses nothing but spaces', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'é', '日', '🗾', '👩‍👩‍👧', 'e\u0301', ' ', '-') });
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 12 }), (words, width) => {
        const lines = wrapped(words, width);
        expect(lines.filter((line) => stringWidth(line) > width)).toEqual([]);
        expect(lines.join('').replaceAll(' ', '')).toBe(words.replaceAll(' ', ''));
      }),
    );
  });

  it.each([
    ['plain', 5],
    ['日本語', 6],
    ['한국', 4],
    ['ｶﾅ', 2],
    ['👩‍👩‍👧', 2],
    ['☀️', 2],
    ['e\u0301', 1],
    ['21:00–00:00 · É', 15],
  ])('counts %s as %d cells', (text, cells) => {
    expect(stringWidth(text)).toBe(cells);
  });
});
