import type { ComplianceReport, Finding } from '../../../compliance/index.ts';
import type { Explorer } from '../../../report/index.ts';
import { cellsOf, columnsOf, type Field, instanceField, placeFields } from './fields.ts';

/** Causes that lie in how the fleet is set up, by kind. */
export function findingExplorer({ findings, complete }: ComplianceReport): Explorer {
  return {
    kind: 'explorer',
    name: 'findings',
    caption: 'Findings',
    one: 'finding',
    many: 'findings',
    columns: columnsOf(fields),
    rows: findings.map((finding) => ({ cells: cellsOf(fields, finding) })),
    identity: ['code', 'account', 'region', 'instance'],
    levels: [{ one: 'kind', many: 'kinds', columns: ['code'] }],
    empty: `nothing was found in ${complete ? 'how the fleet is set up' : 'what could be read'}`,
  };
}

const fields: readonly Field<Finding>[] = [
  instanceField,
  { key: 'code', heading: 'kind', filter: true, of: ({ code }) => code.replaceAll('-', ' ') },
  { key: 'why', heading: 'why', of: ({ why }) => why },
  { key: 'next', heading: 'what to do', of: ({ next }) => next },
  ...placeFields,
  { key: 'evidence', heading: 'seen by', aside: true, of: ({ evidence }) => evidence.join(' · ') },
];
