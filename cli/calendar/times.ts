import { formatInZone } from '../../calendar/index.ts';

/** Whose clocks matter to whoever reads about a window: the reader's own, UTC, and the window's; each zone once. */
export function zonesOf(reader: string, window: string): readonly string[] {
  const zones = [reader, 'UTC', window];
  return zones.filter((zone, index) => zones.findIndex((other) => sameZone(other, zone)) === index);
}

/** Whether two names mean one zone, as far as UTC and letter case go. */
export function sameZone(a: string, b: string): boolean {
  const plain = (zone: string) => zone.toLowerCase().replace(/^etc\/(utc|uct|universal|zulu)$/, 'utc');
  return plain(a) === plain(b);
}

/** `2026-12-08`, by the clocks of a zone. */
export function dayIn(instant: Date, timezone: string): string {
  return formatInZone(instant, timezone).slice(0, 10);
}

/** `22:00–02:00 next day UTC`: from when to when by the clocks of a zone, days counted from one that is known. */
export function describeTimes(start: Date, end: Date, timezone: string, day: string): string {
  const startDay = dayIn(start, timezone);
  const from = `${relativeTo(day, startDay)}${timeIn(start, timezone)}`;
  return `${from}–${timeIn(end, timezone)}${relativeTo(startDay, dayIn(end, timezone), ' ')} ${timezone}`.trim();
}

function timeIn(instant: Date, timezone: string): string {
  return formatInZone(instant, timezone).slice(11, 16);
}

const dayMs = 86_400_000;

function relativeTo(known: string, day: string, before = ''): string {
  const days = (Date.parse(day) - Date.parse(known)) / dayMs;
  if (days === 0) return '';
  const words = days === 1 ? 'next day' : days === -1 ? 'day before' : day;
  return before === '' ? `${words} ` : `${before}${words}`;
}
