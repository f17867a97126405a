/** What a report is made for. */
export interface Settings {
  /** The instant that ages, deadlines, waivers and next runs are told for; ISO-8601 in UTC. */
  readonly asOf: string;
  /** A scan that ended before says nothing any more; ISO-8601 in UTC. */
  readonly staleBefore: string;
  /** By patch key, when an earlier snapshot first saw it missing anywhere: it was released by then. */
  readonly firstSeen: ReadonlyMap<string, string>;
}

const nothingSeen: ReadonlyMap<string, string> = new Map();

/** `asOf` is ISO-8601, in any zone. */
export function settingsOf(asOf: string, staleAfterMs: number, firstSeen = nothingSeen): Settings {
  const instant = Date.parse(asOf);
  return {
    asOf: new Date(instant).toISOString(),
    staleBefore: new Date(instant - staleAfterMs).toISOString(),
    firstSeen,
  };
}

export const dayMs = 86_400_000;

/** Whole days from one instant to another; negative where the second lies before the first. */
export function daysBetween(from: string, to: string): number {
  return Math.floor((Date.parse(to) - Date.parse(from)) / dayMs);
}
