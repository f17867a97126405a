import type { Exposure } from '../../calendar/exposure/exposure.ts';
import type { ReleaseStep, RingExposure } from '../../calendar/exposure/summary.ts';
import type { Approval } from '../../calendar/rollout.ts';
import type { Block, Column } from '../../report/index.ts';
import { slowest } from './slowest.ts';

/**
 * Fewest and most days from a release to its install, for each ring and rule of a baseline; baselines of which all is the
 * same share a row. Patches that never come, or await promotion, are counted where there are some.
 */
export function waitTable({ rings }: Exposure): Block {
  const columns: readonly (Column & { readonly of: (exposed: RingExposure) => string })[] = [
    { heading: 'ring', of: ({ ring }) => ring },
    { heading: 'approves', of: ({ approval }) => approval.label },
    { heading: 'when', of: describeApproval },
    { heading: 'releases', kind: 'number', of: ({ releases }) => `${releases}` },
    { heading: 'fewest days', kind: 'number', of: ({ fewestDays }) => daysOf(fewestDays) },
    { heading: 'most', kind: 'number', of: ({ mostDays }) => daysOf(mostDays) },
    ...(rings.some(({ never }) => never > 0)
      ? [{ heading: 'never', kind: 'number' as const, of: ({ never }: RingExposure) => `${never}` }]
      : []),
    ...(rings.some(({ awaiting }) => awaiting > 0)
      ? [{ heading: 'awaiting promotion', kind: 'number' as const, of: ({ awaiting }: RingExposure) => `${awaiting}` }]
      : []),
  ];
  const baselines = new Map<string, string[]>();
  for (const exposed of rings) {
    const cells = JSON.stringify(columns.map(({ of }) => of(exposed)));
    baselines.set(cells, [...(baselines.get(cells) ?? []), exposed.approval.baseline]);
  }
  const rows = [...baselines].map(([cells, named]) => {
    const [ring = '', ...rest] = JSON.parse(cells) as string[];
    return [ring, [...new Set(named)].join(', '), ...rest];
  });
  const [ring, ...others] = columns.map(({ heading, kind = 'text' }) => ({ heading, kind }));
  return {
    kind: 'table',
    caption: 'Days from the release of a patch to its install',
    columns: [...(ring === undefined ? [] : [ring]), { heading: 'baselines' }, ...others],
    rows,
    empty: 'no ring has an assignment',
  };
}

/** A delay says little where there are no release dates. */
function describeApproval({ approval, ignoresDelay, undatedBypass }: RingExposure): string {
  if (ignoresDelay) return 'at once: no release dates';
  const words = approvalInWords(approval.approval);
  return undatedBypass ? `${words} (undated: at once)` : words;
}

function approvalInWords(approval: Approval['approval']): string {
  if ('untilDate' in approval) return `released until ${approval.untilDate}`;
  const { afterDays } = approval;
  return afterDays === 0 ? 'at once' : `after ${afterDays} ${afterDays === 1 ? 'day' : 'days'}`;
}

function daysOf(days: number | undefined): string {
  return days === undefined ? '–' : `${days}`;
}

/** Each release of Windows, and when each ring has it by the slowest of its rules; undefined where no ring has Windows. */
export function releaseTable({ rings }: Exposure): Block | undefined {
  const windows = rings.filter(({ approval }) => approval.family === 'windows');
  if (windows.length === 0) return undefined;
  const names = [...new Set(windows.map(({ ring }) => ring))];
  const releases = [...new Set(windows.flatMap(({ steps }) => steps.map(({ release }) => release)))].sort();
  const stepIn = (name: string, release: string) =>
    slowest(
      windows
        .filter(({ ring }) => ring === name)
        .flatMap(({ steps }) => steps)
        .filter((step) => step.release === release),
    );
  return {
    kind: 'table',
    caption: 'When each ring has each release (UTC), by the slowest of its rules; days after the release in brackets',
    columns: [{ heading: 'release' }, ...names.map((heading) => ({ heading }))],
    rows: releases.map((release) => [
      release.slice(0, 10),
      ...names.map((name) => describeStep(stepIn(name, release))),
    ]),
    empty: 'nothing is released in this time',
  };
}

function describeStep(step: ReleaseStep | undefined): string {
  if (step === undefined) return '–';
  if (step.state === 'awaiting') return 'awaiting promotion';
  if (step.installed === undefined) return step.why === undefined ? 'never' : `never: ${step.why}`;
  return `${readable(step.installed)} (${step.days})`;
}

/** `2026-12-08 21:00`, of an ISO-8601 instant in UTC; whoever shows it says that it is UTC. */
export function readable(instant: string): string {
  return instant.slice(0, 16).replace('T', ' ');
}
