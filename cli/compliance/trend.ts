import { bucketInWords, buckets, type Change, placeKey, type Totals, type Trend } from '../../compliance/index.ts';
import type { Column, Section } from '../../report/index.ts';
import { bucketOrNone, minute, percent, shortTable } from './words.ts';

const columns: readonly Column[] = [
  { heading: 'instance', kind: 'code' },
  { heading: 'account and region' },
  { heading: 'was' },
  { heading: 'is' },
];

/** How many changes of each kind there are: the same in every format. */
export function trendCounts(trend: Trend): readonly (readonly [what: string, number: number])[] {
  return [
    ['new instances', trend.new.length],
    ['gone', trend.gone.length],
    ['fixed', trend.fixed.length],
    ['regressed', trend.regressed.length],
    ['in another bucket for the rest', trend.changed.length],
    ['as before', trend.unchanged],
    ['in accounts and regions that were not looked at then', trend.notSeenThen.length],
    ['in accounts and regions that are not looked at now', trend.notSeenNow.length],
    ['patches on instances that came to lack them', trend.newDeficits],
    ['patches on instances that lack them no more', trend.fixedDeficits],
  ];
}

/** The earlier snapshot, and whether it has all that it should. */
export function sinceText({ since, sinceComplete }: Trend): string {
  return sinceComplete ? since : `${since} (incomplete)`;
}

/** What has changed since an earlier snapshot. */
export function trendSection(trend: Trend, now: Totals): Section {
  const { before, sinceAsOf } = trend;
  return {
    heading: `Since ${minute(sinceAsOf)}`,
    blocks: [
      {
        kind: 'table',
        caption: `${percent(before.compliantPercent)} were compliant in ${sinceText(trend)}, ${percent(now.compliantPercent)} are now`,
        columns: [{ heading: 'instances' }, { heading: 'then', kind: 'number' }, { heading: 'now', kind: 'number' }],
        rows: [
          ['all', `${before.instances}`, `${now.instances}`],
          ...buckets.map((bucket) => [bucketInWords(bucket), `${before.buckets[bucket]}`, `${now.buckets[bucket]}`]),
        ],
        empty: 'none',
      },
      {
        kind: 'table',
        caption: 'What became of them',
        columns: [{ heading: 'change' }, { heading: 'how many', kind: 'number' }],
        rows: trendCounts(trend).map(([what, number]) => [what, `${number}`]),
        empty: 'nothing',
      },
      ...shortTable('Regressed: patched then, and no more', columns, trend.regressed, row, 'none'),
    ],
  };
}

function row(change: Change): string[] {
  return [change.instanceId, placeKey(change), bucketOrNone(change.was), bucketOrNone(change.is)];
}
