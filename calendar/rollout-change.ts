import { quoted } from '../core/problem.ts';
import { parseCronField } from './cron-field.ts';
import { expressionOf, isInstall } from './install-runs.ts';
import { patchTuesday } from './patch-tuesday.ts';
import type { Approval, Rollout, RolloutRing, RolloutWindow } from './rollout.ts';

/** One change that mends a rollout: what a fix proposes, as data. */
export type RolloutChange =
  /** An install window opens a number of days after Patch Tuesday, at its time of day and in its zone. */
  | {
      readonly kind: 'move';
      readonly ring: string;
      readonly window: string;
      readonly plusDays: number;
      readonly at: string;
    }
  /** A ring approves some days after release, in some rules of its baselines. */
  | { readonly kind: 'delay'; readonly ring: string; readonly delays: readonly ApprovalDelay[] };

/** The delay of one rule of one baseline. */
export interface ApprovalDelay {
  /** Key of the baseline in the fleet. */
  readonly baseline: string;
  /** Position of the rule in its baseline, from 0. */
  readonly rule: number;
  readonly afterDays: number;
}

/** The rollout after a change; the one given stays as it is. */
export function changed(rollout: Rollout, change: RolloutChange): Rollout {
  const rings = rollout.rings.map((ring) => {
    if (ring.name !== change.ring) return ring;
    if (change.kind === 'delay') return { ...ring, approvals: ring.approvals.map((one) => delayed(one, change)) };
    const windows = ring.windows.map((window) => (window.key === change.window ? moved(window, change) : window));
    return { ...ring, windows };
  });
  return { ...rollout, rings };
}

/** `let ring "test" install at patchTuesday({ plusDays: 8, at: "21:00" }) in UTC`. */
export function describeChange(change: RolloutChange, rollout: Rollout): string {
  const ring = `let ring ${quoted(change.ring)}`;
  if (change.kind === 'delay') {
    const delays = change.delays.map(
      ({ baseline, rule, afterDays }) =>
        `${baseline} approvalRules[${rule}] ${afterDays} ${afterDays === 1 ? 'day' : 'days'}`,
    );
    return `${ring} approve ${delays.join(', ')} after release`;
  }
  const window = rollout.rings
    .find(({ name }) => name === change.ring)
    ?.windows.find(({ key }) => key === change.window);
  const which = change.window === 'install' ? '' : ` in window ${quoted(change.window)}`;
  const day = `patchTuesday({ plusDays: ${change.plusDays}, at: ${quoted(change.at)} })`;
  return `${ring} install${which} at ${day} in ${window?.timezone ?? 'UTC'}`;
}

/**
 * The moves of a ring that are tried, one install window at a time: to each day from Patch Tuesday on, at the first of its
 * times of day. None for a `rate` or `at`.
 */
export function movesOf(ring: RolloutRing): RolloutChange[] {
  return ring.windows.filter(isInstall).flatMap((window) => {
    const at = timeOfDay(window);
    if (at === undefined) return [];
    const days = Array.from({ length: daysAfterPatchTuesday }, (_, plusDays) => plusDays);
    return days.map((plusDays) => ({ kind: 'move' as const, ring: ring.name, window: window.key, plusDays, at }));
  });
}

/** Patch Tuesday itself and the 20 days after it. */
const daysAfterPatchTuesday = 21;

function moved(
  window: RolloutWindow,
  { plusDays, at }: { readonly plusDays: number; readonly at: string },
): RolloutWindow {
  const { offsetDays: _, ...rest } = window;
  const { expression, offsetDays } = patchTuesday({ plusDays, at });
  return { ...rest, schedule: expression, ...(offsetDays !== undefined && { offsetDays }) };
}

/** Only a `cron` names a time of day. */
function timeOfDay(window: RolloutWindow): string | undefined {
  const expression = expressionOf(window);
  if (expression.kind !== 'cron') return undefined;
  const first = (key: 'hours' | 'minutes') => {
    const field = parseCronField(key, expression[key]);
    return String(field.kind === 'values' ? field.values[0] : 0).padStart(2, '0');
  };
  return `${first('hours')}:${first('minutes')}`;
}

function delayed(one: Approval, { delays }: Extract<RolloutChange, { kind: 'delay' }>): Approval {
  const delay = delays.find(({ baseline, rule }) => baseline === one.baseline && rule === one.rule);
  if (delay === undefined || !('afterDays' in one.approval)) return one;
  return { ...one, approval: { afterDays: delay.afterDays } };
}
