import { instantOfWallTime, parseScheduleExpression } from '../calendar/index.ts';
import { daysOfMonth, isDay, writtenDay } from '../core/day.ts';
import type { RingWindow } from './check/facts.ts';
import { type Run, runsUntil } from './check/runs.ts';
import { hasSoundSchedule } from './check/windows.ts';
import { windowsOfRing } from './ring-windows.ts';
import type { Fleet, FleetFreeze } from './schema/index.ts';

const hourMs = 3_600_000;
const instantForm = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** A stretch of time, milliseconds: `to` is the first instant that does not belong to it. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Whether a text says an instant: a day that exists, a time, and an offset. */
function isInstant(text: string): boolean {
  return isDay(instantForm.exec(text)?.[1] ?? '');
}

/**
 * When a freeze holds, by the clocks of its zone: from the first moment of a day, to the last moment of one, so that it
 * ends with the first moment of the next day; an instant is what it says. Where midnight is skipped, a day begins later.
 * Absent where one of the two cannot be made out. Expects a zone that exists.
 */
export function stretchOf({ from, to, timezone = 'UTC' }: FleetFreeze): Stretch | undefined {
  const [start, end] = [momentOf(from, 0, timezone), momentOf(to, 1, timezone)];
  return start === undefined || end === undefined ? undefined : { from: start, to: end };
}

/** The first moment of a day, or of one some days later; an instant as it is. */
function momentOf(text: string, daysLater: number, timezone: string): number | undefined {
  if (isInstant(text)) return Date.parse(text);
  if (!isDay(text)) return undefined;
  const day = new Date(Date.parse(`${text}T00:00:00Z`) + daysLater * 24 * hourMs);
  const wall = { year: day.getUTCFullYear(), month: day.getUTCMonth() + 1, day: day.getUTCDate() };
  return instantOfWallTime({ ...wall, hour: 0, minute: 0, second: 0 }, timezone).getTime();
}

/** How to write what was probably meant by `from` or `to`. */
export function momentFix(text: string): string {
  if (/^\d{4}-\d{2}-\d{2}T/.test(text) && isDay(text.slice(0, 10))) {
    return /(Z|[+-]\d{2}:?\d{2})$/.test(text)
      ? 'write it like 2026-12-18T18:00:00+01:00'
      : 'add its offset, as in 2026-12-18T18:00:00+01:00: an instant is the same in every zone';
  }
  return writtenDay(text) ?? daysOfMonth(text) ?? 'write it like 2026-12-18, or 2026-12-18T18:00:00+01:00';
}

/** Names of the rings that a freeze holds for. */
export function frozenRings({ rings }: Pick<Fleet, 'rings'>, freeze: FleetFreeze): string[] {
  return freeze.rings ?? rings.map(({ name }) => name);
}

/** An install window of a ring. */
export interface InstallWindow {
  readonly ring: string;
  /** `late/install`. */
  readonly name: string;
  readonly window: RingWindow;
  /** Whether its runs can be asked for. What is wrong otherwise is told by itself. */
  readonly isSound: boolean;
}

export type InstallWindows = ReadonlyMap<string, InstallWindow>;

/** The install windows of a fleet, by the names that `closed` gives them. */
export function installWindows({ rings }: Pick<Fleet, 'rings'>): InstallWindows {
  return new Map(
    rings.flatMap(({ name: ring, ...rest }, index) =>
      windowsOfRing({ name: ring, ...rest })
        .filter(({ operation }) => operation === 'Install')
        .map((ofRing) => {
          const name = `${ring}/${ofRing.key}`;
          const window = { ...ofRing, path: ['rings', index, ...ofRing.steps] };
          return [name, { ring, name, window, isSound: hasSoundSchedule(window) }];
        }),
    ),
  );
}

/** An install window that a freeze concerns. */
export interface ConcernedWindow extends InstallWindow {
  /** The first run that starts in the freeze, or may still run when it begins. A `rate` names none: any moment may be one. */
  readonly run?: Run;
}

/**
 * The install windows, enabled or not, that would install something in a stretch of time: one of their runs starts in it,
 * or before it and can still run when it begins. Scans go on. A window is open for its duration; a node that begins just
 * before the cutoff may take longer than that.
 */
export function concernedWindows(windows: InstallWindows, { rings }: FleetFreeze, stretch: Stretch): ConcernedWindow[] {
  return [...windows.values()].flatMap((install) => {
    const { ring, window, isSound } = install;
    if (!isSound || rings?.includes(ring) === false) return [];
    if (isRate(window)) return mayRun(window, stretch) ? [install] : [];
    const [run] = runsUntil(window, new Date(stretch.from - lengthOf(window)), stretch.to, 1);
    return run === undefined ? [] : [{ ...install, run }];
  });
}

function isRate(window: RingWindow): boolean {
  const { schedule } = window.window;
  return typeof schedule === 'string' && parseScheduleExpression(schedule).expression?.kind === 'rate';
}

/** A rate counts from the creation of the window: only its dates can keep it out. */
function mayRun(window: RingWindow, { from, to }: Stretch): boolean {
  const { startDate, endDate } = window.window;
  if (startDate !== undefined && Date.parse(startDate) >= to) return false;
  return endDate === undefined || Date.parse(endDate) + lengthOf(window) > from;
}

function lengthOf({ window: { duration = 3 } }: RingWindow): number {
  return duration * hourMs;
}
