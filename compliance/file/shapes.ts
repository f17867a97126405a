/*
 * What values that were read from a file must look like: a file that others have written must neither make anything fall
 * over nor be taken for something good, as a count would be that is `null`.
 */

export type Check = (value: unknown) => boolean;

/** A check for every key that a type has, so that none is forgotten when it gets one more. */
type Shape<Type> = { readonly [Key in keyof Type]-?: Check };

export const text: Check = (value) => typeof value === 'string';

export const flag: Check = (value) => typeof value === 'boolean';

export const number: Check = (value) => typeof value === 'number' && Number.isFinite(value);

/** Whole days; no more than a date that they are added to can bear. */
export const days: Check = (value) => Number.isInteger(value) && (value as number) >= 0 && (value as number) < 10_000;

const instantForm = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/** `2026-11-30T02:00:00.000Z`. */
export function instant(value: unknown): boolean {
  return typeof value === 'string' && value.length === 24 && instantForm.test(value);
}

/** Of enumerations: where a new word appears, the version of snapshots changes. */
export function oneOf<Word extends string>(...words: readonly Word[]): Check {
  const known = new Set<unknown>(words);
  return (value) => known.has(value);
}

/** Or absent; `null` is not absent. */
export function maybe(check: Check): Check {
  return (value) => value === undefined || check(value);
}

export function list(check: Check): Check {
  return (value) => Array.isArray(value) && value.every((item) => check(item));
}

/** Any keys. */
export function mapOf(check: Check): Check {
  return (value) => isRecord(value) && Object.values(value).every((item) => check(item));
}

/** These keys; others may be there, too. */
export function record<Type>(shape: Shape<Type>): Check {
  const checks = Object.entries<Check>(shape);
  return (value) => {
    if (!isRecord(value)) return false;
    for (const [key, check] of checks) if (!check(value[key])) return false;
    return true;
  };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
