import { formatInZone, nextRuns, previousRuns, type ScheduleOptions } from '../calendar/index.ts';
import { formatProblem, sortProblems } from '../core/problem.ts';
import { type NextArguments, type Question, readNextArguments } from './next-arguments.ts';
import type { Surroundings } from './surroundings.ts';

export interface NextOptions extends NextArguments {
  /** A bare array instead of lines. */
  readonly json: boolean;
  /** Runs before the instant, newest first. */
  readonly previous: boolean;
}

/**
 * Tells the next runs of one schedule expression, or the previous ones: an instant a line. 0: it found runs; 1: there is
 * none; 2: something is wrong with the arguments.
 */
export function next(
  { terminal, now }: Pick<Surroundings, 'terminal' | 'now'>,
  expression: string,
  options: NextOptions,
): number {
  const question = readNextArguments(expression, options);
  if (!('expression' in question)) {
    for (const problem of sortProblems(question)) terminal.err(`${problem.severity} ${formatProblem(problem)}`);
    return 2;
  }
  const from = question.from ?? now;
  const side = options.previous ? 'before' : 'after';
  if (question.from === undefined) terminal.err(`runs ${side} now, ${formatInZone(now, question.timezone)}`);
  const schedule = scheduleOptions(question, from);
  if (question.expression.kind === 'rate') terminal.err(assumption(schedule.anchor ?? from, question.timezone));
  const runsOf = options.previous ? previousRuns : nextRuns;
  const runs = runsOf(question.expression, schedule, from, question.count);
  const lines = runs.map((run) => formatInZone(run, question.timezone));
  if (options.json) terminal.out(JSON.stringify(lines, null, 2));
  else if (lines.length > 0) terminal.out(lines.join('\n'));
  if (lines.length < question.count) terminal.err(fewer(lines.length, question, side));
  return lines.length === 0 ? 1 : 0;
}

function scheduleOptions(question: Question, from: Date): ScheduleOptions {
  const { timezone, offsetDays, startDate, endDate } = question;
  return {
    timezone,
    offsetDays,
    ...(startDate !== undefined && { startDate: startDate.toISOString() }),
    ...(endDate !== undefined && { endDate: endDate.toISOString() }),
    anchor: startDate !== undefined && startDate > from ? startDate : from,
  };
}

function assumption(anchor: Date, timezone: string): string {
  return `assumed: the rate is counted from ${formatInZone(anchor, timezone)}; AWS counts it from the creation of the window, which the expression does not hold`;
}

function fewer(found: number, { count, expression }: Question, side: 'before' | 'after'): string {
  const ends = side === 'after' ? 'the schedule ends' : 'the schedule begins';
  if (found > 0) return `${found} of ${count} runs: ${ends} there`;
  const rate = side === 'before' && expression.kind === 'rate';
  return rate
    ? 'no run: a rate has none before the instant it is counted from'
    : `no run ${side} that instant: ${ends}${side === 'after' ? ' before' : ' later'}`;
}
