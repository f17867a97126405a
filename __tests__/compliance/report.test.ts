import { describe, expect, it } from '@jest/globals';
import type { PlaceFacts } from '../../compliance/facts.ts';
import {
  asOf,
  counts,
  ec2,
  fleetContext,
  id,
  instance,
  lacking,
  patch,
  patchState,
  place,
  reportOn as report,
  without,
} from './support.ts';

type Patch = ReturnType<typeof patch>;

const second = 'i-00000000000000002';

const third = 'i-00000000000000003';

describe('a report', () => {
  it('counts every instance once, by each grouping, with what should be there and could not be read', async () => {
    const other = {
      ...place([
        without(instance({ instanceId: second, declaredAs: 'db' }), 'ec2', 'managed', 'patchState', 'patches'),
      ]),
      place: { account: '222222222222', region: 'eu-central-1' },
      gaps: [{ area: 'place', reason: 'role-not-assumed', message: 'AccessDenied' }],
    } as const;
    const stopped = instance({ instanceId: third, ec2: ec2({ state: 'stopped' }) });
    const made = await report([place([instance(), stopped]), other]);
    expect(made.complete).toBe(false);
    expect(made.totals).toEqual({
      instances: 3,
      buckets: {
        unknown: 1,
        stopped: 1,
        'not-managed': 0,
        'never-scanned': 0,
        stale: 0,
        failed: 0,
        missing: 0,
        'rejected-installed': 0,
        'pending-reboot': 0,
        waived: 0,
        compliant: 1,
      },
      outcomes: { compliant: 1, noncompliant: 0, unproven: 1, stopped: 1 },
      compliantPercent: 33.3,
      compliantPercentOfRunning: 50,
      overdueInstances: 0,
      overdueDeficits: 0,
    });
    expect(made.placeTotals).toEqual({ read: 1, partly: 0, unknown: 1 });
    expect(made.places[1]?.gaps).toEqual([
      {
        area: 'place',
        reason: 'role-not-assumed',
        message: 'the role could not be assumed: AccessDenied',
        unknown: 'every instance there',
      },
    ]);
    const keys = (name: string) => made.groups[name]?.map(({ key, totals }) => [key, totals.instances]);
    expect(keys('ring')).toEqual([
      ['prod', 2],
      [undefined, 1],
    ]);
    expect(keys('account')).toEqual([
      ['111111111111', 2],
      ['222222222222', 1],
    ]);
    expect(keys('os')).toEqual([
      ['AMAZON_LINUX_2023', 2],
      [undefined, 1],
    ]);
  });

  it('groups by the tags that were asked for', async () => {
    const db = instance({ instanceId: second, ec2: ec2({ tags: { Team: 'db' } }) });
    const made = await report([place([instance(), db])], { tagKeys: ['Team'] });
    expect(made.groups['tag:Team']?.map(({ key, totals }) => [key, totals.instances])).toEqual([
      ['db', 1],
      [undefined, 1],
    ]);
  });

  it('tells a place of the fleet that the source says nothing about', async () => {
    const fleet = fleetContext({}, { declared: { web: id } });
    const made = await report([], { fleet });
    expect(made.instances.map(({ instanceId, bucket, why }) => [instanceId, bucket, why])).toEqual([
      [id, 'unknown', 'EC2 could not be asked: the call failed: the source says nothing about this place'],
    ]);
    expect(made.complete).toBe(false);
  });

  it('has no percentage of nothing', async () => {
    const made = await report([place([])]);
    expect(made.totals.compliantPercent).toBeUndefined();
  });

  it('never rounds up to all', async () => {
    const many = Array.from({ length: 999 }, (_, n) => instance({ instanceId: `i-${String(n).padStart(17, '0')}` }));
    const made = await report([place([...many, lacking([patch()], { instanceId: 'i-0000000000000ffff' })])]);
    expect(made.totals.compliantPercent).toBe(99.9);
  });

  it('is evidence: who was asked, for what, and with which permissions', async () => {
    const made = await report([place([])], { fleet: { ...fleetContext(), commit: 'abc123' }, staleAfterMs: 36e5 });
    expect(made.evidence).toMatchObject({
      madeAt: '2026-11-24T06:01:00.000Z',
      asOf,
      staleAfterHours: 1,
      toolVersion: '0.1.0',
      fleet: 'acme',
      commit: 'abc123',
      permissions: ['ec2:DescribeInstances', 'ssm:DescribeInstancePatchStates'],
    });
    expect(made.evidence.controls.map(({ control }) => control)).toEqual(['SSM.2', 'SI-2', '6.3.3']);
  });
});

