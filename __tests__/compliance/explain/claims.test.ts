import { describe, expect, it } from '@jest/globals';
import { type ExplainedReason, explain } from '../../../compliance/explain/index.ts';
import type { ReasonCode } from '../../../compliance/explain/reason.ts';
import type { InstanceFacts, PlaceFacts } from '../../../compliance/facts.ts';
import type { FleetContext } from '../../../compliance/fleet-context.ts';
import type { BaselineContent } from '../../../compliance/patch-facts.ts';
import type { WindowFacts } from '../../../compliance/window-facts.ts';
import {
  counts,
  defaultBaseline,
  ec2,
  fleetContext,
  id,
  installWindow,
  instance,
  lacking,
  otherBaseline,
  ownBaseline,
  patch,
  patchState,
  place,
  run,
  settings,
  waiver,
  without,
} from '../support.ts';

/* What reasons claim is what facts show: neither more, nor less. */

function reasons(facts: InstanceFacts, ofPlace: Partial<PlaceFacts> = {}, fleet: FleetContext = fleetContext()) {
  return explain(place([facts], ofPlace), facts.instanceId, fleet, settings())?.reasons ?? [];
}

function codes(...of: Parameters<typeof reasons>): ReasonCode[] {
  return reasons(...of).map(({ code }) => code);
}

function reason(code: ReasonCode, ...of: Parameters<typeof reasons>): ExplainedReason {
  const found = reasons(...of).find((one) => one.code === code);
  if (found === undefined) throw new Error(`expected ${code}, got ${codes(...of).join(', ')}`);
  return found;
}

const denied = (area: PlaceFacts['gaps'][number]['area']) =>
  ({ area, reason: 'access-denied', message: 'no' }) as const;
const hybrid = 'mi-00000000000000001';
const spaced = fleetContext({}, { patchGroupTagKey: 'Patch Group' });
const spacedWindow = installWindow({
  targets: [
    { windowTargetId: 'target-web', resourceType: 'INSTANCE', targets: [{ key: 'tag:Patch Group', values: ['web'] }] },
  ],
});

describe('patch groups', () => {
  it('are tagged by the key that the fleet uses: windows target that one', () => {
    const facts = instance({ ec2: ec2({ tags: {} }) });
    expect(reason('no-patch-group', facts, {}, spaced).next).toBe(
      'tag it with Patch Group and the name of a patch group',
    );
    expect(reason('no-patch-group', { ...facts, declaredAs: 'web' }).next).toBe(
      'give it a patch group in the fleet file, and deploy its stack',
    );
  });

  it('by a key without a space choose a baseline, and do not reach windows that target the other key', () => {
    const facts = instance({ ec2: ec2({ metadataTags: true }) });
    expect(reason('tag-key-space', facts, { windows: [spacedWindow] }, spaced)).toEqual({
      code: 'tag-key-space',
      why: 'its tags can be read in its metadata, where EC2 allows no key with a space: it cannot carry the tag Patch Group',
      evidence: ['instance metadata tags are enabled', 'it has the tag PatchGroup=web, which no window targets'],
      next: 'turn tags in its metadata off and tag it with Patch Group, or let the whole fleet use PatchGroup: patchGroupTagKey of the fleet file',
      command: `aws ec2 modify-instance-metadata-options --instance-id ${id} --instance-metadata-tags disabled --region eu-central-1`,
    });
    expect(reason('not-targeted', facts, { windows: [spacedWindow] }, spaced).evidence).toEqual([
      'windows that install here: acme-install (tag:Patch Group=web)',
      'its patch group is web, by the tag PatchGroup',
    ]);
    expect(codes(facts, {}, spaced)).not.toContain('tag-key-space');
    expect(codes(facts, { windows: [spacedWindow], gaps: [denied('windows')] }, spaced)).not.toContain('tag-key-space');
  });

  it('of a node outside EC2 are those that it reported last', () => {
    const facts = { ...without(instance(), 'ec2'), instanceId: hybrid };
    expect(codes(facts)).toEqual(['targeting-unknown', 'compliant']);
    const none = { ...facts, patchState: without(patchState(), 'patchGroup') };
    expect(reason('no-patch-group', none).evidence).toEqual([
      'its last report names no patch group',
      `the default is AWS-AmazonLinux2023DefaultPatchBaseline ${defaultBaseline}`,
      'patch groups here: web',
    ]);
    // Nobody knows the tags of an instance of EC2 that could not be asked about.
    const unasked = { ...none, instanceId: id };
    expect(codes(unasked, { gaps: [denied('ec2-instances')] })).not.toContain('no-patch-group');
  });

  it('without a baseline for the system are not told where groups were read in part', () => {
    const managed = { pingStatus: 'Online', platformName: 'Ubuntu', platformVersion: '24.04' } as const;
    expect(codes(instance({ managed }))).toContain('os-without-baseline');
    expect(codes(instance({ managed }), { gaps: [denied('patch-groups')] })).not.toContain('os-without-baseline');
  });

  it('that the fleet file has, and nobody deployed, are deployed', () => {
    expect(reason('group-not-registered', instance(), { patchGroups: [] })).toMatchObject({
      evidence: ['patch groups here: none', 'the fleet file has it'],
      next: 'deploy the stack, which registers it',
    });
    const ofOther = { groupName: 'web', baselines: [{ operatingSystem: 'UBUNTU', baselineId: otherBaseline }] };
    expect(reason('os-without-baseline', instance(), { patchGroups: [ofOther] })).toMatchObject({
      evidence: ['the group has baselines for UBUNTU', 'the fleet file gives it one for AMAZON_LINUX_2023'],
      next: 'deploy the stack, which registers it',
    });
  });
});

