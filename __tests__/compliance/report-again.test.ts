import { describe, expect, it } from '@jest/globals';
import type { AvailablePatch, PatchFacts } from '../../compliance/patch-facts.ts';
import { counts, fleetContext, instance, lacking, patch, patchState, place, reportOn, waiver } from './support.ts';

/* A KB that AWS lists several times: released again, or of definitions that are released every day. */

const definitions = 'Security Intelligence Update for Microsoft Defender Antivirus - KB2267602';
const monthly = 'Update for Windows Server 2022 (KB5034441)';

function listed(title: string, overrides: Partial<PatchFacts> = {}): PatchFacts {
  return patch({ patchId: title.includes(definitions) ? 'KB2267602' : 'KB5034441', title, ...overrides });
}

function available(title: string, day: string): AvailablePatch {
  const { patchId: kbId } = listed(title);
  return { operatingSystem: 'WINDOWS', kbId, title, releasedAt: `2026-${day}T06:00:00.000Z` };
}

describe('a patch that was released several times', () => {
  const ageOf = async (title: string, ...availablePatches: AvailablePatch[]) => {
    const made = await reportOn([place([lacking([listed(title)])], { availablePatches })]);
    const { ageDays, ageSince, deadline } = made.instances[0]?.deficits?.[0] ?? {};
    expect(made.patches[0]?.oldestDays).toBe(ageDays);
    return [ageDays, ageSince, deadline, made.patches[0]?.releasedAt?.slice(5, 10)];
  };
  const [old, recent] = [`${definitions} (Version 1.1)`, `${definitions} (Version 1.2)`];
  const both = [available(old, '10-01'), available(recent, '11-23')];

  it('is as old as the title that the node lists', async () => {
    expect(await ageOf(recent, ...both)).toEqual([1, 'release', 'met', '11-23']);
    expect(await ageOf(old, ...both)).toEqual([54, 'release', 'overdue', '10-01']);
  });

  it('is as old as the last of the dates at the least, where no title tells which is meant', async () => {
    const on = (...days: string[]) => ageOf(monthly, ...days.map((day) => available(monthly, day)));
    expect(await on('10-01', '11-23')).toEqual([1, 'release', 'unknown', '11-23']);
    expect(await on('11-23', '10-01')).toEqual([1, 'release', 'unknown', '11-23']);
    expect(await on('10-01', '10-31')).toEqual([24, 'release', 'overdue', '10-31']);
    expect(await on('11-15', '11-20')).toEqual([4, 'release', 'met', '11-20']);
    expect(await ageOf(`${definitions} (Version 1.3)`, ...both)).toEqual([1, 'release', 'unknown', '11-23']);
  });

  it('is lacked once by a node that lists several titles of it, by the worst of them', async () => {
    const latest = `${definitions} (Version 1.3)`;
    for (const titles of [
      [old, recent, latest],
      [latest, recent, old],
    ]) {
      const facts = lacking(titles.map((title) => listed(title)));
      const made = await reportOn([place([facts], { availablePatches: both })]);
      expect(made.instances).toMatchObject([
        {
          bucket: 'missing',
          why: '1 patch is missing',
          deficits: [
            { patch: 'KB2267602', kind: 'missing', ageDays: 54, ageSince: 'release', deadline: 'overdue', entries: 3 },
          ],
        },
      ]);
      expect(made.patches).toMatchObject([{ patch: 'KB2267602', missing: 1, overdue: 1 }]);
      expect(made.ages).toMatchObject({ total: 1, overdue: 1 });
      expect(made.totals.overdueDeficits).toBe(1);
    }
  });

  it('is waived where every title of it is, however often AWS counts it', async () => {
    const patches = [listed(old), listed(recent)];
    const counted = counts({ missing: 2, securityNonCompliant: 2 });
    const facts = instance({ patches, patchState: patchState({ counts: counted }) });
    const bucketOf = async (...names: string[]) => {
      const fleet = fleetContext({ waivers: [{ ...waiver, patches: names }] });
      return (await reportOn([place([facts])], { fleet })).instances[0]?.bucket;
    };
    expect(await bucketOf('KB2267602')).toBe('waived');
    expect(await bucketOf(old)).toBe('missing');
    expect(await bucketOf(old, recent)).toBe('waived');
  });

  it('is told apart on nodes that list different titles', async () => {
    const nodes = [lacking([listed(recent)]), lacking([listed(old)], { instanceId: 'i-00000000000000002' })];
    const made = await reportOn([place(nodes, { availablePatches: both })]);
    expect(made.instances.map(({ deficits }) => deficits?.[0]?.deadline)).toEqual(['met', 'overdue']);
    expect(made.patches).toMatchObject([{ patch: 'KB2267602', missing: 2, overdue: 1, oldestDays: 54 }]);
  });
});
