import type { Deficit, DeficitKind } from './deficit.ts';
import type { WaiverContext } from './fleet-context.ts';
import { kept } from './kept.ts';
import type { PatchCounts, PatchFacts, PatchStateName } from './patch-facts.ts';
import { namesPatch, patchKeyOf } from './patch-names.ts';
import type { LackedPatch } from './place-index.ts';
import type { Release } from './releases.ts';
import { dayMs, type Settings } from './settings.ts';
import { baselineKeyOf, type Subject } from './subject.ts';

export type { Deficit, DeficitKind } from './deficit.ts';

const kinds: Partial<Record<PatchStateName | 'UNKNOWN', DeficitKind>> = {
  FAILED: 'failed',
  MISSING: 'missing',
  INSTALLED_REJECTED: 'rejected-installed',
  INSTALLED_PENDING_REBOOT: 'pending-reboot',
  AVAILABLE_SECURITY_UPDATE: 'available',
};

/** Why a patch in a state counts against a node; absent where it does not. */
export function deficitKindOf({ state }: PatchFacts): DeficitKind | undefined {
  return kinds[state];
}

/**
 * Whether the baseline a node was judged by counts security updates that wait for approval against it; `unknown` where the
 * baseline was not read. Only Windows reports any.
 */
export function countsAvailable({ index, instance }: Subject): 'yes' | 'no' | 'unknown' {
  const { baselineId = '', counts } = instance.patchState ?? {};
  const content = index.baselines.get(baselineId)?.content;
  if (content !== undefined) return content.availableSecurityUpdatesComplianceStatus === 'NON_COMPLIANT' ? 'yes' : 'no';
  const mayReport = instance.managed?.platformType === 'Windows' || (counts?.availableSecurityUpdate ?? 0) > 0;
  return mayReport ? 'unknown' : 'no';
}

/**
 * What counts against a node, patch by patch, sorted; absent where its patches were not listed. Nodes that share a list of
 * patches share what it comes to.
 */
export function deficitsOf(subject: Subject, settings: Settings): readonly Deficit[] | undefined {
  const { index, instance, ring } = subject;
  const { patches } = instance;
  if (patches === undefined) return undefined;
  const baselineKey = baselineKeyOf(subject);
  const available = countsAvailable(subject) === 'yes';
  const kinds = kept(index.deficits, patches, () => []);
  for (const kind of kinds)
    if (kind.ring === ring && kind.baselineKey === baselineKey && kind.available === available) return kind.deficits;
  const deficits = deficitsIn(patches, available, subject, settings);
  kinds.push({ ring, baselineKey, available, deficits });
  return deficits;
}

function deficitsIn(
  patches: readonly PatchFacts[],
  available: boolean,
  subject: Subject,
  settings: Settings,
): readonly Deficit[] {
  const deficits: Deficit[] = [];
  for (const patch of patches) {
    const kind = deficitKindOf(patch);
    if (kind === undefined || (kind === 'available' && !available)) continue;
    deficits.push(deficitOf(patch, kind, subject, settings));
  }
  deficits.sort((a, b) => (a.patch < b.patch ? -1 : a.patch > b.patch ? 1 : a.kind < b.kind ? -1 : 1));
  const isTwice = deficits.some((deficit, place) => isSame(deficit, deficits[place - 1]));
  return isTwice ? eachOnce(deficits) : deficits;
}

function isSame({ patch, kind }: Deficit, other: Deficit | undefined): boolean {
  return other !== undefined && other.patch === patch && other.kind === kind;
}

/** A KB may be listed with several titles: a node lacks it once, and by the worst of them. Expects them sorted. */
function eachOnce(deficits: readonly Deficit[]): readonly Deficit[] {
  const once: Deficit[] = [];
  for (const deficit of deficits) {
    const last = once.at(-1);
    if (last === undefined || !isSame(deficit, last)) once.push(deficit);
    else once[once.length - 1] = { ...worseOf(last, deficit), entries: entriesOf(last) + 1 };
  }
  return once;
}

function worseOf(one: Deficit, other: Deficit): Deficit {
  const rank = ({ waiver, deadline = 'met' }: Deficit) => (waiver === undefined ? 3 : 0) + deadlines.indexOf(deadline);
  const order = rank(one) - rank(other) || (one.ageDays ?? -1) - (other.ageDays ?? -1);
  return order < 0 || (order === 0 && (one.waiver ?? 0) > (other.waiver ?? 0)) ? other : one;
}

const deadlines = ['met', 'unknown', 'overdue'] as const;

function entriesOf({ entries = 1 }: Deficit): number {
  return entries;
}

/** How many entries of the list of a node they are. */
export function listedIn(deficits: readonly Deficit[]): number {
  return deficits.reduce((sum, deficit) => sum + entriesOf(deficit), 0);
}

/** Most nodes of a place lack the same patches for the same reasons: they share what it comes to. */
function deficitOf(patch: PatchFacts, kind: DeficitKind, subject: Subject, settings: Settings): Deficit {
  const key = patchKeyOf(patch);
  const lacked = lackedPatch(patch, key, subject, settings);
  const waiver = waiverOf(patch, subject, settings.asOf);
  const isInstalled = kind === 'rejected-installed' || kind === 'pending-reboot';
  const within = waiver === undefined && !isInstalled ? subject.ring?.patchWithinDays : undefined;
  const deadline = within === undefined ? undefined : deadlineOf(lacked, within);
  const known = lacked.deficits.find((one) => one.kind === kind && one.waiver === waiver && one.deadline === deadline);
  if (known !== undefined) return known;
  const deficit: Deficit = {
    patch: key,
    kind,
    ...(!isInstalled && lacked.age),
    ...(deadline !== undefined && { deadline }),
    ...(waiver !== undefined && { waiver }),
  };
  lacked.deficits.push(deficit);
  return deficit;
}

