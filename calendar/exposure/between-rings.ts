import type { RolloutWindow } from '../rollout.ts';
import { wallMsAt } from '../time-zone.ts';
import { dayMs, pinnedFrom } from './arrival.ts';
import { type ExposureRule, type Failure, type FailureCase, severityOf } from './failure.ts';
import { cadenceOf, releasesIn, type Span } from './releases.ts';
import { counterparts, installsSystem, type RingWalk, type Track } from './track.ts';

/** The earliest that a later ring gets a release, and the latest that it could still be. */
interface Sooner {
  readonly earliest: number;
  readonly latest: number;
  readonly window: RolloutWindow;
}

/** What is asked of two rings. */
interface Comparison {
  readonly span: Span;
  /** Whether the earlier ring is directly before the later one, for an operating system: `soakDays` counts from there. */
  readonly isDirectlyBefore: (operatingSystem: string) => boolean;
  /** Installs at the same instant count as inverted, too. */
  readonly strictly?: boolean;
  /** Only the first error: whether there is one is all that is asked. */
  readonly first?: boolean;
}

/** How long before today releases are looked at that an approval date of the earlier ring holds back. */
const daysBack = 400;

/**
 * What a later ring gets before an earlier one, or too soon after it. Of several approvals of one rule the earliest of
 * the later ring counts against the latest of the earlier one. An earlier ring that never installs is nothing to compare
 * with: what it never gets is told of that ring.
 */
export function failuresBetween(earlier: RingWalk, later: RingWalk, comparison: Comparison): Failure[] {
  const failures: Failure[] = [];
  // Rules that wait alike on both sides fail alike.
  const judged = new Map<string, readonly Failure[]>();
  for (const tracks of comparison.first ? fewestFirst(later.rules) : later.rules) {
    const [track] = tracks;
    if (track === undefined || !installsSystem(earlier, track.approval.operatingSystem)) continue;
    const others = counterparts(earlier, track.approval);
    if (others.length === 0) continue;
    const isSoaked = comparison.isDirectlyBefore(track.approval.operatingSystem);
    const soakDays = isSoaked ? (later.ring.soakDays ?? 0) : 0;
    const alike = JSON.stringify([tracks.map(waits), others.map(waits), soakDays]);
    const known = judged.get(alike);
    const found = known ?? failuresOfRule({ earlier, later }, tracks, others, { ...comparison, soakDays });
    judged.set(alike, found);
    failures.push(...found.map((failure) => ({ ...failure, approvals: [track.approval] })));
    if (comparison.first && found.some((failure) => severityOf(failure) === 'error')) break;
  }
  return failures;
}

/** Where one failure is enough, what is released every month is asked about before what is released every day. */
function fewestFirst(rules: RingWalk['rules']): RingWalk['rules'] {
  const isDaily = ([track]: readonly Track[]) => track !== undefined && cadenceOf(track.approval) === 'daily';
  return [...rules.filter((tracks) => !isDaily(tracks)), ...rules.filter(isDaily)];
}

function waits({ alike }: Track): string {
  return alike;
}

function failuresOfRule(
  { earlier, later }: { readonly earlier: RingWalk; readonly later: RingWalk },
  tracks: readonly Track[],
  others: readonly Track[],
  { span, soakDays, strictly = false, first = false }: Comparison & { readonly soakDays: number },
): Failure[] {
  const approval = (tracks[0] as Track).approval;
  const releases = releasesFor(others, span);
  const cases = new Map<ExposureRule, FailureCase[]>();
  for (const release of releases) {
    const sooner = earliestOf(tracks, release);
    if (sooner === undefined) continue;
    const found = judge(sooner, latestOf(others, release), soakDays, strictly);
    if (found === undefined) continue;
    const [rule, rest] = found;
    const one = { release, installed: sooner.earliest, ...rest };
    // One case that is an error makes the failure one; others are not asked for.
    if (first && severityOf({ rule, approvals: [approval], cases: [one] }) !== 'error') continue;
    const ofRule = cases.get(rule);
    if (ofRule === undefined) cases.set(rule, [one]);
    else ofRule.push(one);
    if (first) break;
  }
  return [...cases].map(([rule, ofRule]) => ({
    rule,
    ring: later.ring.name,
    earlierRing: earlier.ring.name,
    approvals: [approval],
    cases: ofRule,
    releases: releases.length,
    cadence: cadenceOf(approval),
    ...(soakDays > 0 && { days: soakDays }),
  }));
}

