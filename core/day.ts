import { error, quoted, type Violation } from './problem.ts';

/** Whether a text is a day that a calendar has, `YYYY-MM-DD`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const instant = Date.parse(`${text}T00:00:00Z`);
  // An impossible day such as 2026-02-30 is moved to the next month instead of being refused.
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text);
}

/** A day that must be written `YYYY-MM-DD`; the fix says how, where a local notation means one. */
export function checkDay(field: string, text: string, rule: string): Violation[] {
  if (isDay(text)) return [];
  const message = `${field} must be a day written YYYY-MM-DD, got ${quoted(text)}`;
  return [error(rule, message, writtenDay(text) ?? daysOfMonth(text) ?? 'write it like 2026-03-31')];
}

/**
 * Refuses what a program takes for the day that is checked for and no calendar has: nothing that depends on the day would
 * be told, as if all were well.
 * @throws RangeError for what is no ISO date or instant
 */
export function refuseUnknownDay(asOf: string | undefined): void {
  if (asOf === undefined || (isDay(asOf.slice(0, 10)) && !Number.isNaN(Date.parse(asOf)))) return;
  throw new RangeError(
    `asOf must be an ISO date or instant, got ${quoted(asOf)}; write it like 2026-12-01 or 2026-12-01T09:00:00Z`,
  );
}

/** `write 2026-12-01`, or both days that `12/01/2026` may mean. */
export function writtenDay(text: string): string | undefined {
  const days = meantDays(text);
  if (days.length === 0) return undefined;
  return `write ${days.join(' or ')}${days.length > 1 ? ', whichever is meant' : ''}`;
}

/** `2026-02 has 28 days`, where a day is written as it should be and does not exist. */
export function daysOfMonth(text: string): string | undefined {
  const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])-\d{2}$/.exec(text) ?? [];
  if (year === undefined || isDay(text)) return undefined;
  return `${year}-${month} has ${new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()} days`;
}

/** The days that a local notation may mean: `1.12.2026` one, `12/01/2026` two. */
export function meantDays(text: string): string[] {
  const day = text.trim().replace(/T.*$/, '');
  const compact = /^(\d{4})(\d\d)(\d\d)$/.exec(day);
  const numbers = compact ?? /^(\d{1,4})(?:[./-]|\. )(\d{1,2})(?:[./-]|\. )(\d{1,4})\.?$/.exec(day);
  if (numbers === null) return [];
  const [, first = '', second = '', third = ''] = numbers;
  if (first.length === 4) return third.length <= 2 ? real([first, second, third]) : [];
  if (third.length !== 4 && third.length !== 2) return [];
  const year = third.length === 2 ? `20${third}` : third;
  // Between full stops the day comes first everywhere.
  const readings = [[year, second, first], ...(day.includes('.') ? [] : [[year, first, second]])];
  return [...new Set(readings.flatMap(real))].sort();
}

function real([year = '', month = '', day = '']: readonly string[]): string[] {
  const text = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isDay(text) ? [text] : [];
}
