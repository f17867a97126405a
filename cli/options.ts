import { InvalidArgumentError, Option } from 'commander';
import { checkTimeZone } from '../calendar/time-zone.ts';
import { instantForm, instantOf } from './instant.ts';

/* Options that several commands share, and what they accept. */

export function fleetOption(): Option {
  return new Option('--fleet <path>', 'the fleet file, YAML or JSON').default('fleet.yaml');
}

export function allowLargeOption(): Option {
  return new Option('--allow-large', 'read a fleet file of more than 1 MB').default(false);
}

export function onlyOption(): Option {
  return new Option('--only <glob...>', 'stacks whose id matches').default([], 'all');
}

export function asOfOption(now: Date, what: string): Option {
  return new Option('--as-of <day>', what).argParser(parseAsOf).default(now, 'now');
}

export function dryRunOption(): Option {
  return new Option('--dry-run', 'print the diff and write nothing').default(false);
}

/** `a,b`: names in their order, without the spaces around them. */
export function parseList(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('')) throw new InvalidArgumentError('It must be names with commas between them.');
  return names;
}

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

export function parseAsOf(text: string): Date {
  const instant = instantOf(text);
  if (instant === undefined) throw new InvalidArgumentError(`It must be ${instantForm}.`);
  return instant;
}
