import { countProblems, formatProblem } from '../core/problem.ts';
import type { Fleet } from '../fleet/schema/index.ts';
import type { Terminal } from './terminal.ts';

/** The fleet of a file, its warnings told; or its errors told and nothing, since the command cannot run then. */
export async function readFleet(terminal: Terminal, path: string, asOf?: string): Promise<Fleet | undefined> {
  const { readFleet: read } = await import('../fleet/read.ts');
  const { fleet, problems } = read(path, asOf === undefined ? {} : { asOf });
  if (fleet !== undefined) {
    for (const problem of problems) terminal.err(`${problem.severity} ${formatProblem(problem)}`);
    return fleet;
  }
  const errors = problems.filter((problem) => problem.severity === 'error');
  terminal.err([...errors.map(formatProblem), countProblems(errors)].join('\n'));
  return undefined;
}
