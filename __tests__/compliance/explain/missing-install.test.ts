import { describe, expect, it } from '@jest/globals';
import type { PlaceFacts } from '../../../compliance/facts.ts';
import type { BaselineContent, PatchFacts } from '../../../compliance/patch-facts.ts';
import {
  counts,
  installWindow,
  instance,
  kernel,
  lacking,
  otherBaseline,
  ownBaseline,
  patch,
  patchState,
  place,
  reportOn,
} from '../support.ts';
import { reason } from './explained.ts';

const kernelKey = 'kernel.x86_64:0:6.1.115-126.197.amzn2023';
const curl = patch({ patchId: 'curl.x86_64', title: 'curl.x86_64:0:8.5.0-1.amzn2023', cveIds: ['CVE-2026-2222'] });
const listedCurl = { ...kernel, name: 'curl', version: '8.5.0', release: '1.amzn2023', cveIds: ['CVE-2026-2222'] };
const every = (approveAfterDays: number) => ({ approvalRules: [{ filters: {}, approveAfterDays }] });

/** A place where AWS lists both patches, and its own baseline says this. */
function approving(change: Partial<BaselineContent>, overrides: Partial<PlaceFacts> = {}): Partial<PlaceFacts> {
  const content = {
    approvalRules: [],
    approvedPatches: [],
    rejectedPatches: [],
    rejectedPatchesAction: 'BLOCK' as const,
    ...change,
  };
  const baselines = place([]).baselines.map((one) => (one.baselineId === ownBaseline ? { ...one, content } : one));
  return { baselines, availablePatches: [kernel, listedCurl], ...overrides };
}

describe('what becomes of patches that are missing', () => {
  const byOther = (...patches: readonly PatchFacts[]) =>
    lacking(patches, {
      patchState: patchState({ baselineId: otherBaseline, counts: counts({ missing: patches.length }) }),
    });
  const nextOf = (...of: [Parameters<typeof reason>[1], Partial<PlaceFacts>?]) => reason('missing', ...of).next;

  it('is that a later window installs what another baseline found, and its own approves later', async () => {
    const ofPlace = approving(every(60));
    expect(nextOf(byOther(patch()), ofPlace)).toBe(
      'a later window installs them, once its baseline approves them: 2027-01-09T02:00:00.000Z in acme-install',
    );
    const { patch: lookup } = await reportOn([place([byOther(patch())], ofPlace)], { patch: 'CVE-2026-1111' });
    expect(lookup?.exposed[0]?.next?.at).toBe('2027-01-09T02:00:00.000Z');
  });

  it('is nothing where its baseline has come to reject them, or does not approve them', () => {
    expect(nextOf(lacking([patch()]), approving({ ...every(0), rejectedPatches: ['kernel*'] }))).toBe(
      'no window installs them: its baseline rejects them (rejectedPatches: kernel*)',
    );
    expect(nextOf(lacking([patch()]), approving({}))).toBe(
      'no window installs them: its baseline does not approve them (no rule matches it)',
    );
  });

  it('is told apart where it differs', () => {
    const available = (days: number) => [kernel, { ...listedCurl, releasedAt: `2026-11-${days}T00:00:00.000Z` }];
    expect(nextOf(lacking([patch(), curl]), approving(every(7), { availablePatches: available(20) }))).toBe(
      `its next window installs ${kernelKey}: 2026-11-28T02:00:00.000Z in acme-install; ` +
        `a later window installs ${curl.title}, once its baseline approves them: 2026-11-28T02:00:00.000Z in acme-install`,
    );
    expect(nextOf(lacking([patch(), curl]), approving({ ...every(7), rejectedPatches: ['curl'] }))).toBe(
      `its next window installs ${kernelKey}: 2026-11-28T02:00:00.000Z in acme-install; ` +
        `no window installs ${curl.title}: its baseline rejects them (rejectedPatches: curl)`,
    );
    expect(nextOf(lacking([patch(), curl]), approving(every(7)))).toBe(
      'its next window installs them: 2026-11-28T02:00:00.000Z in acme-install',
    );
    const closed = { windows: [installWindow({ enabled: false })] };
    expect(nextOf(lacking([patch(), curl]), approving({ ...every(7), rejectedPatches: ['curl'] }, closed))).toBe(
      'see to its windows: no run of them is known that lies in no freeze; ' +
        `no window installs ${curl.title}: its baseline rejects them (rejectedPatches: curl)`,
    );
  });

  it('is not known where its own baseline was not read, and another one found them', () => {
    expect(nextOf(byOther(patch()), {})).toBe(
      'see whether its baseline approves them (the baseline was not read): no window installs them otherwise',
    );
  });

  it('is told of those that are not listed by who counted them', () => {
    const three = counts({ missing: 3 });
    const counted = instance({ patchState: patchState({ counts: three }), patches: [patch()] });
    expect(nextOf(counted, approving(every(7)))).toBe(
      'its next window installs them: 2026-11-28T02:00:00.000Z in acme-install',
    );
    const rejecting = approving({ ...every(7), rejectedPatches: ['kernel*'] });
    expect(nextOf(counted, rejecting)).toBe(
      'its next window installs 2 that are not listed: 2026-11-28T02:00:00.000Z in acme-install; ' +
        `no window installs ${kernelKey}: its baseline rejects them (rejectedPatches: kernel*)`,
    );
    const byAnother = instance({ patchState: patchState({ baselineId: otherBaseline, counts: three }), patches: [] });
    expect(nextOf(byAnother, approving(every(7)))).toBe(
      `see whether its baseline approves them (${otherBaseline} calls them missing): no window installs them otherwise`,
    );
  });

  it('is not known of those that wait for an approval of which nobody knows when it comes', () => {
    const windows = { pingStatus: 'Online', platformType: 'Windows', platformName: 'Windows Server 2022' } as const;
    const waiting = patch({ patchId: 'KB5034441', title: 'Update', state: 'AVAILABLE_SECURITY_UPDATE' });
    const counting = { ...every(7), availableSecurityUpdatesComplianceStatus: 'NON_COMPLIANT' as const };
    const unlisted = instance({
      managed: windows,
      patchState: patchState({ counts: counts({ availableSecurityUpdate: 2 }) }),
    });
    const text = 'see when its baseline approves them: no window installs them before';
    expect(nextOf(lacking([waiting], { managed: windows }), approving(counting))).toBe(text);
    expect(nextOf(unlisted, approving(counting))).toBe(text);
  });
});
