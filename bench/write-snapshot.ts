// Writes the snapshot that the benchmark reports on, and its fleet: node bin/run.mjs bench/write-snapshot.ts OUT FLEET
import { writeFileSync } from 'node:fs';
import { writeSnapshot } from '../compliance/file/index.ts';
import type { PatchStateSource } from '../compliance/source.ts';
import { readFleet } from '../fleet/index.ts';
import { examplePlaces } from '../scripts/example-snapshots/index.ts';
import { snapshotFleetText } from './snapshot-fleet.ts';

const [out = '', fleetFile = '', accounts = '250', nodes = '100'] = process.argv.slice(2);
const at = '2026-11-24T06:00:00.000Z';

writeFileSync(fleetFile, snapshotFleetText(Number(accounts)));
const { fleet, problems } = readFleet(fleetFile);
if (fleet === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
const read = fleet;

const source: PatchStateSource = {
  async *places() {
    const places = examplePlaces(read, {
      seed: 'bench',
      nodesPerPlace: Number(nodes),
      instants: [at],
      patchTuesdays: ['2026-08-11', '2026-09-08', '2026-10-13', '2026-11-10'],
    });
    for (const { facts } of places) yield* facts;
  },
  evidence: () => {
    throw new Error('nobody asks');
  },
};
const start = performance.now();
await writeSnapshot(source, { out, details: 'noncompliant', toolVersion: '0.1.0', now: () => new Date(at) });
console.error((performance.now() - start) / 1000);
