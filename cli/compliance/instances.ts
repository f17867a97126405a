import {
  bucketInWords,
  type ComplianceReport,
  type Finding,
  type InstanceReport,
  outcomeOfBucket,
  type PlaceReport,
  placeKey,
  placeOfBucket,
} from '../../compliance/index.ts';
import { grouped } from '../../core/grouped.ts';
import type { Column, Finding as ReportFinding, Section } from '../../report/index.ts';
import { instanceInWords, shortTable } from './words.ts';

/** What could not be read, before any number: nobody may take the rest for the whole. */
export function unreadSection({ complete, places }: ComplianceReport): Section | undefined {
  if (complete) return undefined;
  return {
    heading: 'What could not be read',
    blocks: [
      {
        kind: 'table',
        caption: 'Unknown, and counted as such',
        columns: [{ heading: 'account and region', kind: 'code' }, { heading: 'why' }, { heading: 'what is unknown' }],
        rows: places.flatMap((place) =>
          place.gaps.map(({ message, unknown, about }) => [
            placeInWords(place),
            message,
            about === undefined ? unknown : `${unknown} (of ${about})`,
          ]),
        ),
        empty: 'nothing',
      },
    ],
  };
}

function placeInWords(place: PlaceReport): string {
  return place.accountName === undefined ? placeKey(place) : `${placeKey(place)} ${place.accountName}`;
}

const columns: readonly Column[] = [
  { heading: 'instance', kind: 'code' },
  { heading: 'account and region' },
  { heading: 'ring' },
  { heading: 'bucket' },
  { heading: 'why' },
];

export function unpatchedSection({ instances }: ComplianceReport): Section {
  const of = (outcome: 'noncompliant' | 'unproven') =>
    byRank(instances.filter(({ bucket }) => outcomeOfBucket[bucket] === outcome));
  const rowOf = (instance: InstanceReport) => [
    instanceInWords(instance),
    placeKey(instance),
    instance.ring ?? '-',
    bucketInWords(instance.bucket),
    whyOf(instance),
  ];
  const unpatched = 'Not patched, what is overdue longest first';
  const unproven = 'Nobody can say whether they are patched';
  return {
    heading: 'Instances that need somebody',
    blocks: [
      ...shortTable(unpatched, columns, of('noncompliant'), rowOf, 'none is unpatched'),
      ...shortTable(unproven, columns, of('unproven'), rowOf, 'all have said what they lack'),
    ],
  };
}

/** What has the same rank stays in the order of places and ids. There are few ranks, and may be very many instances. */
function byRank(instances: readonly InstanceReport[]): InstanceReport[] {
  return [...grouped(instances, rankOf)].sort(([a], [b]) => a - b).flatMap(([, same]) => same);
}

/** Overdue by its age, then by bucket. */
function rankOf({ bucket, deficits = [] }: InstanceReport): number {
  let oldest = -1;
  for (const { deadline, ageDays = 0 } of deficits) if (deadline === 'overdue') oldest = Math.max(oldest, ageDays);
  return oldest >= 0 ? -oldest - 1 : placeOfBucket[bucket];
}

function whyOf({ why, deficits = [] }: InstanceReport): string {
  const overdue = deficits.filter(({ deadline }) => deadline === 'overdue').map(({ patch }) => patch);
  return overdue.length === 0 ? why : `${why}; overdue: ${overdue.join(', ')}`;
}

const mostFindings = 15;
const mostExamples = 5;

/** Causes that lie in how the fleet is set up: each once, with the instances it is about. */
export function findingsSection({ findings }: ComplianceReport): Section {
  const byCause = grouped(findings, ({ code, why, next = '' }) => `${code} ${why} ${next}`);
  const causes = [...byCause.values()];
  const more = causes.length - mostFindings;
  return {
    heading: 'What keeps instances from being patched',
    blocks: [
      {
        kind: 'findings',
        findings: causes.slice(0, mostFindings).map(findingOf),
        none: 'nothing that lies in how the fleet is set up',
      },
      ...(more > 0 ? [{ kind: 'paragraph' as const, text: `and ${more} more: --format json lists all` }] : []),
    ],
  };
}

function findingOf(all: readonly Finding[]): ReportFinding {
  const [first] = all as readonly [Finding];
  const more = all.length - mostExamples;
  return {
    rule: first.code,
    severity: 'warning',
    message: all.length === 1 ? first.why : `${first.why} (${all.length} instances)`,
    ...(first.next !== undefined && { fix: first.next }),
    details: [
      ...all.slice(0, mostExamples).map((one) => [`${one.instanceId} in ${placeKey(one)}`, ...one.evidence].join('; ')),
      ...(more > 0 ? [`and ${more} more: --format json lists all`] : []),
    ],
  };
}
