import { formatInZone } from './time-zone.ts';

/** `2026-04`, of a day or instant in ISO-8601. */
export function monthOf(text: string): string {
  return text.slice(0, 7);
}

/** As many months after another one; the day is the last of the month when there is no such day. Midnight in UTC. */
export function addMonths(day: Date, months: number): Date {
  const first = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(day.getUTCDate(), last));
  return first;
}

/** `2026-04-14T21:00:00Z`: an instant as data, in UTC; parts of a second only where there are some. */
export function isoInstant(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}

/** `2026-04-14T21:00Z`: an instant in a message, in UTC; seconds only where there are some. */
export function shortInstant(ms: number): string {
  return formatInZone(new Date(ms), 'UTC').replace(/:00Z$/, 'Z');
}
