import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buckets, outcomeOfBucket } from '../../compliance/buckets.ts';
import { complianceReport } from '../../compliance/compliance.ts';
import { explain } from '../../compliance/explain/index.ts';
import type { InstanceFacts, PlaceFacts } from '../../compliance/facts.ts';
import { type JudgedPlace, judge } from '../../compliance/judge.ts';
import { judgePlaces } from '../../compliance/judging.ts';
import { PatchCatalog } from '../../compliance/patch-catalog.ts';
import { indexPlace, type PlaceIndex } from '../../compliance/place-index.ts';
import type { PatchStateSource } from '../../compliance/source.ts';
import { places } from './facts.arbitrary.ts';
import { asOf, fleetContext, patch, settings, sourceOf, waiver } from './support.ts';

const fleet = fleetContext({ waivers: [{ ...waiver, patches: ['kernel*'] }] });

function reportOn(source: PatchStateSource) {
  return complianceReport(source, { fleet, asOf, madeAt: asOf, toolVersion: '0.1.0', patch: 'CVE-2026-1' });
}

function report(...facts: readonly PlaceFacts[]) {
  return reportOn(sourceOf(...facts));
}

/** Judges some places here, and others as another thread would: with a catalog of its own, of which copies come. */
function judgeApart(here: readonly PlaceFacts[], there: readonly PlaceFacts[]): NonNullable<PatchStateSource['judge']> {
  return async (request, judging, { catalog, take }) => {
    const its = { catalog: new PatchCatalog(), take: (place: JudgedPlace) => take(structuredClone(place)) };
    await judgePlaces(sourceOf(...there).places(request), structuredClone(judging), its);
    await judgePlaces(sourceOf(...here).places(request), judging, { catalog, take });
    catalog.addAll(structuredClone(its.catalog.sorted()));
  };
}

function shuffled<Value>(values: readonly Value[], order: readonly number[]): Value[] {
  return values
    .map((value, index) => ({ value, key: order[index % Math.max(order.length, 1)] ?? 0, index }))
    .sort((a, b) => a.key - b.key || b.index - a.index)
    .map(({ value }) => value);
}

/** The same facts, in another order of every list whose order says nothing. */
function turn(facts: PlaceFacts, order: readonly number[]): PlaceFacts {
  return {
    ...facts,
    instances: shuffled(
      facts.instances.map((instance) => ({
        ...instance,
        ...(instance.patches && { patches: shuffled(instance.patches, order) }),
      })),
      order,
    ),
    baselines: shuffled(facts.baselines, order),
    patchGroups: shuffled(facts.patchGroups, order),
    availablePatches: shuffled(facts.availablePatches, order),
    gaps: shuffled(facts.gaps, order),
    windows: shuffled(
      facts.windows.map((window) => ({
        ...window,
        ...(window.executions && { executions: shuffled(window.executions, order) }),
      })),
      order,
    ),
  };
}

