import { grouped } from '../core/grouped.ts';
import type { RingRun, RingRuns } from './ring-runs.ts';

/** An install of a later ring that comes before the earlier ring's; milliseconds. */
export interface Inversion {
  readonly month: string;
  readonly run: number;
  /** The install of the earlier ring in that month; undefined when there is none before, or none in time. */
  readonly earlierRun?: number;
  /** The install of the later ring before, since which the earlier one has not installed. Only where months have several. */
  readonly since?: number;
}

/**
 * Where a later ring installs before an earlier one, in months from `first` up to `end`.
 *
 * - In a month in which both install at most once, the earlier ring must come first. When it does not install in that
 *   month at all, the later ring gets ahead of it, too.
 * - In a month in which one of them installs several times, each install of the later ring needs one of the earlier ring
 *   since its own last install.
 *
 * Installs at the same instant are in order, unless `strictly`: nobody said that they must not be side by side.
 */
export function inversionsBetween(
  earlier: RingRuns,
  later: RingRuns,
  months: { readonly first: string; readonly end: string },
  strictly: boolean,
): Inversion[] {
  const ofEarlier = byMonth(earlier.runs);
  const ofLater = byMonth(later.runs);
  const isBehind = (run: number, other: number) => (strictly ? run > other : run >= other);
  const inversions: Inversion[] = [];
  for (const [index, { instant: run, month }] of later.runs.entries()) {
    if (month < months.first || month >= months.end) continue;
    const others = ofEarlier.get(month) ?? [];
    const single = others.length <= 1 && ofLater.get(month)?.length === 1 && run < earlier.cutAt;
    if (single) {
      const [other] = others;
      if (other === undefined) inversions.push({ month, run });
      else if (!isBehind(run, other.instant)) inversions.push({ month, run, earlierRun: other.instant });
      continue;
    }
    const since = later.runs[index - 1]?.instant;
    const other = earlier.firstFrom(since === undefined ? earlier.from : since + 1);
    if (!isBehind(run, other)) inversions.push({ month, run, ...(since !== undefined && { since }) });
  }
  return inversions;
}

function byMonth(runs: readonly RingRun[]): Map<string, RingRun[]> {
  return grouped(runs, ({ month }) => month);
}
