import { checkTimeZone, nextRuns, parseScheduleExpression } from '../calendar/index.ts';
import { isDay, meantDays } from '../core/day.ts';
import { error, quoted, type Violation } from '../core/problem.ts';
import type { OperatingSystem } from '../modules/patch-baseline/operating-system.ts';
import { takesApprovedPatch } from '../modules/patch-baseline/patch-name-checks.ts';
import type { FilePath } from './file-violation.ts';
import { windowsOfRing } from './ring-windows.ts';
import type { Fleet, FleetEmergency, FleetInstall, FleetRing } from './schema/index.ts';

/** The window of an emergency, as if it were an install window of the rings it names. */
export interface EmergencyWindow {
  /** Part of construct ids and names: no window of a ring has such a key. */
  readonly key: string;
  readonly path: FilePath;
  readonly emergency: FleetEmergency;
  readonly window: FleetInstall;
}

/** The windows that emergencies give to a ring. */
export function emergencyWindows({ emergencies = [] }: Fleet, ring: FleetRing): EmergencyWindow[] {
  const install = windowsOfRing(ring).find(({ operation }) => operation === 'Install')?.window;
  return emergencies.flatMap((emergency, index) =>
    emergency.rings.includes(ring.name)
      ? [
          {
            key: `emergency-${emergency.name}`,
            path: ['emergencies', index],
            emergency,
            window: windowOf(emergency, install),
          },
        ]
      : [],
  );
}

/** What goes on around an install of a ring goes on around every one: nodes are drained, people are told. */
function windowOf(
  { at, timezone, duration, cutoff, rebootOption, maxConcurrency, maxErrors }: FleetEmergency,
  install: FleetInstall = { schedule: '', maxConcurrency, maxErrors },
): FleetInstall {
  const { hooks, output, notification, deliveryTimeoutSeconds, stepTimeoutSeconds } = install;
  return {
    ...(hooks !== undefined && { hooks }),
    ...(output !== undefined && { output }),
    ...(notification !== undefined && { notification }),
    ...(deliveryTimeoutSeconds !== undefined && { deliveryTimeoutSeconds }),
    ...(stepTimeoutSeconds !== undefined && { stepTimeoutSeconds }),
    schedule: `at(${at}:00)`,
    maxConcurrency,
    maxErrors,
    ...(timezone !== undefined && { timezone }),
    ...(duration !== undefined && { duration }),
    ...(cutoff !== undefined && { cutoff }),
    ...(rebootOption !== undefined && { rebootOption }),
  };
}

/** When the window of an emergency opens; `undefined` where its time or zone is none. */
export function instantOfEmergency({
  at,
  timezone = 'UTC',
}: Pick<FleetEmergency, 'at' | 'timezone'>): Date | undefined {
  const { expression } = parseScheduleExpression(`at(${at}:00)`);
  if (expression === undefined || checkTimeZone('timezone', timezone).length > 0) return undefined;
  return nextRuns(expression, { timezone }, new Date(0), 1)[0];
}

/** A day and time by the clocks of a zone, `2026-12-01T22:00`; the fix says how, where another notation means one. */
export function checkAt(field: string, at: string): Violation[] {
  const [, day = '', time = ''] = /^(\S{10})T(\d{2}:\d{2})$/.exec(at) ?? [];
  if (isDay(day) && isTime(time)) return [];
  const message = `${field} must be a day and time written YYYY-MM-DDThh:mm, by the clocks of timezone, got ${quoted(at)}`;
  return [error('fleet/emergency-at', message, writtenTime(at) ?? 'write it like 2026-12-01T22:00')];
}

function isTime(time: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(time);
}

/** `write 2026-12-01T22:00`, where another notation means it; an offset belongs into the zone. */
function writtenTime(text: string): string | undefined {
  const [, first = '', hour = '', minute = '', rest = ''] =
    /^(\S+?)[T ](\d{1,2}):(\d{2})(?::\d{2})?(.*)$/.exec(text) ?? [];
  const time = `${hour.padStart(2, '0')}:${minute}`;
  const days = isTime(time) ? meantDays(first) : [];
  if (days.length === 0) return undefined;
  const written = `write ${days.map((day) => `${day}T${time}`).join(' or ')}`;
  return rest.trim() === '' ? written : `${written}, and the zone as timezone`;
}

/** The patches that emergencies approve in a ring on one operating system: those whose names it knows. */
export function approvedInEmergencies({ emergencies = [] }: Fleet, ring: string, system: OperatingSystem): string[] {
  return emergencies
    .filter(({ rings }) => rings.includes(ring))
    .flatMap(({ patches }) => patches.filter((patch) => takesApprovedPatch(system, patch)));
}
