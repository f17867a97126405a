import { ProblemError } from './core/problem.ts';
import { expand } from './fleet/expand.ts';
import { readFleet } from './fleet/read.ts';

/** What `cdktf` runs: the fleet file of the working directory. It prints nothing but errors; `npm start` tells more. */
try {
  const { fleet, problems } = readFleet('fleet.yaml');
  if (fleet === undefined) throw new ProblemError(problems.filter((problem) => problem.severity === 'error'));
  // Late: its workers run the file that it is in.
  const { synthesise } = await import('./stacks/synthesise.ts');
  await synthesise(expand(fleet));
} catch (failure) {
  if (!(failure instanceof ProblemError)) throw failure;
  process.stderr.write(`${failure.message}\n`);
  process.exitCode = 1;
}