describe('runs of windows', () => {
  const started = instance({ ec2: ec2({ launchedAt: '2026-11-21T07:00:00.000Z' }) });
  const unread = (status: 'SUCCESS' | 'FAILED') => ({
    windows: [installWindow({ executions: [without(run(status, []), 'tasks')] })],
  });

  it('that nobody looked into may have patched what was started since', () => {
    expect(codes(started, unread('SUCCESS'))).toEqual(['compliant']);
    const within = instance({ ec2: ec2({ state: 'stopped', stateChangedAt: '2026-11-21T04:00:00.000Z' }) });
    expect(codes(within, unread('SUCCESS'))).toEqual(['stopped']);
    const before = instance({ ec2: ec2({ state: 'stopped', stateChangedAt: '2026-11-21T01:59:59.000Z' }) });
    expect(codes(before, unread('SUCCESS'))).toEqual(['stopped', 'stopped-during-window']);
  });

  it('that still last may reach what was started since', () => {
    const running = { ...without(run('FAILED', []), 'endedAt'), status: 'IN_PROGRESS' as const };
    expect(codes(started, { windows: [installWindow({ executions: [running] })] })).toEqual(['compliant']);
  });

  const [installTask] = installWindow().tasks ?? [];
  const [installed] = run('SUCCESS', []).tasks ?? [];
  const scanTask = { ...installTask, windowTaskId: 'task-scan', operation: 'Scan' } as NonNullable<typeof installTask>;
  const scanAndInstall = (
    scan: 'Failed' | 'Cancelled',
    status: 'FAILED' | 'TIMED_OUT',
  ): { windows: WindowFacts[] } => ({
    windows: [
      installWindow({
        tasks: [scanTask, installTask as NonNullable<typeof installTask>],
        executions: [
          {
            ...run(status, []),
            tasks: [
              { ...installed, invocations: [{ instanceId: id, status: 'Success' }] } as NonNullable<typeof installed>,
              {
                ...installed,
                windowTaskId: 'task-scan',
                taskExecutionId: 'task-execution-2',
                status,
                invocations: [{ instanceId: id, status: scan, responseCode: 156 }],
              } as NonNullable<typeof installed>,
            ],
          },
        ],
      }),
    ],
  });

  it('that scan and install are told apart', () => {
    expect(codes(instance(), scanAndInstall('Failed', 'FAILED'))).toEqual(['compliant']);
    expect(codes(instance(), scanAndInstall('Cancelled', 'TIMED_OUT'))).toEqual(['compliant']);
  });

  it('that failed to scan explain why a report is stale, unless the node reported since', () => {
    const old = instance({ patchState: patchState({ operationEndedAt: '2026-11-10T02:00:00.000Z' }) });
    expect(reason('stale', old, scanAndInstall('Failed', 'FAILED'))).toMatchObject({
      why: 'what it reported is too old to count: its last scan ended 14 days before, at 2026-11-10T02:00:00.000Z; the last scan failed: the node could not download from the S3 buckets of AWS',
      next: 'let it reach S3 on port 443, and allow the patch buckets in its role and in the endpoint policy',
    });
    const odd = instance({ patchState: patchState({ counts: without(counts(), 'missing') }) });
    expect(reason('unknown', odd, scanAndInstall('Failed', 'FAILED')).why).toBe(
      'whether it is patched is not known: its scan does not tell MissingCount',
    );
  });

  it('that were skipped are past once the window ran again', () => {
    const skipped = { ...run('SKIPPED_OVERLAPPING', []), startedAt: '2026-11-14T02:00:00.000Z' };
    expect(codes(instance(), { windows: [installWindow({ executions: [run('SUCCESS', []), skipped] })] })).toEqual([
      'compliant',
    ]);
  });

  it('of a disabled window are not all, where another one may install', () => {
    const maybe = without(installWindow({ windowId: 'mw-00000000000000002' }), 'targets');
    expect(codes(instance(), { windows: [installWindow({ enabled: false }), maybe] })).not.toContain('window-disabled');
  });

  it('are enabled where the window is made', () => {
    const other = installWindow({ windowId: 'mw-00000000000000002', windowName: 'by-hand', enabled: false });
    expect(reason('window-disabled', instance(), { windows: [other] })).toMatchObject({
      next: 'enable the window where it is made',
      command: 'aws ssm update-maintenance-window --window-id mw-00000000000000002 --enabled --region eu-central-1',
    });
    const ours = reason('window-disabled', instance(), { windows: [installWindow({ enabled: false })] });
    expect(ours).not.toHaveProperty('command');
  });

  it('stay closed after a freeze until it is lifted', () => {
    const freeze = {
      name: 'autumn',
      from: '2026-10-01T00:00:00.000Z',
      to: '2026-11-20T00:00:00.000Z',
      reason: 'sales',
      closed: ['prod/install'],
    };
    const fleet = fleetContext({ freezes: [freeze], files: [{ file: "fleets/acme's.yaml", sha256: '0' }] });
    expect(reason('window-frozen', instance(), { windows: [installWindow({ enabled: false })] }, fleet)).toEqual({
      code: 'window-frozen',
      why: 'the freeze autumn is over, and has its window still closed',
      evidence: [
        'the freeze lasts from 2026-10-01T00:00:00.000Z to 2026-11-20T00:00:00.000Z',
        'it has closed window acme-install',
      ],
      next: 'lift the freeze, and deploy the change',
      command: "npx patchfleet freeze autumn --lift --fleet 'fleets/acme'\\''s.yaml'",
    });
  });
});