/** The releases of the span, and those before it that the earlier ring still awaits: the later one may have them. */
function releasesFor(others: readonly Track[], span: Span): readonly number[] {
  const [other] = others;
  if (other === undefined) return [];
  const pins = others.map(({ approval }) => pinnedFrom(approval) ?? span.from);
  const from = Math.max(Math.min(...pins), span.from - daysBack * dayMs);
  const held = from < span.from ? { from, to: span.to } : span;
  return releasesIn(held, cadenceOf(other.approval));
}

function earliestOf(tracks: readonly Track[], release: number): Sooner | undefined {
  let sooner: Sooner | undefined;
  for (const { arrival } of tracks) {
    const other = arrival(release);
    if (other.state === 'installed' && (sooner === undefined || other.earliest < sooner.earliest)) sooner = other;
  }
  return sooner;
}

/** When the last of the approvals of the earlier ring has brought a release, at the soonest and at the latest. */
function latestOf(others: readonly Track[], release: number): { readonly earliest: number; readonly latest: number } {
  let latest = Number.NEGATIVE_INFINITY;
  let earliest = Number.NEGATIVE_INFINITY;
  for (const { arrival } of others) {
    const other = arrival(release);
    if (other.state !== 'installed') return { earliest: Number.POSITIVE_INFINITY, latest: Number.POSITIVE_INFINITY };
    latest = Math.max(latest, other.latest);
    earliest = Math.max(earliest, other.earliest);
  }
  return { earliest, latest };
}

type Judged = readonly [ExposureRule, Omit<FailureCase, 'release' | 'installed'> & Partial<FailureCase>];

function judge(
  sooner: Sooner,
  { earliest, latest }: ReturnType<typeof latestOf>,
  soakDays: number,
  strictly: boolean,
): Judged | undefined {
  const known = Number.isFinite(latest) ? { earlierInstalled: latest } : {};
  const excess = latest - sooner.earliest;
  const isBefore = (one: number, other: number) => (strictly ? one <= other : one < other);
  if (isBefore(sooner.latest, earliest)) return ['exposure/inverted', { ...known, excess }];
  const inOrder = !isBefore(sooner.earliest, latest);
  if (inOrder && hasSoaked(latest, sooner, soakDays)) return undefined;
  const isKnown = sooner.earliest === sooner.latest && earliest === latest;
  // Nobody knows when a rate runs, but even the widest gap that it leaves open may be too short.
  if (!isKnown && !hasSoaked(earliest, { ...sooner, earliest: sooner.latest }, soakDays)) {
    const widest = { installed: sooner.latest, earlierInstalled: earliest, isWidest: true };
    return ['exposure/soak-too-short', { ...widest, excess: earliest - sooner.latest }];
  }
  if (!isKnown) return ['exposure/order-unproven', { ...known, excess }];
  return inOrder ? ['exposure/soak-too-short', { ...known, excess }] : ['exposure/inverted', { ...known, excess }];
}

/** Days of the later ring's clock: a week over a change of clocks is a week. */
function hasSoaked(from: number, { earliest, window }: Sooner, days: number): boolean {
  if (days === 0 || earliest - from >= days * dayMs) return true;
  return wallMsAt(earliest, window.timezone) - wallMsAt(from, window.timezone) >= days * dayMs;
}
