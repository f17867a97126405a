import type { ComplianceReport, Deficit } from '../../../compliance/index.ts';
import type { Tone } from '../../../report/index.ts';
import { type Field, severityValues } from './fields.ts';

const kinds: Readonly<Record<Deficit['kind'], readonly [words: string, tone: Tone]>> = {
  failed: ['failed', 'bad'],
  missing: ['missing', 'bad'],
  available: ['available', 'bad'],
  'rejected-installed': ['installed and rejected', 'bad'],
  'pending-reboot': ['pending reboot', 'unsure'],
};

const deadlines = { overdue: 'overdue', unknown: 'not known', met: 'in time' } as const;

/** Columns of the patches that count against an instance. */
export function patchFields({ patches, waivers }: ComplianceReport): Field<Deficit>[] {
  const known = new Map(patches.map((patch) => [patch.patch, patch]));
  return [
    { key: 'patch', heading: 'patch', kind: 'code', of: ({ patch }) => patch },
    {
      key: 'state',
      heading: 'state',
      values: Object.values(kinds).map(([value, tone]) => ({ value, tone })),
      of: ({ kind }) => kinds[kind][0],
    },
    { key: 'severity', heading: 'severity', values: severityValues, of: ({ patch }) => known.get(patch)?.severity },
    { key: 'age', heading: 'age, days', kind: 'number', of: ({ ageDays }) => ageDays },
    {
      key: 'since',
      heading: 'counted from',
      of: ({ ageSince }) => (ageSince === 'first-seen' ? 'first seen missing: it is older' : ageSince),
    },
    {
      key: 'deadline',
      heading: 'deadline',
      values: [
        { value: deadlines.overdue, tone: 'bad' },
        { value: deadlines.unknown, tone: 'unsure' },
        { value: deadlines.met, tone: 'good' },
      ],
      of: ({ deadline }) => deadline && deadlines[deadline],
    },
    {
      key: 'waiver',
      heading: 'waived',
      of: ({ waiver }) => {
        const of = waiver === undefined ? undefined : waivers[waiver];
        return of && `until ${of.expires}: ${of.ticket}`;
      },
    },
    { key: 'released', heading: 'released', of: ({ patch }) => known.get(patch)?.releasedAt?.slice(0, 10) },
    { key: 'cves', heading: 'CVEs', of: ({ patch }) => known.get(patch)?.cveIds?.join(', ') },
    {
      key: 'title',
      heading: 'title',
      of: ({ patch }) => {
        const title = known.get(patch)?.title;
        return title === patch ? undefined : title;
      },
    },
  ];
}
