import { error, quoted } from '../../core/problem.ts';
import { didYouMean } from '../../core/value-checks.ts';
import type { FilePath, FileViolation } from '../file-violation.ts';
import type { FleetFacts } from './facts.ts';

type Placeholder = 'account' | 'name' | 'region' | 'stack';

/** A text with an example in the place of each placeholder. */
export type Fill = (text: string) => string;

/** Fills in what the fleet's longest region needs: what fits there fits everywhere. */
export function exampleOf({ places }: FleetFacts): Fill {
  const region = places.reduce((longest, place) => (place.region.length > longest.length ? place.region : longest), '');
  return (text) =>
    text
      .replaceAll('{region}', region === '' ? 'us-east-1' : region)
      // Any other is refused by itself; mostly a number is meant.
      .replace(/\{[^{}]*\}/g, '111111111111');
}

/** What stands in braces must be filled in; in a fleet of the current account nobody knows its number. */
export function checkPlaceholders(
  at: FilePath,
  text: string | undefined,
  allowed: readonly Placeholder[],
  current: boolean,
): FileViolation[] {
  const field = at[at.length - 1];
  const used = new Set([...(text ?? '').matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name as string));
  return [...used].flatMap((name) => {
    if (allowed.some((known) => known === name)) {
      if (name !== 'account' || !current) return [];
      const message = `${field} must not hold {account} where the account is current, whose number is not known, got ${quoted(text)}`;
      return [{ ...error('fleet/placeholder-of-current', message, 'write the number in its place'), at }];
    }
    const names = allowed.map((known) => `{${known}}`).join(' and ');
    const message = `${field} must hold no placeholder${names === '' ? '' : ` but ${names}`}, got ${quoted(`{${name}}`)}`;
    const fix =
      didYouMean(
        `{${name}}`,
        allowed.map((known) => `{${known}}`),
      ) ?? 'write the value in its place';
    return [{ ...error('fleet/placeholder', message, fix), at }];
  });
}
