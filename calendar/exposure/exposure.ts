import type { Violation } from '../../core/problem.ts';
import { rememberedFirstRuns } from '../install-runs.ts';
import { addMonths, isoInstant } from '../months.ts';
import type { Rollout } from '../rollout.ts';
import type { RolloutChange } from '../rollout-change.ts';
import type { WhyNever } from './arrival.ts';
import { exposureAssumptions } from './assumptions.ts';
import { type ExposureRule, type Failure, type FailureCase, merged, severityOf } from './failure.ts';
import { type Fix, fixesFor } from './fix.ts';
import { fixText } from './fix-text.ts';
import type { Span } from './releases.ts';
import { type RingExposure, summaryOf } from './summary.ts';
import { fails, failuresOf, walk } from './walk.ts';
import { messageOf, worstOf } from './words.ts';

/** When each ring gets what is released, and what does not hold of it. Plain data; instants in UTC, ISO-8601. */
export interface Exposure {
  readonly asOf: string;
  readonly months: number;
  /** First and last day of the releases that are looked at, `2026-01-01`. */
  readonly firstDay: string;
  readonly lastDay: string;
  readonly assumptions: readonly string[];
  /** By ring, in order, then by baseline and rule. */
  readonly rings: readonly RingExposure[];
  readonly findings: readonly ExposureFinding[];
}

/** Something that does not hold, with what it is about as data. `exposure` fails when one of them is an error. */
export interface ExposureFinding extends Violation {
  readonly rule: ExposureRule;
  readonly ring: string;
  /** The ring that should have had the patch before. */
  readonly earlierRing?: string;
  readonly approvals: readonly ExposedApproval[];
  /** Releases that were looked at, and how many of them it is about. */
  readonly releases: number;
  readonly count: number;
  /** The releases it is about; of daily ones only the first, the worst and the last. */
  readonly cases: readonly ExposureCase[];
  /** Only of `exposure/never`. */
  readonly why?: WhyNever;
  /** What mends the ring, to be made together; proven by walking again. Empty when none was found. */
  readonly changes: readonly RolloutChange[];
}

/** One rule of one baseline. */
export interface ExposedApproval {
  readonly baseline: string;
  readonly approvalRule: number;
  readonly operatingSystem: string;
  readonly label: string;
}

/** One release, and when it comes. Instants in UTC. */
export interface ExposureCase {
  readonly release: string;
  readonly approved?: string;
  /** Absent when the ring never gets it, or not yet. */
  readonly installed?: string;
  /** Absent when the earlier ring never gets it, or when there is none. */
  readonly earlierInstalled?: string;
  /** The install that the approval came too late for. */
  readonly missed?: string;
}

/**
 * Walks forward through what is released from the day of `asOf` (UTC) on, for `months` months: a release belongs to them
 * by its own day, and is followed until it is installed, however far beyond.
 *
 * What is assumed is in `exposureAssumptions`. A rollout is judged by every pair of rings, every rule of every baseline
 * and every release; each failure names a fix that was walked through, too.
 */
export function exposure(
  rollout: Rollout,
  { asOf, months }: { readonly asOf: Date; readonly months: number },
): Exposure {
  const firstDay = new Date(Date.UTC(asOf.getUTCFullYear(), asOf.getUTCMonth(), asOf.getUTCDate()));
  const span: Span = { from: firstDay.getTime(), to: addMonths(firstDay, months).getTime() };
  const question = { span, asOf: asOf.getTime() };
  const walked = walk(rollout, question, rememberedFirstRuns());
  const failures = walked.rings.map((_, index) => failuresOf(walked, index));
  const fixes = fixesFor(walked, { failures });
  const findings = failures.flatMap((ofRing, index) =>
    merged(ofRing).map((failure) => findingOf(failure, rollout, fixes.get(index))),
  );
  return {
    asOf: isoInstant(question.asOf),
    months,
    firstDay: isoInstant(span.from).slice(0, 10),
    lastDay: isoInstant(span.to - 1).slice(0, 10),
    assumptions: exposureAssumptions,
    rings: walked.rings.flatMap((ring) => summaryOf(ring, span)),
    findings,
  };
}

function findingOf(failure: Failure, rollout: Rollout, fix: Fix | undefined): ExposureFinding {
  const { rule, ring, earlierRing, approvals, cases, releases, why } = failure;
  const changes = fails(failure) ? (fix?.changes ?? []) : [];
  return {
    rule,
    severity: severityOf(failure),
    message: messageOf(failure),
    fix: fixText(failure, changes, rollout),
    ring,
    ...(earlierRing !== undefined && { earlierRing }),
    approvals: approvals.map(({ baseline, rule: approvalRule, operatingSystem, label }) => ({
      baseline,
      approvalRule,
      operatingSystem,
      label,
    })),
    releases,
    count: cases.length,
    cases: shown(failure).map(caseAsData),
    ...(why !== undefined && { why }),
    changes,
  };
}

function shown({ cases, cadence }: Failure): FailureCase[] {
  if (cadence === 'monthly') return [...cases];
  const some = [cases[0], worstOf(cases), cases[cases.length - 1]];
  return [...new Set(some)].flatMap((one) => one ?? []).sort((a, b) => a.release - b.release);
}

function caseAsData({ release, approved, installed, earlierInstalled, missed }: FailureCase): ExposureCase {
  return {
    release: isoInstant(release),
    ...(approved !== undefined && { approved: isoInstant(approved) }),
    ...(installed !== undefined && { installed: isoInstant(installed) }),
    ...(earlierInstalled !== undefined && { earlierInstalled: isoInstant(earlierInstalled) }),
    ...(missed !== undefined && { missed: isoInstant(missed) }),
  };
}
