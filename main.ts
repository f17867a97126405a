import { ProblemError } from './core/problem.ts';
import { createApp, walkthrough } from './stacks/index.ts';

/** What `cdktf` runs. It prints nothing but problems; `npm start` tells what was made. */
try {
  createApp(walkthrough).synth();
} catch (failure) {
  if (!(failure instanceof ProblemError)) throw failure;
  process.stderr.write(`${failure.message}\n`);
  process.exitCode = 1;
}
