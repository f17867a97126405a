import type { PlaceFacts } from '../facts.ts';

/** Facts without runs that began after an instant: told for it, they are still to come. */
export function withRunsUntil(facts: PlaceFacts, asOf: string): PlaceFacts {
  return {
    ...facts,
    windows: facts.windows.map(({ executions, ...window }) => ({
      ...window,
      ...(executions && {
        executions: executions.filter(({ startedAt }) => startedAt === undefined || startedAt <= asOf),
      }),
    })),
  };
}
