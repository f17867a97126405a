import { isoInstant } from '../months.ts';
import type { Approval } from '../rollout.ts';
import { type Arrival, dayMs, delayDays, pinnedFrom, type WhyNever } from './arrival.ts';
import { ignoresDelay } from './failure.ts';
import { type Cadence, cadenceOf, releasesIn, type Span } from './releases.ts';
import type { RingWalk, Track } from './track.ts';

/** When one ring gets what one of its approvals lets through. */
export interface RingExposure {
  readonly ring: string;
  readonly approval: Approval;
  /** `monthly` on Windows; `daily` elsewhere, where the worst day of each month stands for the month. */
  readonly cadence: Cadence;
  /** Whether the operating system knows no release dates, so that the delay or date has no effect. */
  readonly ignoresDelay: boolean;
  /** Whether packages without a release date may be approved before their delay or date, as on Linux with yum, dnf, zypper. */
  readonly undatedBypass: boolean;
  /** How many releases there are, and what becomes of them. */
  readonly releases: number;
  readonly installed: number;
  readonly never: number;
  readonly awaiting: number;
  /** Days from release to install, fewest and most; absent when nothing is installed. */
  readonly fewestDays?: number;
  readonly mostDays?: number;
  /** Ascending: every release, or the worst of each month. */
  readonly steps: readonly ReleaseStep[];
}

/** One release in one ring. Instants in UTC, ISO-8601. */
export interface ReleaseStep {
  readonly release: string;
  readonly state: Arrival['state'];
  readonly approved?: string;
  /** The latest that it is installed; earlier only at a `rate`. */
  readonly installed?: string;
  /** Key of the window that installs it. */
  readonly window?: string;
  /** From release to install, with one decimal. */
  readonly days?: number;
  readonly why?: WhyNever;
}

export function summaryOf({ ring, tracks }: RingWalk, span: Span): RingExposure[] {
  return tracks.map(({ approval, arrival }) => {
    const cadence = cadenceOf(approval);
    const releases = releasesIn(span, cadence);
    const arrivals = releases.map(arrival);
    const count = (state: Arrival['state']) => arrivals.filter((one) => one.state === state).length;
    const waits = releases.flatMap((release, i) => waitOf(release, arrivals[i]));
    return {
      ring: ring.name,
      approval,
      cadence,
      ignoresDelay: ignoresDelay(approval),
      undatedBypass: approval.family === 'rpm' && (delayDays(approval) > 0 || pinnedFrom(approval) !== undefined),
      releases: releases.length,
      installed: count('installed'),
      never: count('never'),
      awaiting: count('awaiting'),
      ...(waits.length > 0 && { fewestDays: inDays(Math.min(...waits)), mostDays: inDays(Math.max(...waits)) }),
      steps: (cadence === 'monthly' ? releases : worstOfMonths(releases, arrival)).map((release) =>
        stepOf(release, arrival(release)),
      ),
    };
  });
}

/** What is never installed is worse than anything, then what awaits promotion, then the longest wait. */
function worstOfMonths(releases: readonly number[], arrival: Track['arrival']): number[] {
  const worst = new Map<string, number>();
  const badness = (release: number) => {
    const one = arrival(release);
    if (one.state === 'installed') return one.latest - release;
    return one.state === 'never' ? Number.POSITIVE_INFINITY : Number.MAX_SAFE_INTEGER;
  };
  for (const release of releases) {
    const month = isoInstant(release).slice(0, 7);
    const known = worst.get(month);
    if (known === undefined || badness(release) > badness(known)) worst.set(month, release);
  }
  return [...worst.values()];
}

function stepOf(release: number, arrival: Arrival): ReleaseStep {
  const { state } = arrival;
  if (state === 'awaiting') return { release: isoInstant(release), state };
  if (state === 'never') return { release: isoInstant(release), state, why: arrival.why };
  const { approved, latest, window } = arrival;
  return {
    release: isoInstant(release),
    state,
    approved: isoInstant(approved),
    installed: isoInstant(latest),
    window: window.key,
    days: inDays(latest - release),
  };
}

function waitOf(release: number, arrival: Arrival | undefined): number[] {
  return arrival?.state === 'installed' ? [arrival.latest - release] : [];
}

function inDays(ms: number): number {
  return Math.round((ms / dayMs) * 10) / 10;
}
