// npm run bench: ours beside a stock CDKTF application. See README.md beside this file.
// The launcher bundles this file before it runs, so paths start at the working directory, not at `import.meta.url`.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { type CalendarFigures, calendarSides, calendarText, minuteWalk } from './calendar.ts';
import { type Case, type Comparison, casesOf, compare, measure, type SideFigures, warmUp } from './cases.ts';
import { commandSides, commandsText, type FleetFiles, hostileText, installCommand } from './commands.ts';
import { complianceFigures, complianceText } from './compliance.ts';
import { formatRatio, formatSpread, formatTable, formatTarget, ratio, resourceTotal } from './figures.ts';
import { fleetText } from './fleet.ts';
import { floorScript, RunFailed, runOnce, type Side } from './measure.ts';
import { ringFleetText } from './rings.ts';

interface CaseFigures {
  readonly name: Case['name'];
  readonly comparison: Comparison;
  readonly ours: SideFigures;
  readonly unchanged: SideFigures;
  readonly stock: readonly SideFigures[];
  /** Bare Node, and bare Node that writes the same bytes; only of the walkthrough. */
  readonly floor: readonly SideFigures[];
}

const usage =
  'usage: npm run bench -- [--runs N] [--only walkthrough|hundred-stacks|fleet|commands|calendar|compliance] [--json]\n';
const print = (text: string) => process.stdout.write(`${text}\n`);
const progress = (text: string) => process.stderr.write(`${text}\n`);

function runCase({ name, ours, unchanged, stock }: Case, runs: number, scratch: string): CaseFigures | undefined {
  const oursFiles = warmUp(ours, scratch);
  const [stockFiles] = stock.map((side) => warmUp(side, scratch));
  const comparison = compare(oursFiles, stockFiles ?? {});
  if (!comparison.equal) {
    print(`${name}: the two sides make different resources, so their figures cannot be compared`);
    print(formatTable(['kind', 'ours', 'stock', ''], comparison.rows));
    return undefined;
  }

  const floor: Side[] = [];
  if (name === 'walkthrough') {
    const script = join(scratch, 'floor.cjs');
    writeFileSync(script, floorScript(oursFiles));
    floor.push({ name: 'node, nothing else', command: 'node -e 0', directory: scratch });
    floor.push({ name: 'node, same bytes', command: `node ${relative(scratch, script)}`, directory: scratch });
    for (const side of floor) runOnce(side, scratch);
  }

  const sides = [ours, unchanged, ...stock, ...floor];
  const [first, second, ...others] = measure(sides, runs, scratch, (side, { seconds }) =>
    progress(`${name}: ${side.name} ${seconds.toFixed(2)} s`),
  );
  if (first === undefined || second === undefined) return undefined;
  return {
    name,
    comparison,
    ours: first,
    unchanged: second,
    stock: others.slice(0, stock.length),
    floor: others.slice(stock.length),
  };
}

function timeRatio({ ours, stock }: CaseFigures): number | undefined {
  return lowest(stock.map((side) => ratio(ours.seconds, side.seconds)));
}

function memoryRatio({ ours, stock }: CaseFigures): number | undefined {
  return lowest(stock.map((side) => ratio(ours.megabytes, side.megabytes)));
}

/** A target counts as reached only against the best of the stock runs. */
function lowest(ratios: readonly (number | undefined)[]): number | undefined {
  return ratios.includes(undefined) ? undefined : Math.min(...ratios.filter((value) => value !== undefined));
}

function targetsOf(figures: readonly CaseFigures[]): string[] {
  return figures.flatMap((figure) =>
    figure.name === 'walkthrough'
      ? [
          formatTarget('walkthrough: at least 6× faster', 6, timeRatio(figure)),
          formatTarget('walkthrough: at most 1/4 of the memory', 4, memoryRatio(figure)),
        ]
      : figure.name === 'fleet'
        ? [formatTarget('fleet: at least 4× faster', 4, timeRatio(figure))]
        : [formatTarget('hundred-stacks: at least 3× faster', 3, timeRatio(figure))],
  );
}

function tableOf(figures: readonly CaseFigures[]): string {
  const rows = figures.flatMap(({ name, ours, stock }) => {
    const row = (side: SideFigures, measured: 'seconds' | 'megabytes') => {
      const unit = measured === 'seconds' ? 's' : 'MB';
      const title = `${name}, ${measured === 'seconds' ? 'wall time' : 'peak memory'}`;
      const [mine, theirs] = [ours[measured], side[measured]];
      return [title, formatSpread(mine, unit), side.name, formatSpread(theirs, unit), formatRatio(ratio(mine, theirs))];
    };
    return [...stock.map((side) => row(side, 'seconds')), ...stock.map((side) => row(side, 'megabytes'))];
  });
  return formatTable(['case', 'ours', 'stock, run by', 'stock', 'ratio'], rows);
}

