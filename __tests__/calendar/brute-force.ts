/*
 * What a schedule means, word for word and minute by minute: written without the library, without the parser and without
 * the zone data that the calendar under test uses. Slow, and meant to be obvious.
 */

/** One field: its text, and whether a value is meant by it. */
export interface FieldCase {
  readonly text: string;
  readonly has: (value: number) => boolean;
}

/** The two day fields together: their texts, and whether a day is meant. */
export interface DayCase {
  readonly dayOfMonth: string;
  readonly dayOfWeek: string;
  readonly has: (day: Day) => boolean;
}

export interface CronCase {
  readonly minutes: FieldCase;
  readonly hours: FieldCase;
  readonly days: DayCase;
  readonly month: FieldCase;
  readonly year: FieldCase;
}

/** A day of the calendar; week days from 1 = Sunday, as AWS counts them. */
export interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekDay: number;
}

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;

export function cronText({ minutes, hours, days, month, year }: CronCase): string {
  return `cron(${minutes.text} ${hours.text} ${days.dayOfMonth} ${month.text} ${days.dayOfWeek} ${year.text})`;
}

/** Walks from `first` to `last`, round the end of the field if need be, and takes every `step`-th value. */
export function walk(first: number, last: number, step: number, min: number, max: number): Set<number> {
  const taken = new Set<number>();
  let value = first;
  for (let i = 0; ; i += 1) {
    if (i % step === 0) taken.add(value);
    if (value === last) return taken;
    value = value === max ? min : value + 1;
  }
}

function dayAt(ms: number): Day {
  const date = new Date(ms);
  const monthAndDay = { month: date.getUTCMonth() + 1, day: date.getUTCDate() };
  return { year: date.getUTCFullYear(), ...monthAndDay, weekDay: date.getUTCDay() + 1 };
}

export function daysOfMonth(year: number, month: number): Day[] {
  const days: Day[] = [];
  for (let ms = Date.UTC(year, month - 1, 1); dayAt(ms).month === month; ms += dayMs) days.push(dayAt(ms));
  return days;
}

/** The last day of its month that a test holds for. */
export function isLast(day: Day, test: (other: Day) => boolean): boolean {
  const fitting = daysOfMonth(day.year, day.month).filter(test);
  return test(day) && fitting[fitting.length - 1]?.day === day.day;
}

export function isWorkday({ weekDay }: Day): boolean {
  return weekDay !== 1 && weekDay !== 7;
}

/** `15W`: the workday of the month that is nearest to the 15th, if there is a 15th. */
export function isNearestWorkday(day: Day, to: number): boolean {
  const days = daysOfMonth(day.year, day.month);
  if (!days.some((other) => other.day === to)) return false;
  const distance = (other: Day) => Math.abs(other.day - to);
  const nearest = Math.min(...days.filter(isWorkday).map(distance));
  return isWorkday(day) && distance(day) === nearest;
}

/** `3#2`: the second of its week days in the month. */
export function isNthWeekDay(day: Day, weekDay: number, n: number): boolean {
  const same = daysOfMonth(day.year, day.month).filter((other) => other.weekDay === weekDay);
  return same[n - 1]?.day === day.day;
}

/** Every wall time in milliseconds that an expression names in whole days from `first` up to `end`, one at a time. */
export function* wallRuns(cron: CronCase, first: number, end: number): Generator<number, void> {
  for (let midnight = first; midnight < end; midnight += dayMs) {
    const day = dayAt(midnight);
    if (!cron.year.has(day.year) || !cron.month.has(day.month) || !cron.days.has(day)) continue;
    for (let minute = 0; minute < 1440; minute += 1) {
      if (cron.hours.has(Math.floor(minute / 60)) && cron.minutes.has(minute % 60)) yield midnight + minute * minuteMs;
    }
  }
}

/** A stretch of a zone's history as published: its offset in minutes, and the one change in the stretch. */
export interface ZoneStretch {
  readonly timezone: string;
  readonly first: string;
  readonly days: number;
  readonly offset: number;
  readonly change?: { readonly at: string; readonly offset: number };
}

