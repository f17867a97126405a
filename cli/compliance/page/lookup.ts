import type { ComplianceReport, ExposedInstance, InstanceReference, PatchLookup } from '../../../compliance/index.ts';
import type { Section, Value } from '../../../report/index.ts';
import { standings as words } from '../patch-lookup.ts';
import { minute, minuteOf, numberText } from '../words.ts';
import { cellsOf, columnsOf, type Field, instanceField, noInstance, placeFields } from './fields.ts';

const standings = {
  exposed: { value: words.exposed, tone: 'bad' },
  unknown: { value: words.unknown, tone: 'unsure' },
  pendingReboot: { value: words.pendingReboot, tone: 'unsure' },
  installed: { value: words.installed, tone: 'good' },
  notExposed: { value: words.notExposed, tone: 'good' },
} as const satisfies Record<string, Value>;

/** Who is exposed to one patch or CVE, who has it, and who gets it when. */
export function lookupSection(report: ComplianceReport, lookup: PatchLookup): Section {
  const { asked } = lookup;
  const standing = Object.keys(standings) as (keyof typeof standings)[];
  const rows = standing.flatMap((kind) => lookup[kind].map((one): Standing => ({ ...one, standing: kind })));
  return {
    heading: `Who is exposed to ${asked}`,
    blocks: [
      { kind: 'paragraph', text: meaningOf(lookup) },
      {
        kind: 'figures',
        figures: standing.map((kind) => ({
          name: standings[kind].value,
          value: numberText(lookup[kind].length),
          tone: standings[kind].tone,
        })),
      },
      {
        kind: 'explorer',
        name: 'exposure',
        caption: `Instances and ${asked}`,
        one: 'instance',
        many: 'instances',
        columns: columnsOf(fields),
        rows: rows.map((row) => ({ cells: cellsOf(fields, row) })),
        identity: ['account', 'region', 'instance'],
        tally: { column: 'standing' },
        empty: noInstance(report),
      },
    ],
  };
}

function meaningOf({ asked, patches, releasedAt }: PatchLookup): string {
  const released = releasedAt === undefined ? '' : `, released ${minute(releasedAt)}`;
  if (patches.length === 0) return `${asked} is no patch that AWS lists or that counts against any instance.`;
  return `${patches.join(', ')}${released}.`;
}

type Standing = InstanceReference & Partial<ExposedInstance> & { readonly standing: keyof typeof standings };

const fields: readonly Field<Standing>[] = [
  instanceField,
  {
    key: 'standing',
    heading: 'standing',
    filter: true,
    values: Object.values(standings),
    of: ({ standing }) => standings[standing].value,
  },
  { key: 'ring', heading: 'ring', filter: true, of: ({ ring }) => ring },
  ...placeFields,
  { key: 'patch', heading: 'patch', kind: 'code', of: ({ patch }) => patch },
  { key: 'state', heading: 'state', of: ({ state }) => state },
  { key: 'approval', heading: 'approval', of: ({ approval }) => approval?.status.replaceAll('-', ' ') },
  { key: 'by', heading: 'by', aside: true, of: ({ approval }) => approval?.by },
  { key: 'next', heading: 'next run (UTC)', of: ({ next }) => minuteOf(next?.at) },
  { key: 'window', heading: 'of window', of: ({ next }) => next?.windowName },
  { key: 'only-if', heading: 'only if', of: ({ next }) => next?.onlyIf },
  { key: 'why', heading: 'why', of: ({ why }) => why },
];
