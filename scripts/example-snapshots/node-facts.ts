import type { InstanceFacts, ManagedFacts } from '../../compliance/facts.ts';
import { present } from '../../compliance/normalise.ts';
import type { PatchCounts, PatchFacts, PatchState } from '../../compliance/patch-facts.ts';
import type { Node } from './nodes.ts';
import type { Released } from './patches.ts';

const dayMs = 86_400_000;

/** When things happened to the nodes of a ring, as seen at an instant. */
export interface Moment {
  readonly at: string;
  /** Before the last day of change: the earlier of two snapshots. */
  readonly isEarlier: boolean;
  readonly lastScan: string;
  readonly lastInstall: string;
  /** Days after their release that patches are approved. */
  readonly approveAfterDays: number;
  readonly released: readonly Released[];
  readonly baselineId: string;
  readonly otherBaselineId: string;
}

const platforms: Readonly<Record<Node['system'], ManagedFacts>> = {
  WINDOWS: {
    pingStatus: 'Online',
    platformType: 'Windows',
    platformName: 'Microsoft Windows Server 2022 Datacenter',
    platformVersion: '10.0.20348',
  },
  AMAZON_LINUX_2023: {
    pingStatus: 'Online',
    platformType: 'Linux',
    platformName: 'Amazon Linux',
    platformVersion: '2023',
  },
  UBUNTU: { pingStatus: 'Online', platformType: 'Linux', platformName: 'Ubuntu', platformVersion: '24.04' },
};

/** What AWS would say of a node; absent for one that is not there yet. */
export function nodeFacts(node: Node, moment: Moment): InstanceFacts | undefined {
  const { kind, instanceId } = node;
  const { at, isEarlier } = moment;
  if (kind === 'new' && isEarlier) return undefined;
  const isScanned = !(kind === 'unmanaged' || kind === 'never-scanned' || kind === 'new');
  const patches = isScanned ? deficits(node, moment) : [];
  const isGone = kind === 'terminated' && !isEarlier;
  const isKnown = kind !== 'unmanaged' && !isGone;
  return present<InstanceFacts>({
    instanceId,
    declaredAs: node.declaredAs,
    ec2: kind === 'outside-ec2' ? undefined : ec2Of(node, moment),
    managed: isKnown
      ? {
          ...platforms[node.system],
          agentVersion: kind === 'old-agent' ? '2.3.1319.0' : '3.3.987.0',
          lastPingAt: before(at, kind === 'offline' ? 12 : 0),
          ...(kind === 'offline' && { pingStatus: 'ConnectionLost' as const }),
          ...(kind === 'stopped' && { pingStatus: 'ConnectionLost' as const }),
        }
      : undefined,
    patchState: isScanned && !isGone ? stateOf(node, moment, patches) : undefined,
    patches: isScanned && !isGone && patches.length > 0 ? patches : undefined,
  } as never);
}

function ec2Of({ kind, name, groupName, team }: Node, { at, isEarlier }: Moment): NonNullable<InstanceFacts['ec2']> {
  const state = kind === 'stopped' ? 'stopped' : kind === 'terminated' && !isEarlier ? 'terminated' : 'running';
  return {
    state,
    ...(state === 'stopped' && { stateChangedAt: '2026-11-02T19:30:00.000Z' }),
    launchedAt: kind === 'new' ? before(at, 1) : '2026-08-03T09:15:00.000Z',
    tags: { Name: name, Team: team, ...(kind !== 'without-group' && { PatchGroup: groupName }) },
    hasInstanceProfile: kind !== 'unmanaged',
  };
}

