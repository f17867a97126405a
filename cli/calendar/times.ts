import { formatInZone } from '../../calendar/index.ts';

/** Whose clocks matter to whoever reads about a window: the reader's own, UTC, and the window's; each zone once. */
export function zonesOf(reader: string, window: string): readonly string[] {
  const zones = [reader, 'UTC', window];
  return zones.filter((zone, index) => zones.findIndex((other) => sameZone(other, zone)) === index);
}

function sameZone(a: string, b: string): boolean {
  const plain = (zone: string) => zone.toLowerCase().replace(/^etc\/(utc|uct|universal|zulu)$/, 'utc');
  return plain(a) === plain(b);
}

/** `2026-12-08`, by the clocks of a zone. */
export function dayIn(instant: Date, timezone: string): string {
  return formatInZone(instant, timezone).slice(0, 10);
}

/** `22:00–02:00 UTC` where a day is known; what lies on another day names it: `22:00–2026-12-09 02:00 UTC`. */
export function describeTimes(start: Date, end: Date, timezone: string, day: string): string {
  const at = (instant: Date, known: string) => {
    const [date, time] = [dayIn(instant, timezone), formatInZone(instant, timezone).slice(11, 16)];
    return date === known ? time : `${date} ${time}`;
  };
  const startDay = dayIn(start, timezone);
  return `${at(start, day)}–${at(end, startDay)} ${timezone}`;
}
