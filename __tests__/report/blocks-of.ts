import type { Block } from '../../report/index.ts';

/** Every kind of block with a text in every place for one. */
export function blocksOf(text: string): Block[] {
  const at = '2026-03-10T00:00:00Z';
  return [
    { kind: 'paragraph', text },
    { kind: 'list', items: [text] },
    { kind: 'figures', figures: [{ name: text, value: text, note: text, tone: 'bad' }] },
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
    {
      kind: 'explorer',
      name: 'things',
      caption: text,
      one: text,
      many: text,
      columns: [{ key: 'name', heading: text, filter: true, none: text, values: [{ value: text, tone: 'good' }] }],
      rows: [{ cells: [text], details: [0] }],
      identity: ['name'],
      levels: [{ one: text, many: text, columns: ['name'] }],
      tally: { column: 'name', share: text },
      details: {
        caption: text,
        one: text,
        many: text,
        columns: [{ key: 'part', heading: text }],
        rows: [[text]],
        filter: 'part',
        empty: text,
        unknown: text,
      },
      empty: text,
    },
    { kind: 'bar-chart', title: text, description: text, unit: text, bars: [{ name: text, value: 1 }] },
  ];
}
