import { Cron } from 'croner';
import { type CronExpression, type CronFieldRule, cronFieldRules, parseCronField } from './cron-field.ts';
import { type CronCalendar, dayWalk } from './day-walk.ts';

/**
 * The wall-clock calendar of an AWS cron expression. The library counts in UTC and knows nothing of zones or offset days;
 * this is the one place where AWS's grammar meets its own.
 *
 * Two readings that AWS does not document: `31W` means nothing in a month without a 31st, and the nearest weekday never
 * leaves its month.
 *
 * @throws RangeError when a field is not in the grammar: parse expressions with `parseScheduleExpression` first.
 */
export function cronCalendar(expression: CronExpression): CronCalendar {
  return dayWalk(expression) ?? libraryCalendar(expression);
}

/** The same by the library, which knows every expression. */
export function libraryCalendar(expression: CronExpression): CronCalendar {
  const pattern = cronFieldRules.map((rule) => translated(rule, expression[rule.key])).join(' ');
  // The library changes the options it is given: they must be fresh.
  const cron = new Cron(pattern, { mode: '7-part', alternativeWeekdays: true, utcOffset: 0, paused: true });
  return {
    next: (after) => cron.nextRun(new Date(after))?.getTime(),
    previous: (before) => cron.previousRuns(1, new Date(before))[0]?.getTime(),
  };
}

/** Whole numbers leave nothing to disagree about: the library counts steps, wrapped ranges and years otherwise. */
function translated(rule: CronFieldRule, written: string): string {
  const field = parseCronField(rule.key, written);
  if (field.kind === 'refused') throw new RangeError(`cron ${rule.name} cannot be ${written}: ${field.fix}`);
  if (field.kind === 'unspecified') return '*';
  if (field.kind === 'monthly') return field.text;
  const everyValue = field.values.length === rule.max - rule.min + 1;
  if (!everyValue) return field.values.join(',');
  return rule.key === 'year' ? `${rule.min}-${rule.max}` : '*';
}
