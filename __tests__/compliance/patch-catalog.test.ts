import { describe, expect, it } from '@jest/globals';
import { complianceReport } from '../../compliance/compliance.ts';
import { PatchCatalog } from '../../compliance/patch-catalog.ts';
import { asOf, fleetContext, lacking, patch, place, sourceOf, waiver } from './support.ts';

describe('catalogs of two threads', () => {
  it('add up: each number is the sum of both, and the age that of the older', async () => {
    const kernel = patch();
    const curl = patch({ patchId: 'curl.x86_64', title: 'curl.x86_64:0:8.5.0-1.amzn2023', state: 'FAILED' });
    const facts = place([lacking([kernel, curl])], {
      availablePatches: [
        {
          operatingSystem: 'AMAZON_LINUX_2023',
          name: 'kernel',
          arch: 'x86_64',
          version: '6.1.115',
          release: '126.197.amzn2023',
          releasedAt: '2026-10-01T09:00:00.000Z',
        },
      ],
    });
    const fleet = fleetContext({ waivers: [{ ...waiver, patches: ['curl*'] }] });
    const { patches } = await complianceReport(sourceOf(facts), { fleet, asOf, madeAt: asOf, toolVersion: '0.1.0' });
    const numbers = patches.map(({ patch, missing, failed, waived, overdue, oldestDays }) => ({
      ...{ patch, missing, failed, waived, overdue, oldestDays },
    }));
    expect(numbers).toEqual([
      { patch: kernel.title, missing: 1, failed: 0, waived: 0, overdue: 1, oldestDays: 53 },
      { patch: curl.title, missing: 0, failed: 0, waived: 1, overdue: 0, oldestDays: undefined },
    ]);
    const catalog = new PatchCatalog();
    catalog.addAll(patches);
    expect(catalog.sorted()).toEqual(patches);
    catalog.addAll(patches);
    expect(catalog.sorted()).toEqual([
      { ...patches[0], missing: 2, overdue: 2 },
      { ...patches[1], waived: 2 },
    ]);
  });
});
