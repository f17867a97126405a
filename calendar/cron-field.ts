/** The seven fields of a cron expression, as written. */
export interface CronFields {
  /** One second, 0–59. @default '0', when only six fields are written */
  readonly seconds: string;
  /** 0–59. */
  readonly minutes: string;
  /** 0–23. */
  readonly hours: string;
  /** 1–31, or `?` when the day of week decides. */
  readonly dayOfMonth: string;
  /** 1–12 or JAN–DEC. */
  readonly month: string;
  /** 1–7 or SUN–SAT, **1 = SUN**, or `?` when the day of month decides. */
  readonly dayOfWeek: string;
  /** 1970–2199. */
  readonly year: string;
}

/** A cron expression: wall-clock times in the zone of the schedule.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/reference-cron-and-rate-expressions.html */
export interface CronExpression extends CronFields {
  readonly kind: 'cron';
}

/** What one field means, in numbers. */
type CronField =
  /** `?`: the other day field decides. */
  | { readonly kind: 'unspecified' }
  /** The values it runs at, ascending. */
  | { readonly kind: 'values'; readonly values: readonly number[] }
  /** Days that depend on the month: `L`, `LW`, `15W`, `6L`, `3#2`; upper case, week days as numbers. */
  | { readonly kind: 'monthly'; readonly text: string }
  /** Not in the grammar; `fix` says why and what to write. */
  | { readonly kind: 'refused'; readonly fix: string };

/** What AWS takes in one field. */
export interface CronFieldRule {
  readonly key: keyof CronFields;
  /** The word of AWS for it: `day-of-week`. */
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Names of the values from `min` on. */
  readonly names?: readonly string[];
  /** How a message says all that. */
  readonly allowed: string;
}

const weekDays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];

const rules: Readonly<Record<keyof CronFields, CronFieldRule>> = {
  seconds: { key: 'seconds', name: 'seconds', min: 0, max: 59, allowed: 'one number from 0 to 59' },
  minutes: { key: 'minutes', name: 'minutes', min: 0, max: 59, allowed: '0 to 59 with , - * /' },
  hours: { key: 'hours', name: 'hours', min: 0, max: 23, allowed: '0 to 23 with , - * /' },
  dayOfMonth: { key: 'dayOfMonth', name: 'day-of-month', min: 1, max: 31, allowed: '1 to 31 with , - * ? / L W' },
  month: { key: 'month', name: 'month', min: 1, max: 12, names: months, allowed: '1 to 12 or JAN to DEC with , - * /' },
  dayOfWeek: {
    key: 'dayOfWeek',
    name: 'day-of-week',
    min: 1,
    max: 7,
    names: weekDays,
    allowed: '1 to 7 or SUN to SAT (1 is SUN) with , - * ? / L #',
  },
  year: { key: 'year', name: 'year', min: 1970, max: 2199, allowed: '1970 to 2199 with , - * /' },
};

/** The seven fields, in the order they are written; the first may be left out. */
export const cronFieldRules: readonly CronFieldRule[] = Object.values(rules);

/**
 * Reads one field. Letters may be in either case. A range may run past the end (`FRI-MON`, `22-2`), and its step goes
 * on counting there, as in Quartz; years cannot. A step counts to the end of the field: `5/20` is 5, 25, 45.
 */
export function parseCronField(key: keyof CronFields, text: string): CronField {
  const rule = rules[key];
  const written = text.replace(/[a-z]/g, (letter) => letter.toUpperCase());
  if (key === 'seconds') return parseSeconds(rule, written);
  const day = key === 'dayOfMonth' ? monthDay(rule, written) : key === 'dayOfWeek' ? weekDay(rule, written) : undefined;
  if (day !== undefined) return day;
  const entries = written.split(',').map((entry) => parseEntry(rule, entry));
  const refusals = entries.filter((entry) => typeof entry === 'string');
  if (refusals.length > 0) return { kind: 'refused', fix: [...new Set(refusals)].join(', ') };
  const values = new Set(entries.flatMap((entry) => (typeof entry === 'string' ? [] : entry)));
  return { kind: 'values', values: [...values].sort((a, b) => a - b) };
}

function parseSeconds(rule: CronFieldRule, written: string): CronField {
  const value = numberOf(rule, written);
  if (value !== undefined) return { kind: 'values', values: [value] };
  return { kind: 'refused', fix: 'write 0, or leave the first of the seven fields out' };
}