describe('several reasons', () => {
  const stopped = instance({ ec2: ec2({ state: 'stopped', stateChangedAt: '2026-11-20T18:00:00.000Z' }) });
  const lost = { pingStatus: 'ConnectionLost', platformName: 'Amazon Linux', platformVersion: '2023' } as const;
  const withRun = (...of: Parameters<typeof run>) => ({ windows: [installWindow({ executions: [run(...of)] })] });

  it('are told of one cause once: what was stopped did not answer, and had no turn', () => {
    const only = ['stopped', 'stopped-during-window'];
    expect(codes(stopped, withRun('TIMED_OUT', []))).toEqual(only);
    expect(codes(stopped, withRun('FAILED', [{ instanceId: id, status: 'Undeliverable' }]))).toEqual(only);
    expect(codes({ ...stopped, managed: lost }, withRun('TIMED_OUT', []))).toEqual(only);
  });

  it('are all told, causes before effects', () => {
    const facts = lacking([patch(), patch({ title: 'curl', patchId: 'curl', state: 'FAILED' })], {
      ec2: ec2({ tags: {} }),
      managed: lost,
      patchState: patchState({
        baselineId: otherBaseline,
        operationEndedAt: '2026-11-01T00:00:00.000Z',
        counts: counts({ missing: 1, failed: 1, installedPendingReboot: 1 }),
      }),
    });
    expect(codes(facts)).toEqual([
      'agent-offline',
      'no-patch-group',
      'not-targeted',
      'stale',
      'overwritten',
      'failed',
      'missing',
      'pending-reboot',
    ]);
    // No command reaches it.
    expect(reason('stale', facts)).not.toHaveProperty('command');
    expect(reason('stale', facts).next).toBe(
      'bring its agent online, then scan it, and see why its scan window does not reach it',
    );
  });

  it('are not told of what is waived, but of the rest', () => {
    const facts = lacking([patch(), patch({ title: 'curl', patchId: 'curl' })]);
    const fleet = fleetContext({ waivers: [waiver] });
    expect(reason('missing', facts, {}, fleet)).toMatchObject({
      why: '1 approved patch is missing',
      evidence: ['curl'],
    });
    expect(reason('waived', facts, {}, fleet).why).toBe('some of what it lacks is waived');
  });

  it('by which a window stays closed are those that last the longest', () => {
    const freeze = { from: '2026-11-01T00:00:00.000Z', reason: 'sales', closed: ['prod/install'] };
    const short = { ...freeze, name: 'short', to: '2026-11-20T00:00:00.000Z' };
    const long = { ...freeze, name: 'long', to: '2026-12-20T00:00:00.000Z' };
    for (const freezes of [
      [short, long],
      [long, short],
    ])
      expect(
        reason('window-frozen', instance(), { windows: [installWindow({ enabled: false })] }, fleetContext({ freezes }))
          .why,
      ).toBe('the freeze long keeps its window from installing: sales');
  });
});

