import type { ComplianceReport } from '../../compliance/index.ts';
import type { Report, Section, Verdict } from '../../report/index.ts';
import { evidenceSection } from './evidence.ts';
import { findingsSection, unpatchedSection, unreadSection } from './instances.ts';
import { patchLookupSection } from './patch-lookup.ts';
import { agesSection, bucketsSection, groupSection, patchesSection, waiversSection } from './totals.ts';
import { trendSection } from './trend.ts';
import { windowsSection } from './windows.ts';
import { count, minute, percent } from './words.ts';

/** Compliance for people: the answer, what it is made of, what to look at first, and what proves it. */
export function complianceAsReport(report: ComplianceReport, groupBy: string): Report {
  const { evidence, placeTotals } = report;
  const sections: readonly (Section | undefined)[] = [
    unreadSection(report),
    report.patch && patchLookupSection(report.patch),
    bucketsSection(report),
    groupSection(report, groupBy),
    report.trend && trendSection(report.trend, report.totals),
    agesSection(report),
    patchesSection(report),
    unpatchedSection(report),
    findingsSection(report),
    windowsSection(report),
    waiversSection(report),
    evidenceSection(report),
  ];
  return {
    title: evidence.fleet === undefined ? 'Compliance' : `Compliance of ${evidence.fleet}`,
    verdict: verdictOf(report),
    facts: [
      { name: 'as of', value: minute(evidence.asOf) },
      { name: 'source', value: evidence.sources.map(({ name }) => name).join(', ') },
      {
        name: 'accounts and regions',
        value: `${placeTotals.read} read, ${placeTotals.partly} partly, ${placeTotals.unknown} not`,
      },
    ],
    sections: sections.filter((section) => section !== undefined),
  };
}

function verdictOf({ complete, totals, placeTotals }: ComplianceReport): Verdict {
  const { instances, outcomes, buckets, compliantPercent, overdueInstances } = totals;
  const unread = count(placeTotals.partly + placeTotals.unknown, 'account and region', 'accounts and regions');
  const incomplete = complete ? [] : [`incomplete: not everything could be read of ${unread}`];
  if (instances === 0)
    return {
      outcome: complete ? 'warning' : 'error',
      text: ['no instance is there to be patched', ...incomplete].join('; '),
    };
  const { compliant, noncompliant, unproven, stopped } = outcomes;
  const others = [
    ...(noncompliant > 0 ? [`${noncompliant} not patched`] : []),
    ...(unproven > 0 ? [`${unproven} not proven`] : []),
    ...(stopped > 0 ? [`${stopped} stopped`] : []),
  ];
  // Nobody should take what lacks a patch by decision for what has it.
  const waived = buckets.waived > 0 ? `, ${buckets.waived} of them by waivers` : '';
  const parts = [
    `${percent(compliantPercent)} compliant: ${compliant} of ${count(instances, 'instance')}${waived}`,
    ...(others.length > 0 ? [others.join(', ')] : []),
    ...(overdueInstances > 0 ? [`patches are overdue on ${overdueInstances}`] : []),
    ...incomplete,
  ];
  return { outcome: !complete || noncompliant + unproven > 0 ? 'error' : 'ok', text: parts.join('; ') };
}
