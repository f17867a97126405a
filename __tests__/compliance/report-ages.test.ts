import { describe, expect, it } from '@jest/globals';
import { earlierStateOf } from '../../compliance/earlier-state.ts';
import type { InstanceFacts } from '../../compliance/facts.ts';
import type { PatchCounts } from '../../compliance/patch-facts.ts';
import {
  counts,
  ec2,
  fleetContext,
  id,
  instance,
  kernel,
  lacking,
  patch,
  patchState,
  place,
  reportOn as report,
  waiver,
  without,
} from './support.ts';

const second = 'i-00000000000000002';

const third = 'i-00000000000000003';

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

  it('are in time up to the instant at which the days of the ring have passed', async () => {
    const released = async (releasedAt: string) => {
      const made = await report([place([lacking([patch()])], { availablePatches: [{ ...kernel, releasedAt }] })]);
      const { ageDays, deadline } = made.instances[0]?.deficits?.[0] ?? {};
      return [ageDays, deadline];
    };
    expect(await released('2026-11-10T06:00:00.000Z')).toEqual([14, 'met']);
    expect(await released('2026-11-10T05:59:59.999Z')).toEqual([14, 'overdue']);
    expect(await released('2026-11-09T06:00:00.000Z')).toEqual([15, 'overdue']);
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

  it('count every node, also where nodes share the list of what they lack', async () => {
    const patches = [patch()];
    const nodes = [id, second, third].map((instanceId) => lacking(patches, { instanceId }));
    const made = await report([place(nodes, { availablePatches: [kernel] })]);
    expect(made.totals).toMatchObject({ overdueInstances: 3, overdueDeficits: 3 });
    expect(made.ages).toMatchObject({ total: 3, overdue: 3 });
    expect(made.ages.bySeverity[1]).toMatchObject({ total: 3, overdue: 3, byAge: [0, 0, 3, 0, 0, 0] });
    expect(made.patches).toMatchObject([{ missing: 3, overdue: 3 }]);
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

  it('say how many may lack more than the install of a list tells', async () => {
    const failing = (operation: 'Scan' | 'Install') => {
      const of = { operation, installOverrideList: 's3://acme/emergency.yaml', counts: counts({ failed: 1 }) };
      return lacking([patch({ state: 'FAILED' })], { patchState: patchState(of) });
    };
    const [scanned, installed] = [
      await report([place([failing('Scan')])]),
      await report([place([failing('Install')])]),
    ];
    expect([scanned, installed].map(({ instances }) => instances[0]?.bucket)).toEqual(['failed', 'failed']);
    expect(scanned.ages).toMatchObject({ total: 1, unlisted: { noncompliant: 0, unproven: 0, stopped: 0 } });
    expect(installed.ages).toMatchObject({ total: 1, unlisted: { noncompliant: 1, unproven: 0, stopped: 0 } });
  });

  it('are unknown of what is counted and not listed', async () => {
    const windows = { pingStatus: 'Online' as const, platformType: 'Windows' as const };
    const of = async (told: PatchCounts, overrides: Partial<InstanceFacts> = {}, status?: 'NON_COMPLIANT') => {
      const facts = lacking([patch()], { patchState: patchState({ counts: counts(told) }), ...overrides });
      const content = {
        ...{ approvalRules: [], approvedPatches: [], rejectedPatches: [], rejectedPatchesAction: 'BLOCK' as const },
        ...(status !== undefined && { availableSecurityUpdatesComplianceStatus: status }),
      };
      const baselines = place([]).baselines.map((one) => ({ ...one, content }));
      const { ages, instances } = await report([place([facts], { baselines })]);
      const { total, counted, deadlineUnknown, withoutDeadline, bySeverity } = ages;
      const unspecified = bySeverity.find(({ severity }) => severity === 'unspecified');
      expect([instances[0]?.unlisted ?? 0, unspecified?.total, unspecified?.ageUnknown]).toEqual(
        Array(3).fill(counted),
      );
      return { total, counted, deadlineUnknown, withoutDeadline };
    };
    const known = { total: 1, counted: 0, deadlineUnknown: 1, withoutDeadline: 0 };
    expect(await of({ missing: 1 })).toEqual(known);
    expect(await of({ missing: 0 })).toEqual(known);
    expect(await of({ missing: 5, failed: 2 })).toEqual({ ...known, total: 7, counted: 6, deadlineUnknown: 7 });
    expect(await of({ missing: 5 }, { ec2: ec2({ tags: {} }) })).toEqual({
      ...{ total: 5, counted: 4, deadlineUnknown: 0, withoutDeadline: 5 },
    });
    const waiting = { missing: 1, availableSecurityUpdate: 3 };
    expect(await of(waiting, { managed: windows })).toEqual(known);
    expect(await of(waiting, { managed: windows }, 'NON_COMPLIANT')).toMatchObject({ total: 4, counted: 3 });
  });

  it('are of patches without a deadline where the ring has none, or there is no ring', async () => {
    const rings = [{ name: 'prod', critical: false }];
    const available = { availablePatches: [kernel] };
    for (const made of [
      await report([place([lacking([patch()])], available)], { fleet: fleetContext({ rings }) }),
      await report([place([lacking([patch()], { ec2: ec2({ tags: {} }) })], available)]),
    ])
      expect(made.ages).toMatchObject({ total: 1, overdue: 0, deadlineUnknown: 0, withoutDeadline: 1 });
    const waived = fleetContext({ rings, waivers: [waiver] });
    expect((await report([place([lacking([patch()])])], { fleet: waived })).ages.withoutDeadline).toBe(0);
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

  it('name the waiver that ends last where several hold', async () => {
    const until = (...days: string[]) => fleetContext({ waivers: days.map((expires) => ({ ...waiver, expires })) });
    const named = async (fleet: ReturnType<typeof until>) =>
      (await report([place([lacking([patch()])])], { fleet })).instances[0]?.deficits?.[0]?.waiver;
    expect(await named(until('2026-11-30', '2026-12-31', '2026-12-15', '2026-11-01'))).toBe(1);
    expect(await named(until('2026-12-31', '2026-11-30'))).toBe(0);
    expect(await named(until('2026-12-31', '2026-12-31'))).toBe(0);
  });

  it('leave out what is waived for a baseline on nodes of that baseline alone', async () => {
    const fleet = fleetContext({ waivers: [{ ...waiver, baselines: ['linux'] }] });
    const patches = [patch()];
    const ubuntu = { pingStatus: 'Online' as const, platformType: 'Linux' as const, platformName: 'Ubuntu' };
    const nodes = [lacking(patches), lacking(patches, { instanceId: second, managed: ubuntu })];
    const made = await report([place(nodes)], { fleet });
    expect(made.instances.map(({ bucket }) => bucket)).toEqual(['waived', 'missing']);
    expect(made.patches.map(({ waived, missing }) => [waived, missing])).toEqual([[1, 1]]);
  });
});
