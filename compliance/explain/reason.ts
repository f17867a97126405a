import type { Deficit } from '../deficits.ts';
import type { Settings } from '../settings.ts';
import type { Subject } from '../subject.ts';
import type { Verdict } from '../verdict.ts';

/** Every reason why a node is, or is not, patched, in the order in which they are told. */
export const reasonCodes = [
  'unknown',
  'gone',
  'stopped',
  'unmanaged',
  'agent-offline',
  'tag-key-space',
  'no-patch-group',
  'group-not-registered',
  'os-without-baseline',
  'not-targeted',
  'targeting-unknown',
  'window-disabled',
  'window-frozen',
  'window-overlapping',
  'stopped-during-window',
  'cutoff-reached',
  'error-threshold',
  'unreachable-in-window',
  'never-scanned',
  'stale',
  'overwritten',
  'failed',
  'missing',
  'not-yet-approved',
  'rejected',
  'pending-reboot',
  'waived',
  'compliant',
] as const;

export type ReasonCode = (typeof reasonCodes)[number];

export interface Reason {
  readonly code: ReasonCode;
  /** One sentence without its end. */
  readonly why: string;
  /** What it was seen by: ids, instants, counts, a line each. */
  readonly evidence: readonly string[];
  /** What to do about it; absent where nothing is to be done. */
  readonly next?: string;
}

/** An instance and what it came to. */
export interface Judged {
  readonly subject: Subject;
  readonly verdict: Verdict;
  /** Absent where its patches were not listed. */
  readonly deficits: readonly Deficit[] | undefined;
  readonly settings: Settings;
}

/** One reason: whether it holds for an instance. */
export type Rule = (judged: Judged) => Reason | undefined;

/** Lines of what is known: absent parts are left out. */
export function lines(...parts: readonly (string | false | undefined)[]): string[] {
  return parts.filter((part): part is string => typeof part === 'string');
}

/** Names, and how many more there are: `a, b and 3 more`. */
export function namesOf(names: readonly string[], most = 3): string {
  const more = names.length - most;
  return more > 0 ? `${names.slice(0, most).join(', ')} and ${more} more` : names.join(', ');
}
