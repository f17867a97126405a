import {
  type ComplianceReport,
  type InstanceReference,
  type Place,
  type SeverityLevel,
  severityLevels,
} from '../../../compliance/index.ts';
import type { Cell, ExplorerColumn, Value } from '../../../report/index.ts';

/** A column, and what stands in it. */
export interface Field<Source> extends ExplorerColumn {
  /** Absent: nothing, or nothing is known. */
  readonly of: (source: Source) => Cell | undefined;
}

export function columnsOf<Source>(fields: readonly Field<Source>[]): ExplorerColumn[] {
  return fields.map(({ of: _, ...column }) => column);
}

export function cellsOf<Source>(fields: readonly Field<Source>[], source: Source): Cell[] {
  return fields.map(({ of }) => of(source) ?? '');
}

export const placeFields: readonly Field<Place>[] = [
  { key: 'account', heading: 'account', filter: true, of: ({ account }) => account },
  { key: 'region', heading: 'region', filter: true, of: ({ region }) => region },
];

export const instanceField: Field<Pick<InstanceReference, 'instanceId'>> = {
  key: 'instance',
  heading: 'instance',
  kind: 'code',
  of: ({ instanceId }) => instanceId,
};

const toneOfSeverity: Partial<Record<SeverityLevel, Value['tone']>> = { critical: 'bad', important: 'unsure' };

export const severityValues: readonly Value[] = severityLevels.map((value) => {
  const tone = toneOfSeverity[value];
  return { value, ...(tone !== undefined && { tone }) };
});

/** Said in place of a table of instances. */
export function noInstance({ complete }: ComplianceReport): string {
  return complete ? 'there is no instance to patch' : 'no instance is known: not everything could be read';
}
