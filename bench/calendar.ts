import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SideFigures } from './cases.ts';
import { formatLimit, formatSpread, formatTable, formatTarget } from './figures.ts';
import { runOnce, type Side } from './measure.ts';
import { ringName } from './rings.ts';

/** Paths of the fleets of 1,000 account-regions in 10 rings: one in order and in time, and one that is neither. */
export interface RingFleets {
  readonly sound: string;
  readonly failing: string;
}

const [first, last] = [ringName(0), ringName(9)];
const asOf = '--as-of 2026-01-01';

/** The commands of the calendar and those that edit, for 24 months; `finds` where a failing fleet gives 1. */
const commands: readonly { readonly name: string; readonly line: string; readonly finds?: boolean }[] = [
  { name: 'validate', line: `validate ${asOf}` },
  { name: 'calendar', line: `calendar --months 24 ${asOf}` },
  { name: 'calendar, html', line: `calendar --months 24 --format html ${asOf}` },
  { name: 'calendar, json', line: `calendar --months 24 --format json ${asOf}` },
  { name: 'calendar, ics', line: `calendar --months 24 --format ics ${asOf}` },
  { name: 'calendar --check-order', line: `calendar --months 24 --check-order ${asOf}`, finds: true },
  { name: 'exposure', line: `exposure ${asOf}`, finds: true },
  { name: 'exposure, json', line: `exposure --format json ${asOf}`, finds: true },
  { name: 'exposure, html', line: `exposure --format html ${asOf}`, finds: true },
  { name: 'promote', line: `promote --from ${first} --to ${last} --dry-run ${asOf}` },
  {
    name: 'emergency',
    line: `emergency --patches KB5034441,CVE-2026-1234 --rings ${last} --at 2026-12-01T22:00 --timezone Europe/Berlin --dry-run ${asOf}`,
  },
  { name: 'freeze', line: `freeze year-end --apply --dry-run ${asOf}` },
];

/** Every command on both fleets, and `next`, which reads none. */
export function calendarSides(root: string, fleets: RingFleets): Side[] {
  const patchfleet = 'node bin/patchfleet.mjs';
  const next = 'next "cron(0 2 ? * TUE#2 *)" --timezone America/New_York --from 2026-01-01T00:00:00Z --count 24';
  const ofFleets = (['sound', 'failing'] as const).flatMap((variant) =>
    commands.map(({ name, line, finds = false }) => ({
      name: `${name}, ${variant}`,
      command: `${patchfleet} ${line} --fleet ${fleets[variant]}`,
      directory: root,
      ...(finds && variant === 'failing' && { exitCode: 1 }),
    })),
  );
  return [{ name: 'next', command: `${patchfleet} ${next}`, directory: root }, ...ofFleets];
}

/** Seconds of processor time of both ways to answer. */
export interface WalkFigures {
  readonly ours: number;
  readonly naive: number;
}

export interface CalendarFigures {
  readonly sides: readonly SideFigures[];
  readonly walks: { readonly runs: WalkFigures; readonly exposure: WalkFigures };
}

/** Walks from minute to minute, once: it takes a minute and more. */
export function minuteWalk(root: string, { sound }: RingFleets, scratch: string): CalendarFigures['walks'] {
  const command = `node bin/run.mjs bench/minute-walk.ts ${sound}`;
  runOnce({ name: 'minute walk', command, directory: root }, scratch);
  return JSON.parse(readFileSync(join(scratch, 'out', 'minute-walk.json'), 'utf8')) as CalendarFigures['walks'];
}

const [mostSeconds, mostMegabytes, leastRatio] = [2, 200, 100];

/** What the commands take, whether the slowest and the largest is within the limits, and the walks beside each other. */
export function calendarText({ sides, walks }: CalendarFigures): string {
  const rows = sides.map((side) => [side.name, formatSpread(side.seconds, 's'), formatSpread(side.megabytes, 'MB')]);
  const walkRows = [
    ['install runs of 10 rings, 24 months', walks.runs] as const,
    ['releases of 2 months in 10 rings', walks.exposure] as const,
  ].map(([name, { ours, naive }]) => [name, `${ours.toFixed(3)} s`, `${naive.toFixed(1)} s`]);
  return [
    formatTable(['command, 1,000 account-regions', 'wall time', 'peak memory'], rows),
    '',
    'processor time of the same answers, in one process:',
    formatTable(['question', 'ours', 'from minute to minute'], walkRows),
    '',
    'limits and targets:',
    formatLimit('the slowest command: seconds', mostSeconds, most(sides, 'seconds'), 's'),
    formatLimit('the largest command: memory', mostMegabytes, most(sides, 'megabytes'), 'MB'),
    formatTarget('runs: at least 100× faster than from minute to minute', leastRatio, ratioOf(walks.runs)),
    formatTarget('exposure: at least 100× faster than from minute to minute', leastRatio, ratioOf(walks.exposure)),
  ].join('\n');
}

function ratioOf({ ours, naive }: WalkFigures): number {
  return naive / ours;
}

/** The highest median; `undefined` where one is missing. */
function most(sides: readonly SideFigures[], measured: 'seconds' | 'megabytes'): number | undefined {
  const medians = sides.map((side) => side[measured]?.median);
  return medians.includes(undefined) ? undefined : Math.max(...medians.filter((median) => median !== undefined));
}
