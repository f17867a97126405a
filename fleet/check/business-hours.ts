import { checkTimeZone, formatInZone, instantOfWallTime, wallTimeOf } from '../../calendar/index.ts';
import { error, quoted, type Violation, warning } from '../../core/problem.ts';
import type { FileViolation } from '../file-violation.ts';
import type { FleetBusinessHours } from '../schema/index.ts';
import type { FleetFacts, Ring, RingWindow } from './facts.ts';
import { inFile } from './in-file.ts';
import type { Run, RunsOf } from './runs.ts';
import { expressionOf } from './windows.ts';

const days = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] as const;
const workingDays: readonly string[] = ['MON', 'TUE', 'WED', 'THU', 'FRI'];

const dayMs = 86_400_000;

/** No install may be open while the nodes of a ring are at work, but for one of an emergency, which is deliberate. */
export function checkBusinessHours({ rings }: FleetFacts, runsOf: RunsOf): FileViolation[] {
  return rings.flatMap((ring) => {
    const hours = ring.ring.businessHours;
    if (hours === undefined) return [];
    const violations = inFile([...ring.path, 'businessHours'], hours, checkHours(hours));
    if (violations.length > 0) return violations;
    return [
      ...ring.windows.flatMap((window) => (window.operation === 'Install' ? checkInstall(ring, window, runsOf) : [])),
      ...ring.emergencies.flatMap((window) => checkEmergency(ring, window, runsOf)),
    ];
  });
}

function checkHours(hours: FleetBusinessHours): Violation[] {
  const { from, to, timezone } = hours;
  return [
    ...checkTime('from', from, '23:59'),
    ...checkTime('to', to, '24:00'),
    ...(from === to
      ? [
          error(
            'fleet/business-hours',
            `to must differ from from, got ${quoted(to)} for both`,
            'write from "00:00" to "24:00" for whole days',
          ),
        ]
      : []),
    ...checkDays(hours.days),
    ...checkTimeZone('timezone', timezone),
  ];
}

function checkTime(field: string, time: string, last: string): Violation[] {
  if (/^([01]\d|2[0-3]):[0-5]\d$/.test(time) || (time === '24:00' && last === time)) return [];
  const message = `${field} must be a time of day HH:MM from 00:00 to ${last}, got ${quoted(time)}`;
  return [error('fleet/business-hours', message, 'write it like "08:00"')];
}

function checkDays(named: FleetBusinessHours['days']): Violation[] {
  if (named === undefined || (named.length > 0 && new Set(named).size === named.length)) return [];
  const message = `days must name at least one day, and each once, got ${quoted(named)}`;
  return [error('fleet/business-hours', message, 'leave them out for Monday to Friday')];
}

function checkInstall({ ring }: Ring, window: RingWindow, runsOf: RunsOf): FileViolation[] {
  const hours = ring.businessHours as FleetBusinessHours;
  const rule = 'fleet/install-outside-business-hours';
  const { schedule, timezone: own = 'UTC', duration = 3, enabled = true } = window.window;
  const { expression } = expressionOf(schedule);
  if (/^rate\(/.test(expression)) {
    if (!enabled) return [];
    const message = `schedule must be cron, at or patchTuesday in a ring with businessHours, got ${quoted(expression)}: it counts from when the window is made, so nobody can tell whether it opens in them`;
    return [{ ...error(rule, message, 'name the time of day'), at: [...window.path, 'schedule'] }];
  }
  const zone = hours.timezone ?? own;
  const run = runAtWork(hours, zone, runsOf(window));
  if (run === undefined) return [];
  const message = `${window.key} of ring ${quoted(ring.name)} must not be open in businessHours (${inWords(hours)}, ${zone}), got its run ${run}`;
  const fix = `open it from ${hours.to} on, or so that its ${duration} ${duration === 1 ? 'hour ends' : 'hours end'} by ${hours.from}`;
  return [{ ...error(rule, message, fix), at: window.path }];
}

function checkEmergency({ ring }: Ring, window: RingWindow, runsOf: RunsOf): FileViolation[] {
  const hours = ring.businessHours as FleetBusinessHours;
  const zone = hours.timezone ?? window.window.timezone ?? 'UTC';
  const run = runAtWork(hours, zone, runsOf(window));
  if (run === undefined) return [];
  const message = `${window.key} installs in businessHours of ring ${quoted(ring.name)} (${inWords(hours)}, ${zone}), ${run}`;
  const found = warning('fleet/emergency-in-business-hours', message, 'meant so? otherwise move it out of them');
  return [{ ...found, at: [...window.path, 'at'] }];
}

/** The first run that is open in the hours, in words. */
function runAtWork(hours: FleetBusinessHours, zone: string, runs: readonly Run[]): string | undefined {
  const run = runs.find(workFinder(hours, zone));
  if (run === undefined) return undefined;
  const [start, end] = [run.start, run.end].map((instant) => formatInZone(new Date(instant), zone));
  return `from ${start} to ${end}`;
}

/** Whether a run is open at any moment of the hours. The hours of a day are looked up once. */
function workFinder(hours: FleetBusinessHours, zone: string): (run: Run) => boolean {
  const known = new Map<number, Run | undefined>();
  const workOn = (day: number) => {
    if (!known.has(day)) known.set(day, hoursOf(hours, zone, day));
    return known.get(day);
  };
  return ({ start, end }) => {
    // Hours over midnight begin on the day before.
    for (let day = dayOf(start, zone) - dayMs; day <= dayOf(end, zone); day += dayMs) {
      const work = workOn(day);
      if (work !== undefined && start < work.end && work.start < end) return true;
    }
    return false;
  };
}

/** The day on the wall, as midnight in UTC: days can be added to it without minding any zone. */
function dayOf(instant: number, zone: string): number {
  const { year, month, day } = wallTimeOf(new Date(instant), zone);
  return Date.UTC(year, month - 1, day);
}

function hoursOf({ days: named = [], from, to }: FleetBusinessHours, zone: string, day: number): Run | undefined {
  const worked = named.length === 0 ? workingDays : named;
  if (!worked.includes(days[new Date(day).getUTCDay()] as string)) return undefined;
  const lastDay = to <= from ? day + dayMs : day;
  return { start: instantOf(day, from, zone), end: instantOf(lastDay, to, zone) };
}

function instantOf(day: number, time: string, zone: string): number {
  const wall = new Date(`${new Date(day).toISOString().slice(0, 10)}T${time === '24:00' ? '00:00' : time}Z`);
  if (time === '24:00') wall.setUTCDate(wall.getUTCDate() + 1);
  const [year, month, dayOfMonth] = [wall.getUTCFullYear(), wall.getUTCMonth() + 1, wall.getUTCDate()];
  const [hour, minute] = [wall.getUTCHours(), wall.getUTCMinutes()];
  return instantOfWallTime({ year, month, day: dayOfMonth, hour, minute, second: 0 }, zone).getTime();
}

/** `MON TUE WED THU FRI 08:00 to 18:00`. */
function inWords({ days: named = [], from, to }: FleetBusinessHours): string {
  const worked = named.length === 0 ? workingDays : named;
  return `${days.filter((day) => worked.includes(day)).join(' ')} ${from} to ${to}`;
}
