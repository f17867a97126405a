import { describe, expect, it } from '@jest/globals';
import { earlierStateOf } from '../../compliance/earlier-state.ts';
import type { BaselineContent, BaselineFacts } from '../../compliance/patch-facts.ts';
import { id, instance, kernel, lacking, patch, place, reportOn as report, without } from './support.ts';

const second = 'i-00000000000000002';

const third = 'i-00000000000000003';

describe('--patch', () => {
  const content = {
    approvalRules: [{ filters: { CLASSIFICATION: ['Security'] }, approveAfterDays: 7 }],
    approvedPatches: [],
    rejectedPatches: [],
    rejectedPatchesAction: 'BLOCK' as const,
    modifiedAt: '2026-01-05T10:00:00.000Z',
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

  it('does not take the silence of a node for good where nobody knows what its last scan was before', async () => {
    const whyWith = async (available: Partial<typeof kernel>, change: Partial<BaselineContent>) => {
      const [baseline] = withContent();
      const baselines = [{ ...baseline, content: change } as BaselineFacts];
      const facts = place([instance()], { availablePatches: [available as typeof kernel], baselines });
      const { notExposed, unknown } = (await report([facts], { patch: 'CVE-2026-1111' })).patch ?? {};
      return [notExposed?.length, unknown?.[0]?.why];
    };
    const scan = 'its last scan, at 2026-11-24T02:03:00.000Z, may have been before';
    const undated = without(kernel, 'releasedAt');
    const released = `${scan} kernel.x86_64:0:6.1.115-126.197.amzn2023 was released: when that was is not known`;
    const atOnce = { ...content, approvalRules: [{ filters: {}, approveAfterDays: 0 }] };
    expect(await whyWith(undated, atOnce)).toEqual([0, released]);
    expect(await whyWith(undated, { ...content, approvedPatches: ['kernel*'] })).toEqual([0, released]);
    expect(await whyWith(kernel, atOnce)).toEqual([1, undefined]);
    expect(await whyWith(kernel, without(content, 'modifiedAt'))).toEqual([
      0,
      `${scan} its baseline was changed: when that was is not known`,
    ]);
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

  it('knows nothing of instances whose place can no longer be read', async () => {
    const since = earlierStateOf('before', await report([place([lacking([patch()])])]));
    const gaps = [{ area: 'place', reason: 'access-denied', message: '' }] as const;
    const { instances, patch: lookup } = await report([place([], { gaps })], { since, patch: 'CVE-2026-1111' });
    const [{ why } = { why: '' }] = instances;
    expect(lookup).toMatchObject({ exposed: [], installed: [], notExposed: [], unknown: [{ instanceId: id, why }] });
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
