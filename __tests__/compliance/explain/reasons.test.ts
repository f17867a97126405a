import { describe, expect, it } from '@jest/globals';
import { explain } from '../../../compliance/explain/index.ts';
import { reasonCodes } from '../../../compliance/explain/reason.ts';
import type { InstanceFacts, PlaceFacts } from '../../../compliance/facts.ts';
import {
  asOf,
  counts,
  defaultBaseline,
  ec2,
  fleetContext,
  id,
  installWindow,
  instance,
  kernel,
  lacking,
  otherBaseline,
  ownBaseline,
  patch,
  patchState,
  place,
  run,
  settings,
  waiver,
  windowId,
  without,
} from '../support.ts';
import { codes, reason, reasons, seen } from './explained.ts';

const [assignment] = fleetContext().places[0]?.assignments ?? [];
if (assignment === undefined) throw new Error('a fleet without an assignment');

const ranFrom = `window acme-install (${windowId}) ran from 2026-11-21T02:00:00.000Z to 2026-11-21T05:00:00.000Z`;
const withRun = (...executions: ReturnType<typeof run>[]) => ({ windows: [installWindow({ executions })] });

describe('explain', () => {
  it('tells where an instance stands, and one reason for a healthy one', () => {
    expect(explain(place([instance()]), id, fleetContext(), settings())).toEqual({
      version: 1,
      account: '111111111111',
      region: 'eu-central-1',
      instanceId: id,
      asOf,
      bucket: 'compliant',
      why: 'the last scan found nothing that it lacks',
      ring: 'prod',
      patchGroup: 'web',
      operatingSystem: 'AMAZON_LINUX_2023',
      reasons: [
        {
          code: 'compliant',
          why: 'it has every patch that its baseline approves',
          evidence: ['Scan ended at 2026-11-24T02:03:00.000Z', `judged by ${ownBaseline}`],
        },
      ],
      unread: [],
    });
    seen.add('compliant');
  });

  it('knows nothing of an instance that the place does not know', () => {
    expect(explain(place([instance()]), 'i-00000000000000009', fleetContext(), settings())).toBeUndefined();
  });
});

