import type { Approval } from '../rollout.ts';
import { instantOfWallTime } from '../time-zone.ts';

/** When the patches of an operating system are released: monthly on Windows, else every day. */
export type Cadence = 'monthly' | 'daily';

/** Days of UTC, from the first up to the end, which is not one of them; milliseconds of their midnights. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const dayMs = 86_400_000;

export function cadenceOf({ family }: Pick<Approval, 'family'>): Cadence {
  return family === 'windows' ? 'monthly' : 'daily';
}

/** The instants of the releases whose own day lies in a span, ascending; milliseconds. One span is asked for often. */
export function releasesIn(span: Span, cadence: Cadence): readonly number[] {
  const known = remembered.get(span) ?? {};
  remembered.set(span, known);
  known[cadence] ??= cadence === 'monthly' ? patchTuesdays(span) : days(span);
  return known[cadence];
}

const remembered = new WeakMap<Span, { [cadence in Cadence]?: readonly number[] }>();

function patchTuesdays({ from, to }: Span): number[] {
  const first = new Date(from);
  const releases: number[] = [];
  for (let month = first.getUTCMonth(); ; month += 1) {
    const release = patchTuesday(first.getUTCFullYear(), month);
    if (release >= to) return releases;
    if (release >= from) releases.push(release);
  }
}

/** 10:00 in Los Angeles is the same day in UTC all year, so the day of a release is never in doubt. */
function patchTuesday(year: number, month: number): number {
  const first = new Date(Date.UTC(year, month, 1));
  const day = 8 + ((2 - first.getUTCDay() + 7) % 7);
  const wall = { year: first.getUTCFullYear(), month: first.getUTCMonth() + 1, day, hour: 10, minute: 0, second: 0 };
  return instantOfWallTime(wall, 'America/Los_Angeles').getTime();
}

function days({ from, to }: Span): number[] {
  return Array.from({ length: Math.max(0, Math.ceil((to - from) / dayMs)) }, (_, i) => from + i * dayMs);
}
