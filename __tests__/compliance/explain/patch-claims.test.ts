import { describe, expect, it } from '@jest/globals';
import type { PlaceFacts } from '../../../compliance/facts.ts';
import type { FleetContext } from '../../../compliance/fleet-context.ts';
import type { BaselineContent } from '../../../compliance/patch-facts.ts';
import {
  counts,
  fleetContext,
  id,
  installWindow,
  instance,
  lacking,
  ownBaseline,
  patch,
  patchState,
  run,
  waiver,
  without,
} from '../support.ts';
import { codes, reason, reasons } from './explained.ts';

/* What reasons claim is what facts show: neither more, nor less. */

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
      next: 'a later window installs them, once its baseline approves them: 2026-11-28T02:00:00.000Z in acme-install',
    });
  });

  it('that only others list are told as not known to be needed, and not for another release of Windows', () => {
    const facts = instance({ managed: windows });
    expect(reason('not-yet-approved', facts, ofPlace({})).evidence).toEqual([
      'KB5034441 until 2026-11-27T17:00:00.000Z (approveAfterDays 7); whether it needs it is not known',
    ]);
    expect(codes(facts, ofPlace({}, 'WindowsServer2019'))).not.toContain('not-yet-approved');
  });

  it('that AWS lists with several dates wait from the first', () => {
    const { availablePatches = [], ...rest } = ofPlace({});
    const again = {
      ...availablePatches[0],
      releasedAt: '2026-11-22T17:00:00.000Z',
    } as (typeof availablePatches)[number];
    for (const listed of [
      [again, ...availablePatches],
      [...availablePatches, again],
    ])
      expect(
        reason('not-yet-approved', instance({ managed: windows }), { ...rest, availablePatches: listed }).evidence,
      ).toEqual(['KB5034441 until 2026-11-27T17:00:00.000Z (approveAfterDays 7); whether it needs it is not known']);
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
    const ofOthers = waiving('2026-12-31').waivers.map((one) => ({ ...one, baselines: ['windows-db'] }));
    expect(reason('rejected', facts, rejecting, fleetContext({ waivers: ofOthers })).evidence).toEqual([
      `${by}${unknown}`,
    ]);
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
    const unmanaged = without(lacking([patch()]), 'managed');
    expect(reason('missing', unmanaged).next).toBe(
      'its next window installs them: 2026-11-28T02:00:00.000Z in acme-install, if Systems Manager knows it by then',
    );
    expect(reason('missing', lacking([patch()]), { windows: [installWindow({ enabled: false })] }).next).toBe(
      'see to its windows: no run of them is known that lies in no freeze',
    );
    expect(reason('missing', lacking([patch()]), { windows: [] }).next).toBe('let a window install on it');
  });

  it('that failed for a reason that nobody knows are told with the end of the output', () => {
    const output = 'Reading package lists…\nE: The repository has no Release file\n';
    const execution = run('FAILED', [{ instanceId: id, commandId: 'c-1', status: 'Failed', responseCode: 77, output }]);
    const lacks = lacking([patch()]);
    expect(reason('failed', lacks, { windows: [installWindow({ executions: [execution] })] })).toMatchObject({
      why: 'the last run of its window failed on it',
      evidence: [expect.any(String), 'exit code 77', 'the output ends: E: The repository has no Release file'],
      next: 'read the output of the last command on the node',
      command: `aws ssm list-command-invocations --command-id c-1 --instance-id ${id} --details --region eu-central-1`,
    });
  });

  it('have commands in which an id of a foreign snapshot is one word of the shell and nothing else', () => {
    const commandId = "c-1; touch it $(id) 'x'";
    const execution = run('FAILED', [{ instanceId: id, commandId, status: 'Failed', responseCode: 77 }]);
    const { command } = reason('failed', lacking([patch()]), { windows: [installWindow({ executions: [execution] })] });
    expect(command).toBe(
      `aws ssm list-command-invocations --command-id 'c-1; touch it $(id) '\\''x'\\''' --instance-id ${id} --details --region eu-central-1`,
    );
  });
});
