import type { ComplianceReport } from '../../compliance/report.ts';
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
  const { instances, outcomes, compliantPercent, overdueInstances } = totals;
  const unread = complete
    ? ''
    : `; incomplete: ${placeTotals.partly + placeTotals.unknown} accounts and regions are not read, or not whole`;
  if (instances === 0)
    return { outcome: complete ? 'warning' : 'error', text: `There is no instance to be patched${unread}` };
  const { compliant, noncompliant, unproven, stopped } = outcomes;
  const others = [
    ...(noncompliant > 0 ? [`${noncompliant} are not`] : []),
    ...(unproven > 0 ? [`of ${unproven} nobody can say`] : []),
    ...(stopped > 0 ? [`${stopped} are stopped`] : []),
    ...(overdueInstances > 0 ? [`${overdueInstances} lack a patch that is overdue`] : []),
  ];
  const text = `${percent(compliantPercent)}: ${compliant} of ${count(instances, 'instance')} are patched`;
  return {
    outcome: !complete || noncompliant + unproven > 0 ? 'error' : 'ok',
    text: `${[text, ...others].join(', ')}${unread}`,
  };
}