describe('a reason why it is not patched', () => {
  it('unknown', () => {
    const gap = { area: 'patch-states', reason: 'throttled', message: 'Rate exceeded' } as const;
    expect(reason('unknown', without(instance(), 'patchState', 'patches'), { gaps: [gap] })).toEqual({
      code: 'unknown',
      why: 'whether it is patched is not known: its patch state could not be read: AWS throttled every attempt: Rate exceeded',
      evidence: ['patch states could not be read at 2026-11-24T05:59:00.000Z', 'ping status Online'],
      next: 'ask again later, when less asks AWS in this account and region',
    });
  });

  it('unknown, with what its last scan failed by', () => {
    const output = 'Searching for updates resulted in error: Exception from HRESULT: 0x80072EE2';
    const execution = run('FAILED', [{ instanceId: id, status: 'Failed', responseCode: -1, output }]);
    const [task] = installWindow().tasks ?? [];
    const scan = installWindow({
      tasks: [{ ...task, operation: 'Scan' } as NonNullable<typeof task>],
      executions: [execution],
    });
    const facts = instance({
      patchState: { ...without(patchState(), 'operationEndedAt', 'operationStartedAt'), counts: {} },
    });
    expect(reason('unknown', facts, { windows: [scan] })).toEqual({
      code: 'unknown',
      why: 'whether it is patched is not known: its last scan has no time, which is what a scan that failed reports; the last scan failed: Windows Update or WSUS could not be reached',
      evidence: [`${ranFrom}: FAILED`, 'exit code -1', `Scan judged by ${ownBaseline}`, 'ping status Online'],
      next: 'let the node reach Windows Update or its WSUS',
    });
  });

  it('gone, and nothing else', () => {
    expect(reasons(instance({ ec2: ec2({ state: 'terminated', tags: {} }), declaredAs: 'web' }))).toEqual([
      {
        code: 'gone',
        why: 'it exists no more: EC2 says that it is terminated',
        evidence: [
          'looked for at 2026-11-24T05:59:00.000Z',
          'last ping at 2026-11-24T05:58:00.000Z',
          'a stack still declares it as web',
        ],
        next: 'plan the stack: Terraform makes it anew',
      },
    ]);
  });

  it('stopped', () => {
    const facts = instance({ ec2: ec2({ state: 'stopped', stateChangedAt: '2026-11-22T18:00:00.000Z' }) });
    expect(codes(facts)).toEqual(['stopped']);
  });

  it('unmanaged, without an instance profile', () => {
    const facts = without(instance({ ec2: ec2({ hasInstanceProfile: false }) }), 'managed', 'patchState', 'patches');
    expect(reason('unmanaged', facts)).toEqual({
      code: 'unmanaged',
      why: 'it runs, and Systems Manager does not know it',
      evidence: ['EC2 state running', 'running since 2026-09-01T08:00:00.000Z', 'no instance profile is attached'],
      next: 'attach an instance profile with AmazonSSMManagedInstanceCore, or turn default host management on, which needs IMDSv2 and agent 3.2.582.0 or later',
    });
  });

  it('agent-offline', () => {
    const managed = {
      pingStatus: 'ConnectionLost',
      lastPingAt: '2026-11-23T01:00:00.000Z',
      agentVersion: '3.1.0',
    } as const;
    expect(reason('agent-offline', instance({ managed })).evidence).toEqual([
      'ping status ConnectionLost',
      'last ping at 2026-11-23T01:00:00.000Z',
      'agent 3.1.0',
    ]);
  });

  it('tag-key-space, instead of a missing group', () => {
    const facts = instance({ ec2: ec2({ tags: { Name: 'web-1' }, metadataTags: true }) });
    const fleet = fleetContext({}, { patchGroupTagKey: 'Patch Group' });
    expect(reason('tag-key-space', facts, {}, fleet).why).toBe(
      'its tags can be read in its metadata, where EC2 allows no key with a space: it cannot carry the tag Patch Group',
    );
    expect(codes(facts, {}, fleet)).not.toContain('no-patch-group');
    expect(codes(facts)).not.toContain('tag-key-space');
  });

  it('no-patch-group', () => {
    const facts = instance({ ec2: ec2({ tags: { Name: 'web-1' } }) });
    expect(reason('no-patch-group', facts)).toEqual({
      code: 'no-patch-group',
      why: 'it has no patch group, so that the default baseline of its operating system counts',
      evidence: [
        'it has no tag PatchGroup or Patch Group',
        `the default is AWS-AmazonLinux2023DefaultPatchBaseline ${defaultBaseline}`,
        'patch groups here: web',
      ],
      next: 'tag it with PatchGroup and the name of a patch group',
    });
  });

  it('group-not-registered', () => {
    const facts = instance({ ec2: ec2({ tags: { PatchGroup: 'webb' } }) });
    expect(reason('group-not-registered', facts)).toEqual({
      code: 'group-not-registered',
      why: 'no baseline is registered for its patch group webb, so that the default baseline counts',
      evidence: ['patch groups here: web', `the default is AWS-AmazonLinux2023DefaultPatchBaseline ${defaultBaseline}`],
      next: 'deploy a stack with the patch group webb, or correct the tag',
    });
  });

  it('group-not-registered is not said where groups could not be read', () => {
    const facts = instance({ ec2: ec2({ tags: { PatchGroup: 'webb' } }) });
    const gap = { area: 'patch-groups', reason: 'access-denied', message: '' } as const;
    expect(codes(facts, { patchGroups: [], gaps: [gap] })).not.toContain('group-not-registered');
  });

  it('os-without-baseline', () => {
    const managed = {
      pingStatus: 'Online',
      platformType: 'Linux',
      platformName: 'Ubuntu',
      platformVersion: '24.04',
    } as const;
    expect(reason('os-without-baseline', instance({ managed }))).toEqual({
      code: 'os-without-baseline',
      why: 'its patch group web has no baseline for UBUNTU, so that the default baseline counts',
      evidence: ['the group has baselines for AMAZON_LINUX_2023'],
      next: 'give the patch group a baseline for UBUNTU',
    });
  });

  it('not-targeted', () => {
    const facts = instance({ ec2: ec2({ tags: { PatchGroup: 'batch' } }) });
    expect(reason('not-targeted', facts)).toEqual({
      code: 'not-targeted',
      why: 'no maintenance window is known to install anything on it',
      evidence: [
        'windows that install here: acme-install (tag:PatchGroup=web)',
        'its patch group is batch, by the tag PatchGroup',
      ],
      next: 'give it the tags that a window targets, or let an assignment target it',
    });
    expect(reason('not-targeted', instance(), { windows: [] }).evidence[0]).toBe(
      'no window here runs a patch document',
    );
  });

  it("not-targeted names documents of one's own that a window runs on it: they may patch", () => {
    const target = { key: 'WindowTargetIds', values: ['target-web'] };
    const own = { windowTaskId: 'own', taskArn: 'acme-patch', taskType: 'RUN_COMMAND', targets: [target] } as const;
    const windows = [installWindow({ tasks: [own] })];
    expect(reason('not-targeted', instance(), { windows }).evidence).toEqual([
      'no window here runs a patch document',
      'window acme-install runs acme-patch on it, whatever that does',
      'its patch group is web, by the tag PatchGroup',
    ]);
    const other = instance({ ec2: ec2({ tags: { PatchGroup: 'batch' } }) });
    expect(reason('not-targeted', other, { windows }).evidence).toEqual([
      'no window here runs a patch document',
      'its patch group is batch, by the tag PatchGroup',
    ]);
  });

  it('not-targeted is not said where a window may target it', () => {
    const unread = without(installWindow(), 'targets');
    expect(codes(instance({ ec2: ec2({ tags: { PatchGroup: 'batch' } }) }), { windows: [unread] })).not.toContain(
      'not-targeted',
    );
  });

  it('targeting-unknown, and never not-targeted, of a node outside EC2, whose tags are not read', () => {
    const outside = without(lacking([patch()], { instanceId: 'mi-00000000000000001' }), 'ec2');
    const byTags = fleetContext({}, { assignments: [{ ...assignment, targets: { tags: { Role: ['web'] } } }] });
    const ungrouped = { ...outside, patchState: without(outside.patchState ?? patchState(), 'patchGroup') };
    expect(reason('targeting-unknown', ungrouped, {}, byTags)).toEqual({
      code: 'targeting-unknown',
      why: 'whether a maintenance window installs on it is not known',
      evidence: [
        'windows that may: acme-install',
        'its tags are not known: those of nodes outside EC2 are not read',
        'its ring is not known either: an assignment may target its tags',
      ],
      next: 'look its tags and the targets of the windows up in Systems Manager',
    });
    expect(codes(outside)).not.toContain('not-targeted');
    expect(reason('targeting-unknown', outside).evidence).toContain('it reported the patch group web');
    expect(reason('missing', outside).next).toBe('see whether a window installs on it, or let one');
    expect(codes(instance())).not.toContain('targeting-unknown');
  });

  it('targeting-unknown where a window, EC2 or the members of a resource group were not read', () => {
    const evidence = (facts: InstanceFacts, ofPlace: Partial<PlaceFacts>) =>
      reason('targeting-unknown', facts, ofPlace).evidence;
    const gap = { reason: 'throttled', message: 'Rate exceeded' } as const;
    expect(evidence(instance(), { windows: [], gaps: [{ area: 'windows', ...gap }] })).toEqual([
      'maintenance windows could not be read: AWS throttled every attempt: Rate exceeded',
    ]);
    // What its tasks do, and on which nodes, is not known, whatever targets it has.
    const unread = without(installWindow(), 'tasks');
    expect(
      evidence(instance(), { windows: [unread], gaps: [{ area: 'windows', windowIds: [windowId], ...gap }] }),
    ).toEqual([
      'windows that may: acme-install',
      `window acme-install (${windowId}) could not be read: AWS throttled every attempt: Rate exceeded`,
    ]);
    expect(evidence(without(instance(), 'ec2'), { gaps: [{ area: 'ec2-instances', ...gap }] })[1]).toBe(
      'its tags are not known: EC2 could not be asked: AWS throttled every attempt: Rate exceeded',
    );
    const [target] = installWindow().targets ?? [];
    const group = { ...target, windowTargetId: 'target-web', resourceType: 'RESOURCE_GROUP', targets: [] } as const;
    expect(evidence(instance(), { windows: [installWindow({ targets: [group] })] })).toEqual([
      'windows that may: acme-install',
      'members of resource groups are not read',
    ]);
  });

  it('window-disabled, unless another window installs on it', () => {
    const disabled = installWindow({ enabled: false });
    expect(reason('window-disabled', instance(), { windows: [disabled] }).evidence).toEqual([
      `window acme-install (${windowId}) is disabled`,
    ]);
    const second = installWindow({ windowId: 'mw-00000000000000002' });
    expect(codes(instance(), { windows: [disabled, second] })).not.toContain('window-disabled');
  });

  it('window-frozen, by the freeze that closed it or in which its next run lies', () => {
    const freeze = {
      name: 'year-end',
      from: '2026-11-25T00:00:00.000Z',
      to: '2027-01-07T00:00:00.000Z',
      reason: 'sales',
      closed: [],
    };
    expect(reason('window-frozen', instance(), {}, fleetContext({ freezes: [freeze] }))).toEqual({
      code: 'window-frozen',
      why: 'the freeze year-end lies over the next run of its window: sales',
      evidence: [
        'the freeze lasts from 2026-11-25T00:00:00.000Z to 2027-01-07T00:00:00.000Z',
        'the next run of window acme-install is at 2026-11-28T02:00:00.000Z',
        'the window is still open: until the freeze is applied and deployed, it installs',
      ],
      next: 'apply the freeze and deploy it, so that the window is closed in time, and wait for its end',
      command: 'npx patchfleet freeze year-end --apply',
    });
    const closing = fleetContext({ freezes: [{ ...freeze, closed: ['prod/install'] }] });
    const disabled = { windows: [installWindow({ enabled: false })] };
    expect(reason('window-frozen', instance(), disabled, closing)).toEqual({
      code: 'window-frozen',
      why: 'the freeze year-end keeps its window from installing: sales',
      evidence: [
        'the freeze lasts from 2026-11-25T00:00:00.000Z to 2027-01-07T00:00:00.000Z',
        'it has closed window acme-install',
      ],
      next: 'wait for its end, then lift it and deploy the change; to end it sooner, set its to first',
    });
    expect(codes(instance(), disabled, closing)).not.toContain('window-disabled');
    const others = fleetContext({ freezes: [{ ...freeze, rings: ['dev'] }] });
    expect(codes(instance(), {}, others)).not.toContain('window-frozen');
  });

  it('window-overlapping', () => {
    expect(reason('window-overlapping', instance(), withRun(run('SKIPPED_OVERLAPPING', []))).evidence).toEqual([
      'window acme-install skipped the run of 2026-11-21T02:00:00.000Z',
    ]);
  });

  it('stopped-during-window, where it stopped before or started after', () => {
    const stopped = instance({ ec2: ec2({ state: 'stopped', stateChangedAt: '2026-11-20T18:00:00.000Z' }) });
    expect(reason('stopped-during-window', stopped, withRun(run('SUCCESS', [])))).toEqual({
      code: 'stopped-during-window',
      why: 'it did not run while its window installed patches',
      evidence: [`${ranFrom}: SUCCESS`, 'EC2 says that it stopped at 2026-11-20T18:00:00.000Z'],
      next: 'let it run while the window is open',
    });
    const started = instance({ ec2: ec2({ launchedAt: '2026-11-21T07:00:00.000Z' }) });
    const unreached = run('FAILED', [{ instanceId: id, status: 'Undeliverable' }]);
    expect(codes(started, withRun(unreached))).toEqual(['stopped-during-window', 'compliant']);
  });

  it('stopped-during-window is not said of what was patched, or ran', () => {
    const started = instance({ ec2: ec2({ launchedAt: '2026-11-21T07:00:00.000Z' }) });
    expect(codes(started, withRun(run('SUCCESS', [{ instanceId: id, status: 'Success' }])))).toEqual(['compliant']);
    expect(codes(instance(), withRun(run('SUCCESS', [])))).toEqual(['compliant']);
  });

  it('cutoff-reached, whether it was cancelled or its turn never came', () => {
    const cancelled = run('TIMED_OUT', [{ instanceId: id, status: 'Cancelled' }]);
    expect(reason('cutoff-reached', instance(), withRun(cancelled)).evidence).toEqual([
      `${ranFrom}: TIMED_OUT`,
      '3 hours long, no task starts in the last 1 hour',
      'invocation Cancelled',
    ]);
    const others = run('TIMED_OUT', [{ instanceId: 'i-00000000000000002', status: 'Success' }]);
    expect(codes(instance(), withRun(others))).toContain('cutoff-reached');
    const byHand = run('FAILED', [{ instanceId: id, status: 'Cancelled' }]);
    expect(codes(instance(), withRun(byHand))).not.toContain('cutoff-reached');
  });

  it('error-threshold', () => {
    const stopped = run('FAILED', [
      { instanceId: 'i-00000000000000003', status: 'Failed', responseCode: 1 },
      { instanceId: 'i-00000000000000002', status: 'ExecutionTimedOut' },
      { instanceId: id, status: 'Terminated' },
    ]);
    expect(reason('error-threshold', instance(), withRun(stopped))).toEqual({
      code: 'error-threshold',
      why: 'its window stopped after too many errors on other nodes, before its turn came',
      evidence: [`${ranFrom}: FAILED`, 'maxErrors 1', 'failed on i-00000000000000002, i-00000000000000003'],
      next: 'mend the nodes that failed before it opens next, or raise maxErrors',
    });
  });

  it('unreachable-in-window', () => {
    const unreached = run('FAILED', [{ instanceId: id, status: 'DeliveryTimedOut' }]);
    expect(reason('unreachable-in-window', instance(), withRun(unreached)).evidence).toEqual([
      `${ranFrom}: FAILED`,
      'invocation DeliveryTimedOut',
    ]);
  });

  it('the last run alone, of whichever window', () => {
    const earlier = {
      ...run('FAILED', [{ instanceId: id, status: 'Terminated' }]),
      startedAt: '2026-11-14T02:00:00.000Z',
    };
    const later = run('SUCCESS', [{ instanceId: id, status: 'Success' }]);
    expect(codes(instance(), withRun(earlier, later))).toEqual(['compliant']);
  });

  it('never-scanned', () => {
    expect(reason('never-scanned', without(instance(), 'patchState', 'patches')).evidence).toEqual([
      'agent 3.3.987.0',
      'ping status Online',
      'last ping at 2026-11-24T05:58:00.000Z',
      'scanned next at 2026-11-28T02:00:00.000Z in acme-install',
    ]);
  });

  it('never-scanned, by the exit code of the last scan', () => {
    const execution = run('FAILED', [{ instanceId: id, status: 'Failed', responseCode: 146 }]);
    const [task] = installWindow().tasks ?? [];
    const scan = installWindow({
      tasks: [{ ...task, operation: 'Scan' } as NonNullable<typeof task>],
      executions: [execution],
    });
    const facts = without(instance(), 'patchState', 'patches');
    expect(reason('never-scanned', facts, { windows: [scan] })).toEqual({
      code: 'never-scanned',
      why: 'it is managed, and never reported what it misses, or not in the last 30 days: Patch Manager does not support this operating system, or this version of it',
      evidence: [
        `${ranFrom}: FAILED`,
        'exit code 146',
        'agent 3.3.987.0',
        'ping status Online',
        'last ping at 2026-11-24T05:58:00.000Z',
        'scanned next at 2026-11-28T02:00:00.000Z in acme-install',
      ],
      next: 'look its version up in the prerequisites of Patch Manager, and move to one that is supported',
    });
  });

  it('stale', () => {
    const facts = instance({ patchState: patchState({ operationEndedAt: '2026-11-01T02:00:00.000Z' }) });
    expect(reason('stale', facts).why).toBe(
      'what it reported is too old to count: its last scan ended 23 days before, at 2026-11-01T02:00:00.000Z',
    );
  });

  it('overwritten, by whoever scanned with another baseline', () => {
    const facts = instance({ patchState: patchState({ baselineId: otherBaseline }) });
    expect(reason('overwritten', facts)).toEqual({
      code: 'overwritten',
      why: 'it was judged by the baseline acme-other, and its own is acme-linux',
      evidence: [
        `last report names ${otherBaseline}`,
        `the fleet file wants ${ownBaseline}`,
        'it reported the patch group web',
        'at 2026-11-24T02:03:00.000Z',
      ],
      next: 'let one mechanism scan it: take the other one away (Quick Setup, a patch policy, an association, Patch now), then scan it',
    });
  });

  it('compliant by another baseline says nothing of its own', () => {
    const facts = instance({ patchState: patchState({ baselineId: otherBaseline }) });
    expect(reason('compliant', facts).why).toBe(
      `it has every patch that ${otherBaseline} approves, which is not its own baseline`,
    );
  });

  it('overwritten, where AWS has another baseline registered than the fleet file says', () => {
    const facts = instance({ patchState: patchState({ baselineId: otherBaseline }) });
    const baselines = [{ operatingSystem: 'AMAZON_LINUX_2023', baselineId: otherBaseline }];
    const found = reason('overwritten', facts, { patchGroups: [{ groupName: 'web', baselines }] });
    expect(found.evidence).toContain(`patch group web is registered with ${otherBaseline}`);
    expect(found.next).toBe('deploy the stack, which registers its patch group with its own baseline, then scan it');
  });

  it('failed, decoded by the exit code of the last run', () => {
    const facts = lacking([patch({ state: 'FAILED' })]);
    const full = run('FAILED', [{ instanceId: id, status: 'Failed', responseCode: 156 }]);
    expect(reason('failed', facts, withRun(full))).toEqual({
      code: 'failed',
      why: '1 patch could not be installed, and the last run of its window failed on it: the node could not download from the S3 buckets of AWS',
      evidence: ['kernel.x86_64:0:6.1.115-126.197.amzn2023', `${ranFrom}: FAILED`, 'exit code 156'],
      next: 'let it reach S3 on port 443, and allow the patch buckets in its role and in the endpoint policy',
    });
    expect(reason('failed', facts).why).toBe('1 patch could not be installed');
  });

  it('missing, with its age and the window that installs it', () => {
    expect(reason('missing', lacking([patch()]), { availablePatches: [kernel] })).toEqual({
      code: 'missing',
      why: '1 approved patch is missing',
      evidence: ['kernel.x86_64:0:6.1.115-126.197.amzn2023', 'the oldest for 20 days', '1 later than the ring allows'],
      next: 'its next window installs them: 2026-11-28T02:00:00.000Z in acme-install',
    });
  });

  it('not-yet-approved, with the day on which it will be', () => {
    const windows = {
      pingStatus: 'Online',
      platformType: 'Windows',
      platformName: 'Microsoft Windows Server 2022',
    } as const;
    const content = {
      approvalRules: [{ filters: { CLASSIFICATION: ['SecurityUpdates'] }, approveAfterDays: 7 }],
      approvedPatches: [],
      rejectedPatches: [],
      rejectedPatchesAction: 'ALLOW_AS_DEPENDENCY' as const,
    };
    const waiting = patch({ patchId: 'KB5034441', title: '2026-11 Update', state: 'AVAILABLE_SECURITY_UPDATE' });
    const other = patch({ patchId: 'KB5000001', title: 'Other', state: 'AVAILABLE_SECURITY_UPDATE' });
    const ofPlace = {
      baselines: [
        {
          baselineId: ownBaseline,
          baselineName: 'acme-windows',
          operatingSystem: 'WINDOWS',
          owner: 'Self',
          isDefault: false,
          content,
        },
      ],
      availablePatches: [
        {
          operatingSystem: 'WINDOWS',
          kbId: 'KB5034441',
          classification: 'SecurityUpdates',
          releasedAt: '2026-11-20T17:00:00.000Z',
        },
      ],
    } as const;
    expect(reason('not-yet-approved', lacking([waiting, other], { managed: windows }), ofPlace).evidence).toEqual([
      'KB5034441 until 2026-11-27T17:00:00.000Z (approveAfterDays 7)',
      'KB5000001, until when is not known',
    ]);
  });

  it('rejected', () => {
    expect(reason('rejected', lacking([patch({ state: 'INSTALLED_REJECTED' })]))).toEqual({
      code: 'rejected',
      why: 'patches are installed that its baseline rejects',
      evidence: ['kernel.x86_64:0:6.1.115-126.197.amzn2023 is installed, and rejected'],
      next: 'remove them from the node, or from rejectedPatches',
    });
  });

  it('pending-reboot', () => {
    const state = patchState({
      rebootOption: 'NoReboot',
      lastNoRebootInstallAt: '2026-11-21T02:20:00.000Z',
      counts: counts({ installedPendingReboot: 2 }),
    });
    expect(reason('pending-reboot', without(instance({ patchState: state }), 'patches'))).toEqual({
      code: 'pending-reboot',
      why: '2 patches are installed and take effect with a reboot',
      evidence: [
        'InstalledPendingRebootCount 2',
        'RebootOption NoReboot',
        'installed without a reboot at 2026-11-21T02:20:00.000Z',
      ],
      next: 'reboot it, then scan it',
      command: `aws ec2 reboot-instances --instance-ids ${id} --region eu-central-1`,
    });
  });

  it('waived, by whom and until when', () => {
    expect(reason('waived', lacking([patch()]), {}, fleetContext({ waivers: [waiver] }))).toEqual({
      code: 'waived',
      why: 'all that it lacks is waived',
      evidence: [
        'kernel.x86_64:0:6.1.115-126.197.amzn2023 by team-web until 2026-12-31 (OPS-1): the driver does not load',
      ],
      next: 'nothing until a waiver expires, on 2026-12-31 the first of them',
    });
  });

  it('has been seen for every code', () => {
    expect(reasonCodes.filter((code) => !seen.has(code))).toEqual([]);
  });
});
