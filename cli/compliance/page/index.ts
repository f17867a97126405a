import type { ComplianceReport } from '../../../compliance/index.ts';
import { type Fact, type Report, renderHtml } from '../../../report/index.ts';
import { waiverTable } from '../../waiver-table.ts';
import { verdictOf } from '../verdict.ts';
import { count, minute } from '../words.ts';
import { ageBlocks } from './ages.ts';
import { changesSection } from './changes.ts';
import { evidenceBlocks, gapTable } from './evidence.ts';
import { findingExplorer } from './findings.ts';
import { instanceExplorer } from './instances.ts';
import { lookupSection } from './lookup.ts';
import { patchExplorer } from './patches.ts';
import { summaryBlocks } from './summary.ts';
import { windowExplorer } from './windows.ts';

/** Compliance as one self-contained page, to look at and to keep as evidence. */
export function compliancePage(report: ComplianceReport, groupBy = 'ring'): Promise<string> {
  return renderHtml(pageReport(report, groupBy));
}

/** From the answer down: the summary, what is missing, the walk down to instances and patches, and the evidence. */
export function pageReport(report: ComplianceReport, groupBy = 'ring'): Report {
  const { evidence, trend, patch } = report;
  return {
    title: evidence.fleet === undefined ? 'Patch compliance' : `Patch compliance of ${evidence.fleet}`,
    verdict: verdictOf(report),
    facts: factsOf(report),
    sections: [
      { heading: 'Summary', blocks: summaryBlocks(report, groupBy) },
      ...(report.complete ? [] : [{ heading: 'What is not known', blocks: [gapTable(report)] }]),
      ...(patch === undefined ? [] : [lookupSection(report, patch)]),
      { heading: 'What is missing, and for how long', blocks: ageBlocks(report) },
      { heading: 'Instances', blocks: [instanceExplorer(report)] },
      { heading: 'Patches', blocks: [patchExplorer(report)] },
      ...(trend === undefined ? [] : [changesSection(trend)]),
      { heading: 'How the fleet is set up', blocks: [findingExplorer(report)] },
      { heading: 'Maintenance windows', blocks: [windowExplorer(report)] },
      {
        heading: 'Evidence',
        blocks: [...evidenceBlocks(report), waiverTable('Waivers', report.waivers, report.evidence.asOf)],
      },
    ],
  };
}

function factsOf({ evidence, places }: ComplianceReport): Fact[] {
  const { madeAt, asOf, staleAfterHours, toolVersion, commit, sources } = evidence;
  return [
    { name: 'as of', value: minute(asOf) },
    { name: 'made', value: `${minute(madeAt)} by patchfleet ${toolVersion}` },
    { name: 'source', value: sources.map(({ name }) => name).join(', ') },
    { name: 'accounts and regions', value: `${places.length}` },
    { name: 'a scan is stale after', value: count(staleAfterHours, 'hour') },
    ...(commit === undefined ? [] : [{ name: 'commit of the fleet file', value: commit }]),
  ];
}