/** `?`, `L`, `LW`, `15W`; each only alone. */
function monthDay(rule: CronFieldRule, written: string): CronField | undefined {
  if (written === '?') return { kind: 'unspecified' };
  if (written === 'L' || written === 'LW') return { kind: 'monthly', text: written };
  const day = /^(\d+)W$/.exec(written)?.[1];
  const value = day === undefined ? undefined : numberOf(rule, day);
  return value === undefined ? undefined : { kind: 'monthly', text: `${value}W` };
}

/** `?`, `L` (Saturday), `6L`, `3#2`, `TUE#2`; each only alone. */
function weekDay(rule: CronFieldRule, written: string): CronField | undefined {
  if (written === '?') return { kind: 'unspecified' };
  if (written === 'L') return { kind: 'values', values: [rule.max] };
  if (/^[1-7]L$/.test(written)) return { kind: 'monthly', text: written };
  const [, day, week] = /^(\w+)#([1-5])$/.exec(written) ?? [];
  const value = day === undefined ? undefined : numberOf(rule, day);
  return value === undefined ? undefined : { kind: 'monthly', text: `${value}#${week}` };
}

// One entry of a list, `*`, `5` or `5-9`, and a step behind any of them: the values, or why it is refused.
function parseEntry(rule: CronFieldRule, entry: string): number[] | string {
  const [, first = '', last, step] = /^([^-/]*)(?:-([^-/]*))?(?:\/(.*))?$/.exec(entry) ?? [];
  const star = first === '*' && last === undefined;
  const from = star ? rule.min : numberOf(rule, first);
  const to = last === undefined ? undefined : numberOf(rule, last);
  if (from === undefined || (last !== undefined && to === undefined)) return whyRefused(rule, entry);
  const by = step === undefined ? 1 : Number(/^\d{1,3}$/.test(step) ? step : Number.NaN);
  const longest = rule.min === 0 ? rule.max : rule.max - rule.min + 1;
  if (!(by >= 1 && by <= longest)) return `the step after / must be 1 to ${longest}, not ${step || 'empty'}`;
  const end = to ?? (star || step !== undefined ? rule.max : from);
  if (end < from && rule.key === 'year') return `write the earlier year first in ${entry}`;
  return spread(rule, from, end, by);
}

/** `from`, `from + by`, … up to `end`, round the end of the field when `end` comes first. */
function spread(rule: CronFieldRule, from: number, end: number, by: number): number[] {
  const size = rule.max - rule.min + 1;
  const last = end < from ? end + size : end;
  const count = Math.floor((last - from) / by) + 1;
  return Array.from({ length: count }, (_, i) => ((from + i * by - rule.min) % size) + rule.min);
}

function numberOf(rule: CronFieldRule, text: string): number | undefined {
  const named = rule.names?.indexOf(text) ?? -1;
  if (named !== -1) return rule.min + named;
  const value = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  return value >= rule.min && value <= rule.max ? value : undefined;
}

function whyRefused(rule: CronFieldRule, entry: string): string {
  const isDay = rule.key === 'dayOfMonth' || rule.key === 'dayOfWeek';
  const lastNamed = rule.key === 'dayOfWeek' ? weekDays.indexOf(/^(\w{3})L$/.exec(entry)?.[1] ?? '') : -1;
  if (entry === '') return 'remove the comma that has no value beside it';
  if (entry.startsWith('/')) return `write ${rule.min}${entry} or *${entry}`;
  if (entry.includes('?')) return isDay ? 'write ? alone in the field' : 'write * for every value';
  if (rule.key === 'dayOfWeek' && /^0(?![0-9])|-0/.test(entry)) return 'Sunday is 1 or SUN, not 0';
  if (lastNamed !== -1) return `write ${lastNamed + rule.min}L alone in the field`;
  if (rule.key === 'dayOfWeek' && /^\w+#\d*$/.test(entry))
    return 'write one week day, # and 1 to 5, alone in the field';
  if (rule.key === 'dayOfMonth' && /^\d+W$/.test(entry)) return 'write one day from 1 to 31 and W, alone in the field';
  if (isDay && /[LW#]$|^L-|#\d/.test(entry)) return 'write L, W or # alone in the field, as in L, LW, 15W, 6L, TUE#2';
  const short = rule.names?.find((name) => entry.startsWith(name));
  if (short !== undefined && /^[A-Z]+$/.test(entry)) return `write ${short}`;
  return /^\d+$/.test(entry) ? `${entry} is out of range` : `${entry} is not among them`;
}
