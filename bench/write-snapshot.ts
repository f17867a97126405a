// Writes the snapshot that the benchmark reports on, and its fleet: node bin/run.mjs bench/write-snapshot.ts SNAPSHOT FLEET
import { readFileSync, writeFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import type { InstanceFacts } from '../compliance/facts.ts';
import { writeSnapshot } from '../compliance/file/index.ts';
import type { PatchStateSource } from '../compliance/source.ts';
import { readFleet } from '../fleet/index.ts';
import { examplePlaces } from '../scripts/example-snapshots/index.ts';
import { accountNumber, regions } from './fleet.ts';

/** 250 accounts in 4 regions with 100 nodes each. */
const accounts = 250;
const nodesPerPlace = 100;
const at = '2026-11-24T06:00:00.000Z';

/** The fleet of the example snapshots, with more accounts. */
function fleetText(): string {
  const example = parse(readFileSync('examples/snapshots/fleet.yaml', 'utf8')) as {
    readonly rings: readonly { readonly name: string }[];
  };
  return stringify({
    ...example,
    accounts: Array.from({ length: accounts }, (_, number) => ({
      account: accountNumber(number),
      regions,
      assignments: {
        default: { ring: example.rings[number % example.rings.length]?.name, patchGroups: ['web', 'files'] },
      },
    })),
  });
}

const [out = '', fleetFile = ''] = process.argv.slice(2);
writeFileSync(fleetFile, fleetText());
const { fleet, problems } = readFleet(fleetFile);
if (fleet === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
const patchTuesdays = ['2026-08-11', '2026-09-08', '2026-10-13', '2026-11-10'];
const places = examplePlaces(fleet, { seed: 'bench', nodesPerPlace, instants: [at], patchTuesdays });
const source: PatchStateSource = {
  async *places() {
    for (const { facts } of places) {
      // In the order in which AWS is read.
      const byId = (a: InstanceFacts, b: InstanceFacts) => (a.instanceId < b.instanceId ? -1 : 1);
      for (const place of facts) yield { ...place, instances: [...place.instances].sort(byId) };
    }
  },
  evidence: () => {
    throw new Error('nobody asks');
  },
};
await writeSnapshot(source, { out, details: 'noncompliant', toolVersion: '0.0.0', now: () => new Date(at) });
