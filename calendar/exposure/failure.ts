import type { Approval } from '../rollout.ts';
import type { WhyNever } from './arrival.ts';
import type { Cadence } from './releases.ts';

/** What does not hold, before it is put into words. */
export interface Failure {
  readonly rule: ExposureRule;
  readonly ring: string;
  readonly earlierRing?: string;
  /** One rule of a baseline; several where the same happens by all of them. */
  readonly approvals: readonly Approval[];
  /** The releases concerned, ascending. Never empty. */
  readonly cases: readonly FailureCase[];
  /** How many releases were looked at. */
  readonly releases: number;
  readonly cadence: Cadence;
  /** Days that were asked for, of a soak or a deadline. */
  readonly days?: number;
  readonly why?: WhyNever;
}

/** One release that is concerned; milliseconds. */
export interface FailureCase {
  readonly release: number;
  readonly approved?: number;
  /** When the ring gets it; absent when it does not, or not yet. */
  readonly installed?: number;
  /** When the earlier ring gets it; absent when it does not. */
  readonly earlierInstalled?: number;
  /** Whether a rate leaves open when the two installs are, and they are told as far apart as they can be. */
  readonly isWidest?: boolean;
  /** The install that the approval came too late for. */
  readonly missed?: number;
  /** How bad it is; more is worse. */
  readonly excess: number;
}

/** What is looked for. Severities are in `severityOf`. */
export type ExposureRule =
  | 'exposure/inverted'
  | 'exposure/soak-too-short'
  | 'exposure/order-unproven'
  | 'exposure/too-late'
  | 'exposure/never'
  | 'exposure/approved-after-window'
  | 'exposure/awaiting-promotion'
  | 'exposure/pending-reboot';

/**
 * A rate that cannot be proven in order is only suspicious; to await promotion is what a date is for. Repositories of apt
 * know no delay: what is out of order there no delay can mend, and months between installs make it certain.
 */
export function severityOf({
  rule,
  approvals,
  cases,
}: Pick<Failure, 'rule' | 'approvals' | 'cases'>): 'error' | 'warning' | 'info' {
  if (rule === 'exposure/order-unproven' || rule === 'exposure/pending-reboot') return 'warning';
  if (rule === 'exposure/awaiting-promotion') return 'info';
  const isOrder = rule === 'exposure/inverted' || rule === 'exposure/soak-too-short';
  const isBehind = cases.every(({ earlierInstalled }) => earlierInstalled !== undefined);
  return isOrder && isBehind && approvals.every(ignoresDelay) ? 'warning' : 'error';
}

/** Whether the operating system knows no release dates that a delay could count from. */
export function ignoresDelay({ family }: Approval): boolean {
  return family === 'apt';
}

/** Failures of one kind that differ only in the rule of the baseline are one. */
export function merged(failures: readonly Failure[]): Failure[] {
  const groups = new Map<string, Failure>();
  // Rules that wait alike share their cases, of which there are hundreds.
  const texts = new Map<readonly FailureCase[], string>();
  for (const failure of failures) {
    const { approvals, cases, ...rest } = failure;
    const text = texts.get(cases) ?? JSON.stringify(cases);
    texts.set(cases, text);
    const key = `${JSON.stringify([rest, approvals.every(ignoresDelay)])} ${text}`;
    const known = groups.get(key);
    groups.set(key, known === undefined ? failure : { ...known, approvals: [...known.approvals, ...approvals] });
  }
  return [...groups.values()];
}
