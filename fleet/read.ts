import type { Problem } from '../core/problem.ts';
import { checkFleet } from './check/index.ts';
import { type LoadOptions, loadFleet } from './load/index.ts';
import type { Fleet } from './schema/index.ts';

export interface CheckedFleet {
  /** Absent where a problem is an error. */
  readonly fleet?: Fleet;
  /** What is wrong with the file and with what it says, errors first. */
  readonly problems: readonly Problem[];
}

/** Reads a fleet file and checks what it says. `asOf` (an ISO date or instant) adds what depends on the day. */
export function readFleet(path: string, asOf?: string, options: LoadOptions = {}): CheckedFleet {
  const { fleet, problems: inFile, problemsOf } = loadFleet(path, options);
  const problems = fleet === undefined ? inFile : [...inFile, ...problemsOf(checkFleet(fleet, asOf))];
  const isFine = !problems.some((problem) => problem.severity === 'error');
  return { problems, ...(fleet !== undefined && isFine && { fleet }) };
}
