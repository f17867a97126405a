import { opensAgainAt } from './closures.ts';
import { runsOrAlways } from './describe-schedule.ts';
import type { Freeze, Rollout, RolloutRing, RolloutWindow } from './rollout.ts';

/** What opens when, ring by ring, in the order of the rollout. */
export interface Agenda {
  readonly rings: readonly AgendaRing[];
}

export interface AgendaRing {
  readonly name: string;
  readonly windows: readonly AgendaWindow[];
}

export interface AgendaWindow {
  readonly window: RolloutWindow;
  /** Said in place of runs that nobody can know, or of which there are more than one a day: `every 5 minutes from creation`. */
  readonly always?: string;
  /** Ascending. */
  readonly runs: readonly Opening[];
}

/** One time that a window is open; it closes at `end`, which is not within. */
export interface Opening {
  readonly start: Date;
  readonly end: Date;
  /** The freeze that it would reach into: the window is to be closed by then. Scans go on. */
  readonly frozenBy?: string;
}

const hourMs = 3_600_000;

/** The runs of every window that open from `from` on and before `to`. Windows that are closed for good have none. */
export function agendaOf(rollout: Rollout, from: Date, to: Date): Agenda {
  return {
    rings: rollout.rings.map((ring) => ({
      name: ring.name,
      windows: ring.windows.map((window) => agendaOfWindow(window, rollout, freezesOf(rollout, ring), from, to)),
    })),
  };
}

function freezesOf({ freezes }: Rollout, { name }: RolloutRing): readonly Freeze[] {
  return freezes.filter(({ rings }) => rings.includes(name));
}

function agendaOfWindow(
  window: RolloutWindow,
  { freezes }: Rollout,
  ofRing: readonly Freeze[],
  from: Date,
  to: Date,
): AgendaWindow {
  // What a freeze has closed opens again when it is over.
  const opens = opensAgainAt(window, freezes);
  if (opens === Number.POSITIVE_INFINITY) return { window, runs: [] };
  const { runs, always } = runsOrAlways(window, from.getTime(), to.getTime());
  if (always !== undefined) return { window, always, runs: [] };
  const open = runs.filter((start) => start.getTime() >= opens);
  return { window, runs: open.map((start) => openingOf(window, ofRing, start)) };
}

function openingOf(
  { operation, durationHours, ignoresFreezes }: RolloutWindow,
  freezes: readonly Freeze[],
  start: Date,
): Opening {
  const end = new Date(start.getTime() + durationHours * hourMs);
  const freeze =
    operation === 'Scan' || ignoresFreezes === true
      ? undefined
      : freezes.find(({ from, to }) => Date.parse(from) < end.getTime() && start.getTime() < Date.parse(to));
  return { start, end, ...(freeze !== undefined && { frozenBy: freeze.name }) };
}
