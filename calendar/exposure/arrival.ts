import type { InstallRuns, WhyNoInstall } from '../install-runs.ts';
import type { Approval, RolloutWindow } from '../rollout.ts';

/** Why a release never comes to a ring. */
export type WhyNever = WhyNoInstall | 'superseded';

/** What becomes of one release in one ring, by one approval; milliseconds. */
export type Arrival =
  /** The instants differ only for a `rate`, of which nobody knows when in its period it runs. */
  | {
      readonly state: 'installed';
      readonly approved: number;
      readonly earliest: number;
      readonly latest: number;
      readonly window: RolloutWindow;
    }
  | { readonly state: 'never'; readonly why: WhyNever }
  /** Released after the approval date: it comes when somebody moves that date. */
  | { readonly state: 'awaiting' };

export const dayMs = 86_400_000;

/** Windows updates approved later than this after their release have been superseded and expired.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-release-dates.html */
export const mostDaysOnWindows = 30;

/** First instant whose releases an approval date does not approve any more; undefined without one that has an effect. */
export function pinnedFrom({ family, approval }: Approval): number | undefined {
  if (family === 'apt' || !('untilDate' in approval)) return undefined;
  return Date.parse(approval.untilDate) + dayMs;
}

/** Days that an approval waits after a release. */
export function delayDays({ family, approval }: Approval): number {
  return family === 'apt' || !('afterDays' in approval) ? 0 : approval.afterDays;
}

export function arrivalOf(release: number, approval: Approval, installs: InstallRuns): Arrival {
  if (installs.windows.length === 0) return { state: 'never', why: installs.whyNone(release) };
  if (release >= (pinnedFrom(approval) ?? Number.POSITIVE_INFINITY)) return { state: 'awaiting' };
  const days = delayDays(approval);
  if (approval.family === 'windows' && days > mostDaysOnWindows) return { state: 'never', why: 'superseded' };
  const approved = release + days * dayMs;
  const first = installs.firstFrom(approved);
  if (first === undefined) return { state: 'never', why: installs.whyNone(approved) };
  const { earliest, latest, window } = first;
  return { state: 'installed', approved, earliest, latest, window };
}
