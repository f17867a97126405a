import {
  type ComplianceReport,
  lastRunOf,
  placeKey,
  type WindowReport,
  type WindowRun,
} from '../../compliance/index.ts';
import type { Section } from '../../report/index.ts';
import { count, minute, shortTable } from './words.ts';

/** Maintenance windows: their last and next runs, and whom the last ones did not reach. */
export function windowsSection({ windows }: ComplianceReport): Section {
  const skipped = windows.flatMap((window) => {
    const run = lastRunOf(window);
    return (run?.skipped ?? []).map((node) => ({ window, startedAt: run?.startedAt, node }));
  });
  const unread = windows.filter(({ runs }) => runs?.[0] !== undefined && isUnread(runs[0])).length;
  return {
    heading: 'Maintenance windows',
    blocks: [
      ...shortTable(
        'When they ran last and run next',
        [
          { heading: 'window' },
          { heading: 'account and region' },
          { heading: 'does' },
          { heading: 'last run' },
          { heading: 'result' },
          { heading: 'next run' },
        ],
        windows,
        (window) => [
          window.windowName,
          placeKey(window),
          window.operations?.join(', ') ?? 'not known',
          window.runs === undefined ? 'not known' : minute(lastRunOf(window)?.startedAt),
          resultOf(window),
          nextOf(window),
        ],
        'there are none',
      ),
      ...shortTable(
        'Instances that a last run did not get through with',
        [
          { heading: 'instance', kind: 'code' },
          { heading: 'account and region' },
          { heading: 'window' },
          { heading: 'run' },
          { heading: 'what became of it' },
        ],
        skipped,
        ({ window, startedAt, node: { instanceId, result, responseCode } }) => [
          instanceId,
          placeKey(window),
          window.windowName,
          minute(startedAt),
          responseCode === undefined ? inWords(result) : `${inWords(result)}, exit code ${responseCode}`,
        ],
        unread === 0 ? 'none' : `none is known: of ${count(unread, 'last run')} that went wrong it was not read`,
      ),
    ],
  };
}

function resultOf(window: WindowReport): string {
  const { runs, overlapping, olderRunsUnread } = window;
  if (runs === undefined) return 'not known';
  const last = lastRunOf(window);
  const result = last === undefined ? 'never ran' : runInWords(last);
  const atLeast = olderRunsUnread ? 'at least ' : '';
  return overlapping === 0 ? result : `${result}; ${atLeast}${overlapping} skipped while the one before still ran`;
}

/** Whether a run went wrong, and what nodes did in it was not read. */
function isUnread({ status, results }: WindowRun): boolean {
  return results === undefined && status !== 'SUCCESS' && status !== 'SKIPPED_OVERLAPPING';
}

/** `SUCCESS: 30 succeeded, 2 failed`. */
function runInWords(run: WindowRun): string {
  const { status, results } = run;
  if (isUnread(run)) return `${status}: what nodes did was not read`;
  const told = Object.entries(results ?? {}).filter(([, number]) => number > 0);
  if (told.length === 0) return status;
  return `${status}: ${told.map(([result, number]) => `${number} ${inWords(result)}`).join(', ')}`;
}

function inWords(result: string): string {
  return result === 'cut-off' ? 'cut off' : result.replace('-', ' ');
}

function nextOf({ next, nextFrom }: WindowReport): string {
  const [first] = next;
  if (nextFrom === 'disabled') return 'disabled';
  if (first === undefined) return nextFrom === 'unknown' ? 'not known' : 'none';
  return first.frozenBy === undefined ? minute(first.at) : `${minute(first.at)}, in freeze ${first.frozenBy}`;
}
