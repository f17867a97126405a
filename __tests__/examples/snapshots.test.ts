import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { buckets } from '../../compliance/buckets.ts';
import { complianceReport } from '../../compliance/compliance.ts';
import { contextOfFleet } from '../../compliance/context-of-fleet.ts';
import { earlierStateOf } from '../../compliance/earlier-state.ts';
import type { PlaceFacts } from '../../compliance/facts.ts';
import { FileSource } from '../../compliance/file/index.ts';
import type { ComplianceReport } from '../../compliance/report.ts';
import { readStackOutput } from '../../compliance/stack-output.ts';
import { examplePlaces } from '../../scripts/example-snapshots/index.ts';
import { filesBelow, root } from '../support/command.ts';
import { fleetOf } from '../support/walkthrough.ts';

const directory = join(root, 'examples/snapshots');
const fleet = fleetOf('examples/snapshots/fleet.yaml');
const earlier = '2026-11-10T06:00:00.000Z';
const today = '2026-11-24T06:00:00.000Z';

const outputs = readdirSync(join(directory, 'outputs')).map((file) => {
  const { output } = readStackOutput(JSON.parse(readFileSync(join(directory, 'outputs', file), 'utf8')));
  if (output === undefined) throw new Error(`expected an output in ${file}`);
  return output;
});

let report: ComplianceReport;
beforeAll(async () => {
  const context = contextOfFleet(fleet, outputs, []);
  const at = (asOf: string) => ({ fleet: context, asOf, madeAt: asOf, toolVersion: '0.1.0' });
  const source = (asOf: string) => new FileSource(join(directory, asOf.slice(0, 10)));
  const since = earlierStateOf('2026-11-10', await complianceReport(source(earlier), at(earlier)));
  report = await complianceReport(source(today), { ...at(today), since });
});

describe('the example snapshots', () => {
  it('are what the generator makes of the fleet beside them', async () => {
    const made = examplePlaces(fleet, {
      seed: 'acme',
      nodesPerPlace: 36,
      instants: [earlier, today],
      patchTuesdays: ['2026-08-11', '2026-09-08', '2026-10-13', '2026-11-10'],
    });
    for (const [index, instant] of [earlier, today].entries()) {
      const kept: PlaceFacts[] = [];
      for await (const facts of new FileSource(join(directory, instant.slice(0, 10))).places()) kept.push(facts);
      expect(kept).toEqual(made.map(({ facts }) => facts[index]));
    }
    expect(outputs).toEqual(made.map(({ output }) => output));
  });

  it('are small', () => {
    const bytes = Object.keys(filesBelow(directory)).reduce(
      (sum, file) => sum + statSync(join(directory, file)).size,
      0,
    );
    expect(bytes).toBeLessThan(300_000);
  });

  it('show every bucket, in three accounts, on Windows and Linux', () => {
    expect(buckets.filter((bucket) => report.totals.buckets[bucket] === 0)).toEqual([]);
    expect(report.groups.account?.map(({ key }) => key)).toEqual(['111111111111', '222222222222', '333333333333']);
    expect(report.groups.os?.map(({ key }) => key)).toEqual(['AMAZON_LINUX_2023', 'UBUNTU', 'WINDOWS', undefined]);
    expect(report.groups.ring?.map(({ key }) => key)).toEqual(['dev', 'test', 'prod', undefined]);
  });

  it('show what a report can tell: trend, overdue patches, ages of both kinds, findings, skipped nodes, a freeze', () => {
    const { trend, ages, instances, findings, windows } = report;
    for (const changes of [trend?.new, trend?.fixed, trend?.regressed, trend?.gone, trend?.changed])
      expect(changes?.length).toBeGreaterThan(0);
    expect(ages.overdue).toBeGreaterThan(0);
    const since = new Set(instances.flatMap(({ deficits = [] }) => deficits.map(({ ageSince }) => ageSince)));
    expect([...since].sort()).toEqual(['first-seen', 'release', undefined]);
    expect([...new Set(findings.map(({ code }) => code))].sort()).toEqual([
      'agent-offline',
      'no-patch-group',
      'not-targeted',
      'overwritten',
    ]);
    const results = new Set(
      windows.flatMap(({ runs = [] }) => runs.flatMap(({ skipped }) => skipped.map(({ result }) => result))),
    );
    expect([...results].sort()).toEqual(['failed', 'not-run', 'unreachable']);
    expect(windows.flatMap(({ next }) => next.flatMap(({ frozenBy }) => frozenBy ?? []))).toContain('year-end');
    expect(report.complete).toBe(true);
  });
});
