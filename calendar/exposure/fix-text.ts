import { quoted } from '../../core/problem.ts';
import type { Rollout } from '../rollout.ts';
import { describeChange, type RolloutChange } from '../rollout-change.ts';
import { type Failure, ignoresDelay, severityOf } from './failure.ts';

/** What to do about a failure: the changes that were proven, or that none was found, and what is left to people. */
export function fixText(failure: Failure, changes: readonly RolloutChange[], rollout: Rollout): string {
  const ring = `ring ${quoted(failure.ring)}`;
  if (changes.length > 0) {
    const told = changes.map((change) => describeChange(change, rollout)).join(', and ');
    return `${told}: then nothing fails in ${ring} over the whole time`;
  }
  const isOfReboots = failure.rule === 'exposure/pending-reboot';
  if (!isOfReboots && severityOf(failure) === 'warning' && failure.approvals.every(ignoresDelay)) {
    return failure.rule === 'exposure/soak-too-short'
      ? 'apt knows no delay: only a mirror of your own, which holds packages back, lets them soak'
      : 'apt knows no delay: only rings that install every day keep what it publishes in order';
  }
  const hint = hintFor(failure);
  const isComputed = !leftToPeople.has(failure.rule);
  const isLeftToPeople = failure.why !== undefined && failure.why !== 'superseded';
  if (!isComputed || isLeftToPeople || failure.cases[0]?.installed === undefined) return hint;
  return `no day from Patch Tuesday to 20 days after it and no other delay was found with which nothing fails in ${ring}; ${hint}`;
}

/** For these no change of days is looked for. */
const leftToPeople: ReadonlySet<Failure['rule']> = new Set([
  'exposure/order-unproven',
  'exposure/awaiting-promotion',
  'exposure/pending-reboot',
]);

function hintFor({ rule, why, ring, earlierRing, cases }: Failure): string {
  switch (rule) {
    case 'exposure/order-unproven':
      return 'write a cron expression or patchTuesday instead of the rate';
    case 'exposure/pending-reboot':
      return 'reboot the nodes by other means in that time, or leave rebootOption out in one of its windows';
    case 'exposure/awaiting-promotion':
      return `promote to ring ${quoted(ring)} what has soaked before it`;
    case 'exposure/too-late':
      return cases[0]?.installed === undefined
        ? `promote to ring ${quoted(ring)} what has soaked before it`
        : 'give the ring more days or another window';
    case 'exposure/approved-after-window':
      return 'approve earlier, or install later in the month';
    case 'exposure/never':
      return neverHint(why);
    default:
      return cases.some(({ earlierInstalled }) => earlierInstalled === undefined)
        ? `let ring ${quoted(earlierRing)} have it first, or hold ring ${quoted(ring)} back by an approval date, too`
        : 'change the windows or delays of both rings';
  }
}

function neverHint(why: Failure['why']): string {
  if (why === 'superseded') return 'approve within 30 days of the release';
  if (why === 'own list') return 'give it a window that installs what its baselines approve';
  if (why === 'disabled') return 'enable its install window';
  if (why === 'frozen') return 'end the freeze earlier, or leave the ring out of it';
  if (why === 'schedule over') return 'move its endDate, or the years of its schedule';
  return 'give it an install window, or take its patch groups out of the ring';
}
