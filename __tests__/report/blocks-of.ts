import type { Block } from '../../report/index.ts';

/** Every kind of block with a text in every place for one. */
export function blocksOf(text: string): Block[] {
  const at = '2026-03-10T00:00:00Z';
  return [
    { kind: 'paragraph', text },
    { kind: 'list', items: [text] },
    {
      kind: 'table',
      caption: text,
      columns: [{ heading: text }, { heading: text, kind: 'code' }],
      rows: [[text, text]],
      empty: text,
    },
    { kind: 'table', caption: text, columns: [], rows: [], empty: text },
    {
      kind: 'findings',
      none: text,
      findings: [{ rule: text, severity: 'info', message: text, fix: text, path: text, details: [text] }],
    },
    { kind: 'findings', none: text, findings: [] },
    {
      kind: 'timeline',
      caption: text,
      timezone: text,
      firstDay: '2026-03-01',
      lastDay: '2026-04-30',
      lanes: [
        {
          name: text,
          rows: [
            { name: text, weight: 'quiet', entries: [{ day: '2026-03-10', start: at, end: at, times: [text] }] },
            { name: `${text}2`, weight: 'strong', entries: [], always: text },
          ],
        },
        { name: `${text}2`, rows: [] },
      ],
      spans: [{ name: text, firstDay: '2026-03-02', lastDay: '2026-03-10', lanes: [text], text }],
    },
    {
      kind: 'line-chart',
      title: text,
      description: text,
      unit: text,
      missing: text,
      series: [
        {
          name: text,
          points: [
            { at, value: null },
            { at: '2026-03-11T00:00:00Z', value: 1 },
          ],
          limit: 2,
        },
      ],
    },
    { kind: 'bar-chart', title: text, description: text, unit: text, bars: [{ name: text, value: 1 }] },
  ];
}
