import { countProblems, formatProblem } from '../core/problem.ts';
import type { LoadOptions } from '../fleet/load/index.ts';
import { largestBytes } from '../fleet/load/limits.ts';
import type { Fleet } from '../fleet/schema/index.ts';
import type { Terminal } from './terminal.ts';

/** The fleet file of a command. */
export interface FleetFile {
  /** Its path. */
  readonly fleet: string;
  /** Reads files above the usual bound of 1 MB. */
  readonly allowLarge: boolean;
}

/** How large the file of a command may be. */
export function limitsOf({ allowLarge }: Pick<FleetFile, 'allowLarge'>): LoadOptions {
  return allowLarge ? { maxBytes: largestBytes } : {};
}

/** The fleet of a file, its warnings told; or its errors told and nothing, since the command cannot run then. */
export async function readFleet(terminal: Terminal, file: FleetFile, asOf?: string): Promise<Fleet | undefined> {
  const { readFleet: read } = await import('../fleet/read.ts');
  const { fleet, problems } = read(file.fleet, { ...limitsOf(file), ...(asOf !== undefined && { asOf }) });
  if (fleet !== undefined) {
    for (const problem of problems) terminal.err(`${problem.severity} ${formatProblem(problem)}`);
    return fleet;
  }
  const errors = problems.filter((problem) => problem.severity === 'error');
  terminal.err([...errors.map(formatProblem), countProblems(errors)].join('\n'));
  return undefined;
}