/** Patches that count against a node when it was scanned last. */
function deficits(node: Node, moment: Moment): PatchFacts[] {
  const { kind, system } = node;
  const { lastScan, lastInstall, released, isEarlier } = moment;
  const of = released.filter((patch) => patch.operatingSystem === system);
  const delay = system === 'UBUNTU' ? 0 : moment.approveAfterDays;
  const approvedBy = (instant: string) => (patch: Released) =>
    new Date(Date.parse(patch.releasedAt) + delay * dayMs).toISOString() <= instant;
  const scanned =
    kind === 'stopped' ? '2026-11-02T03:04:00.000Z' : kind === 'offline' ? before(moment.at, 12) : lastScan;
  const late = of.filter(approvedBy(scanned)).filter((patch) => !approvedBy(lastInstall)(patch));
  const installed = of.filter(approvedBy(lastInstall));
  const last = installed.filter((_, index) => index === 1 || index === installed.length - 1);
  const isFailing = kind === 'fails' || (kind === 'fails-since-lately' && !isEarlier);
  if (isFailing) return [...last.map(as('FAILED')), ...late.map(as('MISSING'))];
  if (kind === 'mended-lately' && isEarlier) return of.filter(approvedBy(scanned)).slice(-4).map(as('MISSING'));
  if (kind === 'waits-for-reboot') return [...last.map(as('INSTALLED_PENDING_REBOOT')), ...late.map(as('MISSING'))];
  if (kind === 'keeps-docker')
    return of
      .filter(approvedBy(scanned))
      .filter(({ patchId }) => patchId.startsWith('docker'))
      .slice(-1)
      .map(as('MISSING'));
  if (kind === 'has-rejected') return [telnet];
  return late.map(as('MISSING'));
}

const telnet: PatchFacts = {
  patchId: 'telnet.x86_64',
  title: 'telnet.x86_64:1:0.17-85.amzn2023',
  state: 'INSTALLED_REJECTED',
  classification: 'Security',
  severity: 'Low',
};

function as(state: PatchFacts['state']) {
  return ({ patchId, title, classification, severity, cveIds }: Released): PatchFacts => ({
    patchId,
    title,
    state,
    classification,
    severity,
    ...((state === 'MISSING' || state === 'FAILED') && { cveIds }),
  });
}

function stateOf(node: Node, moment: Moment, patches: readonly PatchFacts[]): PatchState {
  const { kind, system, groupName } = node;
  const count = (state: PatchFacts['state']) => patches.filter((patch) => patch.state === state).length;
  const open = patches.length;
  const counts: PatchCounts = {
    installed: 60 + (node.name.length % 7),
    installedOther: system === 'WINDOWS' ? 2 : 310,
    notApplicable: system === 'WINDOWS' ? 84 : 1240,
    missing: count('MISSING'),
    failed: count('FAILED'),
    installedRejected: count('INSTALLED_REJECTED'),
    installedPendingReboot: count('INSTALLED_PENDING_REBOOT'),
    criticalNonCompliant: 0,
    securityNonCompliant: open,
    otherNonCompliant: 0,
  };
  const { failed: _, installedRejected: __, ...ofOldAgents } = counts;
  const ended =
    kind === 'stopped' ? '2026-11-02T03:04:00.000Z' : kind === 'offline' ? before(moment.at, 12) : moment.lastScan;
  const isBroken = kind === 'scan-failed';
  return present<PatchState>({
    baselineId: kind === 'overwritten' ? moment.otherBaselineId : moment.baselineId,
    patchGroup: kind === 'without-group' ? undefined : groupName,
    operation: 'Scan',
    operationStartedAt: isBroken ? undefined : new Date(Date.parse(ended) - 150_000).toISOString(),
    operationEndedAt: isBroken ? undefined : ended,
    rebootOption: 'RebootIfNeeded',
    lastNoRebootInstallAt: kind === 'waits-for-reboot' ? moment.lastInstall : undefined,
    snapshotId: undefined,
    installOverrideList: undefined,
    counts: isBroken ? {} : kind === 'old-agent' ? ofOldAgents : counts,
  } as never);
}

function before(at: string, days: number): string {
  return new Date(Date.parse(at) - days * dayMs - 120_000).toISOString();
}
