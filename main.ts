import { ProblemError } from './core/problem.ts';
import { PatchfleetApp } from './modules/tf/app.ts';
import { PatchManagerStack, walkthrough } from './stacks/index.ts';

/** What `cdktf` runs. It prints nothing but problems; `npm start` tells what was made. */
try {
  const app = new PatchfleetApp();
  new PatchManagerStack(app, walkthrough);
  app.synth();
} catch (problem) {
  if (!(problem instanceof ProblemError)) throw problem;
  process.stderr.write(`${problem.message}\n`);
  process.exitCode = 1;
}
