import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SideFigures } from './cases.ts';
import { formatLimit, formatSpread, formatTable, ratio, type Spread } from './figures.ts';
import { oneStack } from './fleet.ts';
import { RunFailed, type Side } from './measure.ts';

/** The fleet files that the benchmark writes before it runs: 1,000 account-regions, one, and one that is no fleet. */
export interface FleetFiles {
  readonly large: string;
  readonly single: string;
  readonly hostile: string;
}

/** Wrong at ninety thousand places. */
export const hostileText = `rings: [${'{},'.repeat(90_000)}]\n`;

const names = [
  'node -e 0',
  'help',
  'validate, minimal example',
  'help, installed',
  'validate, minimal example, installed',
  'validate, 1,000 account-regions',
  'validate, 90,000 empty rings',
  'read, 1,000 account-regions',
  'read, one stack',
  'synth, one of 1,000',
  'synth, a fleet of one',
] as const;

type Name = (typeof names)[number];

/** Of these, most of the time is how long Node itself takes to start. */
const shortCommands = [
  'help',
  'validate, minimal example',
  'help, installed',
  'validate, minimal example, installed',
] as const satisfies readonly Name[];

/** Puts into a directory what a package has of the command. */
export function installCommand(root: string, directory: string): void {
  mkdirSync(join(directory, 'bin'), { recursive: true });
  for (const name of ['patchfleet.mjs', 'code-cache.mjs'])
    copyFileSync(join(root, 'bin', name), join(directory, 'bin', name));
  const { status, stderr } = spawnSync(
    process.execPath,
    [join(root, 'scripts', 'bundle-command.mjs'), join(directory, 'dist', 'command')],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new RunFailed(`scripts/bundle-command.mjs failed:\n${stderr}`);
}

/**
 * The commands that are measured by themselves, by the file that `bin` names: of the checkout, where nothing was edited
 * since, and as `installCommand` put it into a directory.
 */
export function commandSides(root: string, installed: string, { large, single, hostile }: FleetFiles): Side[] {
  const patchfleet = 'node bin/patchfleet.mjs';
  const validateMinimal = `validate --fleet ${join('examples', 'fleet.minimal.yaml')}`;
  const asInstalled = `node ${join(installed, 'bin', 'patchfleet.mjs')}`;
  const commands: Readonly<Record<Name, string>> = {
    'node -e 0': 'node -e 0',
    help: `${patchfleet} --help`,
    'validate, minimal example': `${patchfleet} ${validateMinimal}`,
    'help, installed': `${asInstalled} --help`,
    'validate, minimal example, installed': `${asInstalled} ${validateMinimal}`,
    'validate, 1,000 account-regions': `${patchfleet} validate --fleet ${large}`,
    'validate, 90,000 empty rings': `${patchfleet} validate --fleet ${hostile}`,
    'read, 1,000 account-regions': `node bin/run.mjs bench/load-fleet.ts ${large}`,
    'read, one stack': `node bin/run.mjs bench/load-fleet.ts ${single}`,
    'synth, one of 1,000': `${patchfleet} synth --fleet ${large} --only ${oneStack}`,
    'synth, a fleet of one': `${patchfleet} synth --fleet ${single}`,
  };
  // It finds what is wrong.
  const finds: readonly Name[] = ['validate, 90,000 empty rings'];
  return names.map((name) => ({
    name,
    command: commands[name],
    directory: root,
    ...(finds.includes(name) && { exitCode: 1 }),
  }));
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
    formatLimit('validate, 90,000 empty rings: seconds', 2, seconds('validate, 90,000 empty rings')?.median, 's'),
    formatLimit(
      'validate, 1,000 account-regions: memory',
      150,
      of('validate, 1,000 account-regions')?.megabytes?.median,
      'MB',
    ),
    formatLimit('synth, one of 1,000: beside a fleet of one, reading the file apart', 1.3, ratio(single, beyond), '×'),
    ...shortCommands.map((name) => formatLimit(`${name}: beside bare node`, 2.5, ratio(bare, seconds(name)), '×')),
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
