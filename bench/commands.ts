import { join } from 'node:path';
import type { SideFigures } from './cases.ts';
import { formatLimit, formatSpread, formatTable, ratio, type Spread } from './figures.ts';
import { oneStack } from './fleet.ts';
import type { Side } from './measure.ts';

/** The fleet files that the benchmark writes before it runs: 1,000 account-regions, and one. */
export interface FleetFiles {
  readonly large: string;
  readonly single: string;
}

const names = [
  'node -e 0',
  'help',
  'validate, minimal example',
  'validate, 1,000 account-regions',
  'read, 1,000 account-regions',
  'read, one stack',
  'synth, one of 1,000',
  'synth, a fleet of one',
] as const;

type Name = (typeof names)[number];

/** The commands that are measured by themselves, by the file that `bin` names; where nothing was edited since. */
export function commandSides(root: string, { large, single }: FleetFiles): Side[] {
  const patchfleet = 'node bin/patchfleet.mjs';
  const commands: Readonly<Record<Name, string>> = {
    'node -e 0': 'node -e 0',
    help: `${patchfleet} --help`,
    'validate, minimal example': `${patchfleet} validate --fleet ${join('examples', 'fleet.minimal.yaml')}`,
    'validate, 1,000 account-regions': `${patchfleet} validate --fleet ${large}`,
    'read, 1,000 account-regions': `node bin/run.mjs bench/load-fleet.ts ${large}`,
    'read, one stack': `node bin/run.mjs bench/load-fleet.ts ${single}`,
    'synth, one of 1,000': `${patchfleet} synth --fleet ${large} --only ${oneStack}`,
    'synth, a fleet of one': `${patchfleet} synth --fleet ${single}`,
  };
  return names.map((name) => ({ name, command: commands[name], directory: root }));
}

/** What the commands take, and whether that is within the limits. */
export function commandsText(figures: readonly SideFigures[]): string {
  const of = (name: Name) => figures.find((side) => side.name === name);
  const seconds = (name: Name) => of(name)?.seconds;
  const bare = seconds('node -e 0');
  const [one, single] = [seconds('synth, one of 1,000'), seconds('synth, a fleet of one')];
  const beyond = beyondReading(one, seconds('read, 1,000 account-regions'), seconds('read, one stack'));
  const rows = figures.map((side) => [side.name, formatSpread(side.seconds, 's'), formatSpread(side.megabytes, 'MB')]);
  return [
    formatTable(['command', 'wall time', 'peak memory'], rows),
    '',
    `one stack of 1,000 beside a fleet of one: ${timesText(ratio(single, one))} with the time to read the larger file`,
    '',
    'limits:',
    formatLimit('validate, 1,000 account-regions: seconds', 1, seconds('validate, 1,000 account-regions')?.median, 's'),
    formatLimit(
      'validate, 1,000 account-regions: memory',
      150,
      of('validate, 1,000 account-regions')?.megabytes?.median,
      'MB',
    ),
    formatLimit('synth, one of 1,000: beside a fleet of one, reading the file apart', 1.3, ratio(single, beyond), '×'),
    formatLimit('help: beside bare node', 2.5, ratio(bare, seconds('help')), '×'),
    formatLimit(
      'validate, minimal example: beside bare node',
      2.5,
      ratio(bare, seconds('validate, minimal example')),
      '×',
    ),
  ].join('\n');
}

function timesText(times: number | undefined): string {
  return times === undefined ? 'n/a' : `${times.toFixed(2)}×`;
}

/** A time without what reading the large file takes more than reading the small one. */
export function beyondReading(
  whole: Spread | undefined,
  readLarge: Spread | undefined,
  readSmall: Spread | undefined,
): Spread | undefined {
  if (whole === undefined || readLarge === undefined || readSmall === undefined) return undefined;
  const reading = readLarge.median - readSmall.median;
  return { median: whole.median - reading, min: whole.min - reading, max: whole.max - reading };
}
