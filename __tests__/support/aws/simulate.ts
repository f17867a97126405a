import type { InstancePatchState, PatchComplianceData } from '@aws-sdk/client-ssm';
import type { SimulatedFleet, SimulatedInstance, SimulatedPlace } from './fleet.ts';
import { Random } from './random.ts';
import { simulateBaselines } from './simulate-baselines.ts';
import { simulateWindow } from './simulate-windows.ts';
import { type System, systems } from './systems.ts';

export interface SimulationOptions {
  readonly seed?: string;
  /** Default: one, 111111111111. */
  readonly accounts?: readonly string[];
  /** Default: eu-west-1. */
  readonly regions?: readonly string[];
  /** In each account and region. */
  readonly instances: number;
  /** Default: every condition there is, most of them compliant. */
  readonly conditions?: readonly [Condition, ...Condition[]];
  readonly asOf?: Date;
}

/** What has become of an instance. */
export type Condition =
  | 'compliant'
  | 'missing'
  | 'failed'
  | 'pending-reboot'
  | 'rejected-installed'
  | 'never-scanned'
  | 'stale'
  | 'stopped'
  | 'unmanaged'
  | 'terminated'
  | 'on-premises'
  | 'other-baseline';

const mixed: readonly [Condition, ...Condition[]] = [
  'compliant',
  ...Array<Condition>(20).fill('compliant'),
  'missing',
  'missing',
  'failed',
  'pending-reboot',
  'rejected-installed',
  'never-scanned',
  'stale',
  'stopped',
  'unmanaged',
  'terminated',
  'on-premises',
  'other-baseline',
];

const day = 86_400_000;

/** A fleet that is the same for the same options, whatever its size. */
export function simulateFleet(options: SimulationOptions): SimulatedFleet {
  const { accounts = ['111111111111'], regions = ['eu-west-1'] } = options;
  return {
    places: accounts.flatMap((account) => regions.map((region) => simulatePlace(account, region, options))),
  };
}

function simulatePlace(account: string, region: string, options: SimulationOptions): SimulatedPlace {
  const {
    seed = 'patchfleet',
    instances: count,
    conditions = mixed,
    asOf = new Date('2026-11-23T12:00:00Z'),
  } = options;
  const random = new Random(`${seed} ${account} ${region}`);
  const baselines = simulateBaselines(random, region);
  const instances = Array.from({ length: count }, () =>
    simulateInstance(random, {
      account,
      region,
      system: random.pick<System>(['windows', 'amazon-linux', 'ubuntu']),
      condition: random.pick(conditions),
      baselineOf: baselines.of,
      asOf,
    }),
  );
  return {
    account,
    region,
    instances,
    baselines: baselines.all,
    patchGroups: baselines.patchGroups,
    availablePatches: Object.values(systems).flatMap(({ patches }) => patches.flatMap(({ listed }) => listed ?? [])),
    windows: [simulateWindow(random, instances, asOf)],
  };
}

export interface InstanceOptions {
  readonly account: string;
  readonly region: string;
  readonly system: System;
  readonly condition: Condition;
  /** The baseline of a system, or AWS's own. */
  readonly baselineOf: (system: System, owner: 'AWS' | 'Self') => string;
  readonly asOf: Date;
  /** Default: a random one. */
  readonly instanceId?: string;
}

