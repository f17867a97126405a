import { error, quoted, type Violation } from '../core/problem.ts';

/** Whether a text is a day of the calendar, `YYYY-MM-DD`, that exists. */
export function isDay(text: unknown): text is string {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const instant = Date.parse(`${text}T00:00:00Z`);
  // An impossible day such as 2026-02-30 is moved into the next month instead of being refused.
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text);
}

/** A day must be one that exists, written `YYYY-MM-DD`; local notation gets the day that was probably meant. */
export function checkDay(field: string, value: unknown, rule: string): Violation[] {
  if (isDay(value)) return [];
  const message = `${field} must be a day that exists, written YYYY-MM-DD, got ${quoted(value)}`;
  return [error(rule, message, dayFix(value) ?? 'write it like 2026-03-31')];
}

/** How to write what was probably meant; nothing where nobody could tell. */
export function dayFix(value: unknown): string | undefined {
  const text = typeof value === 'string' ? value.trim() : '';
  const days = [...new Set(readings(text).filter(isDay))];
  if (days.length > 1) return `write ${days.join(' or ')}: readers differ in which number is the month`;
  if (days[0] !== undefined) return `write ${days[0]}`;
  const [, year, month] = /^(\d{4})-(0[1-9]|1[0-2])-\d{2}$/.exec(text) ?? [];
  if (year === undefined) return undefined;
  return `${year}-${month} has ${new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate()} days`;
}

/** The days that a text may mean, existing or not. */
function readings(text: string): string[] {
  const [, year, month, day] =
    /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? /^(\d{4})(?:[-/.]|\. )(\d{1,2})(?:[-/.]|\. )(\d{1,2})\.?$/.exec(text) ?? [];
  if (year !== undefined) return [written(year, month, day)];
  const [, instantDay] = /^(\d{4}-\d{2}-\d{2})[T ]/.exec(text) ?? [];
  if (instantDay !== undefined) return [instantDay];
  const [, first, sign, second, shortYear] =
    /^(\d{1,2})(\. ?|[/-])(\d{1,2})(?:\. ?|[/-])(\d{4}|\d{2})$/.exec(text) ?? [];
  if (shortYear === undefined) return [];
  const ofYear = shortYear.length === 2 ? `20${shortYear}` : shortYear;
  const dayFirst = written(ofYear, second, first);
  // Between full stops the day comes first everywhere.
  return sign?.startsWith('.') === true ? [dayFirst] : [written(ofYear, first, second), dayFirst];
}

function written(year: string, month = '', day = ''): string {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
