import { ProblemError } from '../../core/problem.ts';
import type { Terminal } from '../terminal.ts';

/** Runs a command; what stops it is told, and is exit code 2. */
export async function refusing(terminal: Terminal, command: () => Promise<number>): Promise<number> {
  try {
    return await command();
  } catch (failure) {
    if (!(failure instanceof ProblemError)) throw failure;
    terminal.err(failure.message);
    return 2;
  }
}
