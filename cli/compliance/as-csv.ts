import { stringify } from 'csv-stringify/sync';
import {
  buckets,
  type ComplianceReport,
  type ExposedInstance,
  type InstanceReport,
  outcomeOfBucket,
  type PatchLookup,
  type PlaceReport,
} from '../../compliance/index.ts';
import { printable } from '../../core/problem.ts';
import { inert } from '../../report/index.ts';
import { evidenceLines } from './evidence.ts';
import { findingsByInstance, keyOf } from './findings-by-instance.ts';
import { lookupCounts, standings } from './patch-lookup.ts';
import { sinceText, trendCounts } from './trend.ts';

const columns = [
  'record',
  'account',
  'region',
  'instance_id',
  'name',
  'bucket',
  'outcome',
  'why',
  'ring',
  'patch_group',
  'operating_system',
  'platform',
  'declared_as',
  'tags',
  'reported_at',
  'operation',
  'baseline_id',
  'expected_baseline_id',
  'missing_count',
  'failed_count',
  'rejected_installed_count',
  'pending_reboot_count',
  'lacks',
  'overdue',
  'waived',
  'findings',
  'exposure',
  'exposure_why',
  'next_run',
  'next_run_only_if',
  'item',
  'value',
] as const;

type Row = Partial<Record<(typeof columns)[number], string | number | undefined>>;

/**
 * One row an instance, then rows of totals, of changes since an earlier snapshot, of what could not be read, and of
 * evidence: `record` tells them apart. What is not known is empty; `exposure` is how an instance stands with `--patch`. No
 * text is a formula in a spreadsheet.
 */
export function complianceAsCsv(report: ComplianceReport): string {
  const { totals, places, instances, evidence, trend, patch } = report;
  const findings = findingsByInstance(report);
  const exposures = patch === undefined ? undefined : exposuresOf(patch);
  const rows: Row[] = [
    ...instances.map((instance) => ({
      ...instanceRow(instance),
      findings: findings
        .get(keyOf(instance))
        ?.map(({ code }) => code)
        .join(' '),
      ...exposures?.get(keyOf(instance)),
    })),
    { record: 'total', item: 'instances', value: totals.instances },
    ...buckets.map((bucket) => ({
      record: 'total',
      bucket,
      outcome: outcomeOfBucket[bucket],
      value: totals.buckets[bucket],
    })),
    { record: 'total', item: 'compliant percent', value: totals.compliantPercent },
    { record: 'total', item: 'compliant percent of running', value: totals.compliantPercentOfRunning },
    { record: 'total', item: 'overdue instances', value: totals.overdueInstances },
    ...(patch === undefined
      ? []
      : lookupCounts(patch).map(([item, value]) => ({ record: 'total', item: `${patch.asked} ${item}`, value }))),
    ...(trend === undefined
      ? []
      : [['since', `${sinceText(trend)}, as of ${trend.sinceAsOf}`] as const, ...trendCounts(trend)].map(
          ([item, value]) => ({ record: 'change', item, value }),
        )),
    ...places.flatMap(gapRows),
    { record: 'evidence', item: 'complete', value: `${report.complete}` },
    ...evidenceLines(evidence).map(([item, value]) => ({ record: 'evidence', item, value })),
  ];
  return stringify(rows, { header: true, columns: [...columns], cast: { string: fieldOf } }).trimEnd();
}

/** On one line, as a line break that parts cells could make the next word a formula, and a terminal obeys what it is shown. */
function fieldOf(text: string): string {
  return inert(printable(text));
}

/** How each instance stands with the patch that was asked for. */
function exposuresOf(lookup: PatchLookup): ReadonlyMap<string, Row> {
  const row = (exposure: string, { why, next }: Partial<ExposedInstance>): Row => ({
    exposure,
    exposure_why: why,
    next_run: next?.at,
    next_run_only_if: next?.onlyIf,
  });
  return new Map(
    Object.entries(standings).flatMap(([kind, word]) =>
      lookup[kind as keyof typeof standings].map((one) => [keyOf(one), row(word, one)] as const),
    ),
  );
}

function instanceRow(instance: InstanceReport): Row {
  const { account, region, instanceId, bucket, counts = {}, tags = {}, deficits = [] } = instance;
  const patches = (list: typeof deficits) => list.map(({ patch }) => patch).join(' ');
  return {
    record: 'instance',
    account,
    region,
    instance_id: instanceId,
    name: instance.name,
    bucket,
    outcome: outcomeOfBucket[bucket],
    why: instance.why,
    ring: instance.ring,
    patch_group: instance.patchGroup,
    operating_system: instance.operatingSystem,
    platform: instance.platform,
    declared_as: instance.declaredAs,
    tags: Object.entries(tags)
      .map(([key, value]) => `${key}=${value}`)
      .join(' '),
    reported_at: instance.reportedAt,
    operation: instance.operation,
    baseline_id: instance.baselineId,
    expected_baseline_id: instance.expectedBaselineId,
    missing_count: counts.missing,
    failed_count: counts.failed,
    rejected_installed_count: counts.installedRejected,
    pending_reboot_count: counts.installedPendingReboot,
    lacks: patches(deficits.filter(({ waiver }) => waiver === undefined)),
    overdue: patches(deficits.filter(({ deadline }) => deadline === 'overdue')),
    waived: patches(deficits.filter(({ waiver }) => waiver !== undefined)),
  };
}

function gapRows({ account, region, gaps }: PlaceReport): Row[] {
  return gaps.map(({ area, message, unknown }) => ({
    record: 'unread',
    account,
    region,
    why: message,
    item: area,
    value: unknown,
  }));
}
