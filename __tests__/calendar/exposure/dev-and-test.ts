import type { Exposure, Rollout } from '../../../calendar/index.ts';
import { formatViolation } from '../../../core/problem.ts';
import { ring, rollout, windows } from '../rollouts.ts';

/* Two rings that follow Patch Tuesday, and what is told of exposures. */

export const [patchTuesday, wednesday] = ['cron(0 21 ? * TUE#2 *)', 'cron(0 21 ? * WED#2 *)'];
export const fiveYears = { asOf: new Date('2026-01-01T00:00:00Z'), months: 60 };
export const oneYear = { ...fiveYears, months: 12 };

export function devAndTest(days: number, more: Parameters<typeof ring>[2] = {}): Rollout {
  return rollout([
    ring('dev', patchTuesday, { approvals: [windows(days)] }),
    ring('test', wednesday, { approvals: [windows(days)], ...more }),
  ]);
}

export const ruled = ({ findings }: Exposure, rule: string) => findings.filter((finding) => finding.rule === rule);
export const messages = ({ findings }: Exposure) => findings.map(formatViolation);
