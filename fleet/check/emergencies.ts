import { formatInZone, wallTimeOf } from '../../calendar/index.ts';
import { checkDay, isDay } from '../../core/day.ts';
import { error, quoted, type Violation, warning } from '../../core/problem.ts';
import { didYouMean } from '../../core/value-checks.ts';
import { checkMaintenanceWindow } from '../../modules/maintenance-window/checks.ts';
import { checkTask } from '../../modules/maintenance-window/task-checks.ts';
import { checkAt, instantOfEmergency } from '../emergency.ts';
import type { FilePath, FileViolation } from '../file-violation.ts';
import type { FleetEmergency } from '../schema/index.ts';
import { checkEmergencyPatches } from './emergency-patches.ts';
import type { FleetFacts } from './facts.ts';
import { given, inFile, listed, type Words } from './in-file.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const words: Words = { scheduleTimezone: 'timezone', schedule: 'at' };

/** Emergencies by themselves, and with `asOf` whether their time is over. */
export function checkEmergencies(facts: FleetFacts, asOf: string | undefined): FileViolation[] {
  const { emergencies = [] } = facts.fleet;
  const names = emergencies.map(({ name }) => name);
  return emergencies.flatMap((emergency, index) => {
    const path: FilePath = ['emergencies', index];
    const again = `name must differ from emergency to emergency, got ${quoted(emergency.name)} again`;
    return [
      ...(names.indexOf(emergency.name) < index
        ? [{ ...error('fleet/emergency-name-unique', again, 'rename one of them'), at: [...path, 'name'] }]
        : []),
      ...checkRingNames(facts, emergency, path),
      ...checkEmergencyPatches(facts, emergency, path),
      ...inFile(
        path,
        emergency,
        [...checkWindow(emergency), ...checkClocks(emergency), ...checkDays(emergency)],
        words,
      ),
      ...(asOf === undefined ? [] : inFile(path, emergency, checkTime(emergency, asOf))),
    ];
  });
}

function checkRingNames({ rings }: FleetFacts, { rings: named }: FleetEmergency, path: FilePath): FileViolation[] {
  const known = rings.map(({ ring }) => ring.name);
  const none = error('fleet/emergency-rings', 'rings must name at least one ring, got none', 'name a ring');
  if (named.length === 0) return [{ ...none, at: [...path, 'rings'] }];
  return named.flatMap((name, index) => {
    const at = [...path, 'rings', index];
    const missing = `rings must name a ring of rings (${listed(known)}), got ${quoted(name)}`;
    const again = `rings must list each entry once, got ${quoted(name)} again`;
    if (!known.includes(name))
      return [{ ...error('fleet/reference', missing, didYouMean(name, known) ?? 'use one of them'), at }];
    return named.indexOf(name) < index ? [{ ...error('fleet/listed-once', again, 'remove one of them'), at }] : [];
  });
}

/** By the rules of the modules: as an install window of its own. */
function checkWindow(emergency: FleetEmergency): Violation[] {
  const { at, timezone, duration, cutoff, maxConcurrency, maxErrors } = emergency;
  const place = checkAt('at', at);
  return [
    ...place,
    ...checkMaintenanceWindow(
      given({
        windowName: 'window',
        schedule: { expression: place.length > 0 ? 'at(2026-01-01T00:00:00)' : `at(${at}:00)` },
        scheduleTimezone: timezone,
        duration: duration ?? 3,
        cutoff: cutoff ?? 1,
      }),
    ),
    ...checkTask({ maxConcurrency, maxErrors, taskType: 'RUN_COMMAND', targets: 1, targetsOfOtherWindows: 0 }),
  ];
}

/** AWS documents neither what becomes of a time that clocks skip, nor which one it means of a time that they show twice. */
function checkClocks(emergency: FleetEmergency): Violation[] {
  const { at, timezone = 'UTC' } = emergency;
  const opens = checkAt('at', at).length > 0 ? undefined : instantOfEmergency(emergency)?.getTime();
  if (opens === undefined) return [];
  const change = offsetOf(opens - dayMs, timezone) - offsetOf(opens + dayMs, timezone);
  const other = opens + change;
  const shows = (instant: number) => formatInZone(new Date(instant), timezone).slice(0, 16) === at;
  const isSkipped = !shows(opens);
  if (change === 0 || (!isSkipped && !shows(other))) return [];
  const [first, second] = [opens, other].map((instant) => `${new Date(instant).toISOString().slice(0, 19)}Z`);
  const what = isSkipped ? 'skipped by the clocks' : 'shown twice by the clocks';
  const message = `at should be a time that there is once, got ${quoted(at)}, which is ${what} of ${timezone}: its window is taken to open at ${first}, AWS may open it at ${second}`;
  return [{ ...error('fleet/emergency-clocks-change', message, 'name another hour'), severity: 'info' }];
}

/** How far the clocks of a zone are ahead of UTC, milliseconds. */
function offsetOf(instant: number, timezone: string): number {
  const { year, month, day, hour, minute, second } = wallTimeOf(new Date(instant), timezone);
  return Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(instant / 1000) * 1000;
}

function checkDays(emergency: FleetEmergency): Violation[] {
  const { expires } = emergency;
  const wrong = checkDay('expires', expires, 'fleet/emergency-expires');
  const lastDay = lastDayOf(emergency);
  if (wrong.length > 0 || lastDay === undefined || expires >= lastDay) return wrong;
  const message = `expires must not lie before the day on which its window ends (${lastDay} in UTC), got ${quoted(expires)}`;
  return [error('fleet/emergency-expires', message, 'set it some days later')];
}

/** The day in UTC, as of `expires`, of the last moment that its window is open; undefined where its time or zone is none. */
function lastDayOf(emergency: FleetEmergency): string | undefined {
  const { at, duration = 3 } = emergency;
  const opens = checkAt('at', at).length > 0 ? undefined : instantOfEmergency(emergency);
  if (opens === undefined) return undefined;
  // A duration that no window has is told by itself.
  const hours = duration >= 1 && duration <= 24 ? duration : 0;
  return new Date(opens.getTime() + Math.max(0, hours * hourMs - 1)).toISOString().slice(0, 10);
}

/** An emergency is for once: while its entry stands, its patches stay approved, whatever a baseline says. */
function checkTime(emergency: FleetEmergency, asOf: string): Violation[] {
  const { name, at, expires } = emergency;
  const now = new Date(asOf);
  if (Number.isNaN(now.getTime()) || !isDay(expires)) return [];
  const today = now.toISOString().slice(0, 10);
  if (expires < today) {
    const message = `expires of emergency ${quoted(name)} must not be over, got ${quoted(expires)} on ${today}: its patches stay approved as long as it stands`;
    return [error('fleet/emergency-expired', message, 'delete the entry')];
  }
  const instant = checkAt('at', at).length > 0 ? undefined : instantOfEmergency(emergency);
  if (instant === undefined || instant > now) return [];
  const message = `at of emergency ${quoted(name)} is over since ${instant.toISOString().slice(0, 19)}Z: its patches stay approved as long as it stands`;
  return [warning('fleet/emergency-done', message, 'done? delete the entry')];
}
