import { expressionOf } from '../install-runs.ts';
import { type Arrival, arrivalOf, dayMs, delayDays, pinnedFrom, type WhyNever } from './arrival.ts';
import { type Failure, type FailureCase, severityOf } from './failure.ts';
import { cadenceOf, releasesIn, type Span } from './releases.ts';
import type { RingWalk, Track } from './track.ts';

/** What is asked of one ring. */
export interface Question {
  readonly span: Span;
  /** Today; what an approval date holds back is judged against it. */
  readonly asOf: number;
  /** Only the first error: whether there is one is all that is asked. */
  readonly first?: boolean;
}

/** What a ring gets too late or never, by each of its approvals. */
export function failuresWithin(walk: RingWalk, question: Question): Failure[] {
  const judged = new Map<string, readonly Failure[]>();
  return walk.tracks.flatMap((track) => {
    const found = judged.get(track.alike) ?? failuresOfTrack(walk, track, question);
    judged.set(track.alike, found);
    return found.map((failure) => ({ ...failure, approvals: [track.approval] }));
  });
}

/** Whether there is such a failure that is an error: one release is enough to know. */
export function failsWithin(walk: RingWalk, question: Question): boolean {
  const different = new Map(walk.tracks.map((track) => [track.alike, track]));
  return [...different.values()].some((track) =>
    failuresOfTrack(walk, track, { ...question, first: true }).some((failure) => severityOf(failure) === 'error'),
  );
}

function failuresOfTrack(walk: RingWalk, track: Track, question: Question): Failure[] {
  const releases = releasesIn(question.span, cadenceOf(track.approval));
  const failures: Failure[] = [];
  // Only all releases show that none never comes, but the first one may be late.
  const looks = question.first ? [tooLate, neverInstalled] : [neverInstalled, tooLate];
  for (const look of [...looks, approvedAfterWindow]) {
    failures.push(...look(walk, track, releases, question));
    if (question.first && failures.length > 0) return failures;
  }
  return [...failures, ...pendingReboot(walk, track, releases), ...awaitingPromotion(walk, track, question)];
}

function neverInstalled(walk: RingWalk, track: Track, releases: readonly number[], { first }: Question): Failure[] {
  const cases = new Map<WhyNever, FailureCase[]>();
  for (const release of releases) {
    const arrival = track.arrival(release);
    if (arrival.state !== 'never') continue;
    const known = cases.get(arrival.why) ?? [];
    known.push({ release, excess: 0 });
    cases.set(arrival.why, known);
    if (first) break;
  }
  return [...cases].flatMap(([why, ofWhy]) => failure('exposure/never', walk, track, ofWhy, releases.length, { why }));
}

function tooLate(walk: RingWalk, track: Track, releases: readonly number[], { first }: Question): Failure[] {
  const days = walk.ring.patchWithinDays;
  if (days === undefined) return [];
  const cases: FailureCase[] = [];
  for (const release of releases) {
    const arrival = track.arrival(release);
    if (arrival.state !== 'installed') continue;
    const excess = arrival.latest - release - days * dayMs;
    if (excess <= 0) continue;
    cases.push({ release, approved: arrival.approved, installed: arrival.latest, excess });
    if (first) break;
  }
  return failure('exposure/too-late', walk, track, cases, releases.length, { days });
}

/** Installed in time, but without the reboot that finishes it: for AWS such a node is not compliant yet. */
function pendingReboot(walk: RingWalk, track: Track, releases: readonly number[]): Failure[] {
  const { ring, reboots } = walk;
  const days = ring.patchWithinDays;
  if (days === undefined || reboots === undefined) return [];
  const cases = releases.flatMap((release): FailureCase[] => {
    const isLate = (arrival: Arrival) => arrival.state === 'installed' && arrival.latest - release > days * dayMs;
    const arrival = track.arrival(release);
    if (arrival.state !== 'installed' || isLate(arrival)) return [];
    const rebooted = arrivalOf(release, track.approval, reboots);
    if (rebooted.state === 'installed' && !isLate(rebooted)) return [];
    return [{ release, installed: arrival.latest, excess: arrival.latest - release }];
  });
  return failure('exposure/pending-reboot', walk, track, cases, releases.length, { days });
}

/**
 * An approval lies behind the window it was meant for when the ring installs between release and approval, then not for
 * two weeks, and the approval is nearer to the install that it missed than to the one that it waits for. So a delay of 3
 * days misses a window on Patch Tuesday by 3 days and waits for the rest of the month; but 28 days, with a window in the
 * week after Patch Tuesday, are meant for the next one. Weekly windows miss nothing worth telling, daily releases have no
 * window of their own, and a `rate` says no day.
 */
function approvedAfterWindow(
  { ring, installs }: RingWalk,
  track: Track,
  releases: readonly number[],
  { first }: Question,
): Failure[] {
  const isMonthly = cadenceOf(track.approval) === 'monthly' && delayDays(track.approval) > 0;
  if (!isMonthly || installs.windows.some((window) => expressionOf(window).kind === 'rate')) return [];
  const cases: FailureCase[] = [];
  for (const release of releases) {
    const arrival = track.arrival(release);
    if (arrival.state !== 'installed' || arrival.latest - arrival.approved < longWaitMs) continue;
    const { approved, latest: installed } = arrival;
    let missed: number | undefined;
    let next = installs.firstFrom(release)?.latest ?? approved;
    for (; next < approved; next = installs.firstFrom(next + 1)?.latest ?? approved) missed = next;
    if (missed === undefined || approved - missed >= installed - approved) continue;
    cases.push({ release, approved, installed, missed, excess: installed - approved });
    if (first) break;
  }
  return failure('exposure/approved-after-window', { ring }, track, cases, releases.length);
}

/** What is released after an approval date waits for a new one; it fails when it waits past the deadline of the ring. */
function awaitingPromotion(walk: RingWalk, track: Track, { span, asOf }: Question): Failure[] {
  const pin = pinnedFrom(track.approval);
  if (pin === undefined || walk.installs.windows.length === 0) return [];
  const from = Math.max(pin, earliestPinMs);
  const released = releasesIn({ from, to: span.from + dayMs }, cadenceOf(track.approval));
  const waiting = released.filter((release) => release <= asOf);
  const days = walk.ring.patchWithinDays;
  const excess = (release: number) => asOf - release - (days ?? Number.POSITIVE_INFINITY) * dayMs;
  const cases = waiting.map((release) => ({ release, excess: Math.max(0, excess(release)) }));
  const overdue = cases.filter(({ release }) => excess(release) > 0);
  if (overdue.length === 0) {
    return failure('exposure/awaiting-promotion', walk, track, cases, cases.length, days === undefined ? {} : { days });
  }
  return failure('exposure/too-late', walk, track, overdue, cases.length, { ...(days !== undefined && { days }) });
}

/** Half of the four weeks between two releases. */
const longWaitMs = 14 * dayMs;

/** Approval dates further back hold back no more than this one does. */
const earliestPinMs = Date.UTC(2020, 0, 1);

function failure(
  rule: Failure['rule'],
  { ring }: Pick<RingWalk, 'ring'>,
  { approval }: Track,
  cases: readonly FailureCase[],
  releases: number,
  more: Pick<Failure, 'days' | 'why'> = {},
): Failure[] {
  if (cases.length === 0) return [];
  return [{ rule, ring: ring.name, approvals: [approval], cases, releases, cadence: cadenceOf(approval), ...more }];
}
