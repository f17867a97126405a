import { type Bucket, buckets, type Outcome, outcomeOfBucket, placeOfBucket } from './buckets.ts';
import type { Deficit } from './deficit.ts';
import type { InstanceReport } from './instance-report.ts';
import { type SeverityLevel, severityLevels } from './severity.ts';

export interface Totals {
  readonly instances: number;
  readonly buckets: Readonly<Record<Bucket, number>>;
  readonly outcomes: Readonly<Record<Outcome, number>>;
  /** Compliant and waived of all, in percent with one digit after the point; absent without instances. */
  readonly compliantPercent?: number;
  /** The same without those that are stopped. */
  readonly compliantPercentOfRunning?: number;
  /** Instances with a patch that is overdue for their ring. */
  readonly overdueInstances: number;
  /** Patches of instances that are overdue. */
  readonly overdueDeficits: number;
}

export interface GroupTotals {
  /** Absent: the instances without, such as those in no ring. */
  readonly key?: string;
  readonly totals: Totals;
}

/** Ages in days that missing patches are counted by; each up to and with its number. */
export const ageLimits = [7, 14, 30, 60, 90] as const;

export interface Ages {
  /**
   * Of every missing or failed patch, as each instance reported last, that is not waived. What is only counted, and not
   * listed, is of unspecified severity and unknown age.
   */
  readonly bySeverity: readonly AgesOfSeverity[];
  readonly total: number;
  readonly overdue: number;
  /** Of those with a deadline, of which nobody can say whether they are past it. */
  readonly deadlineUnknown: number;
  /** On instances that are in no ring, or in one without a deadline: never overdue. */
  readonly withoutDeadline: number;
  /** Of `total`, which instances count and do not list, although they list some. */
  readonly counted: number;
  /**
   * Instances that are not compliant, and whose patches are not listed, or only those of an install of a list: what they may
   * lack beside is in none of these numbers.
   */
  readonly unlisted: Readonly<Record<Exclude<Outcome, 'compliant'>, number>>;
  readonly oldestDays?: number;
}

export interface AgesOfSeverity {
  readonly severity: SeverityLevel;
  readonly total: number;
  readonly overdue: number;
  /** One for each of `ageLimits`, and one for what is older. */
  readonly byAge: readonly number[];
  readonly ageUnknown: number;
  readonly oldestDays?: number;
}

/** Counts instances as they come: each once, in its bucket. */
export class Tally {
  /** By the place of a bucket in their order. */
  private readonly counts: number[] = buckets.map(() => 0);
  private overdueInstances = 0;
  private overdueDeficits = 0;

  /** An instance, by the place of its bucket, and how many of its patches are overdue. */
  add(place: number, overdue: number): void {
    this.counts[place] = (this.counts[place] ?? 0) + 1;
    this.overdueDeficits += overdue;
    if (overdue > 0) this.overdueInstances += 1;
  }

  totals(): Totals {
    const outcomes: Record<Outcome, number> = { compliant: 0, noncompliant: 0, unproven: 0, stopped: 0 };
    const inBuckets = {} as Record<Bucket, number>;
    buckets.forEach((bucket, place) => {
      const count = this.counts[place] ?? 0;
      inBuckets[bucket] = count;
      outcomes[outcomeOfBucket[bucket]] += count;
    });
    const { compliant, noncompliant, unproven, stopped } = outcomes;
    const instances = compliant + noncompliant + unproven + stopped;
    const ofAll = percent(compliant, instances);
    const ofRunning = percent(compliant, instances - stopped);
    return {
      instances,
      buckets: inBuckets,
      outcomes,
      ...(ofAll !== undefined && { compliantPercent: ofAll }),
      ...(ofRunning !== undefined && { compliantPercentOfRunning: ofRunning }),
      overdueInstances: this.overdueInstances,
      overdueDeficits: this.overdueDeficits,
    };
  }
}

export function totalsOf(instances: Iterable<InstanceReport>): Totals {
  const tally = new Tally();
  for (const { bucket, deficits } of instances) tally.add(placeOfBucket[bucket], overdueIn(deficits));
  return tally.totals();
}

/** How many patches of an instance are overdue. */
export function overdueIn(deficits: readonly Deficit[] | undefined): number {
  let overdue = 0;
  if (deficits !== undefined) for (const { deadline } of deficits) if (deadline === 'overdue') overdue += 1;
  return overdue;
}

/** Rounded down to one digit after the point: 999 of 1,000 are never 100 %. */
function percent(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : Math.floor((part * 1000) / whole) / 10;
}

/** Counts instances as they come, by a key of theirs. */
export class GroupTally {
  private readonly groups = new Map<string | undefined, Tally>();

