import { complianceReport, type ReportOptions } from '../../../../compliance/compliance.ts';
import { contextOfFleet } from '../../../../compliance/context-of-fleet.ts';
import { earlierStateOf } from '../../../../compliance/earlier-state.ts';
import type { PlaceFacts } from '../../../../compliance/facts.ts';
import type { ComplianceReport } from '../../../../compliance/report.ts';
import { readFleet } from '../../../../fleet/index.ts';
import { examplePlaces } from '../../../../scripts/example-snapshots/index.ts';
import { sourceOf } from '../../../compliance/support.ts';

const instants = ['2026-11-10T06:00:00.000Z', '2026-11-24T06:00:00.000Z'] as const;

/** A report on the made-up fleet of the example, of any size, with its trend and one patch looked up. */
export async function exampleReport(
  nodesPerPlace: number,
  change: (facts: PlaceFacts) => PlaceFacts = (facts) => facts,
  /** Whether outputs of its stacks are given. */
  hasOutputs = true,
): Promise<ComplianceReport> {
  const { fleet } = readFleet('examples/snapshots/fleet.yaml');
  if (fleet === undefined) throw new Error('the fleet of the example is not sound');
  const patchTuesdays = ['2026-08-11', '2026-09-08', '2026-10-13', '2026-11-10'];
  const places = examplePlaces(fleet, { seed: 'acme', nodesPerPlace, instants, patchTuesdays });
  const context = contextOfFleet(
    fleet,
    hasOutputs ? places.map(({ output }) => output) : [],
    [{ file: 'fleet.yaml', sha256: 'a'.repeat(64) }],
    '0123abc',
  );
  const report = (number: 0 | 1, options: Partial<ReportOptions> = {}) => {
    const asOf = instants[number];
    const facts = places.map((place) => change(place.facts[number] as PlaceFacts));
    const common = { fleet: context, asOf, madeAt: asOf, toolVersion: '0.1.0', tagKeys: ['Team'] };
    return complianceReport(sourceOf(...facts), { ...common, ...options });
  };
  return report(1, { since: earlierStateOf('2026-11-10', await report(0)), patch: 'KB5071001' });
}
