import { describe, expect, it } from '@jest/globals';
import {
  counts,
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
  run,
  waiver,
  without,
} from '../support.ts';
import { patchReasons, ranFrom, reason, seen, withRun } from './explained.ts';

describe('a reason why it is not patched', () => {
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

  it('not-yet-approved, of one patch of a KB that is listed for several products, in whatever order', () => {
    const kb = (state: 'AVAILABLE_SECURITY_UPDATE' | 'INSTALLED', title: string) =>
      patch({ patchId: 'KB5000001', title, state });
    const both = [kb('AVAILABLE_SECURITY_UPDATE', '.NET 8 (KB5000001)'), kb('INSTALLED', '.NET 6 (KB5000001)')];
    for (const listed of [both, [...both].reverse()])
      expect(reason('not-yet-approved', lacking(listed)).evidence).toEqual(['KB5000001, until when is not known']);
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

  it('has been seen for every code of scans and patches', () => {
    expect(patchReasons.filter((code) => !seen.has(code))).toEqual([]);
  });
});
