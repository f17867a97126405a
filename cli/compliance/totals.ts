import {
  ageLimits,
  type Bucket,
  bucketInWords,
  buckets,
  type ComplianceReport,
  type GroupTotals,
  outcomeOfBucket,
} from '../../compliance/index.ts';
import type { Section } from '../../report/index.ts';
import { waiverTable } from '../waiver-table.ts';
import { noPatchText, unlistedText } from './unlisted.ts';
import { days, minute, percent, shortTable } from './words.ts';

const meanings: Readonly<Record<Bucket, string>> = {
  unknown: 'something that decides could not be read, or makes no sense',
  stopped: 'not running: neither patched nor a failure',
  'not-managed': 'running, and Systems Manager does not know it',
  'never-scanned': 'managed, and never scanned',
  stale: 'its last scan is too old to say anything',
  failed: 'a patch could not be installed',
  missing: 'a patch that its baseline approves is missing',
  'rejected-installed': 'a patch is installed that its baseline rejects',
  'pending-reboot': 'patched once it reboots',
  waived: 'all that it lacks is waived',
  compliant: 'lacks nothing',
};

/** Every instance, in the one bucket it is in. */
export function bucketsSection({ totals }: ComplianceReport): Section {
  return {
    heading: 'Instances',
    blocks: [
      {
        kind: 'table',
        caption: `${totals.instances} in all, each counted once, in the first bucket that holds`,
        columns: [
          { heading: 'bucket' },
          { heading: 'instances', kind: 'number' },
          { heading: 'counts as' },
          { heading: 'means' },
        ],
        rows: buckets.map((bucket) => [
          bucketInWords(bucket),
          `${totals.buckets[bucket]}`,
          outcomeOfBucket[bucket],
          meanings[bucket],
        ]),
        empty: 'none',
      },
    ],
  };
}

const groupNames: Readonly<Record<string, string>> = { os: 'operating system', 'patch-group': 'patch group' };

export function groupInWords(by: string): string {
  return groupNames[by] ?? by;
}

/** Rings and accounts are few; values of a tag may be very many. */
export const mostGroups = 60;

export function groupSection({ groups }: ComplianceReport, by: string): Section {
  const name = groupInWords(by);
  return {
    heading: `By ${name}`,
    blocks: shortTable(
      'Percent compliant of all instances, rounded down; what is waived counts as compliant',
      [
        { heading: name },
        ...['percent', 'instances', 'compliant', 'noncompliant', 'unproven', 'stopped', 'overdue'].map((heading) => ({
          heading,
          kind: 'number' as const,
        })),
      ],
      groups[by] ?? [],
      (group) => groupRow(group, name),
      'there are no instances',
      mostGroups,
    ),
  };
}

function groupRow({ key, totals }: GroupTotals, name: string): string[] {
  const { instances, outcomes, compliantPercent, overdueInstances } = totals;
  const { compliant, noncompliant, unproven, stopped } = outcomes;
  const counts = [instances, compliant, noncompliant, unproven, stopped, overdueInstances];
  return [key ?? `no ${name}`, percent(compliantPercent), ...counts.map(String)];
}

export function agesSection({ ages }: ComplianceReport): Section {
  const unlisted = unlistedText(ages);
  const from = [0, ...ageLimits.map((limit) => limit + 1)];
  const ranges = from.map((first, index) => {
    const last = ageLimits[index];
    return last === undefined ? `over ${first - 1}` : `${first}-${last}`;
  });
  return {
    heading: 'How long patches are missing',
    blocks: [
      {
        kind: 'table',
        caption: `Missing or failed patches, as each instance reported last: ${ages.total}; overdue for their ring: ${ages.overdue}; with a deadline, and nobody can say whether they are past it: ${ages.deadlineUnknown}; without a deadline: ${ages.withoutDeadline}. Days are those since the release, or since an earlier snapshot saw it first`,
        columns: [
          { heading: 'severity' },
          ...[...ranges, 'not known', 'all', 'overdue', 'oldest'].map((heading) => ({
            heading,
            kind: 'number' as const,
          })),
        ],
        rows: ages.bySeverity.map(({ severity, byAge, ageUnknown, total, overdue, oldestDays }) => [
          severity,
          ...[...byAge, ageUnknown, total, overdue].map(String),
          days(oldestDays),
        ]),
        empty: 'none',
      },
      ...(unlisted === undefined ? [] : [{ kind: 'paragraph' as const, text: unlisted }]),
    ],
  };
}

/** Columns that are shown where some patch has a number there. */
const rareCounts = [
  ['available', 'available'],
  ['reboot', 'pendingReboot'],
  ['rejected', 'rejectedInstalled'],
  ['waived', 'waived'],
] as const;

export function patchesSection({ patches, ages }: ComplianceReport): Section {
  const rare = rareCounts.filter(([, key]) => patches.some((patch) => patch[key] > 0));
  return {
    heading: 'Patches, the worst first',
    blocks: shortTable(
      'On how many instances each is missing',
      [
        { heading: 'patch', kind: 'code' },
        { heading: 'severity' },
        { heading: 'released' },
        ...['days', 'missing', 'failed', 'overdue', ...rare.map(([heading]) => heading)].map((heading) => ({
          heading,
          kind: 'number' as const,
        })),
      ],
      patches,
      (patch) => [
        patch.patch,
        patch.severity,
        patch.releasedAt?.slice(0, 10) ?? 'not known',
        days(patch.oldestDays),
        ...[patch.missing, patch.failed, patch.overdue, ...rare.map(([, key]) => patch[key])].map(String),
      ],
      noPatchText(ages),
    ),
  };
}

export function waiversSection({ waivers, evidence }: ComplianceReport): Section | undefined {
  if (waivers.length === 0) return undefined;
  const caption = `Patches that some rings may go without, as of ${minute(evidence.asOf)}`;
  return { heading: 'Waivers', blocks: [waiverTable(caption, waivers, evidence.asOf)] };
}