function floorOf({ name, ours, unchanged, floor }: CaseFigures): string[] {
  const again = `${name}, where no source changed since the last run: ${formatSpread(unchanged.seconds, 's')}`;
  const [bare, writing] = floor;
  const distances = [ours, unchanged].map((side) => formatRatio(ratio(writing?.seconds, side.seconds)));
  if (writing?.seconds === undefined) return ['', again];
  return [
    '',
    again,
    `floor: bare node ${formatSpread(bare?.seconds, 's')}, and writing the same bytes ${formatSpread(writing.seconds, 's')}`,
    `the walkthrough takes ${distances[0]} that after an edit, and ${distances[1]} where nothing changed`,
  ];
}

function resourcesOf({ name, comparison }: CaseFigures): string[] {
  const { ours, oursBytes, stockBytes, rows } = comparison;
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
  return [
    `${name}: ${resourceTotal(ours)} resources on both sides; ours writes ${kilobytes(oursBytes)}, stock ${kilobytes(stockBytes)}`,
    formatTable(
      ['kind', 'ours', 'stock'],
      rows.map((row) => row.slice(0, 3)),
    ),
    '',
  ];
}

function reportText(figures: readonly CaseFigures[], runs: number): string {
  const machine = `node ${process.version}, ${process.platform} ${process.arch}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}`;
  return [
    ...figures.flatMap(resourcesOf),
    `median (minimum–maximum) of ${runs} interleaved runs after one warm-up each; ${machine}`,
    'peak memory is that of the largest process of the tree',
    '',
    tableOf(figures),
    ...figures.flatMap(floorOf),
    '',
    'targets, against the better of the stock runs:',
    ...targetsOf(figures),
  ].join('\n');
}

function commandFigures(root: string, files: FleetFiles, runs: number, scratch: string): SideFigures[] {
  const installed = join(scratch, 'installed');
  installCommand(root, installed);
  const sides = commandSides(root, installed, files);
  for (const side of sides) runOnce(side, scratch);
  return measure(sides, runs, scratch, (side, { seconds }) => progress(`${side.name} ${seconds.toFixed(3)} s`));
}

function calendarFigures(root: string, runs: number, scratch: string): CalendarFigures {
  const fleets = { sound: join(scratch, 'sound.yaml'), failing: join(scratch, 'failing.yaml') };
  for (const variant of ['sound', 'failing'] as const) writeFileSync(fleets[variant], ringFleetText(variant));
  const sides = calendarSides(root, fleets);
  for (const side of sides) runOnce(side, scratch);
  const figures = measure(sides, runs, scratch, ({ name }, { seconds }) => progress(`${name} ${seconds.toFixed(2)} s`));
  progress('from minute to minute, about a minute');
  return { sides: figures, walks: minuteWalk(root, fleets, scratch) };
}

const parts = ['walkthrough', 'hundred-stacks', 'fleet', 'commands', 'calendar', 'compliance'];

const options = {
  runs: { type: 'string', default: '5' },
  only: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

function refuse(message: string): number {
  process.stderr.write(`${message}\n${usage}`);
  return 1;
}

function main(): number {
  const { values } = parseArgs({ options });
  const runs = Number(values.runs);
  const root = process.cwd();
  if (!Number.isInteger(runs) || runs < 1) return refuse(`--runs takes a whole number from 1, got ${values.runs}`);
  if (!existsSync(join(root, 'cdktf.json'))) return refuse('the benchmark runs in the root of the checkout');
  if (values.only !== undefined && !parts.includes(values.only))
    return refuse(`--only takes ${parts.join(', ')}, got ${values.only}`);
  const wanted = (name: string) => values.only === undefined || values.only === name;

  const scratch = mkdtempSync(join(tmpdir(), 'patchfleet-bench-'));
  try {
    const files = {
      large: join(scratch, 'fleet.yaml'),
      single: join(scratch, 'one.yaml'),
      hostile: join(scratch, 'hostile.yaml'),
    };
    writeFileSync(files.large, fleetText(250, 4));
    writeFileSync(files.single, fleetText(1, 1));
    writeFileSync(files.hostile, hostileText);
    const figures: CaseFigures[] = [];
    for (const benchCase of casesOf(root, files.large).filter(({ name }) => wanted(name))) {
      const result = runCase(benchCase, runs, scratch);
      if (result === undefined) return 1;
      figures.push(result);
    }
    const commands = wanted('commands') ? commandFigures(root, files, runs, scratch) : [];
    const calendar = wanted('calendar') ? calendarFigures(root, runs, scratch) : undefined;
    const compliance = wanted('compliance')
      ? complianceFigures(root, runs, scratch, (name, { seconds }) => progress(`${name} ${seconds.toFixed(2)} s`))
      : undefined;
    print(
      values.json
        ? JSON.stringify(
            { version: 1, node: process.version, runs, cases: figures, commands, calendar, compliance },
            null,
            2,
          )
        : [
            ...(figures.length > 0 ? [reportText(figures, runs)] : []),
            ...(commands.length > 0 ? [commandsText(commands)] : []),
            ...(calendar === undefined ? [] : [calendarText(calendar)]),
            ...(compliance === undefined ? [] : [complianceText(compliance)]),
          ].join('\n\n'),
    );
    return 0;
  } catch (error) {
    if (!(error instanceof RunFailed)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

process.exitCode = main();
