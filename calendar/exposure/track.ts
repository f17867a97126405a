import { grouped } from '../../core/grouped.ts';
import { type FirstRuns, type InstallRuns, installRunsOf } from '../install-runs.ts';
import type { Approval, Rollout, RolloutRing } from '../rollout.ts';
import { type Arrival, arrivalOf } from './arrival.ts';

/** One approval of one ring, and what becomes of releases by it. */
export interface Track {
  readonly approval: Approval;
  /** How it waits. What is alike here gets everything at the same time in one ring, and is looked at once. */
  readonly alike: string;
  /** Of a release in milliseconds. */
  readonly arrival: (release: number) => Arrival;
}

/** A ring on its way through the releases. */
export interface RingWalk {
  readonly ring: RolloutRing;
  readonly installs: InstallRuns;
  /** Those of its windows that reboot; absent where all do. */
  readonly reboots?: InstallRuns;
  readonly tracks: readonly Track[];
  /** The tracks by baseline and rule: assignments give several of one, with delays of their own. */
  readonly rules: readonly (readonly Track[])[];
  /** Answers of approvals that wait alike, by how they wait: they share them. */
  readonly arrivals: Map<string, Track['arrival']>;
}

/** `before` is the walk of the ring before a change: what has the same windows goes on with its answers. */
export function walkOf(ring: RolloutRing, rollout: Rollout, firstRuns: FirstRuns, before?: RingWalk): RingWalk {
  const isLike = before?.ring.windows === ring.windows;
  const installs = isLike ? before.installs : installRunsOf(ring, rollout, firstRuns);
  const rebooting = ring.windows.filter(({ leavesReboot = false }) => !leavesReboot);
  const reboots =
    rebooting.length === ring.windows.length
      ? undefined
      : installRunsOf({ ...ring, windows: rebooting }, rollout, firstRuns);
  // A copy: what only one of many candidates asks is forgotten with it.
  const arrivals: RingWalk['arrivals'] = new Map(isLike ? before.arrivals : []);
  const tracks = ring.approvals.map((approval) => {
    const alike = JSON.stringify([approval.family, approval.approval]);
    const arrival = arrivals.get(alike) ?? remembered((release) => arrivalOf(release, approval, installs));
    arrivals.set(alike, arrival);
    return { approval, alike, arrival };
  });
  return { ring, installs, ...(reboots !== undefined && { reboots }), tracks, rules: byRule(tracks), arrivals };
}

function byRule(tracks: readonly Track[]): Track[][] {
  return [...grouped(tracks, ({ approval }) => JSON.stringify([approval.baseline, approval.rule])).values()];
}

/**
 * What an approval of a later ring is compared with in an earlier one: the same rule of the same baseline; where the
 * earlier ring has not that baseline, the rules for the same operating system that approve the same, at the same position
 * where several do; where none does, all rules for that system, of which the slowest counts: nobody knows which of them
 * lets the patch through.
 */
export function counterparts(
  { tracks }: RingWalk,
  { baseline, rule, operatingSystem, label }: Approval,
): readonly Track[] {
  const sameBaseline = tracks.filter(({ approval }) => approval.baseline === baseline);
  if (sameBaseline.length > 0) return sameBaseline.filter(({ approval }) => approval.rule === rule);
  const sameSystem = tracks.filter(({ approval }) => approval.operatingSystem === operatingSystem);
  const sameLabel = sameSystem.filter(({ approval }) => approval.label === label);
  const samePosition = sameLabel.filter(({ approval }) => approval.rule === rule);
  return [samePosition, sameLabel].find(({ length }) => length > 0) ?? sameSystem;
}

/** Whether a ring installs an operating system at all. */
export function installsSystem({ installs, tracks }: RingWalk, operatingSystem: string): boolean {
  return installs.windows.length > 0 && tracks.some(({ approval }) => approval.operatingSystem === operatingSystem);
}

/** Releases are at whole hours, and small whole numbers are found several times faster than milliseconds. */
const hourMs = 3_600_000;

function remembered(of: Track['arrival']): Track['arrival'] {
  const known = new Map<number, Arrival>();
  return (release) => {
    const hour = release / hourMs;
    const found = known.get(hour);
    if (found !== undefined) return found;
    const arrival = of(release);
    known.set(hour, arrival);
    return arrival;
  };
}
