import { formatInZone } from '../calendar/index.ts';
import { formatProblem } from '../core/problem.ts';
import { didYouMean } from '../core/value-checks.ts';
import { checkFleet } from '../fleet/check/index.ts';
import { editText } from '../fleet/edit/index.ts';
import { closeWindows, type FreezeChange, openWindows } from '../fleet/freeze-edits.ts';
import { type Stretch, stretchOf } from '../fleet/freezes.ts';
import { sortFileProblems } from '../fleet/load/index.ts';
import type { FleetFreeze } from '../fleet/schema/index.ts';
import { editFleet, type OpenFleet, openFleet } from './edit-fleet.ts';
import type { FleetFile } from './read-fleet.ts';
import type { Terminal } from './terminal.ts';

export interface FreezeOptions extends FleetFile {
  /** One of the two. */
  readonly apply: boolean;
  readonly lift: boolean;
  /** Runs before it are over; near freezes are told for it. */
  readonly asOf: Date;
  readonly dryRun: boolean;
}

/** Where names must be told apart: a window of an ambiguous name could be the wrong one. */
const ambiguous: readonly string[] = [
  'fleet/ring-name-unique',
  'fleet/install-name-unique',
  'fleet/install-name-given',
];

/**
 * Closes the windows that a freeze concerns, or opens those that it closed, as a change of the fleet file. 0: changed, or
 * nothing to change; 2: it could not.
 */
export function freeze(terminal: Terminal, name: string, options: FreezeOptions): number {
  const refuse = (why: string) => {
    terminal.err(`patchfleet: ${why}`);
    return 2;
  };
  if (options.apply === options.lift)
    return refuse(`freeze must be told --apply or --lift, got ${options.apply ? 'both' : 'neither'}`);
  const open = openFleet(terminal, options);
  if (open === undefined) return 2;
  const freezes = open.fleet.freezes ?? [];
  const index = freezes.findIndex((candidate) => candidate.name === name);
  const chosen = freezes[index];
  if (chosen === undefined) return refuse(unknown(name, freezes));
  const wrong = checkFleet(open.fleet).filter(
    ({ severity, at, rule }) => severity === 'error' && (at[0] === 'freezes' || ambiguous.includes(rule)),
  );
  const stretch = wrong.length > 0 ? undefined : stretchOf(chosen);
  if (stretch === undefined) {
    for (const problem of sortFileProblems(open.loaded.problemsOf(wrong))) terminal.err(formatProblem(problem));
    return 2;
  }
  const place: Place = { terminal, open, index, freeze: chosen, stretch, options };
  return options.apply ? apply(place) : lift(place);
}

function unknown(name: string, freezes: readonly FleetFreeze[]): string {
  const names = freezes.map((candidate) => candidate.name);
  const known = names.length === 0 ? 'the file has none' : `there is ${names.join(', ')}`;
  return `no freeze has the name ${JSON.stringify(name)}; ${didYouMean(name, names) ?? known}`;
}

interface Place {
  readonly terminal: Terminal;
  readonly open: OpenFleet;
  readonly index: number;
  readonly freeze: FleetFreeze;
  readonly stretch: Stretch;
  readonly options: FreezeOptions;
}

function apply(place: Place): number {
  const { terminal, open, index, freeze, stretch, options } = place;
  const now = options.asOf.getTime();
  if (now >= stretch.to) {
    terminal.err(
      `patchfleet: freeze "${freeze.name}" ended at ${endOf(place)}, ${asOf(options)}: there is nothing to close`,
    );
    return 2;
  }
  const change = closeWindows(open.fleet, index, { from: Math.max(stretch.from, now), to: stretch.to });
  if (change.windows.length > 0) return make(place, 'closes', change);
  const why =
    freeze.closed === undefined ? 'concerns no install window that is open' : 'has closed its windows already';
  terminal.err(`${open.path}: nothing to change, freeze "${freeze.name}" ${why} (${asOf(options)})`);
  return 0;
}

function lift(place: Place): number {
  const { terminal, open, index, freeze, stretch, options } = place;
  if ((freeze.closed ?? []).length === 0) {
    terminal.err(`${open.path}: nothing to change, freeze "${freeze.name}" has closed no window (${asOf(options)})`);
    return 0;
  }
  const removing = openWindows(open.fleet, index, 'remove');
  const change = losesComment(open, removing) ? openWindows(open.fleet, index, 'set') : removing;
  const exitCode = make(place, 'opens', change);
  if (exitCode !== 0 && options.asOf.getTime() < stretch.to)
    terminal.err(
      `freeze "${freeze.name}" lasts until ${endOf(place)}: to lift it sooner, first set its "to" to an earlier time`,
    );
  return exitCode;
}

function make({ terminal, open, freeze, options }: Place, does: string, { windows, edits }: FreezeChange): number {
  const what = windows.length === 0 ? 'no window, since another freeze keeps them closed' : windows.join(', ');
  terminal.err(`freeze "${freeze.name}" ${does} ${what}, in every account of the ring (${asOf(options)})`);
  return editFleet(terminal, open, edits, { asOf: options.asOf, dryRun: options.dryRun });
}

/** Whether taking `enabled` out takes a comment with it. */
function losesComment({ path, text }: OpenFleet, { edits }: FreezeChange): boolean {
  const ofWindows = edits.filter(({ at }) => at[0] === 'rings');
  const { text: after } = editText(text, path.toLowerCase().endsWith('.json') ? 'json' : 'yaml', ofWindows);
  return after !== undefined && signs(after) < signs(text);
}

function signs(text: string): number {
  return text.split('#').length;
}

function endOf({ freeze, stretch }: Place): string {
  return formatInZone(new Date(stretch.to), freeze.timezone ?? 'UTC');
}

function asOf({ asOf: instant }: FreezeOptions): string {
  return `as of ${instant.toISOString().slice(0, 19)}Z`;
}
