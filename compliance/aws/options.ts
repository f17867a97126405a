import type { PlaceContext } from '../fleet-context.ts';

export interface AwsSourceOptions {
  /** What to look at, and how to get there. */
  readonly places: readonly Pick<PlaceContext, 'account' | 'region' | 'assumeRoleArn' | 'profile' | 'declared'>[];
  /** Profile of places that name none. @default what the SDK finds */
  readonly profile?: string;
  readonly toolVersion: string;
  /** The clock. */
  readonly now: () => Date;
  /** Ctrl-C: what was read until then is told, and what was not is a gap. */
  readonly signal?: AbortSignal;
  /** How long all of it may take, in milliseconds. @default 15 minutes */
  readonly deadlineMs?: number;
  /** How far back executions of windows are read, in days. @default 30 */
  readonly executionDays?: number;
  readonly concurrency?: {
    /** Calls at once to one account and region. @default 6 */
    readonly perPlace: number;
    /** Calls at once. @default 64 */
    readonly overall: number;
  };
  readonly retry?: {
    /** `adaptive` slows down where AWS throttles. @default adaptive */
    readonly mode: 'adaptive' | 'standard';
    /** Attempts of one call, the first one included. @default 8 */
    readonly maxAttempts: number;
  };
  readonly timeouts?: {
    /** Until a connection is open, in milliseconds. @default 5000 */
    readonly connectMs: number;
    /** Until an answer begins, and between its parts, in milliseconds. @default 30,000 */
    readonly answerMs: number;
  };
}

export const defaults = {
  deadlineMs: 15 * 60_000,
  executionDays: 30,
  concurrency: { perPlace: 6, overall: 64 },
  retry: { mode: 'adaptive', maxAttempts: 8 },
  timeouts: { connectMs: 5_000, answerMs: 30_000 },
} as const satisfies Partial<AwsSourceOptions>;
