import type { ComplianceReport } from '../../compliance/index.ts';
import type { Report, Section } from '../../report/index.ts';
import { evidenceSection } from './evidence.ts';
import { findingsSection, unpatchedSection, unreadSection } from './instances.ts';
import { patchLookupSection } from './patch-lookup.ts';
import { agesSection, bucketsSection, groupSection, patchesSection, waiversSection } from './totals.ts';
import { trendSection } from './trend.ts';
import { verdictOf } from './verdict.ts';
import { windowsSection } from './windows.ts';
import { minute } from './words.ts';

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
