import { ProblemError } from '../core/problem.ts';
import { checkFleet } from './check/index.ts';
import { expand } from './expand.ts';
import { type FileViolation, formatFilePath } from './file-violation.ts';
import { parseShape } from './load/shape.ts';
import { checkRetired } from './retired.ts';
import { type Fleet, fleetSchema } from './schema/index.ts';

/**
 * A fleet written in TypeScript, with the checks of a fleet file: for a `main.ts` of your own, as
 * `createApp(expand(defineFleet({ … }))).synth()`.
 * @throws ProblemError with every error, each at its place in the fleet, such as `rings[0].install.cutoff`
 */
export function defineFleet(fleet: Fleet): Fleet {
  const { shaped, violations } = parseShape(fleetSchema, fleet, () => undefined);
  if (shaped === undefined) throw problemsIn(violations);
  const said = checkFleet(fleet).filter(({ severity }) => severity === 'error');
  const errors = said.length > 0 ? said : checkRetired(fleet, expand(fleet));
  if (errors.length > 0) throw problemsIn(errors);
  return fleet;
}

function problemsIn(violations: readonly FileViolation[]): ProblemError {
  return new ProblemError(violations.map(({ at, ...violation }) => ({ ...violation, path: formatFilePath(at) })));
}
