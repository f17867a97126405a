import { nextRuns, parseScheduleExpression } from '../../calendar/index.ts';
import type { RingWindow } from './facts.ts';
import { expressionOf, hasSoundSchedule } from './windows.ts';

const hourMs = 3_600_000;
const days = 400;

/**
 * All that AWS runs in that time: every five minutes. What is wrong may show only when clocks change or in a month to
 * come, and windows that open so often are few. What a schedule asks for beyond that is refused by itself.
 */
const mostRuns = days * 24 * 12;

/** AWS keeps no window open for longer. */
const longestHours = 24;

/** What is the case when nobody says which day it is: the same problems on every day. */
const defaultDay = '2026-01-01';

/** One time that a window is open, milliseconds. */
export interface Run {
  readonly start: number;
  readonly end: number;
}

/**
 * The runs of a window that are open on the day or open afterwards, each computed once. A `rate` counts from the
 * creation of the window: it has none.
 */
export type RunsOf = (window: RingWindow) => readonly Run[];

export function runsFrom(asOf: string | undefined): RunsOf {
  const given = new Date(asOf ?? defaultDay);
  const from = Number.isNaN(given.getTime()) ? new Date(defaultDay) : given;
  const known = new Map<string, readonly Run[]>();
  return (window) => {
    const { schedule, timezone, offset, startDate, endDate, duration, enabled } = window.window;
    const id = JSON.stringify([schedule, timezone, offset, startDate, endDate, duration, enabled]);
    const runs = known.get(id) ?? runsOf(window, from);
    known.set(id, runs);
    return runs;
  };
}

function runsOf(window: RingWindow, from: Date): Run[] {
  if (window.window.enabled === false || !hasSoundSchedule(window)) return [];
  return runsUntil(window, beforeOpen(window, from), from.getTime() + days * 24 * hourMs, mostRuns);
}

/**
 * After which a run has to start to be open at an instant or afterwards: one that began before may be open still. A duration
 * that no window has is told by itself.
 */
export function beforeOpen({ window: { duration = 3 } }: RingWindow, at: Date): Date {
  return new Date(at.getTime() - Math.min(duration, longestHours) * hourMs);
}

/** The runs of a window with a sound schedule, enabled or not, that start after `from` and before `last`, at most `count`. */
export function runsUntil(window: RingWindow, from: Date, last: number, count: number): Run[] {
  const { timezone, offset, startDate, endDate, duration = 3 } = window.window;
  const { expression: text, offsetDays = offset } = expressionOf(window.window.schedule);
  const { expression } = parseScheduleExpression(text);
  if (expression === undefined) return [];
  const end = endDate === undefined ? last : Math.min(last, Date.parse(endDate));
  const options = {
    ...(timezone !== undefined && { timezone }),
    ...(offsetDays !== undefined && { offsetDays }),
    ...(startDate !== undefined && { startDate }),
    endDate: new Date(end).toISOString(),
  };
  return nextRuns(expression, options, from, count).map((run) => ({
    start: run.getTime(),
    end: run.getTime() + duration * hourMs,
  }));
}
