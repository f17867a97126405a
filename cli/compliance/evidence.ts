import type { ComplianceReport, Evidence } from '../../compliance/index.ts';
import type { Section } from '../../report/index.ts';

/** What an auditor asks for, a name and a value each: the same in every format. */
export function evidenceLines(evidence: Evidence): readonly (readonly [name: string, value: string])[] {
  const { madeAt, asOf, staleAfterHours, toolVersion, sources, fleet, commit, files, permissions, controls } = evidence;
  return [
    ['made at', madeAt],
    ['as of', asOf],
    ['stale after', `${staleAfterHours} hours`],
    ['patchfleet', toolVersion],
    ...sources.flatMap((source): [string, string][] => [
      ['source', `${source.kind} ${source.name}${source.anonymised ? ', anonymised' : ''}`],
      ['source read', `${source.from} to ${source.to} by patchfleet ${source.toolVersion}, details ${source.details}`],
      ...source.files.map(({ file, sha256 }): [string, string] => [`sha256 of ${file}`, sha256]),
    ]),
    ['fleet', fleet ?? 'none: without rings, deadlines and waivers'],
    ['commit of the fleet file', commit ?? 'not known'],
    ...files.map(({ file, sha256 }): [string, string] => [`sha256 of ${file}`, sha256]),
    ['permissions used', permissions.join(', ') || 'none'],
    ...controls.map(({ framework, control, what }): [string, string] => [
      'control',
      `${framework} ${control}: ${what}`,
    ]),
    ...evidence.notes.map((note): [string, string] => ['note', note]),
  ];
}

export function evidenceSection({ evidence }: ComplianceReport): Section {
  return {
    heading: 'Evidence',
    blocks: [
      {
        kind: 'table',
        caption: 'What this report was made from',
        columns: [{ heading: 'what' }, { heading: 'value', kind: 'code' }],
        rows: evidenceLines(evidence),
        empty: 'none',
      },
    ],
  };
}
