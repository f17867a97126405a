import type { Violation } from '../core/problem.ts';

/** Where something stands in a fleet: keys and list positions from the root, `['rings', 1, 'install', 'cutoff']`. */
export type FilePath = readonly (string | number)[];

/** A violation with its place in the fleet; the loader knows which line of the file that is. */
export interface FileViolation extends Violation {
  readonly at: FilePath;
}

/** Violations of a part of the fleet, with the place of that part. */
export function at(path: FilePath, violations: readonly Violation[]): FileViolation[] {
  return violations.map((violation) => ({ ...violation, at: path }));
}

/** `rings[1].install.cutoff`. */
export function formatFilePath(path: FilePath): string {
  return path.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : text === '' ? step : `${text}.${step}`),
    '',
  );
}