describe('patches', () => {
  it('that were counted and not listed are told by their counts', () => {
    const state = patchState({
      counts: counts({ failed: 2, missing: 3, installedRejected: 1, installedPendingReboot: 1 }),
    });
    const facts = instance({ patchState: state, patches: [patch({ title: 'curl', patchId: 'curl' })] });
    expect(reasons(facts).map(({ code, why, evidence }) => [code, why, evidence[0]])).toEqual([
      ['failed', '2 patches could not be installed', 'FailedCount 2, not listed one by one'],
      ['missing', '3 approved patches are missing', 'curl; MissingCount counts 2 more'],
      ['rejected', 'patches are installed that its baseline rejects', 'InstalledRejectedCount 1 not listed one by one'],
      ['pending-reboot', '1 patch is installed and takes effect with a reboot', 'InstalledPendingRebootCount 1'],
    ]);
  });

  it('that were listed and not counted are counted', () => {
    const facts = instance({ patches: [patch({ state: 'INSTALLED_PENDING_REBOOT' })] });
    expect(reason('pending-reboot', facts)).toMatchObject({
      why: '1 patch is installed and takes effect with a reboot',
      evidence: ['kernel.x86_64:0:6.1.115-126.197.amzn2023'],
    });
  });

  const content: BaselineContent = {
    approvalRules: [{ filters: {}, approveAfterDays: 7 }],
    approvedPatches: [],
    rejectedPatches: [],
    rejectedPatchesAction: 'ALLOW_AS_DEPENDENCY',
    availableSecurityUpdatesComplianceStatus: 'NON_COMPLIANT',
  };
  const windows = {
    pingStatus: 'Online',
    platformType: 'Windows',
    platformName: 'Microsoft Windows Server 2022 Datacenter',
  } as const;
  const ofPlace = (of: Partial<BaselineContent>, product = 'WindowsServer2022'): Partial<PlaceFacts> => ({
    baselines: [
      {
        baselineId: ownBaseline,
        baselineName: 'acme-windows',
        operatingSystem: 'WINDOWS',
        owner: 'Self',
        isDefault: true,
        content: { ...content, ...of },
      },
    ],
    availablePatches: [
      { operatingSystem: 'WINDOWS', kbId: 'KB5034441', product, releasedAt: '2026-11-20T17:00:00.000Z' },
    ],
  });

  it('that wait for approval are neither approved nor installed by the next window', () => {
    const waiting = patch({ patchId: 'KB5034441', title: 'Update', state: 'AVAILABLE_SECURITY_UPDATE' });
    expect(reason('missing', lacking([waiting], { managed: windows }), ofPlace({}))).toMatchObject({
      why: '1 patch waits for approval, which its baseline counts',
      next: 'see when they are approved: no window installs them before',
    });
  });

  it('that only others list are told as not known to be needed, and not for another release of Windows', () => {
    const facts = instance({ managed: windows });
    expect(reason('not-yet-approved', facts, ofPlace({})).evidence).toEqual([
      'KB5034441 until 2026-11-27T17:00:00.000Z (approveAfterDays 7); whether it needs it is not known',
    ]);
    expect(codes(facts, ofPlace({}, 'WindowsServer2019'))).not.toContain('not-yet-approved');
  });

  it('wait for a promotion where their ring is pinned', () => {
    const pinned = { approvalRules: [{ filters: {}, approveUntilDate: '2026-11-10' }] };
    expect(reason('not-yet-approved', instance({ managed: windows }), ofPlace(pinned)).evidence).toEqual([
      'KB5034441 until a change of its baseline (approveUntilDate 2026-11-10); whether it needs it is not known',
    ]);
  });

  it('that are rejected are told with who did it, and until when', () => {
    const rejecting = ofPlace({ rejectedPatches: ['KB5034441'] });
    const facts = instance({ managed: windows });
    const by = 'KB5034441 is rejected by KB5034441 in rejectedPatches of acme-windows';
    const unknown = '; whether it needs it is not known';
    expect(reason('rejected', facts, rejecting).evidence).toEqual([`${by}${unknown}`]);
    const waiving = (expires: string) => fleetContext({ waivers: [{ ...waiver, patches: ['KB5034441'], expires }] });
    expect(reason('rejected', facts, rejecting, waiving('2026-12-31')).evidence).toEqual([
      `${by}, waived by team-web until 2026-12-31 (OPS-1): the driver does not load${unknown}`,
    ]);
    const [one, other] = [...waiving('2026-11-23').waivers, ...waiving('2026-12-31').waivers];
    for (const waivers of [
      [one, other],
      [other, one],
    ])
      expect(
        reason('rejected', facts, rejecting, fleetContext({ waivers: waivers as FleetContext['waivers'] })).evidence[0],
      ).toContain('until 2026-12-31');
    expect(reason('rejected', facts, rejecting, waiving('2026-11-23')).evidence).toEqual([
      `${by}, whose waiver by team-web expired on 2026-11-23 (OPS-1): the driver does not load${unknown}`,
    ]);
  });

  it('are installed by the first run that lies in no freeze, if it is reached then', () => {
    const freeze = {
      name: 'f',
      from: '2026-11-25T00:00:00.000Z',
      to: '2026-12-01T00:00:00.000Z',
      reason: 's',
      closed: [],
    };
    const fleet = fleetContext({ freezes: [freeze] });
    expect(reason('missing', lacking([patch()]), {}, fleet).next).toBe(
      'its next window installs them: 2026-12-05T02:00:00.000Z in acme-install',
    );
    const lost = { pingStatus: 'ConnectionLost', platformName: 'Amazon Linux', platformVersion: '2023' } as const;
    expect(reason('missing', lacking([patch()], { managed: lost })).next).toBe(
      'its next window installs them: 2026-11-28T02:00:00.000Z in acme-install, if its agent is online by then',
    );
    expect(reason('missing', lacking([patch()]), { windows: [installWindow({ enabled: false })] }).next).toBe(
      'see to its windows: no run of them is known that lies in no freeze',
    );
    expect(reason('missing', lacking([patch()]), { windows: [] }).next).toBe('let a window install on it');
  });

  it('that failed for a reason that nobody knows are told with the end of the output', () => {
    const output = 'Reading package lists…\nE: The repository has no Release file\n';
    const execution = run('FAILED', [{ instanceId: id, commandId: 'c-1', status: 'Failed', responseCode: 77, output }]);
    expect(reason('failed', instance(), { windows: [installWindow({ executions: [execution] })] })).toMatchObject({
      why: 'the last run of its window failed on it',
      evidence: [expect.any(String), 'exit code 77', 'the output ends: E: The repository has no Release file'],
      next: 'read the output of the last command on the node',
      command: `aws ssm list-command-invocations --command-id c-1 --instance-id ${id} --details --region eu-central-1`,
    });
  });
});

