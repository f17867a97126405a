import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { minimatch } from 'minimatch';
import { readOutputs } from '../../compliance/file/index.ts';
import {
  contextOfFleet,
  contextOfOutputs,
  type FleetContext,
  noFleet,
  type Place,
  type PlaceContext,
  placeKey,
  type StackOutput,
  stacksByPlace,
} from '../../compliance/index.ts';
import { error, ProblemError } from '../../core/problem.ts';
import type { Fleet } from '../../fleet/schema/index.ts';
import { type FleetFile, readFleet } from '../read-fleet.ts';
import type { Terminal } from '../terminal.ts';
import { commitOf } from './commit.ts';

export interface PlacesOptions extends Pick<FleetFile, 'allowLarge'> {
  /** Path of the fleet file. @default fleet.yaml, where there is one, unless a snapshot is read: it may be of any fleet */
  readonly fleet?: string;
  /** What Terraform put out: a file, or a directory of files. */
  readonly outputs?: string;
  /** Stacks by globs of their ids; all without. */
  readonly only: readonly string[];
  /** A snapshot: then nothing has to be known before. */
  readonly source?: string;
}

/** What is looked at. */
export interface ChosenPlaces {
  readonly fleet: FleetContext;
  /** Whether a place is among the chosen stacks. */
  readonly has: (place: Place) => boolean;
  /** Globs that no place has matched so far. */
  readonly unmatched: () => readonly string[];
}

const usualFile = 'fleet.yaml';

/**
 * What the fleet file and the outputs say, and what `--only` leaves of it; nothing where the file is no sound fleet, which
 * is told.
 *
 * @throws ProblemError where outputs are wrong, or nothing says what to look at.
 */
export async function choosePlaces(terminal: Terminal, options: PlacesOptions): Promise<ChosenPlaces | undefined> {
  const usual = options.source === undefined && existsSync(usualFile) ? usualFile : undefined;
  const path = options.fleet ?? usual;
  const outputs = options.outputs === undefined ? undefined : readOutputs(options.outputs);
  if (outputs !== undefined) tellEmpty(terminal, outputs.empty);
  if (path === undefined) {
    if (outputs === undefined && options.source === undefined) throw new ProblemError([nowhere]);
    terminal.err('patchfleet: no fleet file, so no rings, deadlines and waivers; name it with --fleet');
    const known = outputs === undefined ? noFleet : contextOfOutputs(outputs.outputs, outputs.files);
    return chosen(known, options.only, stackIdOf);
  }
  // Warnings about the file are what validate is for.
  const told: string[] = [];
  const fleet = await readFleet({ ...terminal, err: (text) => told.push(text) }, { ...options, fleet: path });
  if (fleet === undefined) {
    for (const text of told) terminal.err(text);
    return undefined;
  }
  const sha256 = createHash('sha256').update(readFileSync(path)).digest('hex');
  const files = [{ file: path, sha256 }, ...(outputs?.files ?? [])];
  const context = contextOfFleet(fleet, outputs?.outputs ?? [], files, commitOf(path));
  const places = chosen(context, options.only, stackIdsOf(fleet));
  if (outputs !== undefined) {
    checkOutputs(context, outputs.outputs, options.outputs ?? '', path);
    tellWithout(terminal, places.fleet.places, outputs.outputs);
  }
  return places;
}

/** Terraform prints the same for a stack of roles as for one that was never applied, or for another workspace. */
function tellEmpty(terminal: Terminal, empty: readonly string[]): void {
  if (empty.length === 0) return;
  const files =
    empty.length === 1 ? `${empty[0]} is of a stack` : `${empty.length} files, such as ${empty[0]}, are of stacks`;
  terminal.err(`patchfleet: ${files} without nodes: right for stacks of roles, not for one of servers`);
}

function tellWithout(terminal: Terminal, places: readonly PlaceContext[], outputs: readonly StackOutput[]): void {
  const without = places.filter(
    ({ account, region }) => !outputs.some((output) => output.account_id === account && output.region === region),
  );
  const [first] = without;
  if (first === undefined) return;
  const where = `${first.account} in ${first.region}${without.length > 1 ? ` and ${without.length - 1} more` : ''}`;
  terminal.err(`patchfleet: no outputs of ${where}: instances that were made there and are gone will not be missed`);
}

const nowhere = {
  path: usualFile,
  ...error(
    'compliance/places-known',
    'a fleet file or outputs must say what to look at, got neither',
    'name a fleet file with --fleet, outputs of its stacks with --outputs, or a snapshot with --source',
  ),
};

/** Ids of one fleet's outputs mean nothing in another one: none is passed over in silence. */
function checkOutputs(
  { places }: FleetContext,
  outputs: readonly StackOutput[],
  path: string,
  fleetFile: string,
): void {
  const problems = outputs.flatMap(({ account_id, region }) => {
    if (places.some((place) => place.account === account_id && place.region === region)) return [];
    const message = `outputs must be of a place of ${fleetFile}, got account ${account_id} in ${region}`;
    return [{ path, ...error('compliance/outputs-of-fleet', message, 'name their own fleet file with --fleet') }];
  });
  if (problems.length > 0) throw new ProblemError(problems);
}

function stackIdOf({ account, region }: Place): string {
  return `${account}-${region}`;
}

/** The walkthrough's stack has a name of its own, and `current` is any account. */
function stackIdsOf(fleet: Fleet): (place: Place) => string {
  let stacks: ReturnType<typeof stacksByPlace> | undefined;
  return (place) => {
    // Few commands choose among stacks.
    stacks ??= stacksByPlace(fleet);
    const stack = stacks.get(placeKey(place)) ?? stacks.get(placeKey({ ...place, account: 'current' }));
    return stack?.stackId ?? stackIdOf(place);
  };
}

function chosen(fleet: FleetContext, globs: readonly string[], idOf: (place: Place) => string): ChosenPlaces {
  const unmatched = new Set(globs);
  const has = (place: Place) => {
    if (globs.length === 0) return true;
    const id = idOf(place);
    const matching = globs.filter((glob) => minimatch(id, glob));
    for (const glob of matching) unmatched.delete(glob);
    return matching.length > 0;
  };
  const places: readonly PlaceContext[] = fleet.places.filter(has);
  return { fleet: { ...fleet, places }, has, unmatched: () => [...unmatched] };
}
