import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { type AwsFigures, boundSeconds, mostCalls, scannerCalls } from './aws-figures.ts';
import { measure, type SideFigures } from './cases.ts';
import { formatLimit, formatSpread, formatTable, ratio } from './figures.ts';
import { RunFailed, runOnce, type Sample, type Side } from './measure.ts';

const latencyMs = 50;

/** Nodes of the example lack two or three patches, those that nobody patches dozens. */
const manyPatches = 20;

export interface ComplianceFigures {
  /** Of one account and region, by how many healthy instances it has. */
  readonly calls: readonly AwsFigures[];
  /** Parsing a snapshot, and the command that tells what it comes to; and one where nodes lack many patches. */
  readonly snapshots: readonly (readonly SideFigures[])[];
  /** 1,000 accounts and regions, each run. */
  readonly places: readonly AwsFigures[];
  /** As many calls by the SDK alone, in seconds; absent where nothing was run. */
  readonly sdkAlone: number | undefined;
}

/** Counts calls, then measures a report on a snapshot and reading AWS, which is simulated by a process of its own. */
export function complianceFigures(
  root: string,
  runs: number,
  scratch: string,
  onRun: (name: string, sample: Pick<Sample, 'seconds'>) => void,
): ComplianceFigures {
  const told = (name: string, figures: AwsFigures) => {
    onRun(name, figures);
    return figures;
  };
  const calls = [1, 1000, 10_000].map((count) => told(`calls, ${count} instances`, readAws(root, [count, 0, 1, 1])));
  const snapshots = [1, manyPatches].map((times) => {
    const [snapshot, fleet] = [join(scratch, `snapshot-${times}`), join(scratch, `snapshot-${times}.yaml`)];
    const side = (name: string, command: string) => ({ name, command: `node ${command}`, directory: root });
    runOnce(side('write', `bin/run.mjs bench/write-snapshot.ts ${snapshot} ${fleet} ${times}`), scratch);
    const report = `bin/patchfleet.mjs compliance --source ${snapshot}`;
    const sides: Side[] = [
      side('JSON.parse of every line', `bin/run.mjs bench/parse-snapshot.ts ${snapshot}`),
      // They find what is not patched.
      { ...side('compliance', report), exitCode: 1 },
      { ...side('compliance, with a fleet file', `${report} --fleet ${fleet}`), exitCode: 1 },
    ];
    for (const one of sides) runOnce(one, scratch);
    return measure(sides, runs, scratch, ({ name }, sample) =>
      onRun(`snapshot, ${times} times the patches, ${name}`, sample),
    );
  });
  const places = Array.from({ length: Math.min(runs, 3) }, () =>
    told('1,000 account-regions', readAws(root, [10, latencyMs, 250, 4])),
  );
  const [made] = places;
  const sdkAlone = made && (readFigures(root, 'bench/sdk-alone.ts', [made.calls, latencyMs]) as number);
  if (sdkAlone !== undefined) onRun('as many calls by the SDK alone', { seconds: sdkAlone });
  return { calls, snapshots, places, sdkAlone };
}

function readAws(root: string, args: readonly number[]): AwsFigures {
  return readFigures(root, 'bench/read-aws.ts', args) as AwsFigures;
}

function readFigures(root: string, file: string, args: readonly number[]): unknown {
  const command = ['bin/run.mjs', file, ...args.map(String)];
  try {
    return JSON.parse(execFileSync(process.execPath, command, { cwd: root, encoding: 'utf8' }));
  } catch (failure) {
    throw new RunFailed(`\`node ${command.join(' ')}\` failed: ${(failure as Error).message}`);
  }
}

/** What compliance takes, and whether that is within the limits. */
export function complianceText({ calls, snapshots, places, sdkAlone }: ComplianceFigures): string {
  const best = [...places].sort((a, b) => a.seconds - b.seconds)[Math.floor((places.length - 1) / 2)];
  const bound = best && boundSeconds(best.calls, latencyMs);
  return [
    formatTable(
      ['healthy instances', 'calls', 'at most', 'a scanner of each instance'],
      calls.map((one) => [one.instances, one.calls, mostCalls(one.instances), scannerCalls(one)].map(String)),
    ),
    '',
    formatTable(
      ['snapshot of 100,000 instances', 'wall time', 'peak memory'],
      snapshots.flatMap((sides, at) =>
        sides.map((side) => [
          `${side.name}${ofPatches(at)}`,
          formatSpread(side.seconds, 's'),
          formatSpread(side.megabytes, 'MB'),
        ]),
      ),
    ),
    '',
    best === undefined || bound === undefined
      ? ''
      : `1,000 account-regions at ${latencyMs} ms: ${best.calls} calls in ${best.seconds.toFixed(1)} s (${best.cpuSeconds.toFixed(1)} s of them computing), ${bound.toFixed(1)} s if nothing but latency counted`,
    sdkAlone === undefined
      ? ''
      : `as many of its simplest calls by the SDK alone, on this machine: ${sdkAlone.toFixed(1)} s`,
    '',
    'limits:',
    ...calls.map((one) =>
      formatLimit(
        `calls for ${one.instances} instances: beside the most`,
        1,
        one.calls / mostCalls(one.instances),
        '×',
      ),
    ),
    ...snapshots.flatMap(([parse, ...reports], at) =>
      reports.flatMap(({ name, seconds, megabytes }) => [
        formatLimit(`${name}${ofPatches(at)}: beside JSON.parse`, 3, ratio(parse?.seconds, seconds), '×'),
        formatLimit(`${name}${ofPatches(at)}: memory`, 400, megabytes?.median, 'MB'),
      ]),
    ),
    formatLimit('1,000 account-regions: beside the bound', 1.5, best && bound && best.seconds / bound, '×'),
  ].join('\n');
}

/** Of the snapshot at a place among them. */
function ofPatches(at: number): string {
  return at === 0 ? '' : `, ${manyPatches} times the patches`;
}
