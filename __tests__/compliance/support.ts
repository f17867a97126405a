import { complianceReport, noFleet, type ReportOptions } from '../../compliance/compliance.ts';
import type { Ec2Facts, InstanceFacts, PlaceFacts } from '../../compliance/facts.ts';
import type { FleetContext, PlaceContext } from '../../compliance/fleet-context.ts';
import { judge } from '../../compliance/judge.ts';
import type { PatchCounts, PatchFacts, PatchState } from '../../compliance/patch-facts.ts';
import { indexPlace } from '../../compliance/place-index.ts';
import { type Settings, settingsOf } from '../../compliance/settings.ts';
import type { PatchStateSource, ReadRequest } from '../../compliance/source.ts';
import type { WindowFacts } from '../../compliance/window-facts.ts';

/* Facts of one small place, complete and healthy, with some parts replaced. */

export const asOf = '2026-11-24T06:00:00.000Z';
export const id = 'i-00000000000000001';
export const ownBaseline = 'pb-00000000000000001';
export const otherBaseline = 'pb-00000000000000002';
export const defaultBaseline = 'pb-00000000000000009';
export const windowId = 'mw-00000000000000001';

export function settings(staleAfterMs = 7 * 86_400_000): Settings {
  return settingsOf(asOf, staleAfterMs);
}

export function counts(overrides: PatchCounts = {}): PatchCounts {
  return {
    installed: 40,
    installedOther: 3,
    installedPendingReboot: 0,
    installedRejected: 0,
    missing: 0,
    failed: 0,
    notApplicable: 120,
    criticalNonCompliant: 0,
    securityNonCompliant: 0,
    otherNonCompliant: 0,
    ...overrides,
  };
}

export function patchState(overrides: Partial<PatchState> = {}): PatchState {
  return {
    baselineId: ownBaseline,
    patchGroup: 'web',
    operation: 'Scan',
    operationStartedAt: '2026-11-24T02:00:00.000Z',
    operationEndedAt: '2026-11-24T02:03:00.000Z',
    counts: counts(),
    ...overrides,
  };
}

export function ec2(overrides: Partial<Ec2Facts> = {}): Ec2Facts {
  return {
    state: 'running',
    launchedAt: '2026-09-01T08:00:00.000Z',
    tags: { Name: 'web-1', PatchGroup: 'web' },
    ...overrides,
  };
}

export function patch(overrides: Partial<PatchFacts> = {}): PatchFacts {
  return {
    patchId: 'kernel.x86_64',
    title: 'kernel.x86_64:0:6.1.115-126.197.amzn2023',
    state: 'MISSING',
    classification: 'Security',
    severity: 'Important',
    cveIds: ['CVE-2026-1111'],
    ...overrides,
  };
}

/** A running, managed, freshly scanned instance that lacks nothing. */
export function instance(overrides: Partial<InstanceFacts> = {}): InstanceFacts {
  return {
    instanceId: id,
    ec2: ec2(),
    managed: {
      pingStatus: 'Online',
      lastPingAt: '2026-11-24T05:58:00.000Z',
      platformType: 'Linux',
      platformName: 'Amazon Linux',
      platformVersion: '2023',
      agentVersion: '3.3.987.0',
    },
    patchState: patchState(),
    patches: [],
    ...overrides,
  };
}

/** An instance that lacks these patches, counted as they are listed. */
export function lacking(patches: readonly PatchFacts[], overrides: Partial<InstanceFacts> = {}): InstanceFacts {
  const count = (state: PatchFacts['state']) => patches.filter((one) => one.state === state).length;
  return instance({
    patches,
    patchState: patchState({
      counts: counts({
        missing: count('MISSING'),
        failed: count('FAILED'),
        installedRejected: count('INSTALLED_REJECTED'),
        installedPendingReboot: count('INSTALLED_PENDING_REBOOT'),
        availableSecurityUpdate: count('AVAILABLE_SECURITY_UPDATE'),
      }),
    }),
    ...overrides,
  });
}

/** Without some of its parts. */
export function without<Facts extends object>(facts: Facts, ...keys: readonly (keyof Facts)[]): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([key]) => !keys.includes(key as keyof Facts))) as Facts;
}

/** Opens on Saturdays at 02:00 UTC and installs on the group `web`. */
export function installWindow(overrides: Partial<WindowFacts> = {}): WindowFacts {
  return {
    windowId,
    windowName: 'acme-install',
    enabled: true,
    schedule: 'cron(0 2 ? * SAT *)',
    durationHours: 3,
    cutoffHours: 1,
    targets: [
      { windowTargetId: 'target-web', resourceType: 'INSTANCE', targets: [{ key: 'tag:PatchGroup', values: ['web'] }] },
    ],
    tasks: [
      {
        windowTaskId: 'task-web',
        taskArn: 'AWS-RunPatchBaseline',
        taskType: 'RUN_COMMAND',
        targets: [{ key: 'WindowTargetIds', values: ['target-web'] }],
        operation: 'Install',
        rebootOption: 'RebootIfNeeded',
        maxConcurrency: '10%',
        maxErrors: '1',
      },
    ],
    executions: [],
    ...overrides,
  };
}