function lackedPatch(
  { title }: PatchFacts,
  key: string,
  { index }: Subject,
  { asOf, firstSeen }: Settings,
): LackedPatch {
  const release = index.releases.of(key, title);
  const ofKey = index.lacked.get(key);
  const known = ofKey?.find((one) => one.release === release);
  if (known !== undefined) return known;
  const lacked = { release, ...agesOf(release, firstSeen.get(key), asOf), deficits: [] };
  if (ofKey === undefined) index.lacked.set(key, [lacked]);
  else ofKey.push(lacked);
  return lacked;
}

/** What was first seen a few days ago may have been released long before. */
function agesOf(
  release: Release | undefined,
  seen: string | undefined,
  asOf: string,
): Pick<LackedPatch, 'age' | 'atLeastMs' | 'atMostMs'> {
  const since = (from: string) => Math.max(0, Date.parse(asOf) - Date.parse(from));
  const atLeastMs = since(release?.last ?? seen ?? asOf);
  const ageDays = Math.floor(atLeastMs / dayMs);
  if (release !== undefined)
    return { age: { ageDays, ageSince: 'release' }, atLeastMs, atMostMs: since(release.first) };
  const age = seen === undefined ? {} : { ageDays, ageSince: 'first-seen' as const };
  return { age, atLeastMs, atMostMs: Number.POSITIVE_INFINITY };
}

/** To the instant, as the calendar has it: a minute more than the days of the ring is late. */
function deadlineOf({ atLeastMs, atMostMs }: LackedPatch, within: number): 'met' | 'overdue' | 'unknown' {
  if (atLeastMs > within * dayMs) return 'overdue';
  return atMostMs <= within * dayMs ? 'met' : 'unknown';
}

/** Place of the waiver in force that means the patch on this node: of several the one that ends last. */
function waiverOf(patch: PatchFacts, subject: Subject, asOf: string): number | undefined {
  const { waivers } = subject.index.fleet;
  let last: number | undefined;
  waivers.forEach((waiver, place) => {
    const endsLater = last === undefined || waiver.expires > (waivers[last] as WaiverContext).expires;
    if (!endsLater || asOf.slice(0, 10) > waiver.expires || !isFor(waiver, subject)) return;
    if (waiver.patches.some((pattern) => namesPatch(pattern, patch))) last = place;
  });
  return last;
}

/** Whether a waiver is for the ring of a node, and for its baseline: where that is not known, one for some is not. */
export function isFor({ rings, baselines }: WaiverContext, subject: Subject): boolean {
  if (subject.ring === undefined || !rings.includes(subject.ring.name)) return false;
  if (baselines === undefined) return true;
  const key = baselineKeyOf(subject);
  return key !== undefined && baselines.includes(key);
}

/** How many patches of each kind count against a node, without those that are waived. */
export type OpenDeficits = Readonly<Record<DeficitKind, number>>;

/**
 * Counts and lists come from different calls, and a scan may lie between them: whichever tells of more is believed.
 * Expects that the four counts are known.
 */
export function openDeficits(counts: PatchCounts, listed: readonly Deficit[], available: boolean): OpenDeficits {
  const waived: Record<DeficitKind, number> = { ...none };
  const open: Record<DeficitKind, number> = { ...none };
  const again: Record<DeficitKind, number> = { ...none };
  for (const deficit of listed) {
    const { kind, waiver } = deficit;
    (waiver === undefined ? open : waived)[kind] += 1;
    again[kind] += entriesOf(deficit) - 1;
  }
  const more = (kind: DeficitKind, count = 0) => Math.max(open[kind], count - waived[kind] - again[kind]);
  return {
    failed: more('failed', counts.failed),
    missing: more('missing', counts.missing),
    'rejected-installed': more('rejected-installed', counts.installedRejected),
    'pending-reboot': more('pending-reboot', counts.installedPendingReboot),
    available: available ? more('available', counts.availableSecurityUpdate) : 0,
  };
}

/**
 * How many patches that a node lacks its counts tell of and its list does not; none where nothing is listed. Waived or not,
 * they are only counted.
 */
export function unlistedOf(subject: Subject, deficits: readonly Deficit[] | undefined): number {
  const { index, instance } = subject;
  const { counts } = instance.patchState ?? {};
  if (deficits === undefined || counts === undefined) return 0;
  const listed = deficits.length === 0 ? none : kept(index.entries, deficits, () => entriesByKind(deficits));
  const more = (kind: DeficitKind, count = 0) => Math.max(0, count - listed[kind]);
  const waiting = more('available', counts.availableSecurityUpdate);
  return (
    more('missing', counts.missing) +
    more('failed', counts.failed) +
    (waiting > 0 && countsAvailable(subject) === 'yes' ? waiting : 0)
  );
}

function entriesByKind(deficits: readonly Deficit[]): Readonly<Record<DeficitKind, number>> {
  const entries: Record<DeficitKind, number> = { ...none };
  for (const deficit of deficits) entries[deficit.kind] += entriesOf(deficit);
  return entries;
}

const none: OpenDeficits = { failed: 0, missing: 0, 'rejected-installed': 0, 'pending-reboot': 0, available: 0 };
