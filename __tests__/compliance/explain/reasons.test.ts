import { describe, expect, it } from '@jest/globals';
import { explain } from '../../../compliance/explain/index.ts';
import { reasonCodes } from '../../../compliance/explain/reason.ts';
import {
  asOf,
  defaultBaseline,
  ec2,
  fleetContext,
  id,
  installWindow,
  instance,
  ownBaseline,
  patchState,
  place,
  run,
  settings,
  without,
} from '../support.ts';
import { codes, patchReasons, ranFrom, reason, reasons, seen, windowReasons } from './explained.ts';

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
      why: 'whether it is patched is not known: its last scan has no end, which is what a scan that failed reports; the last scan failed: Windows Update or WSUS could not be reached',
      evidence: [`${ranFrom}: FAILED`, 'exit code -1', `Scan judged by ${ownBaseline}`, 'ping status Online'],
      next: 'let the node reach Windows Update or its WSUS',
    });
  });

  it('unknown, where EC2 does not list it and its agent has been silent for less than a day', () => {
    const managed = { pingStatus: 'ConnectionLost', lastPingAt: '2026-11-24T02:00:00.000Z' } as const;
    expect(reason('unknown', without(instance({ managed }), 'ec2'))).toEqual({
      code: 'unknown',
      why: 'whether it is patched is not known: EC2 does not list it, and its agent was last heard of at 2026-11-24T02:00:00.000Z, less than a day before 2026-11-24T05:59:00.000Z',
      evidence: [
        'looked for in EC2 at 2026-11-24T05:59:00.000Z',
        `Scan judged by ${ownBaseline}`,
        'last report ended at 2026-11-24T02:03:00.000Z',
        'ping status ConnectionLost',
      ],
      next: 'see whether it was terminated: once its agent has been silent for a day, it is called gone',
    });
  });

  it('gone, because neither EC2 nor its agent was heard of', () => {
    const managed = { pingStatus: 'ConnectionLost', lastPingAt: '2026-11-22T02:00:00.000Z' } as const;
    expect(reasons(without(instance({ managed }), 'ec2'))).toEqual([
      {
        code: 'gone',
        why: 'it exists no more: EC2 does not list it, and its agent was last heard of at 2026-11-22T02:00:00.000Z',
        evidence: ['looked for at 2026-11-24T05:59:00.000Z', 'last ping at 2026-11-22T02:00:00.000Z'],
      },
    ]);
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

  it('has been seen for every code', () => {
    const elsewhere = [...windowReasons, ...patchReasons];
    expect(reasonCodes.filter((code) => !elsewhere.includes(code) && !seen.has(code))).toEqual([]);
  });
});
