import { type Deficit, deficitKindOf } from './deficits.ts';
import type { PatchFacts } from './patch-facts.ts';
import { patchKeyOf } from './patch-names.ts';
import type { PlaceIndex } from './place-index.ts';
import type { PatchReport } from './report.ts';
import { type SeverityLevel, severityLevelOf, severityLevels } from './severity.ts';

type Entry = { -readonly [Key in keyof PatchReport]: PatchReport[Key] };

/** Patches that count against nodes, each once, with how many nodes lack it: filled instance by instance. */
export class PatchCatalog {
  private readonly entries = new Map<string, Entry>();

  /** What so many nodes of a place list, and what of it counts against them. */
  add(patches: readonly PatchFacts[], deficits: readonly Deficit[], { releases }: PlaceIndex, nodes: number): void {
    const listedAgain: Deficit[] = [];
    for (const patch of patches) {
      const kind = deficitKindOf(patch);
      if (kind === undefined) continue;
      const key = patchKeyOf(patch);
      const deficit = deficitIn(deficits, key, kind);
      if (deficit === undefined) continue;
      const entry = this.entryOf(key, patch);
      describe(entry, patch, releases.of(key, patch.title)?.last);
      if (deficit.entries !== undefined) {
        if (listedAgain.includes(deficit)) continue;
        listedAgain.push(deficit);
      }
      count(entry, deficit, nodes);
    }
  }

  /** What another catalog has of other nodes, as `sorted` tells it. */
  addAll(patches: readonly PatchReport[]): void {
    for (const patch of patches) {
      const { patch: key, severity: _, severityInWords, releasedAt, oldestDays, ...rest } = patch;
      const entry = this.entryOf(key, patch);
      describe(entry, { ...rest, ...(severityInWords !== undefined && { severity: severityInWords }) }, releasedAt);
      for (const number of numbers) entry[number] += patch[number];
      if (oldestDays !== undefined) entry.oldestDays = Math.max(entry.oldestDays ?? 0, oldestDays);
    }
  }

  severityOf(patch: string): SeverityLevel {
    return this.entries.get(patch)?.severity ?? 'unspecified';
  }

  /** Worst first: severity, then age, then how many nodes lack it, then by key. */
  sorted(): PatchReport[] {
    const lacking = ({ missing, failed, available }: PatchReport) => missing + failed + available;
    return [...this.entries.values()]
      .map(inOrder)
      .sort(
        (a, b) =>
          severityLevels.indexOf(a.severity) - severityLevels.indexOf(b.severity) ||
          (b.oldestDays ?? -1) - (a.oldestDays ?? -1) ||
          lacking(b) - lacking(a) ||
          (a.patch < b.patch ? -1 : 1),
      );
  }

  private entryOf(key: string, { patchId, title }: Described): Entry {
    const known = this.entries.get(key);
    if (known !== undefined) return known;
    const made: Entry = {
      patch: key,
      patchId,
      title,
      severity: 'unspecified',
      missing: 0,
      failed: 0,
      rejectedInstalled: 0,
      pendingReboot: 0,
      available: 0,
      waived: 0,
      overdue: 0,
    };
    this.entries.set(key, made);
    return made;
  }
}

/** Halves what is left to look at: a node that was never patched lacks hundreds, and they are sorted. */
function deficitIn(deficits: readonly Deficit[], patch: string, kind: Deficit['kind']): Deficit | undefined {
  let from = 0;
  for (let to = deficits.length; from < to; ) {
    const middle = (from + to) >> 1;
    if ((deficits[middle] as Deficit).patch < patch) from = middle + 1;
    else to = middle;
  }
  for (let place = from; deficits[place]?.patch === patch; place += 1)
    if (deficits[place]?.kind === kind) return deficits[place];
  return undefined;
}

/** The same keys in the same order, whatever was learnt first: the same report is the same bytes. */
function inOrder(entry: Entry): PatchReport {
  const {
    patch,
    patchId,
    title,
    classification,
    severityInWords,
    severity,
    cveIds,
    releasedAt,
    oldestDays,
    ...counts
  } = entry;
  return {
    patch,
    patchId,
    title,
    ...(classification !== undefined && { classification }),
    ...(severityInWords !== undefined && { severityInWords }),
    severity,
    ...(cveIds !== undefined && { cveIds }),
    ...(releasedAt !== undefined && { releasedAt }),
    ...counts,
    ...(oldestDays !== undefined && { oldestDays }),
  };
}

type Described = Pick<PatchFacts, 'patchId' | 'title' | 'classification' | 'severity' | 'cveIds'>;

/** Nodes may describe a patch differently: the worst severity, the first release and the first text count, in any order. */
function describe(entry: Entry, patch: Described, releasedAt: string | undefined): void {
  const severity = severityLevelOf(patch.severity);
  const isWorse = severityLevels.indexOf(severity) < severityLevels.indexOf(entry.severity);
  if (isWorse) entry.severity = severity;
  const { severityInWords } = entry;
  if (patch.severity !== undefined && severity === entry.severity)
    entry.severityInWords = isWorse ? patch.severity : first(severityInWords, patch.severity);
  entry.patchId = first(entry.patchId, patch.patchId);
  entry.title = first(entry.title, patch.title);
  if (patch.classification !== undefined) entry.classification = first(entry.classification, patch.classification);
  if (releasedAt !== undefined) entry.releasedAt = first(entry.releasedAt, releasedAt);
  const { cveIds } = patch;
  if (cveIds !== undefined && entry.cveIds !== cveIds && !cveIds.every((id) => entry.cveIds?.includes(id)))
    entry.cveIds = [...new Set([...(entry.cveIds ?? []), ...cveIds])].sort();
}

function first(known: string | undefined, other: string): string {
  return known === undefined || other < known ? other : known;
}

const counters = {
  missing: 'missing',
  failed: 'failed',
  'rejected-installed': 'rejectedInstalled',
  'pending-reboot': 'pendingReboot',
  available: 'available',
} as const satisfies Record<Deficit['kind'], keyof PatchReport>;

const numbers = [...Object.values(counters), 'waived', 'overdue'] as const;

function count(entry: Entry, { kind, waiver, deadline, ageDays }: Deficit, nodes: number): void {
  if (waiver !== undefined) entry.waived += nodes;
  else entry[counters[kind]] += nodes;
  if (deadline === 'overdue') entry.overdue += nodes;
  if (ageDays !== undefined) entry.oldestDays = Math.max(entry.oldestDays ?? 0, ageDays);
}
