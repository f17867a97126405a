import { ProblemError } from '../core/problem.ts';
import { checkFleet } from './check/index.ts';
import { expand } from './expand.ts';
import { formatFilePath } from './file-violation.ts';
import { checkRetired } from './retired.ts';
import { type Fleet, fleetSchema } from './schema/index.ts';

/**
 * A fleet written in TypeScript, with the checks of a fleet file: for a `main.ts` of your own, as
 * `createApp(expand(defineFleet({ … }))).synth()`.
 * @throws ProblemError with every error, each at its place in the fleet, such as `rings[0].install.cutoff`
 */
export function defineFleet(fleet: Fleet): Fleet {
  const { success, error: refused } = fleetSchema.safeParse(fleet);
  if (!success) {
    const shape = refused.issues.map((issue) => ({
      rule: 'fleet/type',
      severity: 'error' as const,
      message: issue.message,
      path: formatFilePath(issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step))),
    }));
    throw new ProblemError(shape);
  }
  const said = checkFleet(fleet).filter(({ severity }) => severity === 'error');
  const errors = said.length > 0 ? said : checkRetired(fleet, expand(fleet));
  if (errors.length > 0)
    throw new ProblemError(errors.map(({ at, ...error }) => ({ ...error, path: formatFilePath(at) })));
  return fleet;
}
