import { parseScheduleExpression, type RateExpression, shortestIntervalMinutes } from '../../calendar/index.ts';
import { quoted, warning } from '../../core/problem.ts';
import { at, type FileViolation } from '../file-violation.ts';
import type { Ring, RingWindow } from './facts.ts';
import type { RunsOf } from './runs.ts';
import { expressionOf, hasSoundSchedule } from './windows.ts';

const minutesOfHour = 60;
const minutesOfDay = 1440;

/**
 * What can be said of two windows of a ring one of which opens at a rate: it counts from when the window is made, so no
 * instant can be named. A window alone in its ring is left in peace: AWS skips a run that is due while the last one
 * still works (`SKIPPED_OVERLAPPING`).
 */
export function checkRatePair({ ring }: Ring, first: RingWindow, second: RingWindow, runsOf: RunsOf): FileViolation[] {
  const rates = [rateOf(first), rateOf(second)] as const;
  if (rates.every((rate) => rate === undefined) || !mayOpen(first, runsOf) || !mayOpen(second, runsOf)) return [];
  const [window, other, rate] = rates[1] === undefined ? [first, second, rates[0]] : [second, first, rates[1]];
  const why = whyTogether(window, rate as RateExpression, other, rateOf(other));
  const message = `${second.key} of ring ${quoted(ring.name)} must not overlap with ${first.key}: ${why}`;
  return at(second.path, [warning('fleet/runs-overlap', message, 'use cron for both')]);
}

function whyTogether(
  { key, window }: RingWindow,
  rate: RateExpression,
  other: RingWindow,
  rateOfOther: RateExpression | undefined,
): string {
  const period = shortestIntervalMinutes(rate);
  const expression = quoted(expressionOf(window.schedule).expression);
  const duration = window.duration ?? 3;
  if (period <= duration * minutesOfHour) {
    return `${key} opens again before its duration of ${duration} h is over (${expression}), so it may be open whenever ${other.key} is`;
  }
  const since = `${expression} counts from when the window is made`;
  if (rateOfOther !== undefined) {
    const periodOfOther = shortestIntervalMinutes(rateOfOther);
    const isInStep = period % periodOfOther === 0 || periodOfOther % period === 0;
    return isInStep
      ? `${since}, that of ${other.key} too, and windows made together open together`
      : `${since}, and drifts past ${other.key}, so that now and then both are open`;
  }
  return period % minutesOfDay === 0
    ? `${since}, so nobody can tell whether both are open at the same time of day`
    : `${since}, and drifts through the day, so that now and then both are open`;
}

/** The rate of a window, where it opens at one. */
function rateOf(window: RingWindow): RateExpression | undefined {
  const { schedule } = window.window;
  if (typeof schedule !== 'string' || !schedule.startsWith('rate(') || !hasSoundSchedule(window)) return undefined;
  const { expression } = parseScheduleExpression(schedule);
  return expression?.kind === 'rate' ? expression : undefined;
}

/** A rate goes on for ever; other schedules may be over. */
function mayOpen(window: RingWindow, runsOf: RunsOf): boolean {
  return (window.window.enabled ?? true) && (rateOf(window) !== undefined || runsOf(window).length > 0);
}
