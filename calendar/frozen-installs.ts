import { isClosedBy } from './closures.ts';
import { runsOrAlways } from './describe-schedule.ts';
import type { Freeze, Rollout, RolloutWindow } from './rollout.ts';

const hourMs = 3_600_000;

/** What one freeze means for one install window of its rings: the installs that must not happen, and whether they can. */
export interface FrozenInstalls {
  readonly freeze: string;
  readonly ring: string;
  /** Key of the window in its ring: `install`. */
  readonly window: string;
  /**
   * `closed` for this freeze; `off` for another reason, by hand or for another freeze; `open`, so that the installs
   * happen unless somebody closes it.
   */
  readonly state: 'closed' | 'off' | 'open';
  /** Installs that would start in the freeze, or start before it and could still run when it begins; ascending. */
  readonly runs: readonly { readonly start: Date; readonly end: Date }[];
  /** Said in place of runs that nobody can know, or of which there are more than one a day. */
  readonly always?: string;
}

/**
 * For each freeze each window of its rings that would install something in it, and each that is closed for it. A window
 * that opens even in freezes is none of them.
 */
export function frozenInstalls({ rings, freezes }: Rollout): FrozenInstalls[] {
  return freezes.flatMap((freeze) =>
    rings
      .filter(({ name }) => freeze.rings.includes(name))
      .flatMap(({ name, windows }) =>
        windows
          .filter(({ operation, ignoresFreezes }) => operation === 'Install' && ignoresFreezes !== true)
          .map((window) => inFreeze(freeze, name, window)),
      )
      .filter(({ runs, always, state }) => runs.length > 0 || always !== undefined || state === 'closed'),
  );
}

function inFreeze({ name, from, to }: Freeze, ring: string, window: RolloutWindow): FrozenInstalls {
  const [begins, ends] = [Date.parse(from), Date.parse(to)];
  const length = window.durationHours * hourMs;
  // What starts the length of a window before the freeze is over when it begins.
  const { runs, always } = runsOrAlways(window, begins - length + 1, ends);
  const mayOpen = Date.parse(window.startDate ?? from) < ends && Date.parse(window.endDate ?? to) + length > begins;
  return {
    freeze: name,
    ring,
    window: window.key,
    state: window.enabled ? 'open' : isClosedBy(window, name) ? 'closed' : 'off',
    runs: runs.map((start) => ({ start, end: new Date(start.getTime() + length) })),
    ...(always !== undefined && mayOpen && { always }),
  };
}
