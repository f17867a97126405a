import type { AgendaWindow } from '../../calendar/agenda.ts';
import { formatInZone } from '../../calendar/index.ts';
import type { FleetCalendar } from './fleet-calendar.ts';

/** Version 1 of the format: members are added, never changed. `order` is null where it was not asked for. */
export function calendarAsJson(calendar: FleetCalendar): string {
  const { fleet, path, asOf, to, timezone, agenda, freezes, order } = calendar;
  const rings = agenda.rings.map(({ name, windows }) => ({
    ring: name,
    windows: windows.map((window) => describeWindow(window, timezone)),
  }));
  const described = {
    version: 1,
    fleet,
    file: path,
    asOf: asOf.toISOString(),
    to: to.toISOString(),
    timezone,
    rings,
    freezes,
    order: order ?? null,
  };
  return JSON.stringify(described, null, 2);
}

function describeWindow({ window, always, runs }: AgendaWindow, reader: string) {
  const { key, operation, schedule, timezone, offsetDays, startDate, endDate, durationHours, cutoffHours } = window;
  return {
    window: key,
    operation,
    schedule,
    timezone,
    offsetDays: offsetDays ?? 0,
    startDate: startDate ?? null,
    endDate: endDate ?? null,
    durationHours,
    cutoffHours,
    enabled: window.enabled,
    always: always ?? null,
    runs: runs.map(({ start, end, frozenBy }) => ({
      start: instantIn(start, 'UTC', timezone, reader),
      end: instantIn(end, 'UTC', timezone, reader),
      frozenBy: frozenBy ?? null,
    })),
  };
}

/** The same instant by three clocks. */
function instantIn(instant: Date, utc: string, window: string, reader: string) {
  return {
    utc: formatInZone(instant, utc),
    window: formatInZone(instant, window),
    reader: formatInZone(instant, reader),
  };
}
