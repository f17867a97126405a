// Writes the snapshot that the benchmark reports on, and its fleet; where TIMES is given, with so many times as many patches:
// node bin/run.mjs bench/write-snapshot.ts SNAPSHOT FLEET [TIMES]
import { readFileSync, writeFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import type { InstanceFacts } from '../compliance/facts.ts';
import { writeSnapshot } from '../compliance/file/index.ts';
import type { PatchCounts, PatchFacts } from '../compliance/patch-facts.ts';
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

/** A node that was not patched for long lacks dozens. */
function withPatches(node: InstanceFacts, times: number): InstanceFacts {
  const { patches, patchState } = node;
  if (times === 1 || patches === undefined || patchState === undefined) return node;
  const many = patches.flatMap((patch) => Array.from({ length: times }, (_, number) => another(patch, number)));
  return { ...node, patches: many, patchState: { ...patchState, counts: multiplied(patchState.counts, times) } };
}

function another(patch: PatchFacts, number: number): PatchFacts {
  if (number === 0) return patch;
  const { patchId, title } = patch;
  return patchId.startsWith('KB')
    ? { ...patch, patchId: `KB${number}${patchId.slice('KB'.length)}` }
    : { ...patch, patchId: `lib${number}-${patchId}`, title: `lib${number}-${title}` };
}

function multiplied(counts: PatchCounts, times: number): PatchCounts {
  return Object.fromEntries(Object.entries(counts).map(([key, count]) => [key, count * times]));
}

const [out = '', fleetFile = '', times = '1'] = process.argv.slice(2);
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
      for (const place of facts) {
        const instances = place.instances.map((node) => withPatches(node, Number(times)));
        yield { ...place, instances: instances.sort(byId) };
      }
    }
  },
  evidence: () => {
    throw new Error('nobody asks');
  },
};
await writeSnapshot(source, { out, details: 'noncompliant', toolVersion: '0.0.0', now: () => new Date(at) });