  constructor(private readonly keyOf: (instance: InstanceReport) => string | undefined) {}

  add(instance: InstanceReport, place: number, overdue: number): void {
    const key = this.keyOf(instance);
    let tally = this.groups.get(key);
    if (tally === undefined) {
      tally = new Tally();
      this.groups.set(key, tally);
    }
    tally.add(place, overdue);
  }

  /** In the given order of keys, then by key; those without one last. */
  totals(order: readonly string[] = []): GroupTotals[] {
    const place = new Map(order.map((key, index) => [key, index]));
    const rank = (key: string | undefined) => (key === undefined ? order.length + 1 : (place.get(key) ?? order.length));
    return [...this.groups]
      .sort(([a], [b]) => rank(a) - rank(b) || ((a ?? '') < (b ?? '') ? -1 : 1))
      .map(([key, tally]) => ({ ...(key !== undefined && { key }), totals: tally.totals() }));
  }
}

/** Counts ages of what is missing as instances come. How severe a patch is, is known once all of them have come. */
export class AgeTally {
  private readonly patches = new Map<string, Row>();
  private deadlineUnknown = 0;
  private withoutDeadline = 0;
  private counted = 0;
  private readonly unlisted = { noncompliant: 0, unproven: 0, stopped: 0 };

  /** An instance whose patches are not listed, or not all. */
  addUnlisted(bucket: Bucket): void {
    const outcome = outcomeOfBucket[bucket];
    if (outcome !== 'compliant') this.unlisted[outcome] += 1;
  }

  /** So many patches that an instance counts and does not list. */
  addCounted(patches: number, hasDeadline: boolean): void {
    this.counted += patches;
    if (hasDeadline) this.deadlineUnknown += patches;
    else this.withoutDeadline += patches;
  }

  /** What so many instances lack. */
  add(deficits: readonly Deficit[], instances: number): void {
    for (const { patch, kind, ageDays, deadline, waiver } of deficits) {
      if (waiver !== undefined || kind === 'rejected-installed' || kind === 'pending-reboot') continue;
      const row = this.rowOf(patch);
      row.total += instances;
      if (deadline === 'overdue') row.overdue += instances;
      if (deadline === 'unknown') this.deadlineUnknown += instances;
      if (deadline === undefined) this.withoutDeadline += instances;
      if (ageDays === undefined) row.ageUnknown += instances;
      else {
        const limit = ageLimits.findIndex((days) => ageDays <= days);
        const place = limit === -1 ? ageLimits.length : limit;
        row.byAge[place] = (row.byAge[place] ?? 0) + instances;
        row.oldestDays = Math.max(row.oldestDays ?? 0, ageDays);
      }
    }
  }

  /** By severity, worst first. */
  ages(severityOf: (patch: string) => SeverityLevel): Ages {
    const rows = new Map(severityLevels.map((severity) => [severity, { severity, ...emptyRow() }]));
    for (const [patch, row] of this.patches) addRow(rows.get(severityOf(patch)) as Row, row);
    addRow(rows.get('unspecified') as Row, { ...emptyRow(), total: this.counted, ageUnknown: this.counted });
    const bySeverity = [...rows.values()];
    const sum = (part: (row: AgesOfSeverity) => number) => bySeverity.reduce((total, row) => total + part(row), 0);
    const oldest = bySeverity.flatMap(({ oldestDays }) => oldestDays ?? []);
    return {
      bySeverity,
      total: sum((row) => row.total),
      overdue: sum((row) => row.overdue),
      deadlineUnknown: this.deadlineUnknown,
      withoutDeadline: this.withoutDeadline,
      counted: this.counted,
      unlisted: this.unlisted,
      ...(oldest.length > 0 && { oldestDays: Math.max(...oldest) }),
    };
  }

  private rowOf(patch: string): Row {
    let row = this.patches.get(patch);
    if (row === undefined) {
      row = emptyRow();
      this.patches.set(patch, row);
    }
    return row;
  }
}

type Row = { -readonly [Key in keyof Omit<AgesOfSeverity, 'severity'>]: AgesOfSeverity[Key] } & { byAge: number[] };

function emptyRow(): Row {
  return { total: 0, overdue: 0, byAge: [...ageLimits, 0].map(() => 0), ageUnknown: 0 };
}

function addRow(sum: Row, { total, overdue, byAge, ageUnknown, oldestDays }: Row): void {
  sum.total += total;
  sum.overdue += overdue;
  sum.byAge = sum.byAge.map((count, place) => count + (byAge[place] ?? 0));
  sum.ageUnknown += ageUnknown;
  if (oldestDays !== undefined) sum.oldestDays = Math.max(sum.oldestDays ?? 0, oldestDays);
}
