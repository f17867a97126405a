import { type ComplianceReport, lastRunOf, type WindowReport, type WindowRun } from '../../../compliance/index.ts';
import type { Explorer } from '../../../report/index.ts';
import { minuteOf } from '../words.ts';
import { cellsOf, columnsOf, type Field, instanceField, placeFields } from './fields.ts';

/** When every window opens next, what became of its last run, and whom its runs did not reach. */
export function windowExplorer({ windows }: ComplianceReport): Explorer {
  const details: Skipped[] = [];
  const rows = windows.map((window) => ({
    cells: cellsOf(fields, window),
    ...(window.runs && {
      details: window.runs.flatMap(({ startedAt, skipped }) =>
        skipped.map((node) => details.push({ ...node, ...(startedAt !== undefined && { startedAt }) }) - 1),
      ),
    }),
  }));
  return {
    kind: 'explorer',
    name: 'windows',
    caption: 'Maintenance windows',
    one: 'window',
    many: 'windows',
    columns: columnsOf(fields),
    rows,
    identity: ['account', 'region', 'window'],
    details: {
      caption: 'Instances that its runs did not patch or scan',
      one: 'instance',
      many: 'instances',
      columns: columnsOf(skippedFields),
      rows: details.map((node) => cellsOf(skippedFields, node)),
      filter: 'instance',
      empty: 'Its runs that were read reached every instance.',
      unknown: 'Its runs were not read.',
    },
    empty: 'No window is known.',
  };
}

type SkippedNode = WindowRun['skipped'][number];

interface Skipped extends SkippedNode {
  readonly startedAt?: string;
}

const skippedFields: readonly Field<Skipped>[] = [
  instanceField,
  { key: 'run', heading: 'run of (UTC)', of: ({ startedAt }) => minuteOf(startedAt) },
  { key: 'result', heading: 'result', of: ({ result }) => result.replaceAll('-', ' ') },
  { key: 'code', heading: 'exit code', kind: 'number', of: ({ responseCode }) => responseCode },
];

const fields: readonly Field<WindowReport>[] = [
  { key: 'window', heading: 'window', kind: 'code', of: ({ windowId }) => windowId },
  { key: 'name', heading: 'name', of: ({ windowName }) => windowName },
  { key: 'ring', heading: 'ring', filter: true, none: 'no ring', of: ({ ring }) => ring },
  ...placeFields,
  {
    key: 'does',
    heading: 'does',
    filter: true,
    none: 'not known',
    of: ({ operations }) => operations?.join(', '),
  },
  { key: 'enabled', heading: 'enabled', of: enabledText, none: 'not known' },
  { key: 'next', heading: 'next run (UTC)', of: nextRun, none: 'not known' },
  {
    key: 'last',
    heading: 'last run (UTC)',
    of: (window) => window.runs && (minuteOf(lastRunOf(window)?.startedAt) ?? 'none'),
  },
  {
    key: 'result',
    heading: 'result',
    filter: true,
    none: 'none',
    values: [
      { value: 'failed', tone: 'bad' },
      { value: 'timed out', tone: 'bad' },
      { value: 'success', tone: 'good' },
    ],
    of: (window) => lastRunOf(window)?.status.toLowerCase().replaceAll('_', ' '),
  },
  { key: 'reached', heading: 'succeeded on', kind: 'number', of: (window) => lastRunOf(window)?.results?.succeeded },
  { key: 'skipped', heading: 'not on', kind: 'number', of: (window) => lastRunOf(window)?.skipped.length },
  { key: 'overlapping', heading: 'overlapping runs', kind: 'number', of: ({ overlapping }) => overlapping },
  { key: 'schedule', heading: 'schedule', kind: 'code', aside: true, of: ({ schedule }) => schedule },
  { key: 'timezone', heading: 'time zone', aside: true, of: ({ timezone }) => timezone },
  { key: 'later', heading: 'runs after that (UTC)', aside: true, of: laterRuns },
];

function nextRun({ next: [run], nextFrom }: WindowReport): string | undefined {
  if (run === undefined) return nextFrom === 'disabled' ? 'none: it is disabled' : undefined;
  return runText(run);
}

function laterRuns({ next }: WindowReport): string {
  return next.slice(1).map(runText).join(' · ');
}

function runText({ at, frozenBy }: WindowReport['next'][number]): string {
  return frozenBy === undefined ? `${minuteOf(at)}` : `${minuteOf(at)}, in the freeze ${frozenBy}`;
}

function enabledText({ enabled }: WindowReport): string | undefined {
  if (enabled === undefined) return undefined;
  return enabled ? 'yes' : 'no';
}
