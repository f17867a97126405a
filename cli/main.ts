import { listenForInterruption } from './interruption.ts';
import { run } from './run.ts';

// Whoever reads may stop, as `head` does: what is left is not wanted, and that is no failure.
process.stdout.on('error', (failure: NodeJS.ErrnoException) => {
  if (failure.code === 'EPIPE') process.exit(process.exitCode ?? 0);
  process.stderr.write(`patchfleet: what was found could not be written: ${failure.message}\n`);
  process.exit(2);
});
const elapsed = () => performance.now();
let signal: AbortSignal | undefined;
/** Fulfilled when the command is done; whoever runs this file waits for it. */
export const done = run(process.argv.slice(2), {
  terminal: {
    out: (text) => process.stdout.write(`${text}\n`),
    err: (text) => process.stderr.write(`${text}\n`),
    columns: process.stdout.columns,
  },
  now: new Date(),
  elapsed,
  // Until a command asks, Ctrl-C ends the program as the system does.
  get signal() {
    signal ??= listenForInterruption(elapsed);
    return signal;
  },
  environment: process.env,
}).then((exitCode) => {
  process.exitCode = exitCode;
  // What a command that can be interrupted gave up, be it at a deadline of its own, may still wait somewhere, such as a
  // program that was to tell credentials: nothing of it is needed any more.
  if (signal !== undefined) process.stdout.write('', () => process.stderr.write('', () => process.exit()));
});
