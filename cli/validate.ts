import { countProblems, formatProblem } from '../core/problem.ts';
import { type FileProblem, loadFleet, sortFileProblems } from '../fleet/load/index.ts';
import type { Fleet } from '../fleet/schema/index.ts';
import { formatAsJson, formatAsSarif, formatAsText } from './format-problems.ts';
import type { Terminal } from './terminal.ts';

export interface ValidateOptions {
  /** Path of the fleet file. */
  readonly fleet: string;
  readonly format: 'text' | 'json' | 'sarif';
  /** What depends on the day is told for this one. */
  readonly asOf: Date;
  /** Warnings count as found, too. */
  readonly strict: boolean;
  /** Reads files above the usual bound of 1 MB. */
  readonly allowLarge: boolean;
}

/** Files beyond this are no fleets, whatever is allowed. */
const largestBytes = 100_000_000;

/** The file was not read, so nothing is known about it. */
const unread: readonly string[] = ['fleet/file-readable', 'fleet/file-size'];

/** Tells every problem of a fleet file. 0: fine; 1: it found some; 2: it could not read the file. */
export async function validate(terminal: Terminal, options: ValidateOptions): Promise<number> {
  const { fleet: path, asOf } = options;
  const { fleet, problems, problemsOf } = loadFleet(path, options.allowLarge ? { maxBytes: largestBytes } : {});
  const refusals = problems.filter(({ rule }) => unread.includes(rule));
  if (refusals.length > 0) {
    for (const problem of refusals) terminal.err(`${problem.severity} ${formatProblem(problem)}`);
    return 2;
  }
  const all =
    fleet === undefined ? problems : sortFileProblems([...problems, ...problemsOf(await checks(fleet, asOf))]);
  terminal.out(formatted(all, fleet, options));
  const found = options.strict ? all.filter(({ severity }) => severity !== 'info') : all.filter(isError);
  return found.length > 0 ? 1 : 0;
}

/** Loaded only where the file has the shape of a fleet. */
async function checks(fleet: Fleet, asOf: Date) {
  const { checkFleet } = await import('../fleet/check/index.ts');
  return checkFleet(fleet, asOf.toISOString());
}

function isError({ severity }: FileProblem): boolean {
  return severity === 'error';
}

function formatted(problems: readonly FileProblem[], fleet: Fleet | undefined, options: ValidateOptions): string {
  if (options.format === 'json') return formatAsJson(problems, options.fleet, options.asOf);
  if (options.format === 'sarif') return formatAsSarif(problems, process.cwd());
  const count = countProblems(problems);
  const contents = fleet === undefined || problems.some(isError) ? '' : ` (${contentsOf(fleet)})`;
  return formatAsText(problems, `${options.fleet}: ${count === '' ? 'fine' : count}${contents}`);
}

/** `40 accounts, 4 rings, 6 baselines`. */
function contentsOf({ accounts, rings, baselines }: Fleet): string {
  const counts: readonly (readonly [number, string])[] = [
    [accounts.length, 'account'],
    [rings.length, 'ring'],
    [Object.keys(baselines).length, 'baseline'],
  ];
  return counts.map(([count, name]) => `${count} ${name}${count === 1 ? '' : 's'}`).join(', ');
}
