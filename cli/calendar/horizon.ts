import { addMonths } from '../../calendar/months.ts';

const dayMs = 86_400_000;

/** The instant a number of calendar months later, in UTC; a day that the month lacks becomes its last one. */
export function monthsLater(instant: Date, months: number): Date {
  return new Date(addMonths(instant, months).getTime() + (instant.getTime() % dayMs));
}
