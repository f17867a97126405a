import {
  bucketInWords,
  buckets,
  type ComplianceReport,
  type GroupTotals,
  type Totals,
} from '../../../compliance/index.ts';
import type { Block, Figure, LineChart, Table } from '../../../report/index.ts';
import { groupInWords, mostGroups } from '../totals.ts';
import { count, minute, minuteOf, numberText } from '../words.ts';
import { noInstance } from './fields.ts';

export function summaryBlocks(report: ComplianceReport, groupBy: string): Block[] {
  const { totals, trend } = report;
  const all = report.groups[groupBy] ?? [];
  const groups = all.slice(0, mostGroups);
  const name = groupInWords(groupBy);
  const more = all.length - groups.length;
  return [
    { kind: 'figures', figures: figuresOf(report) },
    {
      kind: 'bar-chart',
      title: `Compliant instances of each ${name}`,
      description: `Compliant or waived, in percent of all instances of the ${name}, those that are unknown or stopped among them.`,
      unit: '%',
      most: 100,
      bars: groups.flatMap(({ key = `no ${name}`, totals: { compliantPercent } }) =>
        compliantPercent === undefined ? [] : [{ name: key, value: compliantPercent }],
      ),
    },
    trend === undefined ? statusChart(totals) : overTime(report, trend),
    bucketTable(`Instances of each ${name} by status`, name, groups, totals, `no ${name}`, noInstance(report)),
    ...(more > 0 ? [{ kind: 'paragraph' as const, text: `and ${more} more: --format json lists all` }] : []),
  ];
}

function figuresOf(report: ComplianceReport): Figure[] {
  const { totals, ages, complete } = report;
  const { instances, outcomes, compliantPercent, compliantPercentOfRunning, overdueInstances, overdueDeficits } =
    totals;
  const notes = [
    numberText(outcomes.compliant),
    ...(totals.buckets.waived > 0 ? [`${numberText(totals.buckets.waived)} of them by waivers`] : []),
    ...(compliantPercentOfRunning === undefined ? [] : [`${compliantPercentOfRunning} % of those not stopped`]),
  ];
  const unlisted = Object.values(ages.unlisted).reduce((sum, number) => sum + number, 0);
  const overdue = [
    count(overdueDeficits, 'missing patch', 'missing patches'),
    ...(ages.deadlineUnknown > 0 ? [`${numberText(ages.deadlineUnknown)} more of unknown age`] : []),
    ...(ages.withoutDeadline > 0 ? [`${numberText(ages.withoutDeadline)} without a deadline`] : []),
    ...(unlisted > 0 ? [`not known of ${count(unlisted, 'instance')}`] : []),
  ];
  const isOpen = unlisted + ages.deadlineUnknown + ages.withoutDeadline > 0;
  const isProven = complete && instances > 0 && !isOpen;
  return [
    { name: 'Instances', value: numberText(instances), note: 'all that should be patched' },
    {
      name: 'Compliant',
      value: compliantPercent === undefined ? '–' : `${compliantPercent} %`,
      note: notes.join('; '),
      tone: compliantPercent === undefined ? 'unsure' : 'good',
    },
    { name: 'Not compliant', value: numberText(outcomes.noncompliant), note: 'lack patches, or a reboot', tone: 'bad' },
    {
      name: 'Nobody can tell',
      value: numberText(outcomes.unproven),
      note: 'unknown, not managed, never scanned or stale',
      tone: 'unsure',
    },
    { name: 'Stopped', value: numberText(outcomes.stopped), note: 'neither patched nor a failure', tone: 'idle' },
    {
      name: 'Past the deadline',
      value: numberText(overdueInstances),
      note: overdue.join('; '),
      tone: overdueInstances > 0 ? 'bad' : isProven ? 'good' : 'unsure',
    },
  ];
}

function statusChart({ buckets: counts }: Totals): Block {
  return {
    kind: 'bar-chart',
    title: 'Instances by status',
    description: 'Every instance once, in the first status that holds.',
    unit: 'instances',
    bars: buckets.flatMap((bucket) =>
      counts[bucket] === 0 ? [] : [{ name: bucketInWords(bucket), value: counts[bucket] }],
    ),
  };
}

/** Then and now, for all and for each ring. */
function overTime(
  { evidence, totals, groups }: ComplianceReport,
  trend: NonNullable<ComplianceReport['trend']>,
): LineChart {
  const { sinceAsOf, before, beforeByRing } = trend;
  const point = (at: string, of: Totals | undefined) =>
    of?.compliantPercent === undefined ? [] : [{ at, value: of.compliantPercent }];
  const ring = (of: readonly GroupTotals[], key: string | undefined) => of.find((one) => one.key === key)?.totals;
  const names = [...new Set([...(groups.ring ?? []), ...beforeByRing].map(({ key }) => key))];
  return {
    kind: 'line-chart',
    title: 'Compliant instances over time',
    description: `From ${minuteOf(sinceAsOf)} to ${minute(evidence.asOf)}, in percent of all instances.`,
    unit: '%',
    most: 100,
    missing: 'not known',
    series: [
      { name: 'all', points: [...point(sinceAsOf, before), ...point(evidence.asOf, totals)] },
      ...names.map((name) => ({
        name: name === undefined ? 'no ring' : `ring ${name}`,
        points: [...point(sinceAsOf, ring(beforeByRing, name)), ...point(evidence.asOf, ring(groups.ring ?? [], name))],
      })),
    ],
  };
}

/** A row for each group, a column for each status that occurs, and all in the last row. */
function bucketTable(
  caption: string,
  heading: string,
  groups: readonly GroupTotals[],
  all: Totals,
  none: string,
  empty: string,
): Table {
  const had = buckets.filter((bucket) => all.buckets[bucket] > 0);
  const row = (name: string, totals: Totals) => [
    name,
    numberText(totals.instances),
    `${totals.compliantPercent ?? '–'}`,
    ...had.map((bucket) => numberText(totals.buckets[bucket])),
    numberText(totals.overdueDeficits),
  ];
  return {
    kind: 'table',
    caption,
    columns: [
      { heading },
      ...['instances', 'compliant %', ...had.map(bucketInWords), 'overdue patches'].map((text) => ({
        heading: text,
        kind: 'number' as const,
      })),
    ],
    rows: groups.length === 0 ? [] : [...groups.map(({ key, totals }) => row(key ?? none, totals)), row('all', all)],
    empty,
  };
}
