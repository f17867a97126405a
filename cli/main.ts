import { listenForInterruption } from './interruption.ts';
import { run } from './run.ts';

const elapsed = () => performance.now();
let signal: AbortSignal | undefined;
process.exitCode = await run(process.argv.slice(2), {
  terminal: {
    out: (text) => process.stdout.write(`${text}\n`),
    err: (text) => process.stderr.write(`${text}\n`),
  },
  now: new Date(),
  elapsed,
  // Until a command asks, Ctrl-C ends the program as the system does.
  get signal() {
    signal ??= listenForInterruption(elapsed);
    return signal;
  },
  environment: process.env,
});
