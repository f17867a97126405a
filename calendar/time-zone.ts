import { error, quoted, type Violation } from '../core/problem.ts';
import { didYouMean } from '../core/value-checks.ts';
import { formatterOf, zoneOffsetMs } from './zone-offset.ts';

/** What a clock on the wall shows; months from 1. */
export interface WallTime {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const minuteMs = 60_000;
const dayMs = 86_400_000;
const utcNames = /^(etc\/)?(utc|uct|universal|zulu)$/i;

/**
 * A time zone must be an IANA name: `Europe/Berlin`, `UTC`, `etc/UTC`; case does not matter. Offsets are refused, and so
 * are abbreviations: some runtimes know them, but BST is Dhaka to one and London to another.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/maintenance-windows-schedule-options.html
 */
export function checkTimeZone(field: string, value: unknown): Violation[] {
  if (value === undefined || (typeof value === 'string' && isTimeZone(value))) return [];
  const message = `${field} must be an IANA time zone name such as Europe/Berlin, got ${quoted(value)}`;
  return [error('schedule/time-zone', message, timeZoneFix(value))];
}

/**
 * The instant at which the clocks of a zone show a wall time.
 *
 * An assumption, as AWS documents neither case: a time that is skipped when clocks go forward moves forward by as much,
 * and of a time that happens twice the first is meant (the "compatible" rule of Temporal).
 *
 * @throws RangeError when the zone is unknown: check it with `checkTimeZone` first.
 */
export function instantOfWallTime(wall: WallTime, timezone: string): Date {
  return new Date(resolveWallMs(wallMsOf(wall), timezone).instant);
}

/** What the clocks of a zone show at an instant; parts of a second are dropped. */
export function wallTimeOf(instant: Date, timezone: string): WallTime {
  const wall = new Date(wallMsAt(instant.getTime(), timezone));
  return {
    year: wall.getUTCFullYear(),
    month: wall.getUTCMonth() + 1,
    day: wall.getUTCDate(),
    hour: wall.getUTCHours(),
    minute: wall.getUTCMinutes(),
    second: wall.getUTCSeconds(),
  };
}

/** ISO-8601 with the offset of the zone then: `2026-01-13T02:00:00-05:00`; `Z` when the zone is UTC itself. */
export function formatInZone(instant: Date, timezone: string): string {
  const wall = wallMsAt(instant.getTime(), timezone);
  const text = new Date(wall).toISOString().slice(0, 19);
  if (utcNames.test(timezone)) return `${text}Z`;
  const minutes = Math.round((wall - instant.getTime()) / minuteMs);
  const twoDigits = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${text}${minutes < 0 ? '-' : '+'}${twoDigits(size / 60)}:${twoDigits(size % 60)}`;
}

/** `wallTimeOf` in milliseconds, as if the clock showed UTC: days can be added to it without minding any zone. */
export function wallMsAt(instant: number, timezone: string): number {
  const second = Math.floor(instant / 1000) * 1000;
  return utcNames.test(timezone) ? second : second + zoneOffsetMs(second, timezone);
}

/** `instantOfWallTime` in milliseconds; `skipped` tells that no clock shows that time, and the instant is a later one. */
export function resolveWallMs(wall: number, timezone: string): { readonly instant: number; readonly skipped: boolean } {
  if (utcNames.test(timezone)) return { instant: wall, skipped: false };
  const offsetAt = (instant: number) => wallMsAt(instant, timezone) - instant;
  const before = offsetAt(wall - dayMs);
  const after = offsetAt(wall + dayMs);
  // One offset around the time, no change of clocks near it. Otherwise the offset from before the change goes first: it
  // is the first of two, and it is what carries a skipped time forward.
  if (before === after || offsetAt(wall - before) === before) return { instant: wall - before, skipped: false };
  if (offsetAt(wall - after) === after) return { instant: wall - after, skipped: false };
  return { instant: wall - before, skipped: true };
}

/** A wall time in milliseconds, as if the clock showed UTC. */
function wallMsOf(wall: WallTime): number {
  return Date.UTC(wall.year, wall.month - 1, wall.day, wall.hour, wall.minute, wall.second);
}

function isTimeZone(name: string): boolean {
  if (/^(utc|gmt)$/i.test(name)) return true;
  if (isAbbreviation(name) || /^systemv\//i.test(name) || !/^[a-z]/i.test(name)) return false;
  try {
    formatterOf(name);
    return true;
  } catch {
    return false;
  }
}

/** `BST`, `EST5EDT`, `GMT+0`: three letters, alone or before an offset. */
function isAbbreviation(name: string): boolean {
  return /^[a-z]{3}([+-]?\d.*)?$/i.test(name);
}

function timeZoneFix(value: unknown): string {
  const text = typeof value === 'string' ? value : '';
  if (/^[+-]?\d|^[zZ]$/.test(text)) return 'name the region and city: an offset does not follow daylight saving time';
  if (isAbbreviation(text))
    return 'name the region and city: an abbreviation means different zones to different readers';
  const zones = [...Intl.supportedValuesOf('timeZone'), 'UTC'];
  const ofCity = zones.find((zone) => zone.toLowerCase().endsWith(`/${text.toLowerCase().replaceAll(' ', '_')}`));
  if (ofCity !== undefined) return `write ${ofCity}`;
  return didYouMean(value, zones) ?? 'name the region and city';
}
