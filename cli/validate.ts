import { countProblems, formatProblem } from '../core/problem.ts';
import { expand } from '../fleet/expand.ts';
import type { FileProblem } from '../fleet/load/index.ts';
import { readFleet } from '../fleet/read.ts';
import { takeDownOrder } from '../fleet/retired.ts';
import type { Fleet } from '../fleet/schema/index.ts';
import { earlierFleet } from './earlier-fleet.ts';
import { formatAsJson, formatAsSarif, formatAsText } from './format-problems.ts';
import { type FleetFile, limitsOf } from './read-fleet.ts';
import type { Terminal } from './terminal.ts';

export interface ValidateOptions extends FleetFile {
  readonly format: 'text' | 'json' | 'sarif';
  /** What depends on the day is told for this one. */
  readonly asOf: Date;
  /** Warnings count as found, too. */
  readonly strict: boolean;
  /** A git revision, or a directory or file: what vanished since is told. */
  readonly against?: string;
}

/** The file was not read, so nothing is known about it. */
const unread: readonly string[] = ['fleet/file-readable', 'fleet/file-size'];

/** Tells every problem of a fleet file. 0: fine; 1: it found some; 2: it could not read the file, or the earlier one. */
export async function validate(terminal: Terminal, options: ValidateOptions): Promise<number> {
  const limits = limitsOf(options);
  const earlier = options.against === undefined ? undefined : earlierFleet(options.fleet, options.against, limits);
  if (earlier !== undefined && 'refusal' in earlier) {
    terminal.err(`patchfleet: ${earlier.refusal}`);
    return 2;
  }
  const { fleet, problems } = readFleet(options.fleet, {
    ...limits,
    asOf: options.asOf.toISOString(),
    ...(earlier !== undefined && { against: earlier.fleet }),
  });
  const refusals = problems.filter(({ rule }) => unread.includes(rule));
  if (refusals.length > 0) {
    for (const problem of refusals) terminal.err(`${problem.severity} ${formatProblem(problem)}`);
    return 2;
  }
  terminal.out(formatted(problems, fleet, options));
  if (fleet !== undefined && earlier !== undefined) tellTakeDown(terminal, earlier.fleet, fleet, options.fleet);
  const found = options.strict ? problems.filter(({ severity }) => severity !== 'info') : problems.filter(isError);
  return found.length > 0 ? 1 : 0;
}

/** What was retired since is taken down from the earlier revision, whose file still has it. */
function tellTakeDown(terminal: Terminal, before: Fleet, after: Fleet, file: string): void {
  const commands = takeDownOrder(expand(before), expand(after), file);
  if (commands.length === 0) return;
  terminal.err(
    ['to take down what is retired, in the earlier revision and in this order:', ...commands.map((c) => `  ${c}`)].join(
      '\n',
    ),
  );
}

function isError({ severity }: FileProblem): boolean {
  return severity === 'error';
}

function formatted(problems: readonly FileProblem[], fleet: Fleet | undefined, options: ValidateOptions): string {
  if (options.format === 'json') return formatAsJson(problems, options.fleet, options.asOf);
  if (options.format === 'sarif') return formatAsSarif(problems, process.cwd());
  const count = countProblems(problems);
  const contents = fleet === undefined || problems.some(isError) ? '' : ` (${contentsOf(fleet)})`;
  const asOf = `as of ${options.asOf.toISOString().slice(0, 19)}Z`;
  return formatAsText(problems, `${options.fleet}: ${count === '' ? 'fine' : count}${contents}, ${asOf}`);
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