export const zoneStretches: readonly ZoneStretch[] = [
  { timezone: 'UTC', first: '2027-12-20T00:00Z', days: 20, offset: 0 },
  { timezone: 'Asia/Kolkata', first: '2028-02-18T00:00Z', days: 20, offset: 330 },
  stretch('America/New_York', '2026-02-27T00:00Z', -300, '2026-03-08T07:00Z', -240),
  stretch('America/New_York', '2026-10-23T00:00Z', -240, '2026-11-01T06:00Z', -300),
  stretch('Europe/Berlin', '2026-03-20T00:00Z', 60, '2026-03-29T01:00Z', 120),
  stretch('Europe/Berlin', '2026-10-16T00:00Z', 120, '2026-10-25T01:00Z', 60),
  stretch('Australia/Lord_Howe', '2026-03-26T00:00Z', 660, '2026-04-04T15:00Z', 630),
  stretch('Australia/Lord_Howe', '2026-09-24T00:00Z', 630, '2026-10-03T15:30Z', 660),
];

/** What is published about a zone for every year, as a rule: the two Sundays, when, and the offsets in minutes. */
interface ZoneRule {
  readonly timezone: string;
  readonly changes: readonly {
    readonly month: number;
    readonly nth: number;
    readonly utc: string;
    readonly offset: number;
  }[];
}

/** `nth` 0 is the last Sunday; `utc` is the time of the change on the UTC day of that Sunday, or the day before it. */
const zoneRules: readonly ZoneRule[] = [
  {
    timezone: 'America/New_York',
    changes: [
      { month: 3, nth: 2, utc: '07:00', offset: -240 },
      { month: 11, nth: 1, utc: '06:00', offset: -300 },
    ],
  },
  {
    timezone: 'Europe/Berlin',
    changes: [
      { month: 3, nth: 0, utc: '01:00', offset: 120 },
      { month: 10, nth: 0, utc: '01:00', offset: 60 },
    ],
  },
  {
    timezone: 'Australia/Lord_Howe',
    changes: [
      { month: 4, nth: 1, utc: '-15:00', offset: 630 },
      { month: 10, nth: 1, utc: '-15:30', offset: 660 },
    ],
  },
];

/** 20 days around one change of clocks: of zone 0 to 2, in a year from 2009 to 2036, the first change or the second. */
export function stretchAround(zone: number, year: number, which: number): ZoneStretch {
  const rule = zoneRules[zone];
  const change = rule?.changes[which];
  const before = rule?.changes[1 - which];
  if (rule === undefined || change === undefined || before === undefined) throw new Error('no such zone or change');
  const sundays = daysOfMonth(year, change.month).filter(({ weekDay }) => weekDay === 1);
  const sunday = sundays[change.nth === 0 ? sundays.length - 1 : change.nth - 1];
  const dayBefore = change.utc.startsWith('-');
  const midnight = Date.UTC(year, change.month - 1, sunday?.day) - (dayBefore ? dayMs : 0);
  const at = `${new Date(midnight).toISOString().slice(0, 10)}T${change.utc.replace('-', '')}Z`;
  const first = new Date(midnight - 9 * dayMs).toISOString();
  return stretch(rule.timezone, first, before.offset, at, change.offset);
}

function stretch(timezone: string, first: string, offset: number, at: string, then: number): ZoneStretch {
  return { timezone, first, days: 20, offset, change: { at, offset: then } };
}

/** The first instant of every wall time that clocks show in a stretch: each minute of it is looked at. */
export function clockOf(zone: ZoneStretch): Map<number, number> {
  const start = Date.parse(zone.first);
  const change = zone.change === undefined ? Number.POSITIVE_INFINITY : Date.parse(zone.change.at);
  const clock = new Map<number, number>();
  for (let instant = start; instant < start + zone.days * dayMs; instant += minuteMs) {
    const offset = instant >= change ? (zone.change?.offset ?? zone.offset) : zone.offset;
    const wall = instant + offset * minuteMs;
    if (!clock.has(wall)) clock.set(wall, instant);
  }
  return clock;
}

/** When a clock that nobody puts forward would show the time: as many minutes after the last time that it did show. */
export function instantOn(clock: Map<number, number>, wall: number): number | undefined {
  for (let back = 0; back <= 120; back += 1) {
    const shown = clock.get(wall - back * minuteMs);
    if (shown !== undefined) return shown + back * minuteMs;
  }
  return undefined;
}

/** Ascending, each once. */
export function ascending(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}
