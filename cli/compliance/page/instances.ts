import {
  bucketInWords,
  buckets,
  type ComplianceReport,
  type Deficit,
  type InstanceReport,
  type Outcome,
  outcomeOfBucket,
  tagOf,
} from '../../../compliance/index.ts';
import type { Explorer, Value } from '../../../report/index.ts';
import { minuteOf } from '../words.ts';
import { cellsOf, columnsOf, type Field, instanceField, noInstance, placeFields } from './fields.ts';
import { patchFields } from './lacking.ts';

/** What needs work first, then what nobody can tell, then what is at rest. */
const outcomes: readonly Outcome[] = ['noncompliant', 'unproven', 'stopped', 'compliant'];
const tones = { noncompliant: 'bad', unproven: 'unsure', stopped: 'idle', compliant: 'good' } as const;

const worstFirst = outcomes.flatMap((outcome) => buckets.filter((bucket) => outcomeOfBucket[bucket] === outcome));

export const statusValues: readonly Value[] = worstFirst.map((bucket) => ({
  value: bucketInWords(bucket),
  tone: tones[outcomeOfBucket[bucket]],
}));

/** Fleet, account and region, patch group, instance, patches: to be walked down, searched and filtered. */
export function instanceExplorer(report: ComplianceReport): Explorer {
  const fields = fieldsOf(report);
  const lacking = patchFields(report);
  const details = new Map<string, number>();
  const rows: Deficit[] = [];
  /** Most nodes of a fleet lack the same: what several lack alike stands in the page once. */
  const placeOf = (deficit: Deficit) => {
    const key = JSON.stringify(cellsOf(lacking, deficit));
    const known = details.get(key);
    if (known !== undefined) return known;
    details.set(key, rows.length);
    return rows.push(deficit) - 1;
  };
  return {
    kind: 'explorer',
    name: 'instances',
    caption: 'Instances',
    one: 'instance',
    many: 'instances',
    columns: columnsOf(fields),
    rows: [...report.instances].sort(byNeed).map((instance) => ({
      cells: cellsOf(fields, instance),
      ...detailsOf(instance, placeOf),
    })),
    identity: ['account', 'region', 'instance'],
    levels: [
      {
        one: 'account and region',
        many: 'accounts and regions',
        columns: ['account', 'region'],
        ...(report.places.some(({ accountName }) => accountName !== undefined) && { beside: ['accountName'] }),
      },
      { one: 'patch group', many: 'patch groups', columns: ['group'] },
    ],
    tally: { column: 'status', share: 'compliant %' },
    details: {
      caption: 'Patches that count against it',
      one: 'patch',
      many: 'patches',
      columns: columnsOf(lacking),
      rows: rows.map((deficit) => cellsOf(lacking, deficit)),
      filter: 'patch',
      empty: 'No patch counts against it.',
      unknown: 'Which patches count against it is not known: they were not listed.',
    },
    empty: noInstance(report),
  };
}

/** Where nothing counts against an instance there is nothing to list. */
function detailsOf({ bucket, deficits }: InstanceReport, placeOf: (deficit: Deficit) => number) {
  const known = deficits ?? (bucket === 'compliant' ? [] : undefined);
  return known && { details: known.map(placeOf) };
}

function byNeed(a: InstanceReport, b: InstanceReport): number {
  const rank = ({ bucket }: InstanceReport) => outcomes.indexOf(outcomeOfBucket[bucket]);
  return (
    rank(a) - rank(b) ||
    (overdueOf(b) ?? 0) - (overdueOf(a) ?? 0) ||
    worstFirst.indexOf(a.bucket) - worstFirst.indexOf(b.bucket) ||
    (oldestOf(b) ?? -1) - (oldestOf(a) ?? -1)
  );
}

function overdueOf({ deficits }: InstanceReport): number | undefined {
  return deficits?.filter(({ deadline }) => deadline === 'overdue').length;
}

function oldestOf({ deficits = [] }: InstanceReport): number | undefined {
  const ages = deficits.flatMap(({ ageDays, waiver }) => (waiver === undefined ? (ageDays ?? []) : []));
  return ages.length === 0 ? undefined : Math.max(...ages);
}

function fieldsOf({ groups, places, instances }: ComplianceReport): Field<InstanceReport>[] {
  const names = new Map(places.map(({ account, accountName }) => [account, accountName]));
  const rings = (groups.ring ?? []).flatMap(({ key }) => (key === undefined ? [] : [{ value: key }]));
  const tagKeys = [...new Set(instances.flatMap(({ tags = {} }) => Object.keys(tags)))].sort();
  return [
    instanceField,
    { key: 'name', heading: 'name', of: ({ name }) => name },
    {
      key: 'status',
      heading: 'status',
      filter: true,
      values: statusValues,
      of: ({ bucket }) => bucketInWords(bucket),
    },
    { key: 'overdue', heading: 'overdue patches', kind: 'number', summed: true, of: overdueOf },
    { key: 'oldest', heading: 'oldest, days', kind: 'number', of: oldestOf },
    { key: 'why', heading: 'why', of: ({ why }) => why },
    { key: 'ring', heading: 'ring', filter: true, values: rings, none: 'no ring', of: ({ ring }) => ring },
    ...placeFields,
    { key: 'accountName', heading: 'account name', aside: true, of: ({ account }) => names.get(account) },
    {
      key: 'group',
      heading: 'patch group',
      filter: true,
      none: 'no patch group',
      of: ({ patchGroup }) => patchGroup,
    },
    {
      key: 'system',
      heading: 'operating system',
      filter: true,
      none: 'not known',
      of: ({ operatingSystem }) => operatingSystem,
    },
    { key: 'scanned', heading: 'last scan (UTC)', of: ({ reportedAt }) => minuteOf(reportedAt) },
    ...asideFields,
    ...tagKeys.map(
      (key, number): Field<InstanceReport> => ({
        key: `tag${number}`,
        heading: `tag ${key}`,
        aside: true,
        of: (instance) => tagOf(instance, key),
      }),
    ),
  ];
}

const countNames = {
  installed: 'installed',
  installedOther: 'installed other',
  missing: 'missing',
  failed: 'failed',
  installedRejected: 'installed rejected',
  installedPendingReboot: 'installed, pending reboot',
  availableSecurityUpdate: 'available security updates',
  notApplicable: 'not applicable',
} as const;

const counts = (Object.keys(countNames) as (keyof typeof countNames)[]).map(
  (key): Field<InstanceReport> => ({
    key,
    heading: countNames[key],
    kind: 'number',
    aside: true,
    of: ({ counts }) => counts?.[key],
  }),
);

/** Told of one instance alone. The three non-compliant counts of AWS overlap, and are not here. */
const asideFields: readonly Field<InstanceReport>[] = [
  { key: 'platform', heading: 'platform', aside: true, of: ({ platform }) => platform },
  { key: 'declared', heading: 'declared as', kind: 'code', aside: true, of: ({ declaredAs }) => declaredAs },
  { key: 'operation', heading: 'last operation', aside: true, of: ({ operation }) => operation },
  { key: 'baseline', heading: 'judged by baseline', kind: 'code', aside: true, of: ({ baselineId }) => baselineId },
  { key: 'expected', heading: 'expected baseline', kind: 'code', aside: true, of: (one) => one.expectedBaselineId },
  ...counts,
];
