import { cronCalendar } from './cron-calendar.ts';
import type { CronExpression } from './cron-field.ts';
import { resolveWallMs, wallMsAt } from './time-zone.ts';

/** Instants above `after` and below `before`, at most `count` of them; milliseconds. */
export interface Wanted {
  readonly after: number;
  readonly before: number;
  readonly count: number;
}

/** The clocks that a `cron` means, and the days that pass after each time it names. */
interface CronClock {
  readonly timezone: string;
  readonly offsetDays: number;
}

const dayMs = 86_400_000;

/** More than any change of clocks: zones have skipped a whole day. */
const longestChangeMs = 25 * 3_600_000;

/** The first of the runs that are wanted, ascending. */
export function cronRunsAscending(expression: CronExpression, clock: CronClock, wanted: Wanted): number[] {
  const { after, before, count } = wanted;
  const { next } = cronCalendar(expression);
  const offset = clock.offsetDays * dayMs;
  const runs: number[] = [];
  let wall = next(wallMsAt(after, clock.timezone) - offset - changeBefore(after, clock.timezone));
  for (; wall !== undefined; wall = next(wall)) {
    const { instant, skipped } = resolveWallMs(wall + offset, clock.timezone);
    if (instant > after && instant < before) insert(runs, instant);
    // A skipped time lands later than times that follow it; only from a time that clocks do show is all else later.
    if (!skipped && (instant >= before || instant >= (runs[count - 1] ?? Number.POSITIVE_INFINITY))) break;
  }
  return runs.slice(0, count);
}

/** The last of the runs that are wanted, ascending. */
export function cronRunsDescending(expression: CronExpression, clock: CronClock, wanted: Wanted): number[] {
  const { after, before, count } = wanted;
  const { previous } = cronCalendar(expression);
  const offset = clock.offsetDays * dayMs;
  const runs: number[] = [];
  // Clocks that go back show a time that is later than `before` at an instant that is not.
  let wall = previous(wallMsAt(before, clock.timezone) - offset + longestChangeMs);
  for (; wall !== undefined; wall = previous(wall)) {
    const { instant } = resolveWallMs(wall + offset, clock.timezone);
    if (instant > after && instant < before) insert(runs, instant);
    // A skipped time that was named earlier may still land here, but not further away than clocks ever change.
    const earliest = Math.max(after, runs[runs.length - count] ?? Number.NEGATIVE_INFINITY);
    if (instant <= earliest - changeBefore(earliest, clock.timezone)) break;
  }
  return runs.slice(-count);
}

/** How far back a time may have been named that lands after an instant: nowhere, unless clocks changed shortly before. */
function changeBefore(instant: number, timezone: string): number {
  if (!Number.isFinite(instant)) return 0;
  const offsetAt = (at: number) => wallMsAt(at, timezone) - at;
  const second = Math.floor(instant / 1000) * 1000;
  return offsetAt(second) === offsetAt(second - longestChangeMs) ? 0 : longestChangeMs;
}

/** Keeps the runs ascending and different: two wall times may meet in one instant. Almost always it goes to an end. */
function insert(runs: number[], instant: number): void {
  let place = instant < (runs[0] ?? Number.POSITIVE_INFINITY) ? 0 : runs.length;
  while (place > 0 && (runs[place - 1] ?? instant) > instant) place -= 1;
  if (runs[place - 1] !== instant) runs.splice(place, 0, instant);
}
