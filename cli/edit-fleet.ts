import { accessSync, constants, readFileSync, realpathSync } from 'node:fs';
import { dirname } from 'node:path';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';
import writeFileAtomic from 'write-file-atomic';
import { countProblems, formatProblem } from '../core/problem.ts';
import { type Edit, editText } from '../fleet/edit/index.ts';
import { type FileProblem, type LoadedFleet, type LoadOptions, loadFleet, loadText } from '../fleet/load/index.ts';
import { checkLoaded } from '../fleet/read.ts';
import type { Fleet } from '../fleet/schema/index.ts';
import { type FleetFile, limitsOf } from './read-fleet.ts';
import type { Terminal } from './terminal.ts';

/** A fleet file that was read to be edited. */
export interface OpenFleet {
  readonly path: string;
  /** How large it may be. */
  readonly limits: LoadOptions;
  /** Its text, a byte order mark included. */
  readonly text: string;
  readonly fleet: Fleet;
  readonly loaded: LoadedFleet;
}

export interface OpenFleetOptions {
  /** Refuses a fleet with any error, but for what depends on the day. @default false */
  readonly mustBeSound?: boolean;
}

export interface EditFleetOptions {
  /** What depends on the day is checked for this one. */
  readonly asOf: Date;
  /** Prints the diff and writes nothing. */
  readonly dryRun: boolean;
}

/**
 * Reads a fleet file that a command edits. One with the shape of a fleet is enough: a command may be there to mend what
 * else is wrong with it. Otherwise its errors are told, and the command cannot run.
 */
export function openFleet(
  terminal: Terminal,
  file: FleetFile,
  { mustBeSound = false }: OpenFleetOptions = {},
): OpenFleet | undefined {
  const path = file.fleet;
  const limits = limitsOf(file);
  const loaded = loadFleet(path, limits);
  const errors = (mustBeSound ? checkLoaded(loaded) : loaded).problems.filter(isError);
  if (loaded.fleet === undefined || errors.length > 0) {
    tellErrors(terminal, errors);
    return undefined;
  }
  return { path, limits, text: readFileSync(path, 'utf8'), fleet: loaded.fleet, loaded };
}

/**
 * Makes edits in a fleet file: prints what changes as a unified diff, and writes it, whole or not at all. Refuses what
 * cannot be edited without a guess, what would bring an error that the file did not have, and a file that changed since
 * it was read; then nothing is printed or written, and the exit code is 2.
 */
export function editFleet(
  terminal: Terminal,
  open: OpenFleet,
  edits: readonly Edit[],
  { asOf, dryRun }: EditFleetOptions,
): number {
  const { path, limits, text, loaded } = open;
  const { text: after, violations } = editText(text, path.toLowerCase().endsWith('.json') ? 'json' : 'yaml', edits);
  if (violations !== undefined) {
    tellErrors(terminal, loaded.problemsOf(violations));
    return 2;
  }
  if (after === text) {
    terminal.err(`${path}: nothing to change`);
    return 0;
  }
  const options = { asOf: asOf.toISOString() };
  const { problems } = checkLoaded(loadText(path, after.replace(/^\ufeff/, ''), limits.maxBytes), options);
  const risks = problems.filter(({ severity }) => severity !== 'info');
  // Looked for only where it matters: the checks of a large fleet take their time.
  const known = new Set(risks.length === 0 ? [] : checkLoaded(loaded, options).problems.map(identityOf));
  const added = risks.filter((problem) => !known.has(identityOf(problem)));
  const errors = added.filter(isError);
  if (errors.length > 0) {
    terminal.err(`${path}: left as it is, since the change would bring`);
    tellErrors(terminal, errors);
    return 2;
  }
  for (const problem of added) terminal.err(`${problem.severity} ${formatProblem(problem)}`);
  if (!dryRun && !isUnchanged(terminal, open)) return 2;
  if (!dryRun) {
    // Without permission to write the file, a new one could still take its place; one is made in its directory.
    for (const needed of [path, dirname(realpathSync(path))]) accessSync(needed, constants.W_OK);
    writeFileAtomic.sync(path, after);
  }
  terminal.out(diffOf(path, text, after));
  terminal.err(dryRun ? `${path}: left as it is` : `${path}: changed; review, commit and deploy it`);
  return 0;
}

/** Lines move with an edit; what is wrong stays the same. */
function identityOf({ rule, message }: FileProblem): string {
  return `${rule} ${message}`;
}

function isUnchanged(terminal: Terminal, { path, text }: OpenFleet): boolean {
  if (readFileSync(path, 'utf8') === text) return true;
  terminal.err(`patchfleet: ${path} changed while it was edited, and is left as it is; run the command again`);
  return false;
}

function diffOf(path: string, before: string, after: string): string {
  const patch = createTwoFilesPatch(path, path, before, after, undefined, undefined, {
    headerOptions: FILE_HEADERS_ONLY,
  });
  // Lines are printed with their ends; a last one without text is part of the diff.
  return patch.replace(/\n$/, '');
}

function tellErrors(terminal: Terminal, errors: readonly FileProblem[]): void {
  terminal.err([...errors.map(formatProblem), countProblems(errors)].join('\n'));
}

function isError({ severity }: FileProblem): boolean {
  return severity === 'error';
}
