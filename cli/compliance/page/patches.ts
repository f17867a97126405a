import type { ComplianceReport, PatchReport } from '../../../compliance/index.ts';
import type { Explorer } from '../../../report/index.ts';
import { cellsOf, columnsOf, type Field, severityValues } from './fields.ts';

/** Every patch that counts against some instance; each leads to these. */
export function patchExplorer({ patches }: ComplianceReport): Explorer {
  return {
    kind: 'explorer',
    name: 'patches',
    caption: 'Patches',
    one: 'patch',
    many: 'patches',
    columns: columnsOf(fields),
    rows: patches.map((patch) => ({ cells: cellsOf(fields, patch) })),
    identity: ['patch'],
    tally: { column: 'severity' },
    opens: { explorer: 'instances', filter: 'patch' },
    empty: 'No patch counts against any instance whose patches were listed.',
  };
}

const counts = [
  ['missing', 'missing on'],
  ['failed', 'failed on'],
  ['available', 'available on'],
  ['rejectedInstalled', 'installed and rejected on'],
  ['pendingReboot', 'pending reboot on'],
  ['waived', 'waived on'],
  ['overdue', 'overdue on'],
  ['oldestDays', 'oldest, days'],
] as const;

const fields: readonly Field<PatchReport>[] = [
  { key: 'patch', heading: 'patch', kind: 'code', of: ({ patch }) => patch },
  { key: 'severity', heading: 'severity', filter: true, values: severityValues, of: ({ severity }) => severity },
  {
    key: 'classification',
    heading: 'classification',
    filter: true,
    none: 'not told',
    of: ({ classification }) => classification,
  },
  ...counts.map(([key, heading]): Field<PatchReport> => ({ key, heading, kind: 'number', of: (patch) => patch[key] })),
  { key: 'released', heading: 'released', of: ({ releasedAt }) => releasedAt?.slice(0, 10) },
  { key: 'cves', heading: 'CVEs', of: ({ cveIds }) => cveIds?.join(', ') },
  { key: 'title', heading: 'title', of: ({ patch, title }) => (patch === title ? undefined : title) },
];
