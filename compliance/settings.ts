/** What a report is made for. */
export interface Settings {
  /** The instant that ages, deadlines, waivers and next runs are told for; ISO-8601 in UTC. */
  readonly asOf: string;
  /** A scan that ended longer ago says nothing any more; milliseconds. */
  readonly staleAfterMs: number;
  /** By patch key, when an earlier snapshot first saw it missing anywhere: it was released by then. */
  readonly firstSeen: ReadonlyMap<string, string>;
}

export const dayMs = 86_400_000;

/** Whole days from one instant to another; negative where the second lies before the first. */
export function daysBetween(from: string, to: string): number {
  return Math.floor((Date.parse(to) - Date.parse(from)) / dayMs);
}
