import type { Exposure } from '../../calendar/exposure/exposure.ts';
import type { ReleaseStep, RingExposure } from '../../calendar/exposure/summary.ts';
import type { Approval } from '../../calendar/rollout.ts';
import type { Block } from '../../report/index.ts';

/** A row for each ring and rule of a baseline: fewest and most days from a release to its install. */
export function waitTable({ rings }: Exposure): Block {
  return {
    kind: 'table',
    caption: 'Days from the release of a patch to its install',
    columns: [
      { heading: 'ring' },
      { heading: 'baseline' },
      { heading: 'approves' },
      { heading: 'when' },
      { heading: 'releases', kind: 'number' },
      { heading: 'fewest', kind: 'number' },
      { heading: 'most', kind: 'number' },
      { heading: 'never', kind: 'number' },
      { heading: 'awaiting promotion', kind: 'number' },
    ],
    rows: rings.map((exposed) => [
      exposed.ring,
      exposed.approval.baseline,
      exposed.approval.label,
      describeApproval(exposed),
      `${exposed.releases}`,
      daysOf(exposed.fewestDays),
      daysOf(exposed.mostDays),
      `${exposed.never}`,
      `${exposed.awaiting}`,
    ]),
    empty: 'no ring has an assignment',
  };
}

function describeApproval({ approval, ignoresDelay }: RingExposure): string {
  if (ignoresDelay) return 'at once: no release dates';
  return approvalInWords(approval.approval);
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
  return {
    kind: 'table',
    caption: 'When each ring has each release, by the slowest of its rules; days after the release in brackets',
    columns: [{ heading: 'release' }, ...names.map((heading) => ({ heading }))],
    rows: releases.map((release) => [
      release,
      ...names.map((name) =>
        describeStep(
          slowest(
            windows.filter(({ ring }) => ring === name),
            release,
          ),
        ),
      ),
    ]),
    empty: 'nothing is released in this time',
  };
}

/** Of the rules of a ring the one that is worst for a release: never, then awaiting, then the latest. */
export function slowest(exposed: readonly RingExposure[], release: string): ReleaseStep | undefined {
  const steps = exposed.flatMap(({ steps }) => steps.filter((step) => step.release === release));
  const badness = ({ state, days = 0 }: ReleaseStep) =>
    state === 'never' ? Number.POSITIVE_INFINITY : state === 'awaiting' ? Number.MAX_VALUE : days;
  return steps.reduce<ReleaseStep | undefined>(
    (worst, step) => (worst === undefined || badness(step) > badness(worst) ? step : worst),
    undefined,
  );
}

function describeStep(step: ReleaseStep | undefined): string {
  if (step === undefined) return '–';
  if (step.state === 'awaiting') return 'awaiting promotion';
  if (step.installed === undefined) return step.why === undefined ? 'never' : `never: ${step.why}`;
  return `${step.installed} (${step.days})`;
}
