import { describe, expect, it } from '@jest/globals';
import { noFleet } from '../../compliance/compliance.ts';
import { earlierStateOf } from '../../compliance/earlier-state.ts';
import type { InstanceFacts, PlaceFacts } from '../../compliance/facts.ts';
import type { PatchFacts } from '../../compliance/patch-facts.ts';
import {
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
  waiver,
  without,
} from './support.ts';

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

  it('calls nothing fixed or regressed of which either is not proven, or waived by a list that the other has not', async () => {
    const scannedLongAgo = patchState({ operationEndedAt: '2026-11-01T02:00:00.000Z' });
    const unproven = [
      instance({ patchState: scannedLongAgo }),
      without(instance(), 'managed'),
      without(instance(), 'patchState'),
    ];
    const fleet = fleetContext({ waivers: [waiver] });
    const waived = lacking([patch()]);
    const bare = without(waived, 'patches');
    const kinds = async (then: InstanceFacts, now: InstanceFacts) => {
      const before = await report([place([then])], { fleet, asOf: '2026-11-24T05:00:00Z' });
      const { trend } = await report([place([now])], { fleet, since: earlierStateOf('before', before) });
      return (['fixed', 'regressed', 'changed'] as const).filter((kind) => (trend?.[kind].length ?? 0) > 0);
    };
    for (const one of unproven) {
      expect(await kinds(one, instance())).toEqual(['changed']);
      expect(await kinds(instance(), one)).toEqual(['changed']);
    }
    expect(await kinds(waived, bare)).toEqual(['changed']);
    expect(await kinds(bare, waived)).toEqual(['changed']);
    expect(await kinds(waived, lacking([patch({ title: 'b:0:1', patchId: 'b' })]))).toEqual(['regressed']);
  });

  it('names the earlier snapshot as evidence, and tells whether it had everything', async () => {
    const { trend, evidence } = await report([place([instance()])], { since: await since(instance()) });
    expect(trend?.sinceComplete).toBe(true);
    expect(evidence.earlier).toEqual(evidence.sources);
    const gaps = [{ area: 'windows', reason: 'throttled', message: 'no' }] as const;
    const partly = earlierStateOf('before', await report([place([instance()], { gaps })]));
    expect((await report([place([instance()])], { since: partly })).trend?.sinceComplete).toBe(false);
    expect((await report([place([instance()])])).evidence.earlier).toEqual([]);
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
        ring: 'prod',
        patchGroup: 'web',
        operatingSystem: 'AMAZON_LINUX_2023',
        why: 'it was there at 2026-11-24T05:00:00.000Z, and its place could not be read now: the credentials have expired: ExpiredToken',
      },
    ]);
    expect(made.places.map(({ totals }) => totals.buckets.unknown)).toEqual([1]);
    expect(made.trend?.gone).toEqual([]);
    expect(made.trend?.regressed).toEqual([]);
    expect(made.trend?.changed).toHaveLength(1);
  });

  it('says of places that one of both did not look at that nobody knows, and calls nothing there new or gone', async () => {
    const facts = (region: string) => ({ ...place([instance()]), place: { account: '222222222222', region } });
    const on = (...regions: string[]) => report(regions.map(facts), { fleet: noFleet });
    const before = earlierStateOf('before', await on('eu-central-1', 'us-east-1'));
    const { trend } = await report([facts('eu-central-1'), facts('eu-west-1')], { fleet: noFleet, since: before });
    const at = (region: string) => ({ account: '222222222222', region, instanceId: id });
    expect(trend).toMatchObject({
      new: [],
      gone: [],
      notSeenThen: [{ ...at('eu-west-1'), is: 'compliant' }],
      notSeenNow: [{ ...at('us-east-1'), was: 'compliant' }],
      unchanged: 1,
    });
  });

  it('counts patches of nodes that lack none any more, whose patches nobody lists, and none that were not listed', async () => {
    const other = patch({ patchId: 'curl.x86_64', title: 'curl.x86_64:0:8.5.0-1.amzn2023' });
    const bare = without(lacking([patch()]), 'patches');
    const clean = without(instance(), 'patches');
    const numbers = async (then: PlaceFacts['instances'][number], now: PlaceFacts['instances'][number]) => {
      const { trend } = await report([place([now])], { since: await since(then) });
      return [trend?.newDeficits, trend?.fixedDeficits];
    };
    expect(await numbers(lacking([patch(), other]), clean)).toEqual([0, 2]);
    expect(await numbers(clean, lacking([patch(), other]))).toEqual([2, 0]);
    expect(await numbers(bare, lacking([patch()]))).toEqual([0, 0]);
    expect(await numbers(lacking([patch()]), bare)).toEqual([0, 0]);
  });

  it('counts no patches of nodes that installed a list last, then or now: it does not tell what else is missing', async () => {
    const other = patch({ patchId: 'curl.x86_64', title: 'curl.x86_64:0:8.5.0-1.amzn2023', state: 'FAILED' });
    const numbers = async (then: InstanceFacts, now: InstanceFacts) => {
      const { trend } = await report([place([now])], { since: await since(then) });
      return [trend?.newDeficits, trend?.fixedDeficits];
    };
    const of = (installOverrideList?: string) => {
      const list = installOverrideList !== undefined && { installOverrideList };
      const state = patchState({ operation: 'Install', ...list, counts: counts({ failed: 1 }) });
      return lacking([other], { patchState: state });
    };
    const [scanned, ofList] = [lacking([patch()]), of('s3://acme/emergency.yaml')];
    expect(await numbers(scanned, of())).toEqual([1, 1]);
    expect(await numbers(scanned, ofList)).toEqual([0, 0]);
    expect(await numbers(ofList, scanned)).toEqual([0, 0]);
  });

  it('counts no patches of nodes that count more than they list, then or now', async () => {
    const of = (missing: number, ...patches: PatchFacts[]) =>
      instance({ patches, patchState: patchState({ counts: counts({ missing }) }) });
    const numbers = async (then: InstanceFacts, now: InstanceFacts) => {
      const { trend } = await report([place([now])], { since: await since(then) });
      return [trend?.newDeficits, trend?.fixedDeficits];
    };
    const two = of(2, patch(), patch({ title: 'b:0:1' }));
    expect(await numbers(two, of(3))).toEqual([0, 0]);
    expect(await numbers(of(3), two)).toEqual([0, 0]);
    expect(await numbers(two, of(2, patch()))).toEqual([0, 0]);
    expect(await numbers(two, of(1, patch()))).toEqual([0, 1]);
    // What they list was seen missing all the same.
    expect([...(await since(of(2, patch()))).missing.keys()]).toEqual([patch().title]);
  });

  it('counts such instances in the place that each was in', async () => {
    const facts = (region: string, instances: PlaceFacts['instances'], gaps: PlaceFacts['gaps'] = []) => ({
      ...place(instances, { gaps }),
      place: { account: '111111111111', region },
    });
    const gaps = [{ area: 'ec2-instances', reason: 'throttled', message: 'no' }] as const;
    const [first, second] = [instance(), instance({ instanceId: 'i-00000000000000002' })];
    const before = await report([facts('eu-central-1', [first, second]), facts('us-east-1', [first])], {
      asOf: '2026-11-24T05:00:00Z',
    });
    const now = [facts('eu-central-1', [first], gaps), facts('us-east-1', [first])];
    const made = await report(now, { since: earlierStateOf('before', before) });
    expect(made.places.map(({ region, totals }) => [region, totals.instances, totals.buckets.unknown])).toEqual([
      ['eu-central-1', 2, 1],
      ['us-east-1', 1, 0],
    ]);
    expect(made.totals.instances).toBe(3);
  });
});
