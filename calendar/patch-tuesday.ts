import { error, quoted, type Violation } from '../core/problem.ts';
import { checkWholeNumber } from '../core/value-checks.ts';

/** A day counted from the day on which Microsoft publishes: the second Tuesday of the month. */
export interface PatchTuesday {
  /** Days after the second Tuesday, 0–20. */
  readonly plusDays: number;
  /** Time of day `HH:MM`, in the zone of the schedule. */
  readonly at: string;
}

const latestDay = 20;
const timeOfDay = /^([01]\d|2[0-3]):[0-5]\d$/;

/**
 * The cron expression and offset days of "Patch Tuesday plus n days". An offset alone reaches 6 days; later days count
 * from the third or fourth Tuesday, which always come 7 and 14 days after the second. No `offsetDays` means none.
 *
 * Never throws. What `checkPatchTuesday` refuses is passed on as given, for the other checks to refuse too: 25:00 becomes
 * the hour 25, and 21 days an offset of 21.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/reference-cron-and-rate-expressions.html
 */
export function patchTuesday({ plusDays, at }: PatchTuesday): {
  readonly expression: string;
  readonly offsetDays?: number;
} {
  const weeks = isDayCount(plusDays) ? Math.floor(plusDays / 7) : 0;
  const offsetDays = plusDays - weeks * 7;
  const [hour = '', ...minute] = String(at).split(':').map(withoutLeadingZero);
  const expression = `cron(${minute.join(':')} ${hour} ? * TUE#${2 + weeks} *)`;
  return offsetDays === 0 ? { expression } : { expression, offsetDays };
}

/** What is wrong with a day counted from Patch Tuesday; absent values are not. */
export function checkPatchTuesday(input: { readonly plusDays?: unknown; readonly at?: unknown }): Violation[] {
  const days = checkWholeNumber('plusDays', input.plusDays, {
    rule: 'schedule/patch-tuesday-plus-days',
    min: 0,
    max: latestDay,
    unit: 'days',
  });
  if (input.at === undefined || (typeof input.at === 'string' && timeOfDay.test(input.at))) return days;
  const message = `at must be a time of day HH:MM from 00:00 to 23:59, got ${quoted(input.at)}`;
  return [...days, error('schedule/patch-tuesday-at', message, timeFix(input.at))];
}

function isDayCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= latestDay;
}

function withoutLeadingZero(text: string): string {
  return /^\d+$/.test(text) ? String(Number(text)) : text;
}

function timeFix(at: unknown): string {
  const padded = `0${String(at)}`;
  return timeOfDay.test(padded) ? `write "${padded}"` : 'write for example "02:00", in quotes';
}
