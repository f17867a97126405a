import type { ReasonCode } from './explain/reason.ts';
import type { Area, GapReason } from './facts.ts';
import type { WaiverContext } from './fleet-context.ts';
import type { InstanceReference, InstanceReport } from './instance-report.ts';
import type { PatchLookup } from './patch-lookup.ts';
import type { SeverityLevel } from './severity.ts';
import type { SourceEvidence } from './source-evidence.ts';
import type { Ages, GroupTotals, Totals } from './totals.ts';
import type { Trend } from './trend.ts';
import type { WindowReport } from './windows/window-report.ts';

/**
 * Everything a report shows, in any format: each number is here, and formats count nothing themselves. Plain and
 * serialisable, and the same bytes for the same facts in any order.
 */
export interface ComplianceReport {
  readonly version: 1;
  readonly evidence: Evidence;
  /** False where something that was to be read was not: exit code 2. */
  readonly complete: boolean;
  readonly totals: Totals;
  /** By each thing that instances are grouped by; `tag:KEY` as far as it was asked for. */
  readonly groups: Readonly<Record<string, readonly GroupTotals[]>>;
  readonly ages: Ages;
  /** Worst first: severity, then age, then how many nodes lack it. */
  readonly patches: readonly PatchReport[];
  /** Sorted by place and id. */
  readonly instances: readonly InstanceReport[];
  /** Terminated: not counted anywhere. */
  readonly gone: readonly InstanceReference[];
  readonly findings: readonly Finding[];
  readonly places: readonly PlaceReport[];
  readonly placeTotals: Readonly<Record<PlaceReport['status'], number>>;
  readonly windows: readonly WindowReport[];
  /** As the fleet file has them; deficits refer to them by place. */
  readonly waivers: readonly WaiverContext[];
  /** With `--since`. */
  readonly trend?: Trend;
  /** With `--patch`. */
  readonly patch?: PatchLookup;
}

/** One patch over the whole fleet. */
export interface PatchReport {
  readonly patch: string;
  readonly patchId: string;
  readonly title: string;
  readonly classification?: string;
  /** In the words of its vendor. */
  readonly severityInWords?: string;
  readonly severity: SeverityLevel;
  readonly cveIds?: readonly string[];
  readonly releasedAt?: string;
  /** Nodes that lack it, failed, …; without those that are waived. */
  readonly missing: number;
  readonly failed: number;
  readonly rejectedInstalled: number;
  readonly pendingReboot: number;
  readonly available: number;
  readonly waived: number;
  readonly overdue: number;
  readonly oldestDays?: number;
}

/** A cause that lies in how the fleet is set up, or a place that could not be read. */
export interface Finding extends InstanceReference {
  readonly code: ReasonCode;
  readonly why: string;
  readonly evidence: readonly string[];
  readonly next?: string;
}

export interface PlaceReport {
  readonly account: string;
  readonly accountName?: string;
  readonly region: string;
  readonly observedAt: string;
  /** `unknown`: nothing could be read. `partly`: some things could not. */
  readonly status: 'read' | 'partly' | 'unknown';
  readonly totals: Totals;
  readonly gaps: readonly GapReport[];
}

export interface GapReport {
  readonly area: Area;
  readonly reason: GapReason;
  /** Why, for people. */
  readonly message: string;
  /** What it leaves unknown, for people. */
  readonly unknown: string;
  /** How many instances or windows it is about; absent: all of the place. */
  readonly about?: number;
}

/** What an auditor asks for. */
export interface Evidence {
  /** When the report was made, UTC. */
  readonly madeAt: string;
  /** What ages and deadlines are told for. */
  readonly asOf: string;
  readonly staleAfterHours: number;
  readonly toolVersion: string;
  readonly sources: readonly SourceEvidence[];
  /** Snapshots that it is compared with, and that ages are taken from. */
  readonly earlier: readonly SourceEvidence[];
  readonly fleet?: string;
  /** Commit of the fleet file. */
  readonly commit?: string;
  /** Of the fleet file and of outputs. */
  readonly files: readonly { readonly file: string; readonly sha256: string }[];
  /** IAM actions that were used, sorted. */
  readonly permissions: readonly string[];
  readonly controls: readonly Control[];
  /** What a reader must know about the numbers. */
  readonly notes: readonly string[];
}

export interface Control {
  readonly framework: string;
  readonly control: string;
  readonly what: string;
}

/** What a report is evidence for. */
export const controls: readonly Control[] = [
  {
    framework: 'AWS Security Hub',
    control: 'SSM.2',
    what: 'EC2 instances managed by Systems Manager have a patch compliance status of COMPLIANT',
  },
  { framework: 'NIST SP 800-53 Rev. 5', control: 'SI-2', what: 'flaw remediation' },
  {
    framework: 'PCI DSS v4.0',
    control: '6.3.3',
    what: 'system components are protected from known vulnerabilities by installing applicable patches',
  },
];

/** What holds of every report. */
export const notes: readonly string[] = [
  'patch states are what nodes report about themselves: whoever holds a role with ssm:PutComplianceItems can write them',
  'systems that are out of support report themselves compliant, because nothing more is published for them',
  'Not Applicable is a count on Linux and a list on Windows, and counts against no node',
];
