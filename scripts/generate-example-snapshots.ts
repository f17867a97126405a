import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeSnapshot } from '../compliance/file/index.ts';
import type { PatchStateSource } from '../compliance/source.ts';
import { readFleet } from '../fleet/index.ts';
import { examplePlaces } from './example-snapshots/index.ts';

/** Writes the made-up outputs and snapshots of `examples/snapshots`: `npm run snapshots`. */
const directory = 'examples/snapshots';
const instants = ['2026-11-10T06:00:00.000Z', '2026-11-24T06:00:00.000Z'];
const patchTuesdays = ['2026-08-11', '2026-09-08', '2026-10-13', '2026-11-10'];

const { fleet, problems } = readFleet(join(directory, 'fleet.yaml'));
if (fleet === undefined) throw new Error(problems.map(({ message }) => message).join('\n'));
const places = examplePlaces(fleet, { seed: 'acme', nodesPerPlace: 36, instants, patchTuesdays });

rmSync(join(directory, 'outputs'), { recursive: true, force: true });
mkdirSync(join(directory, 'outputs'));
for (const { stackId, output } of places)
  writeFileSync(
    join(directory, 'outputs', `${stackId}.json`),
    `${JSON.stringify({ patch_manager: { sensitive: false, value: output } }, null, 2)}\n`,
  );

for (const [index, at] of instants.entries()) {
  const out = join(directory, at.slice(0, 10));
  rmSync(out, { recursive: true, force: true });
  const source: PatchStateSource = {
    async *places() {
      for (const { facts } of places) {
        const ofInstant = facts[index];
        if (ofInstant !== undefined) yield ofInstant;
      }
    },
    evidence: () => {
      throw new Error('nobody asks');
    },
  };
  await writeSnapshot(source, { out, details: 'noncompliant', toolVersion: '0.1.0', now: () => new Date(at) });
  process.stdout.write(`${out}\n`);
}
