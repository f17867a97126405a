import type { Terminal } from './terminal.ts';

/** Everything outside the program that a command may know. */
export interface Surroundings {
  readonly terminal: Terminal;
  /** The only clock: when the command began. */
  readonly now: Date;
  /** Milliseconds since some moment, for durations. */
  readonly elapsed: () => number;
  /** Aborted by Ctrl-C, from when it is asked for. */
  readonly signal: AbortSignal;
  readonly environment: Readonly<Record<string, string | undefined>>;
}
