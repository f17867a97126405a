import { quoted, warning } from '../../core/problem.ts';
import type { FileViolation } from '../file-violation.ts';
import type { FleetFacts, RingWindow } from './facts.ts';
import { beforeOpen, runsUntil } from './runs.ts';
import { expressionOf, hasSoundSchedule } from './windows.ts';

/** The last year of a cron expression of AWS. */
const lastRun = Date.parse('2200-01-01T00:00:00Z');

/** Windows that open never again: nothing would patch their nodes, and nobody would hear of it. */
export function checkWindowsOver({ rings }: FleetFacts, asOf: string | undefined): FileViolation[] {
  const from = new Date(asOf ?? '');
  if (Number.isNaN(from.getTime())) return [];
  return rings.flatMap(({ ring, windows }) =>
    windows.flatMap((window) => {
      if (window.window.enabled === false || !hasSoundSchedule(window) || opens(window, from)) return [];
      const does = window.operation === 'Scan' ? 'reports' : 'patches';
      const message = `${window.key} of ring ${quoted(ring.name)} opens never again after ${from.toISOString().slice(0, 19)}Z: it ${does} nothing any more`;
      return [
        { ...warning('fleet/window-over', message, 'change its schedule or endDate, or remove it'), at: window.path },
      ];
    }),
  );
}

function opens(window: RingWindow, from: Date): boolean {
  const { schedule, endDate } = window.window;
  // A rate opens for ever, from when the window is made.
  if (expressionOf(schedule).expression.startsWith('rate'))
    return endDate === undefined || Date.parse(endDate) > from.getTime();
  return runsUntil(window, beforeOpen(window, from), lastRun, 1).length > 0;
}
