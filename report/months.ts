import { grouped } from '../core/grouped.ts';
import type { Entry, Row, Span, Timeline } from './report.ts';

/** A month of a timeline. Everything that opens in it is in `lines`, in the order of lanes, rows and days. */
export interface Month {
  /** `2026-03` */
  readonly month: string;
  /** `March 2026` */
  readonly name: string;
  readonly length: number;
  readonly lines: readonly Line[];
  readonly spans: readonly SpanInMonth[];
}

/** The days of a month on which a row opens at the same times. */
export interface Line {
  readonly lane: string;
  readonly row: string;
  readonly entries: readonly Entry[];
  /** `Tue 10`, `Sun 1, Sun 8`, `2–31` */
  readonly days: string;
  readonly times: readonly string[];
}

export interface SpanInMonth {
  readonly span: Span;
  /** Of this month, both within. */
  readonly first: number;
  readonly last: number;
  readonly days: string;
}

/** What is true of a row, or a lane without any, in every month. */
export interface Standing {
  readonly lane: string;
  /** Empty for a lane without rows. */
  readonly row: string;
  readonly text: string;
}

const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** All months from the first day to the last, and those of entries outside: nothing that opens is left out. */
export function monthsOf(timeline: Timeline): Month[] {
  const opened = timeline.lanes.flatMap(({ rows }) => rows.flatMap(({ entries }) => entries));
  const days = [timeline.firstDay, timeline.lastDay, ...opened.map(({ day }) => day)].map(checkedDay).sort();
  const rows = timeline.lanes.flatMap(({ name, rows }) => rows.map((row) => ({ lane: name, row, by: byMonth(row) })));
  return monthsBetween(days[0] ?? '', days.at(-1) ?? '').map((month) => ({
    month,
    name: `${monthNames[Number(month.slice(5)) - 1]} ${month.slice(0, 4)}`,
    length: lengthOf(month),
    lines: rows.flatMap(({ lane, row, by }) => linesOf(lane, row.name, by.get(month) ?? [])),
    spans: timeline.spans.flatMap((span) => spanInMonth(span, month)),
  }));
}

/** What months cannot show: rows too dense for them, rows that open in none, and lanes without rows. */
export function standingOf(timeline: Timeline): Standing[] {
  return timeline.lanes.flatMap(({ name, rows }) => {
    if (rows.length === 0) return [{ lane: name, row: '', text: 'has no windows' }];
    return rows.flatMap(({ name: row, always, entries }) => {
      if (always !== undefined) return [{ lane: name, row, text: always }];
      return entries.length === 0 ? [{ lane: name, row, text: 'does not open in these months' }] : [];
    });
  });
}

/** `Tue` */
export function weekdayOf(month: string, day: number): string {
  return weekdays[new Date(`${dayIn(month, day)}T00:00:00Z`).getUTCDay()] ?? '';
}

/** `2026-03-09` */
export function dayIn(month: string, day: number): string {
  return `${month}-${String(day).padStart(2, '0')}`;
}

export function dayOfMonth(day: string): number {
  return Number(day.slice(8));
}

function byMonth(row: Row): Map<string, Entry[]> {
  return grouped(row.entries, ({ day }) => day.slice(0, 7));
}

function linesOf(lane: string, row: string, entries: readonly Entry[]): Line[] {
  const lines = grouped(entries, ({ times }) => JSON.stringify(times));
  return [...lines.values()].map((same) => {
    const [{ day, times }] = same as [Entry];
    return {
      lane,
      row,
      entries: same,
      days: daysText(
        day.slice(0, 7),
        same.map((e) => dayOfMonth(e.day)),
      ),
      times,
    };
  });
}

function spanInMonth(span: Span, month: string): SpanInMonth[] {
  const [from, to] = [checkedDay(span.firstDay), checkedDay(span.lastDay)];
  if (from.slice(0, 7) > month || to.slice(0, 7) < month) return [];
  const first = from.startsWith(month) ? dayOfMonth(from) : 1;
  const last = to.startsWith(month) ? dayOfMonth(to) : lengthOf(month);
  if (last < first) return [];
  const days = first === last ? `${weekdayOf(month, first)} ${first}` : `${first}–${last}`;
  return [{ span, first, last, days }];
}

/** Three days in a row and more are a range, others are named with their weekday. */
function daysText(month: string, days: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const day of days) {
    const range = ranges.at(-1);
    if (range !== undefined && (day === range[1] || day === range[1] + 1)) range[1] = day;
    else ranges.push([day, day]);
  }
  const named = (day: number) => `${weekdayOf(month, day)} ${day}`;
  const texts = ranges.map(([first, last]) => {
    if (first === last) return named(first);
    return last - first === 1 ? `${named(first)}, ${named(last)}` : `${first}–${last}`;
  });
  return texts.join(', ');
}

function monthsBetween(first: string, last: string): string[] {
  const number = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
  const months: string[] = [];
  for (let month = number(first); month <= number(last); month += 1) {
    const year = String(Math.floor(month / 12)).padStart(4, '0');
    months.push(`${year}-${String((month % 12) + 1).padStart(2, '0')}`);
  }
  return months;
}

function lengthOf(month: string): number {
  return new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
}

/** A day that is none would be left out of every month, silently. */
function checkedDay(day: string): string {
  const valid = /^\d{4}-\d{2}-\d{2}$/.test(day) && new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day) === true;
  if (!valid) throw new RangeError(`a day of a timeline must be written as 2026-03-10, got ${JSON.stringify(day)}`);
  return day;
}
