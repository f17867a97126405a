import { describe, expect, it } from '@jest/globals';
import { complianceAsReport } from '../../cli/compliance/report.ts';
import { earlierStateOf } from '../../compliance/earlier-state.ts';
import type { PlaceFacts } from '../../compliance/facts.ts';
import { lastRunOf } from '../../compliance/windows/window-report.ts';
import { renderText } from '../../report/index.ts';
import {
  asOf,
  counts,
  ec2,
  fleetContext,
  id,
  installWindow,
  instance,
  lacking,
  patch,
  patchState,
  place,
  reportOn as report,
  run,
  waiver,
  without,
} from './support.ts';

type Patch = ReturnType<typeof patch>;

const second = 'i-00000000000000002';
const third = 'i-00000000000000003';

const kernel = {
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

describe('ages', () => {
  it('count from the release, against the deadline of the ring', async () => {
    const made = await report([place([lacking([patch()])], { availablePatches: [kernel] })]);
    expect(made.instances[0]?.deficits).toEqual([
      {
        patch: 'kernel.x86_64:0:6.1.115-126.197.amzn2023',
        kind: 'missing',
        ageDays: 20,
        ageSince: 'release',
        deadline: 'overdue',
      },
    ]);
    expect(made.ages).toMatchObject({ total: 1, overdue: 1, deadlineUnknown: 0, oldestDays: 20 });
    expect(made.ages.bySeverity[1]).toEqual({
      severity: 'important',
      total: 1,
      overdue: 1,
      byAge: [0, 0, 1, 0, 0, 0],
      ageUnknown: 0,
      oldestDays: 20,
    });
    expect(made.totals).toMatchObject({ overdueInstances: 1, overdueDeficits: 1 });
  });

  it('are in time up to and with the last day', async () => {
    const within = (patchWithinDays: number) =>
      report([place([lacking([patch()])], { availablePatches: [kernel] })], {
        fleet: fleetContext({ rings: [{ name: 'prod', critical: false, patchWithinDays }] }),
      });
    expect((await within(20)).instances[0]?.deficits?.[0]?.deadline).toBe('met');
    expect((await within(19)).instances[0]?.deficits?.[0]?.deadline).toBe('overdue');
  });

  it('count from where an earlier snapshot first saw it, which proves overdue and never in time', async () => {
    const earlier = async (observedAt: string) =>
      earlierStateOf('before', await report([place([lacking([patch()], { instanceId: second })], { observedAt })]));
    const since = async (observedAt: string) =>
      (await report([place([lacking([patch()])])], { earlier: [await earlier(observedAt)] })).instances[0]
        ?.deficits?.[0];
    expect(await since('2026-11-20T06:00:00.000Z')).toMatchObject({
      ageDays: 4,
      ageSince: 'first-seen',
      deadline: 'unknown',
    });
    expect(await since('2026-11-01T06:00:00.000Z')).toMatchObject({
      ageDays: 23,
      ageSince: 'first-seen',
      deadline: 'overdue',
    });
  });

  it('count from the earliest of several snapshots', async () => {
    const at = async (observedAt: string) =>
      earlierStateOf(observedAt, await report([place([lacking([patch()])], { observedAt })]));
    const earlier = [
      await at('2026-11-10T06:00:00.000Z'),
      await at('2026-11-01T06:00:00.000Z'),
      await at('2026-11-20T06:00:00.000Z'),
    ];
    const made = await report([place([lacking([patch()])])], { earlier });
    expect(made.instances[0]?.deficits?.[0]?.ageDays).toBe(23);
  });

  it('are unknown otherwise', async () => {
    const made = await report([place([lacking([patch()])])]);
    expect(made.instances[0]?.deficits?.[0]).toEqual({
      patch: 'kernel.x86_64:0:6.1.115-126.197.amzn2023',
      kind: 'missing',
      deadline: 'unknown',
    });
    expect(made.ages).toMatchObject({ total: 1, deadlineUnknown: 1 });
    expect(made.ages.bySeverity[1]?.ageUnknown).toBe(1);
  });

  it('leave out instances whose patches are not listed, and say how many may lack some', async () => {
    const unlisted = without(lacking([patch()]), 'patches');
    const stopped = { ...unlisted, instanceId: second, ec2: ec2({ state: 'stopped' as const }) };
    const made = await report([place([unlisted, stopped, without(instance({ instanceId: third }), 'patches')])]);
    expect(made.instances.map(({ bucket }) => bucket).sort()).toEqual(['compliant', 'missing', 'stopped']);
    expect(made.ages).toMatchObject({ total: 0, unlisted: { noncompliant: 1, unproven: 0, stopped: 1 } });
  });

  it('are told of what is stopped or not proven, and never against the deadline', async () => {
    const stopped = lacking([patch()], { ec2: ec2({ state: 'stopped' }) });
    const ended = patchState({ operationEndedAt: '2026-11-01T02:03:00.000Z', counts: counts({ missing: 1 }) });
    const stale = lacking([patch()], { instanceId: second, patchState: ended });
    const made = await report([place([stopped, stale], { availablePatches: [kernel] })]);
    expect(
      made.instances.map(({ bucket, deficits }) => [bucket, deficits?.[0]?.ageDays, deficits?.[0]?.deadline]),
    ).toEqual([
      ['stopped', 20, 'unknown'],
      ['stale', 20, 'unknown'],
    ]);
    expect(made.totals).toMatchObject({ overdueInstances: 0, overdueDeficits: 0 });
    expect(made.ages).toMatchObject({ total: 2, overdue: 0, deadlineUnknown: 2 });
    expect(made.patches.map(({ overdue }) => overdue)).toEqual([0]);
  });

  it('leave out what is waived', async () => {
    const fleet = fleetContext({ waivers: [waiver] });
    const made = await report([place([lacking([patch()])], { availablePatches: [kernel] })], { fleet });
    expect(made.ages.total).toBe(0);
    expect(made.patches.map(({ waived, missing, overdue }) => [waived, missing, overdue])).toEqual([[1, 0, 0]]);
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

describe('the trend', () => {
  const since = async (...instances: PlaceFacts['instances']) =>
    earlierStateOf('2026-11-10', await report([place(instances)], { asOf: '2026-11-24T05:00:00Z' }));

  it('tells what is new, fixed, regressed, gone or otherwise changed', async () => {
    const at = (n: number) => ({ instanceId: `i-0000000000000000${n}` });
    const earlier = await since(
      lacking([patch()], at(1)),
      instance(at(2)),
      instance(at(3)),
      lacking([patch()], at(4)),
      instance(at(6)),
      instance(at(7)),
    );
    const failed = [patch({ state: 'FAILED' }), patch({ title: 'b:0:1' })];
    const made = await report(
      [
        place([
          instance(at(1)),
          lacking([patch()], at(2)),
          lacking(failed, at(4)),
          instance(at(5)),
          instance(at(6)),
          instance({ ...at(7), ec2: ec2({ state: 'stopped' }) }),
        ]),
      ],
      { since: earlier },
    );
    const ids = (changes: readonly { instanceId: string }[] = []) => changes.map(({ instanceId }) => instanceId.at(-1));
    const { trend } = made;
    expect(trend?.since).toBe('2026-11-10');
    expect([trend?.new, trend?.fixed, trend?.regressed, trend?.gone, trend?.changed].map(ids)).toEqual([
      ['5'],
      ['1'],
      ['2'],
      ['3'],
      ['4', '7'],
    ]);
    expect(trend).toMatchObject({ unchanged: 1, newDeficits: 2, fixedDeficits: 1 });
    expect(trend?.before.instances).toBe(6);
  });

  it('calls nothing fixed that was stopped or could not be read, and nothing new in a place that could not', async () => {
    const at = (n: number) => ({ instanceId: `i-0000000000000000${n}` });
    const gaps = [{ area: 'ec2-instances', reason: 'access-denied', message: 'not authorized' }] as const;
    const unread = without(instance(at(1)), 'ec2');
    const stopped = { ...instance(at(2)), ec2: ec2({ state: 'stopped' }) };
    const before = await report([place([unread, stopped], { gaps })], { asOf: '2026-11-24T05:00:00Z' });
    const now = [instance(at(1)), instance(at(2)), instance(at(3))];
    const { trend } = await report([place(now)], { since: earlierStateOf('before', before) });
    expect([trend?.new, trend?.fixed, trend?.regressed, trend?.gone]).toEqual([[], [], [], []]);
    expect(trend?.changed.map(({ instanceId, was, is }) => [instanceId.at(-1), was, is])).toEqual([
      ['1', 'unknown', 'compliant'],
      ['2', 'stopped', 'compliant'],
      ['3', 'unknown', 'compliant'],
    ]);
  });

  it('keeps instances of a place that can no longer be read, as unknown', async () => {
    const earlier = await since(instance());
    const gaps = [{ area: 'place', reason: 'expired-credentials', message: 'ExpiredToken' }] as const;
    const made = await report([place([], { gaps })], { since: earlier });
    expect(made.instances).toEqual([
      {
        account: '111111111111',
        region: 'eu-central-1',
        instanceId: id,
        bucket: 'unknown',
        why: 'it was there at 2026-11-24T05:00:00.000Z, and its place could not be read now: the credentials have expired: ExpiredToken',
      },
    ]);
    expect(made.trend?.gone).toEqual([]);
    expect(made.trend?.regressed).toEqual([]);
    expect(made.trend?.changed).toHaveLength(1);
  });
});

describe('windows of a report', () => {
  it('tell runs to come, and who was skipped by those that were', async () => {
    const execution = run('TIMED_OUT', [
      { instanceId: id, status: 'Success' },
      { instanceId: second, status: 'Cancelled' },
    ]);
    const freeze = {
      name: 'sales',
      from: '2026-12-04T00:00:00.000Z',
      to: '2026-12-06T00:00:00.000Z',
      reason: '',
      closed: [],
    };
    const made = await report(
      [
        place([instance(), instance({ instanceId: second }), instance({ instanceId: third })], {
          windows: [
            installWindow({ executions: [execution, { windowExecutionId: 'x', status: 'SKIPPED_OVERLAPPING' }] }),
          ],
        }),
      ],
      { fleet: fleetContext({ freezes: [freeze] }) },
    );
    expect(made.windows[0]).toMatchObject({
      windowName: 'acme-install',
      ring: 'prod',
      operations: ['Install'],
      next: [
        { at: '2026-11-28T02:00:00.000Z' },
        { at: '2026-12-05T02:00:00.000Z', frozenBy: 'sales' },
        { at: '2026-12-12T02:00:00.000Z' },
      ],
      nextFrom: 'schedule',
      overlapping: 1,
    });
    expect(made.windows[0]?.runs?.[0]).toMatchObject({
      status: 'TIMED_OUT',
      results: { succeeded: 1, 'cut-off': 2, failed: 0 },
      skipped: [
        { instanceId: second, result: 'cut-off' },
        { instanceId: third, result: 'cut-off' },
      ],
    });
  });

  it('call what still ran at the cutoff cut off, and expect nothing of what is stopped or a window that is disabled', async () => {
    const cut = run('TIMED_OUT', [{ instanceId: id, status: 'InProgress' }]);
    const stopped = instance({ instanceId: second, ec2: ec2({ state: 'stopped', tags: { PatchGroup: 'web' } }) });
    const windows = [installWindow({ executions: [cut], enabled: false })];
    const [window] = (await report([place([instance(), stopped], { windows })])).windows;
    expect(window?.runs?.[0]?.skipped).toEqual([{ instanceId: id, result: 'cut-off' }]);
    expect([window?.next, window?.nextFrom]).toEqual([[], 'disabled']);
  });

  it('tell whom the last run did not reach, though the one after it was skipped', async () => {
    const threshold = run('FAILED', [
      { instanceId: id, status: 'Terminated' },
      { instanceId: second, status: 'Undeliverable' },
    ]);
    const skipped = {
      windowExecutionId: 'x',
      status: 'SKIPPED_OVERLAPPING',
      startedAt: '2026-11-22T02:00:00.000Z',
    } as const;
    const nodes = [id, second, third].map((instanceId) => instance({ instanceId }));
    const made = await report([place(nodes, { windows: [installWindow({ executions: [threshold, skipped] })] })]);
    const [window] = made.windows;
    expect(window?.runs?.map(({ status }) => status)).toEqual(['SKIPPED_OVERLAPPING', 'FAILED']);
    expect(window?.overlapping).toBe(1);
    expect(lastRunOf(window ?? {})?.skipped).toEqual([
      { instanceId: id, result: 'error-threshold' },
      { instanceId: second, result: 'unreachable' },
      { instanceId: third, result: 'not-run' },
    ]);
    const text = renderText(complianceAsReport(made, 'ring'), { width: 200 });
    expect(text).toContain(
      '  2026-11-21 02:00 UTC  FAILED: 1 error threshold, 1 unreachable, 1 not run; 1 skipped while the one before still ran  ',
    );
    expect(text).toMatch(/^ {2}i-00000000000000001 .* 2026-11-21 02:00 UTC {2}error threshold$/m);
  });

  it('have the next run that AWS tells where a rate counts from a moment that AWS alone knows', async () => {
    const rate = installWindow({ schedule: 'rate(7 days)', nextExecutionAt: '2026-11-30T00:00:00.000Z' });
    const broken = installWindow({ windowId: 'mw-2', schedule: 'cron(0 2 ? * SAT *)', timezone: 'Mars/Phobos' });
    const made = await report([place([instance()], { windows: [rate, broken] })]);
    expect(made.windows.map(({ next, nextFrom }) => [next, nextFrom])).toEqual([
      [[{ at: '2026-11-30T00:00:00.000Z' }], 'aws'],
      [[], 'unknown'],
    ]);
  });
});

describe('--patch', () => {
  const content = {
    approvalRules: [{ filters: { CLASSIFICATION: ['Security'] }, approveAfterDays: 7 }],
    approvedPatches: [],
    rejectedPatches: [],
    rejectedPatchesAction: 'BLOCK' as const,
  };
  const withContent = (change: Partial<typeof content> = {}) =>
    place([]).baselines.map((baseline) => ({ ...baseline, content: { ...content, ...change } }));
  const four = 'i-00000000000000004';

  it('tells who is exposed and gets it when, who has it, and of whom nobody can say', async () => {
    const made = await report(
      [
        place(
          [
            lacking([patch()]),
            lacking([patch({ state: 'INSTALLED' })], { instanceId: second }),
            instance({ instanceId: third }),
            without(instance({ instanceId: four }), 'patchState', 'patches'),
          ],
          { availablePatches: [kernel], baselines: withContent() },
        ),
      ],
      { patch: 'cve-2026-1111' },
    );
    const reference = { account: '111111111111', region: 'eu-central-1' };
    expect(made.patch).toEqual({
      asked: 'CVE-2026-1111',
      patches: ['kernel.x86_64:0:6.1.115-126.197.amzn2023'],
      releasedAt: '2026-11-04T00:00:00.000Z',
      exposed: [
        {
          ...reference,
          instanceId: id,
          patch: 'kernel.x86_64:0:6.1.115-126.197.amzn2023',
          state: 'missing',
          ring: 'prod',
          approval: { status: 'approved', at: '2026-11-11T00:00:00.000Z', by: 'approveAfterDays 7' },
          next: { at: '2026-11-28T02:00:00.000Z', windowName: 'acme-install' },
        },
      ],
      pendingReboot: [],
      installed: [{ ...reference, instanceId: second }],
      notExposed: [{ ...reference, instanceId: third }],
      unknown: [
        { ...reference, instanceId: four, why: 'it never reported a patch state, or none in the last 30 days' },
      ],
    });
  });

  it('does not take the silence of a node for good while its baseline does not look for the patch', async () => {
    const why = async (released: string, change = {}) => {
      const facts = place([instance()], {
        availablePatches: [{ ...kernel, releasedAt: released }],
        baselines: withContent(change),
      });
      const { patch: lookup } = await report([facts], { patch: 'CVE-2026-1111' });
      return lookup?.unknown[0]?.why;
    };
    const name = 'kernel.x86_64:0:6.1.115-126.197.amzn2023';
    expect(await why('2026-11-20T00:00:00.000Z')).toBe(
      `its baseline does not look for ${name} before 2026-11-27T00:00:00.000Z`,
    );
    expect(await why('2026-11-17T04:00:00.000Z')).toBe(
      `its last scan, at 2026-11-24T02:03:00.000Z, was before its baseline approved ${name}`,
    );
    expect(await why('2026-11-01T00:00:00.000Z', { rejectedPatches: ['kernel*'] })).toBe(
      `its baseline rejects ${name}, and does not look for it`,
    );
    expect(await why('2026-11-01T00:00:00.000Z')).toBeUndefined();
    const named = { approvedPatches: ['kernel*'] };
    expect(await why('2026-11-20T00:00:00.000Z', { ...named, modifiedAt: '2026-11-24T04:00:00.000Z' })).toBe(
      'its last scan, at 2026-11-24T02:03:00.000Z, was before its baseline was changed, at 2026-11-24T04:00:00.000Z',
    );
    expect(await why('2026-11-20T00:00:00.000Z', { ...named, modifiedAt: '2026-11-24T01:00:00.000Z' })).toBeUndefined();
  });

  it('takes what another place lists, and knows that a KB is for Windows alone', async () => {
    const other = {
      ...place([instance()], { baselines: withContent() }),
      place: { account: '222222222222', region: 'us-east-1' },
    };
    const facts = place([], { availablePatches: [kernel] });
    expect((await report([other, facts], { patch: 'CVE-2026-1111' })).patch?.notExposed).toHaveLength(1);
    const alone = await report([other], { patch: 'CVE-2026-1111' });
    expect(alone.patch?.unknown.map(({ why }) => why)).toEqual([
      'AWS lists no such patch for its operating system, so whether it needs it is not known',
    ]);
    expect((await report([other], { patch: 'KB5034441' })).patch?.notExposed).toHaveLength(1);
  });

  it('counts from the approval where that is still to come', async () => {
    const released = { ...kernel, releasedAt: '2026-11-23T00:00:00.000Z' };
    const facts = place([lacking([patch()])], { availablePatches: [released], baselines: withContent() });
    const { patch: lookup } = await report([facts], { patch: 'CVE-2026-1111' });
    expect(lookup?.exposed[0]?.next).toEqual({ at: '2026-12-05T02:00:00.000Z', windowName: 'acme-install' });
  });

  it('says why nobody knows when', async () => {
    const facts = place([lacking([patch()])], { windows: [] });
    const { patch: lookup } = await report([facts], { patch: 'kernel.x86_64' });
    expect(lookup?.exposed[0]).toMatchObject({
      approval: { status: 'approved', by: 'pb-00000000000000001 calls it missing' },
      why: 'no window is known to install on it',
    });
  });
});

describe('counts of a report', () => {
  it('are those of the node', async () => {
    const made = await report([place([instance({ patchState: patchState({ counts: counts({ installed: 12 }) }) })])]);
    expect(made.instances[0]?.counts?.installed).toBe(12);
  });
});