describe('patches of a report', () => {
  it('are told once for the whole fleet, worst first', async () => {
    const low = patch({ patchId: 'a', title: 'a:0:1', severity: 'Low' });
    const critical = patch({ patchId: 'b', title: 'b:0:1', severity: 'Critical', state: 'FAILED' });
    const nodes = [lacking([low, patch()]), lacking([patch(), critical], { instanceId: second })];
    const made = await report([place(nodes)]);
    expect(made.patches.map(({ patch: key, severity, missing, failed }) => [key, severity, missing, failed])).toEqual([
      ['b:0:1', 'critical', 0, 1],
      ['kernel.x86_64:0:6.1.115-126.197.amzn2023', 'important', 2, 0],
      ['a:0:1', 'low', 1, 0],
    ]);
  });
});

describe('patches of one severity', () => {
  it('are told by age, then by how many nodes lack them', async () => {
    const named = (name: string) => patch({ patchId: `${name}.x86_64`, title: `${name}.x86_64:0:1-1` });
    const [a, b, c, d] = ['a', 'b', 'c', 'd'].map(named) as [Patch, Patch, Patch, Patch];
    const available = (name: string, releasedAt: string) => ({
      ...{ operatingSystem: 'AMAZON_LINUX_2023', name, arch: 'x86_64', version: '1', release: '1', releasedAt },
    });
    const made = await report([
      place([lacking([a, b, c, d]), lacking([d], { instanceId: second })], {
        availablePatches: [available('b', '2026-11-20T00:00:00.000Z'), available('c', '2026-11-01T00:00:00.000Z')],
      }),
    ]);
    expect(made.patches.map(({ patchId, oldestDays }) => [patchId, oldestDays])).toEqual([
      ['c.x86_64', 23],
      ['b.x86_64', 4],
      ['d.x86_64', undefined],
      ['a.x86_64', undefined],
    ]);
  });
});

describe('findings', () => {
  it('do not call a baseline wrong where what the group resolves to could not be read', async () => {
    const facts = instance({ ec2: ec2({ tags: { PatchGroup: 'other' } }) });
    const gaps = [{ area: 'patch-groups', reason: 'access-denied', message: 'not authorized' }] as const;
    const codes = async (ofPlace: Partial<PlaceFacts>) =>
      (await report([place([facts], ofPlace)])).findings.map(({ code }) => code);
    expect(await codes({})).toContain('overwritten');
    expect(await codes({ gaps, patchGroups: [] })).not.toContain('overwritten');
  });

  it('tell what lies in how the fleet is set up, beside the bucket', async () => {
    const facts = instance({ patchState: patchState({ baselineId: 'pb-00000000000000002' }) });
    const made = await report([place([facts])]);
    expect(made.instances[0]?.bucket).toBe('compliant');
    expect(made.findings.map(({ code, instanceId }) => [code, instanceId])).toEqual([['overwritten', id]]);
  });
});

describe('counts of a report', () => {
  it('are those of the node', async () => {
    const made = await report([place([instance({ patchState: patchState({ counts: counts({ installed: 12 }) }) })])]);
    expect(made.instances[0]?.counts?.installed).toBe(12);
  });
});