describe('any facts', () => {
  it('are parted by buckets and by each grouping, with nothing left over', async () => {
    await fc.assert(
      fc.asyncProperty(places, async (facts) => {
        const made = await report(facts);
        const counted = buckets.reduce((sum, bucket) => sum + made.totals.buckets[bucket], 0);
        expect(counted).toBe(made.instances.length);
        expect(made.instances.length + made.gone.length).toBe(facts.instances.length);
        for (const groups of Object.values(made.groups))
          expect(groups.reduce((sum, { totals }) => sum + totals.instances, 0)).toBe(made.instances.length);
        const { exposed, pendingReboot, installed, notExposed, unknown } = made.patch as NonNullable<typeof made.patch>;
        const answered = [exposed, pendingReboot, installed, notExposed, unknown].map((list) => list.length);
        expect(answered.reduce((a, b) => a + b)).toBe(made.instances.length);
      }),
    );
  });

  it('come to the same report in any order', async () => {
    await fc.assert(
      fc.asyncProperty(places, places, fc.array(fc.nat(), { minLength: 1 }), async (one, two, order) => {
        const other = { ...two, place: { ...two.place, account: '222222222222' } };
        const turned = [other, one].map((facts) => turn(facts, order));
        expect(JSON.stringify(await report(...turned))).toBe(JSON.stringify(await report(one, other)));
        for (const { instanceId } of one.instances)
          expect(explain(turn(one, order), instanceId, fleet, settings())).toEqual(
            explain(one, instanceId, fleet, settings()),
          );
      }),
    );
  });

  it('come to the same report where places are judged apart, and what they lack is put together', async () => {
    await fc.assert(
      fc.asyncProperty(places, places, fc.array(fc.nat(), { minLength: 1 }), async (one, two, order) => {
        const other = turn({ ...two, place: { ...two.place, account: '222222222222' } }, order);
        const apart = { ...sourceOf(one, other), judge: judgeApart([other], [one]) };
        expect(JSON.stringify(await reportOn(apart))).toBe(JSON.stringify(await report(one, other)));
      }),
    );
  });

  it('come to the same report whether nodes that list the same share their list or not', async () => {
    await fc.assert(
      fc.asyncProperty(places, async (facts) => {
        const list = facts.instances.find(({ patches = [] }) => patches.length > 0)?.patches ?? [];
        const listing = (patches: () => NonNullable<InstanceFacts['patches']>) =>
          report({
            ...facts,
            instances: facts.instances.map((one) => ({ ...one, ...(one.patches && { patches: patches() }) })),
          });
        const apart = await listing(() => structuredClone(list));
        expect(JSON.stringify(await listing(() => list))).toBe(JSON.stringify(apart));
      }),
    );
  });

  it('never come to patched by what is absent', async () => {
    await fc.assert(
      fc.asyncProperty(places, async (facts) => {
        for (const { bucket, instanceId } of (await report(facts)).instances) {
          if (bucket !== 'compliant' && bucket !== 'waived') continue;
          const { patchState, managed } = facts.instances.find((one) => one.instanceId === instanceId) as InstanceFacts;
          expect(managed).toBeDefined();
          const { failed, missing, installedRejected, installedPendingReboot } = patchState?.counts ?? {};
          expect([failed, missing, installedRejected, installedPendingReboot]).not.toContain(undefined);
        }
      }),
    );
  });

  it('are not better for a patch that is missing in addition', () => {
    fc.assert(
      fc.property(places, fc.constantFrom(...ways), (facts, way) => {
        const index = indexPlace(facts, fleet);
        for (const instance of facts.instances) {
          const worse = withMissing(instance, way, index);
          if (worse === undefined) continue;
          const before = judge(index, instance, settings()).verdict.bucket;
          const after = judge(index, worse, settings()).verdict.bucket;
          if (before === 'gone') expect(after).toBe('gone');
          else expect(isFine(after)).toBe(false);
          // The order of the buckets is that of how bad they are, but that an unknown becomes known.
          if (before !== 'gone' && before !== 'unknown' && after !== 'gone')
            expect(buckets.indexOf(after)).toBeLessThanOrEqual(buckets.indexOf(before));
        }
      }),
    );
  });

  it('count no more of the fleet as patched where each instance lacks one patch more', async () => {
    await fc.assert(
      fc.asyncProperty(places, fc.constantFrom(...ways), async (facts, way) => {
        const index = indexPlace(facts, fleet);
        const instances = facts.instances.map((instance) => withMissing(instance, way, index) ?? instance);
        const before = (await report(facts)).totals.outcomes;
        const after = (await report({ ...facts, instances })).totals.outcomes;
        expect(after.compliant).toBeLessThanOrEqual(before.compliant);
        expect(after.noncompliant).toBeGreaterThanOrEqual(before.noncompliant);
        expect(after.stopped).toBe(before.stopped);
      }),
    );
  });

  it('have at least one reason for each instance, each with evidence', () => {
    fc.assert(
      fc.property(places, (facts) => {
        for (const { instanceId } of facts.instances) {
          const { reasons = [] } = explain(facts, instanceId, fleet, settings()) ?? {};
          expect(reasons.length).toBeGreaterThan(0);
          expect(reasons.filter(({ evidence }) => evidence.length === 0)).toEqual([]);
          expect(JSON.stringify(reasons)).not.toMatch(/undefined|null|NaN|\[object/);
        }
      }),
    );
  });
});

function isFine(bucket: string): boolean {
  return bucket !== 'gone' && outcomeOfBucket[bucket as keyof typeof outcomeOfBucket] === 'compliant';
}

/** How a patch may come to be missing: counts and lists come from different calls. */
const ways = ['counted', 'listed', 'both', 'waiting'] as const;

/** With one more patch that no waiver covers; absent where that cannot be told of the instance. */
function withMissing(
  instance: InstanceFacts,
  way: (typeof ways)[number],
  { baselines }: PlaceIndex,
): InstanceFacts | undefined {
  const { patchState, patches } = instance;
  const missing = patchState?.counts.missing;
  if (patchState === undefined || missing === undefined) return undefined;
  const { counts, baselineId } = patchState;
  const counted = { ...instance, patchState: { ...patchState, counts: { ...counts, missing: missing + 1 } } };
  if (way === 'counted') return counted;
  if (patches === undefined) return undefined;
  const one = patch({ patchId: 'zlib', title: 'zlib:0:9' });
  if (way === 'both') return { ...counted, patches: [...patches, one] };
  if (way === 'listed') return { ...instance, patches: [...patches, one] };
  // What waits for approval counts where the baseline says so.
  const status = baselines.get(baselineId)?.content?.availableSecurityUpdatesComplianceStatus;
  if (status !== 'NON_COMPLIANT') return undefined;
  return { ...instance, patches: [...patches, { ...one, state: 'AVAILABLE_SECURITY_UPDATE' }] };
}
