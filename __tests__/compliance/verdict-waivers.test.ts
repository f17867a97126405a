import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { InstanceFacts } from '../../compliance/facts.ts';
import type { PlaceContext } from '../../compliance/fleet-context.ts';
import { present } from '../../compliance/normalise.ts';
import type { PatchCounts, PatchFacts } from '../../compliance/patch-facts.ts';
import {
  counts,
  ec2,
  fleetContext,
  instance,
  lacking,
  patch,
  patchState,
  place,
  verdict,
  waiver,
  without,
} from './support.ts';

describe('waivers', () => {
  const waived = fleetContext({ waivers: [waiver] });

  it('make an instance waived when they cover all that it lacks', () => {
    expect(verdict(place([lacking([patch()])]), waived)).toEqual({
      bucket: 'waived',
      why: 'all that it lacks is waived: 1 patch',
    });
  });

  it('leave an instance in the bucket of what they do not cover', () => {
    const other = patch({
      patchId: 'curl.x86_64',
      title: 'curl.x86_64:0:8.5.0-1.amzn2023',
      state: 'INSTALLED_PENDING_REBOOT',
    });
    expect(verdict(place([lacking([patch({ state: 'FAILED' }), other])]), waived).bucket).toBe('pending-reboot');
  });

  it('cover no patch that was counted and not listed', () => {
    const facts = { ...lacking([patch()]), patchState: patchState({ counts: counts({ missing: 2 }) }) };
    expect(verdict(place([facts]), waived).why).toBe('1 patch is missing');
    expect(verdict(place([without(facts, 'patches')]), waived).why).toBe('2 patches are missing');
  });

  it.each([
    ['on its last day', { expires: '2026-11-24' }, 'waived'],
    ['a day later', { expires: '2026-11-23' }, 'missing'],
    ['for another ring', { rings: ['dev'] }, 'missing'],
    ['for another baseline of its operating system', { baselines: ['linux-db', 'windows'] }, 'missing'],
    ['for its baseline', { baselines: ['linux'] }, 'waived'],
    ['by its whole title', { patches: ['kernel.x86_64:0:6.1.115-126.197.amzn2023'] }, 'waived'],
    ['by the name of its package', { patches: ['kernel'] }, 'waived'],
    ['by the name of a part of it', { patches: ['kern'] }, 'missing'],
    ['by a CVE', { patches: ['CVE-2026-1111'] }, 'waived'],
  ])('hold %s', (_, change, bucket) => {
    const fleet = fleetContext({ waivers: [{ ...waiver, ...change }] });
    expect(verdict(place([lacking([patch()])]), fleet).bucket).toBe(bucket);
  });

  it.each([
    ['python3', 'missing'],
    ['python3.11', 'waived'],
    ['python3.11-3.11.2-2.amzn2023', 'waived'],
    ['python3.11.x86_64', 'waived'],
  ])('take the end of a name for an architecture where it is one: %s', (pattern, bucket) => {
    const python = patch({ patchId: 'python3.11.x86_64', title: 'python3.11.x86_64:0:3.11.2-2.amzn2023' });
    const bare = patch({ patchId: 'python3.11', title: 'python3.11:0:3.11.2-2.amzn2023' });
    const fleet = fleetContext({ waivers: [{ ...waiver, patches: [pattern] }] });
    expect(verdict(place([lacking([python])]), fleet).bucket).toBe(bucket);
    if (pattern !== 'python3.11.x86_64') expect(verdict(place([lacking([bare])]), fleet).bucket).toBe(bucket);
  });
});

describe('a waiver for some baselines', () => {
  const limited = fleetContext({ waivers: [{ ...waiver, baselines: ['linux'] }] });
  const bucketOf = (overrides: Partial<InstanceFacts>, fleet = limited) =>
    verdict(place([lacking([patch()], overrides)]), fleet).bucket;

  it('covers nothing on a node of which it is not known which baseline it has', () => {
    expect(bucketOf({})).toBe('waived');
    // A ring by its tags, and a group that its assignment does not have.
    const [ofPlace] = limited.places;
    const [assignment] = ofPlace?.assignments ?? [];
    const byTags = {
      ...assignment,
      name: 'default',
      patchGroups: [],
      windows: [],
      targets: { tags: { Tier: ['web'] } },
    };
    const fleet = { ...limited, places: [{ ...ofPlace, assignments: [byTags] } as PlaceContext] };
    expect(bucketOf({ ec2: ec2({ tags: { Tier: 'web', PatchGroup: 'web' } }) }, fleet)).toBe('missing');
    const managed = { pingStatus: 'Online' as const, platformType: 'Linux' as const, platformName: 'Plan 9' };
    expect(bucketOf({ managed })).toBe('missing');
  });
});

describe('waivers beside what AWS calls non-compliant', () => {
  const waived = fleetContext({ waivers: [waiver] });
  const counted = (change: PatchCounts) => ({
    ...lacking([patch()]),
    patchState: patchState({ counts: counts({ missing: 1, ...change }) }),
  });

  it('do not cover more patches than were listed', () => {
    expect(verdict(place([counted({ securityNonCompliant: 1, otherNonCompliant: 1 })]), waived).bucket).toBe('waived');
    expect(verdict(place([counted({ criticalNonCompliant: 2 })]), waived)).toEqual({
      bucket: 'unknown',
      why: 'AWS calls it non-compliant, and its counts do not say why',
    });
  });

  it('do not cover updates that wait for approval, where the baseline that may count them was not read', () => {
    const waiting = { availableSecurityUpdate: 3 };
    expect(verdict(place([counted({ ...waiting, securityNonCompliant: 4 })]), waived)).toEqual({
      bucket: 'missing',
      why: '3 patches for security wait for approval, and its baseline counts that',
    });
    expect(verdict(place([counted({ ...waiting, securityNonCompliant: 1 })]), waived).bucket).toBe('waived');
  });

  it('make no instance patched that was not, whatever AWS counts', () => {
    const count = fc.option(fc.constantFrom(0, 1, 2, 3), { nil: undefined });
    const others = fc.record({
      availableSecurityUpdate: count,
      criticalNonCompliant: count,
      securityNonCompliant: count,
      otherNonCompliant: count,
    });
    const statuses = fc.constantFrom('COMPLIANT', 'NON_COMPLIANT', undefined);
    fc.assert(
      fc.property(others, statuses, (change, status) => {
        const content = {
          approvalRules: [],
          approvedPatches: [],
          rejectedPatches: [],
          rejectedPatchesAction: 'BLOCK' as const,
          ...(status !== undefined && { availableSecurityUpdatesComplianceStatus: status }),
        };
        const baselines = place([]).baselines.map((one) => (status === undefined ? one : { ...one, content }));
        const bucketOf = (patches: readonly PatchFacts[]) => {
          const more = patches.length;
          const { securityNonCompliant: security, ...rest } = change;
          const securityNonCompliant = security === undefined ? undefined : security + more;
          const told = { ...counts({ missing: more }), ...rest, securityNonCompliant };
          const state = patchState({ counts: present<PatchCounts>(told as Required<PatchCounts>) });
          return verdict(place([instance({ patches, patchState: state })], { baselines }), waived).bucket;
        };
        if (bucketOf([]) === 'missing') expect(bucketOf([patch()])).toBe('missing');
      }),
      { numRuns: 1000 },
    );
  });
});
