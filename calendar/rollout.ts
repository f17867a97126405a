/**
 * How patches roll through a fleet: plain, serialisable data that a fleet is turned into, and all that the calendar, the
 * order of rings and exposure know of it. Whoever makes one has checked it: expressions parse, zones and names exist,
 * numbers are in range.
 */
export interface Rollout {
  /** In the order in which they are patched, which is the order of the file. */
  readonly rings: readonly RolloutRing[];
  readonly freezes: readonly Freeze[];
}

/** A stage of the rollout. */
export interface RolloutRing {
  /** Different from ring to ring. */
  readonly name: string;
  /** Days that a patch must have spent in the ring before. @default 0 */
  readonly soakDays?: number;
  /** Days after its release by which the ring must have a patch. @default no deadline */
  readonly patchWithinDays?: number;
  readonly windows: readonly RolloutWindow[];
  /**
   * What is released to the ring, and when: an entry for each rule of each baseline that is assigned in it. Assignments
   * with delays of their own give several entries of one baseline and rule: all of them count.
   */
  readonly approvals: readonly Approval[];
}

/** A maintenance window of a ring. */
export interface RolloutWindow {
  /** Different from window to window of the ring: `scan`, `install`, `install-second`. */
  readonly key: string;
  readonly operation: 'Scan' | 'Install';
  /** `cron(…)`, `rate(…)` or `at(…)`; what the file counts from Patch Tuesday is a `cron` with offset days by now. */
  readonly schedule: string;
  /** IANA name. */
  readonly timezone: string;
  /** Days after the day that a `cron` names, 1–6. @default 0 */
  readonly offsetDays?: number;
  /** First instant it may open, ISO-8601 with an offset. @default no bound */
  readonly startDate?: string;
  /** Instant from which it opens no more, ISO-8601 with an offset. @default no bound */
  readonly endDate?: string;
  /** Hours it stays open, 1–24. */
  readonly durationHours: number;
  /** Hours before its end after which no task starts, 0–23. */
  readonly cutoffHours: number;
  /**
   * Whether it installs a list of its own instead of what baselines approve. Such a window is in the calendar, but it
   * brings no release to the ring: it counts neither for the order of rings nor for exposure. @default false
   */
  readonly installsOwnList?: boolean;
  /**
   * Whether it leaves what it installs without the reboot that finishes it. Such an install counts as having the patch in
   * order and soak; a deadline that only such installs meet is a finding. @default false
   */
  readonly leavesReboot?: boolean;
  /** Whether it opens at all. */
  readonly enabled: boolean;
  /**
   * The freezes that keep it closed. They count only where `enabled` is false: such a window is closed until the last of
   * them is over. One that is disabled without any, or only for freezes that do not exist, is closed for good.
   * @default none
   */
  readonly closedBy?: readonly string[];
  /** Whether it opens even in a freeze of its ring, as that of an emergency does. @default false */
  readonly ignoresFreezes?: boolean;
}

/** When a ring approves what is released: one rule of one baseline, with the delay that it has there. */
export interface Approval {
  /** Key of the baseline in the fleet. */
  readonly baseline: string;
  /** Position of the rule in its baseline, from 0. */
  readonly rule: number;
  /** The operating system, in the words of AWS: `WINDOWS`, `AMAZON_LINUX_2023`. */
  readonly operatingSystem: string;
  readonly family: 'windows' | 'rpm' | 'apt' | 'macos';
  /** What the rule approves, for people: `SecurityUpdates, CriticalUpdates`. */
  readonly label: string;
  /** Days of 24 hours after the release, or the last day, `YYYY-MM-DD`, whose releases are approved. */
  readonly approval: { readonly afterDays: number } | { readonly untilDate: string };
}

/** A stretch of time in which nothing may be installed. */
export interface Freeze {
  /** Different from freeze to freeze. */
  readonly name: string;
  /** First instant that is frozen, ISO-8601 with an offset. */
  readonly from: string;
  /** First instant that is not frozen any more, ISO-8601 with an offset. */
  readonly to: string;
  /** Names of the rings it holds for. */
  readonly rings: readonly string[];
  readonly reason: string;
}
