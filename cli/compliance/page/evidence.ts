import { areaInWords, type ComplianceReport } from '../../../compliance/index.ts';
import type { Block, Table } from '../../../report/index.ts';
import { numberText } from '../words.ts';

/** What could not be read, and what that leaves unknown. */
export function gapTable({ places }: ComplianceReport): Table {
  const rows = places.flatMap(({ account, region, gaps }) =>
    gaps.map(({ area, message, unknown, about }) => [
      account,
      region,
      areaInWords(area),
      message,
      about === undefined ? unknown : `${unknown}, of ${numberText(about)}`,
    ]),
  );
  return {
    kind: 'table',
    caption: 'What could not be read',
    columns: ['account', 'region', 'what', 'why', 'unknown because of it'].map((heading) => ({ heading })),
    rows,
    empty: 'everything that was asked for was read',
  };
}

/** What auditors ask for: which controls it serves, what it was made from, and with which permissions. */
export function evidenceBlocks({ evidence }: ComplianceReport): Block[] {
  const { controls, earlier, files, permissions, notes } = evidence;
  const sources = [...evidence.sources, ...earlier];
  return [
    {
      kind: 'table',
      caption: 'Controls that this report serves',
      columns: ['framework', 'control', 'what it asks for'].map((heading) => ({ heading })),
      rows: controls.map(({ framework, control, what }) => [framework, control, what]),
      empty: 'none',
    },
    {
      kind: 'table',
      caption: 'Sources',
      columns: ['source', 'from', 'to', 'patches listed', 'anonymised', 'read by version'].map((heading) => ({
        heading,
      })),
      rows: sources.map(({ kind, name, from, to, details, anonymised, toolVersion }) => [
        kind === 'aws' ? name : `snapshot ${name}`,
        from,
        to,
        details,
        anonymised ? 'yes' : 'no',
        toolVersion,
      ]),
      empty: 'none',
    },
    {
      kind: 'table',
      caption: 'Files and their SHA-256',
      columns: [{ heading: 'file' }, { heading: 'SHA-256', kind: 'code' }],
      rows: [...files, ...sources.flatMap((source) => source.files)].map(({ file, sha256 }) => [file, sha256]),
      empty: 'no file was read',
    },
    {
      kind: 'paragraph',
      text: `Permissions used, all of them read-only: ${permissions.length === 0 ? 'none' : permissions.join(', ')}.`,
    },
    { kind: 'list', items: notes },
  ];
}
