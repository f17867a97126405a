import { closest, distance } from 'fastest-levenshtein';
import { error, quoted, type Violation } from './problem.ts';

/*
 * The checks that every resource shares. Each takes a value that may be absent (`undefined`: not given, or known only
 * when Terraform applies) and returns what is wrong with it; none throws, whatever it is given.
 */

export interface TextLimits {
  readonly rule: string;
  /** Fewest and most characters. */
  readonly min: number;
  readonly max: number;
  /** What the whole text must match, and how to say it: `letters, digits, _ - .`. */
  readonly pattern?: RegExp;
  readonly allowed?: string;
}

export function checkText(field: string, value: unknown, limits: TextLimits): Violation[] {
  if (value === undefined) return [];
  const size = `${limits.min} to ${limits.max} characters`;
  const wanted = limits.allowed === undefined ? size : `${size} of ${limits.allowed}`;
  const length = typeof value === 'string' ? [...value].length : -1;
  const fits = length >= limits.min && length <= limits.max && (limits.pattern?.test(value as string) ?? true);
  if (fits) return [];
  const received = length > limits.max ? `${length} characters: ${quoted(value)}` : quoted(value);
  return [error(limits.rule, `${field} must be ${wanted}, got ${received}`, `change ${field}`)];
}

export interface NumberLimits {
  readonly rule: string;
  readonly min: number;
  readonly max: number;
  /** `hours`, `days`; part of the message. */
  readonly unit?: string;
}

export function checkWholeNumber(field: string, value: unknown, limits: NumberLimits): Violation[] {
  if (value === undefined) return [];
  if (Number.isInteger(value) && (value as number) >= limits.min && (value as number) <= limits.max) return [];
  const what = limits.unit === undefined ? 'a whole number' : `a whole number of ${limits.unit}`;
  const message = `${field} must be ${what} from ${limits.min} to ${limits.max}, got ${quoted(value)}`;
  return [error(limits.rule, message, `set ${field} within the range`)];
}

export function checkOneOf(field: string, value: unknown, allowed: readonly string[], rule: string): Violation[] {
  if (value === undefined || allowed.includes(value as string)) return [];
  const message = `${field} must be one of ${allowed.join(', ')}, got ${quoted(value)}`;
  return [error(rule, message, didYouMean(value, allowed) ?? `use one of them`)];
}

export function checkCount(
  field: string,
  items: readonly unknown[] | undefined,
  limits: { readonly rule: string; readonly min?: number; readonly max: number; readonly fix?: string },
): Violation[] {
  const min = limits.min ?? 0;
  if (items === undefined) return [];
  if (!Array.isArray(items))
    return [error(limits.rule, `${field} must be a list, got ${quoted(items)}`, 'write a list')];
  if (items.length >= min && items.length <= limits.max) return [];
  const range = min === 0 ? `at most ${limits.max}` : `${min} to ${limits.max}`;
  const fix = limits.fix ?? (items.length > limits.max ? 'remove some' : 'add one');
  return [error(limits.rule, `${field} must hold ${range} entries, got ${items.length}`, fix)];
}

export function checkBoolean(field: string, value: unknown, rule: string): Violation[] {
  if (value === undefined || typeof value === 'boolean') return [];
  return [error(rule, `${field} must be true or false, got ${quoted(value)}`, `set ${field} to true or false`)];
}

/** What cannot be left out: its key is there, though its value may be known only when Terraform applies. */
export function checkGiven(facts: object, key: string, rule: string, field = key): Violation[] {
  return key in facts ? [] : [error(rule, `${field} must be given`, `set ${field}`)];
}

/** The entries of a list, and none of what is no list: that is for `checkCount` to say. */
export function listOf<Item>(value: readonly Item[] | undefined): readonly Item[] {
  return Array.isArray(value) ? value : [];
}

/** `did you mean "Critical"?` when the value is a slip of the pen away from something allowed. */
export function didYouMean(value: unknown, allowed: readonly string[]): string | undefined {
  if (typeof value !== 'string' || allowed.length === 0) return undefined;
  const lowerCased = allowed.map((candidate) => candidate.toLowerCase());
  const nearest = closest(value.toLowerCase(), lowerCased);
  const close = distance(value.toLowerCase(), nearest) <= Math.max(1, Math.floor(value.length / 3));
  return close ? `did you mean ${quoted(allowed[lowerCased.indexOf(nearest)])}?` : undefined;
}