describe('what is not known', () => {
  it('is told with who must do what', () => {
    const facts = without(instance(), 'ec2', 'managed', 'patchState', 'patches');
    expect(reason('unknown', facts, { gaps: [denied('ec2-instances')] })).toMatchObject({
      evidence: ['EC2 instances could not be read at 2026-11-24T05:59:00.000Z'],
      next: 'allow whoever asks what docs/compliance-policy.json allows, and ask again',
    });
    expect(reason('unknown', { ...facts, declaredAs: 'web' }).next).toBe(
      'see that its account and region are right; where it was terminated, plan the stack: Terraform makes it anew',
    );
    expect(reason('unknown', instance({ patchState: patchState({ counts: {} }) })).command).toBe(
      `aws ssm send-command --document-name AWS-RunPatchBaseline --parameters Operation=Scan --instance-ids ${id} --region eu-central-1`,
    );
  });

  it('of the place and of the instance is listed, and not what concerns others', () => {
    const other = { ...denied('patches'), instanceIds: ['i-00000000000000009'] };
    const own = { ...denied('patches'), instanceIds: [id] };
    const unread = (gaps: PlaceFacts['gaps']) =>
      explain(place([instance()], { gaps }), id, fleetContext(), settings())?.unread;
    expect(unread([denied('windows'), own, other])).toEqual([
      'which patches are missing, and for how long: access is denied: no',
      'who is patched when: access is denied: no',
    ]);
    expect(unread([other])).toEqual([]);
  });

  it('is not claimed of nodes outside EC2: nobody says that they run', () => {
    const facts = { ...without(instance(), 'ec2', 'managed', 'patchState', 'patches'), instanceId: hybrid };
    expect(reason('unmanaged', facts)).toEqual({
      code: 'unmanaged',
      why: 'Systems Manager does not know it',
      evidence: ['no agent with this id is registered here'],
      next: 'register it again with a hybrid activation',
    });
    const starting = instance({ ec2: ec2({ state: 'pending' }) });
    expect(reason('unmanaged', without(starting, 'managed', 'patchState', 'patches')).why).toBe(
      'it is starting, and Systems Manager does not know it',
    );
  });

  it('is which baseline counts, of several that have the name in the fleet file and no outputs', () => {
    const nameless = fleetContext(
      {},
      {
        assignments: [
          {
            name: 'default',
            ring: 'prod',
            patchGroups: [
              {
                groupName: 'web',
                baselines: [{ operatingSystem: 'AMAZON_LINUX_2023', baselineName: 'acme-linux' }],
              },
            ],
            windows: [],
          },
        ],
      },
    );
    const facts = instance({ patchState: patchState({ baselineId: otherBaseline }) });
    const { baselines } = place([]);
    expect(codes(facts, {}, nameless)).toContain('overwritten');
    const twins = baselines.map((one) => ({ ...one, baselineName: 'acme-linux' }));
    expect(codes(facts, { baselines: twins }, nameless)).not.toContain('overwritten');
  });

  it('is told for the same reason in whichever order gaps come', () => {
    const facts = without(instance(), 'patchState', 'patches');
    const gaps = [denied('patch-states'), { ...denied('patch-states'), reason: 'throttled' as const }];
    const why = 'whether it is patched is not known: its patch state could not be read: access is denied: no';
    expect(reason('unknown', facts, { gaps }).why).toBe(why);
    expect(reason('unknown', facts, { gaps: [...gaps].reverse() }).why).toBe(why);
  });

  it('of one run is told by another that began together', () => {
    const failing = run('FAILED', [{ instanceId: id, status: 'Undeliverable' }]);
    const silent = { ...run('SUCCESS', []), windowExecutionId: 'execution-2' };
    for (const executions of [
      [failing, silent],
      [silent, failing],
    ])
      expect(codes(instance(), { windows: [installWindow({ executions })] })).toEqual([
        'unreachable-in-window',
        'compliant',
      ]);
  });

  it('is not blamed on other scans where the node was tagged anew since its last report', () => {
    const facts = instance({ patchState: patchState({ baselineId: otherBaseline, patchGroup: 'old' }) });
    expect(reason('overwritten', facts).next).toBe('scan it: its patch group was another one when it was scanned last');
  });
});
