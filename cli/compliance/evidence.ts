import type { ComplianceReport, Evidence, SourceEvidence } from '../../compliance/index.ts';
import type { Section } from '../../report/index.ts';

/** What an auditor asks for, a name and a value each: the same in every format. */
export function evidenceLines(evidence: Evidence): readonly (readonly [name: string, value: string])[] {
  const { madeAt, asOf, staleAfterHours, toolVersion, sources, earlier, fleet, commit } = evidence;
  const { files, permissions, controls } = evidence;
  return [
    ['made at', madeAt],
    ['as of', asOf],
    ['stale after', `${staleAfterHours} hours`],
    ['patchfleet', toolVersion],
    ...sources.flatMap((source) => linesOf('source', source)),
    ...earlier.flatMap((source) => linesOf('earlier source', source)),
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

function linesOf(what: string, source: SourceEvidence): [name: string, value: string][] {
  const { kind, name, anonymised, from, to, toolVersion, details, files } = source;
  return [
    [what, `${kind} ${name}${anonymised ? ', anonymised' : ''}`],
    [`${what} read`, `${from} to ${to} by patchfleet ${toolVersion}, details ${details}`],
    ...files.map(({ file, sha256 }): [string, string] => [`sha256 of ${file}`, sha256]),
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
