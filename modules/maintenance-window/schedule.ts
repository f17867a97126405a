import { Fn } from 'cdktf';
import { type PatchTuesday, patchTuesday } from '../../calendar/index.ts';
import { isUnresolved } from '../tf/tokens.ts';

/**
 * When a maintenance window opens.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/reference-cron-and-rate-expressions.html
 */
export class Schedule {
  /** Every so often, from the creation of the window: `rate(5, 'minutes')`. Not faster than every 5 minutes. */
  static rate(value: number, unit: 'minutes' | 'hours' | 'days'): Schedule {
    return new Schedule(`rate(${value} ${value === 1 ? `${unit}`.replace(/s$/, '') : unit})`);
  }

  /** AWS's cron with 6 fields, `0 2 ? * SUN *`, or 7 with leading seconds. Sunday is 1. */
  static cron(fields: string): Schedule {
    return new Schedule(`${fields}`.startsWith('cron(') ? fields : `cron(${fields})`);
  }

  /** Once, at a time of the window's zone: `2026-12-01T22:00:00`. */
  static at(dateTime: string): Schedule {
    return new Schedule(`at(${dateTime})`);
  }

  /**
   * A day counted from the second Tuesday of the month, when Microsoft publishes: 0 to 20 days later, at `HH:MM` of the
   * window's zone. `{ plusDays: 8, at: '02:00' }` is the Wednesday of the week after. Days that Terraform decides must be
   * 1 to 6.
   */
  static patchTuesday(day: PatchTuesday): Schedule {
    const { plusDays, at } = { ...day };
    const known = !isUnresolved(at);
    const { expression, offsetDays } = patchTuesday({ plusDays, at: known ? at : '00:00' });
    const cron = known ? expression : expression.replace('(0 0 ', () => `(${minuteAndHour(at)} `);
    return new Schedule(cron, offsetDays, { plusDays, at });
  }

  /** An expression in AWS's words: `cron(…)`, `rate(…)` or `at(…)`. */
  static expression(expression: string): Schedule {
    return new Schedule(expression);
  }

  private constructor(
    readonly expression: string,
    /** Days after the day the expression names, 1 to 6. */
    readonly offsetDays?: number,
    readonly patchTuesday?: PatchTuesday,
  ) {}
}

/** The two fields of cron for an `HH:MM` that Terraform knows when it applies. */
function minuteAndHour(at: string): string {
  const [hour, minute] = [0, 1].map((index) => Fn.tonumber(Fn.element(Fn.split(':', at), index)));
  return `${minute} ${hour}`;
}
