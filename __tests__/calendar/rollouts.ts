import type { Approval, Freeze, Rollout, RolloutRing, RolloutWindow } from '../../calendar/index.ts';

/** An install window in UTC that opens for three hours. */
export function install(schedule: string, more: Partial<RolloutWindow> = {}): RolloutWindow {
  return {
    key: 'install',
    operation: 'Install',
    schedule,
    timezone: 'UTC',
    durationHours: 3,
    cutoffHours: 1,
    enabled: true,
    ...more,
  };
}

/** What a ring approves on Windows, so many days after release. */
export function windows(afterDays: number, more: Partial<Approval> = {}): Approval {
  return {
    baseline: 'windows',
    rule: 0,
    operatingSystem: 'WINDOWS',
    family: 'windows',
    label: 'SecurityUpdates',
    approval: { afterDays },
    ...more,
  };
}

/** What a ring approves on Amazon Linux, so many days after release. */
export function linux(afterDays: number, more: Partial<Approval> = {}): Approval {
  const system = { baseline: 'linux', operatingSystem: 'AMAZON_LINUX_2023', family: 'rpm', label: 'Security' } as const;
  return windows(afterDays, { ...system, ...more });
}

/** A ring of one install window, or of what is given. */
export function ring(name: string, schedule: string | undefined, more: Partial<RolloutRing> = {}): RolloutRing {
  return { name, windows: schedule === undefined ? [] : [install(schedule)], approvals: [], ...more };
}

export function rollout(rings: readonly RolloutRing[], freezes: readonly Freeze[] = []): Rollout {
  return { rings, freezes };
}

export function freeze(from: string, to: string, rings: readonly string[], name = 'quiet'): Freeze {
  return { name, from, to, rings, reason: 'year end' };
}
