import { refuseUnknownDay } from '../core/day.ts';
import { checkFleet } from './check/index.ts';
import { checkDestroyed } from './destroyed.ts';
import { expand } from './expand.ts';
import type { FileViolation } from './file-violation.ts';
import { type FileProblem, type LoadedFleet, type LoadOptions, loadFleet, sortFileProblems } from './load/index.ts';
import { checkReplaced } from './replaced.ts';
import { checkRetired, checkVanished } from './retired.ts';
import type { Fleet } from './schema/index.ts';

export interface CheckedFleet {
  /** Absent where a problem is an error. */
  readonly fleet?: Fleet;
  /** What is wrong with the file and with what it says, errors first, then in the order of the file. */
  readonly problems: readonly FileProblem[];
}

export interface ReadOptions extends LoadOptions {
  /** ISO date or instant: adds what depends on the day. @default - nothing does */
  readonly asOf?: string;
  /** An earlier revision of the fleet: adds what vanished since. @default - none */
  readonly against?: Fleet;
}

/**
 * Reads a fleet file and checks what it says.
 * @throws RangeError where `asOf` is no ISO date or instant
 */
export function readFleet(path: string, options: ReadOptions = {}): CheckedFleet {
  refuseUnknownDay(options.asOf);
  return checkLoaded(loadFleet(path, options), options);
}

/** Checks what a loaded fleet says. */
export function checkLoaded(
  { fleet, problems: inFile, problemsOf }: LoadedFleet,
  options: ReadOptions = {},
): CheckedFleet {
  if (fleet === undefined) return { problems: inFile };
  const said = problemsOf(checkFleet(fleet, options.asOf));
  const sound = ![...inFile, ...said].some(isError);
  // Only a sound fleet can be expanded.
  const deployed = sound ? problemsOf(checkDeployed(fleet, options.against)) : [];
  const problems = sortFileProblems([...inFile, ...said, ...deployed]);
  return { problems, ...(!problems.some(isError) && { fleet }) };
}

function checkDeployed(fleet: Fleet, against: Fleet | undefined): FileViolation[] {
  if (fleet.retired === undefined && against === undefined) return [];
  const deployments = expand(fleet);
  const before = against === undefined ? [] : expand(against);
  return [
    ...checkRetired(fleet, deployments),
    ...checkVanished(before, fleet, deployments),
    ...checkDestroyed(before, deployments),
    ...checkReplaced(before, deployments),
  ];
}

function isError({ severity }: FileProblem): boolean {
  return severity === 'error';
}
