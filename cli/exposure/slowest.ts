import type { ReleaseStep } from '../../calendar/exposure/summary.ts';

/** Of several steps the worst: what never comes, then what awaits promotion, then what comes latest. */
export function slowest(steps: readonly ReleaseStep[]): ReleaseStep | undefined {
  const badness = ({ state, days = 0 }: ReleaseStep) =>
    state === 'never' ? Number.POSITIVE_INFINITY : state === 'awaiting' ? Number.MAX_VALUE : days;
  return steps.reduce<ReleaseStep | undefined>(
    (worst, step) => (worst === undefined || badness(step) > badness(worst) ? step : worst),
    undefined,
  );
}