/** The run of last Saturday, with one task. */
export function run(
  status: 'SUCCESS' | 'FAILED' | 'TIMED_OUT' | 'SKIPPED_OVERLAPPING',
  invocations: NonNullable<NonNullable<NonNullable<WindowFacts['executions']>[number]['tasks']>[number]['invocations']>,
): NonNullable<WindowFacts['executions']>[number] {
  const times = { startedAt: '2026-11-21T02:00:00.000Z', endedAt: '2026-11-21T05:00:00.000Z' };
  return {
    windowExecutionId: 'execution-1',
    status,
    ...times,
    tasks: [
      {
        taskExecutionId: 'task-execution-1',
        taskArn: 'AWS-RunPatchBaseline',
        windowTaskId: 'task-web',
        status,
        ...times,
        invocations,
      },
    ],
  };
}

export function place(instances: readonly InstanceFacts[], overrides: Partial<PlaceFacts> = {}): PlaceFacts {
  return {
    place: { account: '111111111111', region: 'eu-central-1' },
    observedAt: '2026-11-24T05:59:00.000Z',
    permissions: ['ec2:DescribeInstances', 'ssm:DescribeInstancePatchStates'],
    instances,
    baselines: [
      baseline(ownBaseline, 'acme-linux'),
      baseline(otherBaseline, 'acme-other'),
      { ...baseline(defaultBaseline, 'AWS-AmazonLinux2023DefaultPatchBaseline'), owner: 'AWS', isDefault: true },
    ],
    patchGroups: [{ groupName: 'web', baselines: [{ operatingSystem: 'AMAZON_LINUX_2023', baselineId: ownBaseline }] }],
    availablePatches: [],
    windows: [installWindow()],
    gaps: [],
    ...overrides,
  };
}

function baseline(baselineId: string, baselineName: string) {
  return { baselineId, baselineName, operatingSystem: 'AMAZON_LINUX_2023', owner: 'Self' as const, isDefault: false };
}

/** A fleet of one ring, `prod`, with the group `web` in the place above. */
export function fleetContext(overrides: Partial<FleetContext> = {}, ofPlace: Partial<PlaceContext> = {}): FleetContext {
  return {
    ...noFleet,
    fleet: 'acme',
    rings: [{ name: 'prod', critical: true, patchWithinDays: 14 }],
    places: [
      {
        account: '111111111111',
        region: 'eu-central-1',
        patchGroupTagKey: 'PatchGroup',
        declared: {},
        assignments: [
          {
            name: 'default',
            ring: 'prod',
            patchGroups: [
              {
                groupName: 'web',
                baselines: [
                  {
                    key: 'linux',
                    operatingSystem: 'AMAZON_LINUX_2023',
                    baselineName: 'acme-linux',
                    baselineId: ownBaseline,
                  },
                ],
              },
            ],
            windows: [{ ringWindow: 'prod/install', windowName: 'acme-install', windowId }],
          },
        ],
        ...ofPlace,
      },
    ],
    ...overrides,
  };
}

export const waiver = {
  patches: ['kernel*'],
  rings: ['prod'],
  owner: 'team-web',
  reason: 'the driver does not load',
  ticket: 'OPS-1',
  expires: '2026-12-31',
};

/** The verdict on the first instance of a place. */
export function verdict(facts: PlaceFacts, fleet: FleetContext = fleetContext(), of = settings()) {
  const first = facts.instances[0];
  if (first === undefined) throw new Error('expected an instance');
  return judge(indexPlace(facts, fleet), first, of).verdict;
}

/** The report on places, of the fleet above. */
export function reportOn(places: readonly PlaceFacts[], options: Partial<ReportOptions> = {}) {
  const common = { fleet: fleetContext(), asOf, madeAt: '2026-11-24T06:01:00Z', toolVersion: '0.1.0' };
  return complianceReport(sourceOf(...places), { ...common, ...options });
}

/** A source of facts that are at hand. */
export function sourceOf(...places: readonly PlaceFacts[]): PatchStateSource {
  return {
    async *places({ except = [] }: Partial<ReadRequest>) {
      const left = except.map(({ account, region }) => `${account}/${region}`);
      for (const facts of places) if (!left.includes(`${facts.place.account}/${facts.place.region}`)) yield facts;
    },
    evidence: () => ({
      kind: 'aws',
      name: 'AWS',
      from: asOf,
      to: asOf,
      toolVersion: '0.0.0',
      details: 'noncompliant',
      anonymised: false,
      files: [],
    }),
  };
}

/** What AWS lists of the patch that `patch` is of. */
export const kernel = {
  operatingSystem: 'AMAZON_LINUX_2023',
  name: 'kernel',
  arch: 'x86_64',
  epoch: 0,
  version: '6.1.115',
  release: '126.197.amzn2023',
  classification: 'Security',
  severity: 'Important',
  cveIds: ['CVE-2026-1111'],
  releasedAt: '2026-11-04T00:00:00.000Z',
};
