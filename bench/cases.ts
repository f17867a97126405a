import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Counts, compareCounts, countKinds, type Spread, spread } from './figures.ts';
import { bytesOf, type Files, filesOf, RunFailed, runOnce, type Sample, type Side, stacksOf } from './measure.ts';

export interface Case {
  readonly name: 'walkthrough' | 'hundred-stacks' | 'fleet';
  /** Rebuilds on every run, as after an edit. */
  readonly ours: Side;
  /** Ours again where no source has changed since the run before. */
  readonly unchanged: Side;
  readonly stock: readonly Side[];
}

export interface SideFigures {
  readonly name: string;
  readonly command: string;
  readonly seconds: Spread | undefined;
  readonly megabytes: Spread | undefined;
  readonly samples: readonly Sample[];
}

/** What both sides made: the kinds of resource with their counts, and how many bytes. */
export interface Comparison {
  readonly ours: Counts;
  readonly stock: Counts;
  readonly oursBytes: number;
  readonly stockBytes: number;
  readonly rows: readonly (readonly string[])[];
  readonly equal: boolean;
}

/**
 * The cases of a checkout; the walkthrough's command is the one that `cdktf` itself would run, and `fleet` is the path of
 * the fleet of 1,000 account-regions.
 */
export function casesOf(root: string, fleet: string): readonly Case[] {
  const { app } = JSON.parse(readFileSync(join(root, 'cdktf.json'), 'utf8')) as { app: string };
  const stockDirectory = join(root, 'bench', 'stock');
  // `npx` costs a start of npm on each run; the template uses it, but it is no fault of the framework.
  const stock = (entry: string): Side[] => [
    { name: 'npx ts-node', command: `npx ts-node ${entry}`, directory: stockDirectory },
    { name: 'ts-node', command: `node ../../node_modules/ts-node/dist/bin.js ${entry}`, directory: stockDirectory },
  ];
  const ours = (command: string) => ({
    ours: { name: 'ours', command, directory: root, removeBefore: join(root, 'node_modules', '.cache', 'patchfleet') },
    unchanged: { name: 'ours, unchanged', command, directory: root },
  });
  return [
    { name: 'walkthrough', ...ours(app), stock: stock('main.ts') },
    {
      name: 'hundred-stacks',
      ...ours('node bin/run.mjs bench/hundred-stacks.ts'),
      stock: stock('hundred-stacks.ts'),
    },
    {
      name: 'fleet',
      ...ours(`node bin/patchfleet.mjs synth --fleet ${fleet}`),
      // A minute each: npx adds nothing that can be seen beside it.
      stock: stock('fleet.ts')
        .slice(1)
        .map((side) => ({ ...side, mostRuns: 1 })),
    },
  ];
}

/** The first, unmeasured run of a side: what it writes. */
export function warmUp(side: Side, scratch: string): Files {
  runOnce(side, scratch);
  const files = filesOf(scratch);
  if (stacksOf(files).length === 0) throw new RunFailed(`${side.name}: \`${side.command}\` wrote no stack`);
  return files;
}

export function compare(ours: Files, stock: Files): Comparison {
  const counts = { ours: countKinds(stacksOf(ours)), stock: countKinds(stacksOf(stock)) };
  return {
    ...counts,
    oursBytes: bytesOf(ours),
    stockBytes: bytesOf(stock),
    ...compareCounts(counts.ours, counts.stock),
  };
}

/** Runs the sides in turn, A B C A B C …, so that a slow minute of the machine hits all of them. */
export function measure(
  sides: readonly Side[],
  runs: number,
  scratch: string,
  onRun: (side: Side, sample: Sample) => void,
): SideFigures[] {
  const samples = sides.map((): Sample[] => []);
  for (let run = 0; run < runs; run += 1) {
    for (const [index, side] of sides.entries()) {
      if (side.mostRuns !== undefined && run >= side.mostRuns) continue;
      const sample = runOnce(side, scratch);
      samples[index]?.push(sample);
      onRun(side, sample);
    }
  }
  return sides.map(({ name, command }, index) => {
    const own = samples[index] ?? [];
    return {
      name,
      command,
      seconds: spread(own.map(({ seconds }) => seconds)),
      megabytes: spread(own.map(({ megabytes }) => megabytes)),
      samples: own,
    };
  });
}