/** One instance in one condition. */
export function simulateInstance(random: Random, options: InstanceOptions): SimulatedInstance {
  const { account, region, system, condition, baselineOf, asOf } = options;
  const facts = systems[system];
  const onPremises = condition === 'on-premises';
  const instanceId = options.instanceId ?? `${onPremises ? 'mi' : 'i'}-0${random.hex(16)}`;
  const address = `10.${random.below(256)}.${random.below(256)}.${random.below(256)}`;
  const state = { stopped: 'stopped', terminated: 'terminated' }[condition as string] ?? 'running';
  const patches = simulatePatches(random, system, condition, asOf);
  const ec2 = {
    InstanceId: instanceId,
    InstanceType: system === 'windows' ? 't3.large' : 't3.small',
    State: { Name: state, Code: { running: 16, stopped: 80, terminated: 48 }[state] },
    LaunchTime: new Date(asOf.getTime() - 200 * day),
    ...(state !== 'terminated' && { PrivateIpAddress: address }),
    ...facts.ec2,
    Tags: [
      { Key: 'Name', Value: `${system}-${random.hex(4)}` },
      { Key: 'PatchGroup', Value: facts.patchGroup },
    ],
  } as SimulatedInstance['ec2'] & object;
  const information = {
    InstanceId: instanceId,
    PingStatus: state === 'running' ? 'Online' : 'ConnectionLost',
    LastPingDateTime: new Date(asOf.getTime() - (state === 'running' ? 1 : 24 * 60) * 60_000),
    AgentVersion: '3.3.3050.0',
    IsLatestVersion: false,
    ...facts.platform,
    ResourceType: onPremises ? 'ManagedInstance' : 'EC2Instance',
    IPAddress: address,
    ComputerName: `${system}.${region}.${account}.example`,
    ...(onPremises && { Name: `${system}-on-premises`, ActivationId: random.uuid() }),
  } as SimulatedInstance['information'] & object;
  return {
    instanceId,
    ...(!onPremises && { ec2 }),
    ...(condition !== 'unmanaged' && condition !== 'terminated' && { information }),
    ...(!['unmanaged', 'terminated', 'never-scanned'].includes(condition) && {
      patchState: simulatePatchState(random, {
        instanceId,
        patchGroup: facts.patchGroup,
        baselineId: baselineOf(system, condition === 'other-baseline' ? 'AWS' : 'Self'),
        ended: new Date(asOf.getTime() - (condition === 'stale' ? 20 : 1) * day + random.below(3600) * 1000),
        patches,
        windows: system === 'windows',
      }),
    }),
    patches,
  };
}

function simulatePatches(random: Random, system: System, condition: Condition, asOf: Date): PatchComplianceData[] {
  const [first, ...others] = systems[system].patches.map(({ reported }) => reported);
  if (['unmanaged', 'terminated', 'never-scanned'].includes(condition) || first === undefined) return [];
  const deficit = { missing: 'Missing', failed: 'Failed', 'pending-reboot': 'InstalledPendingReboot' }[
    condition as string
  ];
  const state = condition === 'rejected-installed' ? 'InstalledRejected' : (deficit ?? 'Installed');
  const absent = state === 'Missing' || state === 'Failed';
  const installed = new Date(asOf.getTime() - (3 + random.below(20)) * day);
  // AWS's own words are in Pascal case, though its model lists upper case; 1970 stands for never.
  const as = (State: string, InstalledTime: Date) =>
    ({ State, InstalledTime }) as Pick<PatchComplianceData, 'State' | 'InstalledTime'>;
  return [
    { ...first, ...as(state, absent ? new Date(0) : installed) },
    ...others.map((patch) => ({ ...patch, ...as('Installed', installed) })),
    {
      Title: 'A package from elsewhere',
      KBId: system === 'windows' ? 'KB4052623' : 'elsewhere.x86_64',
      Classification: '',
      Severity: '',
      ...as('InstalledOther', installed),
    },
    ...(system === 'windows'
      ? [
          {
            Title: 'Not for this one',
            KBId: 'KB5011497',
            Classification: '',
            Severity: '',
            ...as('NotApplicable', new Date(0)),
          },
        ]
      : []),
  ];
}

function simulatePatchState(
  random: Random,
  options: {
    readonly instanceId: string;
    readonly patchGroup: string;
    readonly baselineId: string;
    readonly ended: Date;
    readonly patches: readonly PatchComplianceData[];
    readonly windows: boolean;
  },
): InstancePatchState {
  const { instanceId, patchGroup, baselineId, ended, patches, windows } = options;
  const count = (state: string) => patches.filter(({ State }) => (State as string) === state).length;
  const deficits = count('Missing') + count('Failed') + count('InstalledPendingReboot') + count('InstalledRejected');
  return {
    InstanceId: instanceId,
    PatchGroup: patchGroup,
    BaselineId: baselineId,
    SnapshotId: random.uuid(),
    OwnerInformation: '',
    InstalledCount: count('Installed'),
    InstalledOtherCount: count('InstalledOther'),
    InstalledPendingRebootCount: count('InstalledPendingReboot'),
    InstalledRejectedCount: count('InstalledRejected'),
    MissingCount: count('Missing'),
    FailedCount: count('Failed'),
    UnreportedNotApplicableCount: windows ? 0 : 40 + random.below(400),
    NotApplicableCount: windows ? count('NotApplicable') : 40 + random.below(400),
    OperationStartTime: new Date(ended.getTime() - 90_000),
    OperationEndTime: ended,
    Operation: 'Scan',
    RebootOption: 'NoReboot',
    // They overlap, as AWS's do.
    CriticalNonCompliantCount: deficits,
    SecurityNonCompliantCount: deficits,
    OtherNonCompliantCount: 0,
  };
}
