import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buckets, outcomeOfBucket } from '../../compliance/buckets.ts';
import { complianceReport } from '../../compliance/compliance.ts';
import { explain } from '../../compliance/explain/index.ts';
import type { InstanceFacts, PlaceFacts } from '../../compliance/facts.ts';
import { judge } from '../../compliance/judge.ts';
import { indexPlace } from '../../compliance/place-index.ts';
import { places } from './facts.arbitrary.ts';
import { asOf, fleetContext, patch, settings, sourceOf, waiver } from './support.ts';

const fleet = fleetContext({ waivers: [{ ...waiver, patches: ['kernel*'] }] });

function report(...facts: readonly PlaceFacts[]) {
  return complianceReport(sourceOf(...facts), { fleet, asOf, madeAt: asOf, toolVersion: '0.1.0', patch: 'CVE-2026-1' });
}

function shuffled<Value>(values: readonly Value[], order: readonly number[]): Value[] {
  return values
    .map((value, index) => ({ value, key: order[index % Math.max(order.length, 1)] ?? 0, index }))
    .sort((a, b) => a.key - b.key || b.index - a.index)
    .map(({ value }) => value);
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
        const turned = [other, one].map((facts) => ({
          ...facts,
          instances: shuffled(
            facts.instances.map((instance) => ({
              ...instance,
              ...(instance.patches && { patches: shuffled(instance.patches, order) }),
            })),
            order,
          ),
          baselines: shuffled(facts.baselines, order),
          windows: shuffled(facts.windows, order),
        }));
        expect(JSON.stringify(await report(...turned))).toBe(JSON.stringify(await report(one, other)));
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
      fc.property(places, fc.boolean(), (facts, isListed) => {
        const index = indexPlace(facts, fleet);
        for (const instance of facts.instances) {
          const before = judge(index, instance, settings()).verdict.bucket;
          const after = judge(index, withMissing(instance, isListed), settings()).verdict.bucket;
          if (before === 'gone') expect(after).toBe('gone');
          else expect(isFine(after)).toBe(isFine(before) && after === 'waived');
          // The order of the buckets is that of how bad they are, but that an unknown becomes known.
          if (before !== 'gone' && before !== 'unknown' && after !== 'gone')
            expect(buckets.indexOf(after)).toBeLessThanOrEqual(buckets.indexOf(before));
        }
      }),
    );
  });

  it('have at least one reason for each instance', () => {
    fc.assert(
      fc.property(places, (facts) => {
        for (const { instanceId } of facts.instances)
          expect(explain(facts, instanceId, fleet, settings())?.reasons.length).toBeGreaterThan(0);
      }),
    );
  });
});

function isFine(bucket: string): boolean {
  return bucket !== 'gone' && outcomeOfBucket[bucket as keyof typeof outcomeOfBucket] === 'compliant';
}

/** One more patch that no waiver covers, counted where there are counts. */
function withMissing(instance: InstanceFacts, isListed: boolean): InstanceFacts {
  const { patchState, patches } = instance;
  if (patchState?.counts.missing === undefined) return instance;
  const { counts } = patchState;
  return {
    ...instance,
    patchState: { ...patchState, counts: { ...counts, missing: (counts.missing ?? 0) + 1 } },
    ...(patches && isListed && { patches: [...patches, patch({ patchId: 'zlib', title: 'zlib:0:9' })] }),
  };
}
