import { bucketInWords, type Trend } from '../../../compliance/index.ts';
import type { Block, Section, Value } from '../../../report/index.ts';
import { sinceText } from '../trend.ts';
import { count, minute, numberText } from '../words.ts';
import { cellsOf, columnsOf, type Field, instanceField, placeFields } from './fields.ts';
import { statusValues } from './instances.ts';

const kinds = [
  { kind: 'regressed', value: 'regressed', tone: 'bad' },
  { kind: 'fixed', value: 'fixed', tone: 'good' },
  { kind: 'new', value: 'new' },
  { kind: 'gone', value: 'gone' },
  { kind: 'changed', value: 'changed' },
  { kind: 'notSeenThen', value: 'not looked at then' },
  { kind: 'notSeenNow', value: 'not looked at now' },
] as const satisfies readonly (Value & { readonly kind: keyof Trend })[];

/** What is otherwise than in the earlier snapshot. */
export function changesSection(trend: Trend): Section {
  return {
    heading: 'What has changed',
    blocks: [
      {
        kind: 'paragraph',
        text: `Since ${sinceText(trend)}, as of ${minute(trend.sinceAsOf)}: ${count(trend.unchanged, 'instance is', 'instances are')} in the same status; of those whose patches are known then and now ${count(trend.newDeficits, 'patch is', 'patches are')} missing that ${trend.newDeficits === 1 ? 'was' : 'were'} not, and ${numberText(trend.fixedDeficits)} no longer.`,
      },
      changeExplorer(trend),
    ],
  };
}

type Change = Trend['new'][number];

interface ChangeOfKind extends Change {
  readonly kind: string;
}

function changeExplorer(trend: Trend): Block {
  const changes = kinds.flatMap(({ kind, value }) =>
    trend[kind].map((change): ChangeOfKind => ({ ...change, kind: value })),
  );
  return {
    kind: 'explorer',
    name: 'changes',
    caption: 'Instances that have changed',
    one: 'instance',
    many: 'instances',
    columns: columnsOf(fields),
    rows: changes.map((change) => ({ cells: cellsOf(fields, change) })),
    identity: ['account', 'region', 'instance'],
    tally: { column: 'kind' },
    empty: 'no instance that was read both times is in another status',
  };
}

const fields: readonly Field<ChangeOfKind>[] = [
  instanceField,
  {
    key: 'kind',
    heading: 'change',
    filter: true,
    values: kinds.map(({ kind: _, ...value }) => value),
    of: ({ kind }) => kind,
  },
  {
    key: 'was',
    heading: 'was',
    filter: true,
    values: statusValues,
    none: 'not there, or not looked at',
    of: (of) => of.was && bucketInWords(of.was),
  },
  {
    key: 'is',
    heading: 'is',
    filter: true,
    values: statusValues,
    none: 'gone, or not looked at',
    of: (of) => of.is && bucketInWords(of.is),
  },
  ...placeFields,
];
