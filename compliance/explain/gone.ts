import type { Judged } from './reason.ts';

/** Nothing more needs to be said about what exists no more. */
export function isGone({ verdict }: Judged): boolean {
  return verdict.bucket === 'gone';
}
