import { InvalidArgumentError } from 'commander';
import { checkTimeZone } from '../calendar/time-zone.ts';

/** A whole number in a range, as an option's text. */
export function wholeNumber(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`);
  };
}

export function parseTimeZone(text: string): string {
  const [violation] = checkTimeZone('It', text);
  if (violation === undefined) return text;
  throw new InvalidArgumentError(`${violation.message.replace(/, got .*$/, '')}; ${violation.fix}.`);
}
