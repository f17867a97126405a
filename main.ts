import { ProblemError } from './core/problem.ts';
import { expand } from './fleet/expand.ts';
import { largestBytes } from './fleet/load/limits.ts';
import { readFleet } from './fleet/read.ts';

/** What `cdktf` runs: the fleet file of the working directory. It prints nothing but errors; `npm start` tells more. */
try {
  // cdktf takes no option of ours, and nobody names a wrong file here.
  const { fleet, problems } = readFleet('fleet.yaml', { maxBytes: largestBytes });
  if (fleet === undefined) throw new ProblemError(problems.filter((problem) => problem.severity === 'error'));
  // Late: its workers run the file that it is in.
  const { synthesise } = await import('./stacks/synthesise.ts');
  await synthesise(expand(fleet));
} catch (failure) {
  if (!(failure instanceof ProblemError)) throw failure;
  process.stderr.write(`${failure.message}\n`);
  process.exitCode = 1;
}
