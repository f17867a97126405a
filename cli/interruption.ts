/** npx passes Ctrl-C on to a program that the terminal has told already: what comes this soon is the same key press. */
const samePressMs = 500;

/**
 * Takes Ctrl-C over from the system, and polite requests to end as well: the first one aborts the signal, so that a
 * command can end in order; the second one ends the program at once.
 */
export function listenForInterruption(elapsed: () => number): AbortSignal {
  const interruption = new AbortController();
  let pressed = 0;
  const listen = () => {
    if (!interruption.signal.aborted) {
      pressed = elapsed();
      interruption.abort();
    } else if (elapsed() - pressed > samePressMs) {
      process.exit(2);
    }
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, listen);
  return interruption.signal;
}
