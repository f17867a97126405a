import { type Ages, ageLimits, type ComplianceReport } from '../../../compliance/index.ts';
import type { Block } from '../../../report/index.ts';
import { unlistedText } from '../unlisted.ts';
import { numberText } from '../words.ts';

/** How long patches have been missing, and how bad they are. */
export function ageBlocks(report: ComplianceReport): Block[] {
  const { ages } = report;
  const text = unlistedText(ages);
  return [
    ...(text === undefined ? [] : [{ kind: 'paragraph' as const, text }]),
    ageChart(ages),
    severityChart(ages),
    ageTable(ages),
  ];
}

/** `up to 7`, `8 to 14`, …, `over 90`. */
const spans = [...ageLimits.map(spanText), `over ${ageLimits.at(-1)}`];

function spanText(limit: number, place: number): string {
  const before = ageLimits[place - 1];
  return before === undefined ? `up to ${limit}` : `${before + 1} to ${limit}`;
}

function ageChart({ bySeverity }: Ages): Block {
  const sum = (part: (of: Ages['bySeverity'][number]) => number) =>
    bySeverity.reduce((total, one) => total + part(one), 0);
  return {
    kind: 'bar-chart',
    title: 'Age of what is missing',
    description: 'Days since each missing or failed patch of each instance was released, or first seen missing.',
    unit: 'missing patches of instances',
    bars: [
      ...spans.map((name, place) => ({ name: `${name} days`, value: sum(({ byAge }) => byAge[place] ?? 0) })),
      { name: 'not known', value: sum(({ ageUnknown }) => ageUnknown) },
    ],
  };
}

function severityChart({ bySeverity }: Ages): Block {
  return {
    kind: 'bar-chart',
    title: 'Severity of what is missing',
    description: 'Missing and failed patches of instances by severity, without those that are waived.',
    unit: 'missing patches of instances',
    bars: bySeverity.map(({ severity, total }) => ({ name: severity, value: total })),
  };
}

function ageTable({ bySeverity, total, overdue }: Ages): Block {
  const sums = (part: (of: Ages['bySeverity'][number]) => number) =>
    numberText(bySeverity.reduce((sum, one) => sum + part(one), 0));
  const oldest = Math.max(...bySeverity.map(({ oldestDays }) => oldestDays ?? -1));
  return {
    kind: 'table',
    caption: 'Missing and failed patches of instances by severity and age in days',
    columns: [
      { heading: 'severity' },
      ...[...spans, 'age not known', 'all', 'overdue', 'oldest, days'].map((heading) => ({
        heading,
        kind: 'number' as const,
      })),
    ],
    rows:
      total === 0
        ? []
        : [
            ...bySeverity.map((of) => [
              of.severity,
              ...of.byAge.map(numberText),
              numberText(of.ageUnknown),
              numberText(of.total),
              numberText(of.overdue),
              `${of.oldestDays ?? '–'}`,
            ]),
            [
              'all',
              ...spans.map((_, place) => sums(({ byAge }) => byAge[place] ?? 0)),
              sums(({ ageUnknown }) => ageUnknown),
              numberText(total),
              numberText(overdue),
              oldest === -1 ? '–' : `${oldest}`,
            ],
          ],
    empty: 'no patch was listed as missing or failed',
  };
}
