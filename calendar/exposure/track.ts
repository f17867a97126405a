import { type FirstRuns, type InstallRuns, installRunsOf } from '../install-runs.ts';
import type { Approval, Rollout, RolloutRing } from '../rollout.ts';
import { type Arrival, arrivalOf } from './arrival.ts';

/** One approval of one ring, and what becomes of releases by it. */
export interface Track {
  readonly approval: Approval;
  /** Of a release in milliseconds. */
  readonly arrival: (release: number) => Arrival;
}

/** A ring on its way through the releases. */
export interface RingWalk {
  readonly ring: RolloutRing;
  readonly installs: InstallRuns;
  readonly tracks: readonly Track[];
}

/** Approvals that wait alike share their answers. */
export function walkOf(ring: RolloutRing, rollout: Rollout, firstRuns: FirstRuns): RingWalk {
  const installs = installRunsOf(ring, rollout, firstRuns);
  const shared = new Map<string, Track['arrival']>();
  const tracks = ring.approvals.map((approval) => {
    const alike = JSON.stringify([approval.family, approval.approval]);
    const arrival = shared.get(alike) ?? remembered((release) => arrivalOf(release, approval, installs));
    shared.set(alike, arrival);
    return { approval, arrival };
  });
  return { ring, installs, tracks };
}

/** The approvals of a ring by baseline and rule: assignments give several of one, with delays of their own. */
export function tracksByRule({ tracks }: RingWalk): Track[][] {
  const groups = new Map<string, Track[]>();
  for (const track of tracks) {
    const key = JSON.stringify([track.approval.baseline, track.approval.rule]);
    groups.set(key, [...(groups.get(key) ?? []), track]);
  }
  return [...groups.values()];
}

/**
 * What an approval of a later ring is compared with in an earlier one: the same rule of the same baseline; where the
 * earlier ring has not that baseline, the rules at the same position for the same operating system; where there is none
 * at that position either, all rules for that system.
 */
export function counterparts({ tracks }: RingWalk, { baseline, rule, operatingSystem }: Approval): readonly Track[] {
  const sameBaseline = tracks.filter(({ approval }) => approval.baseline === baseline);
  if (sameBaseline.length > 0) return sameBaseline.filter(({ approval }) => approval.rule === rule);
  const sameSystem = tracks.filter(({ approval }) => approval.operatingSystem === operatingSystem);
  const samePosition = sameSystem.filter(({ approval }) => approval.rule === rule);
  return samePosition.length > 0 ? samePosition : sameSystem;
}

/** Whether a ring installs an operating system at all. */
export function installsSystem({ installs, tracks }: RingWalk, operatingSystem: string): boolean {
  return installs.windows.length > 0 && tracks.some(({ approval }) => approval.operatingSystem === operatingSystem);
}

function remembered(of: Track['arrival']): Track['arrival'] {
  const known = new Map<number, Arrival>();
  return (release) => {
    const arrival = known.get(release) ?? of(release);
    known.set(release, arrival);
    return arrival;
  };
}
