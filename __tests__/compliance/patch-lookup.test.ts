import { describe, expect, it } from '@jest/globals';
import type { InstanceFacts, PlaceFacts } from '../../compliance/facts.ts';
import type { PatchFacts } from '../../compliance/patch-facts.ts';
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
  reportOn,
  verdict,
  without,
} from './support.ts';

const windows = {
  pingStatus: 'Online',
  platformType: 'Windows',
  platformName: 'Microsoft Windows Server 2022 Datacenter',
} as const;
const update = { patchId: 'KB5034441', title: '2026-11 Cumulative Update' };

async function lookupOf(one: InstanceFacts, asked: string, ofPlace: Partial<PlaceFacts> = {}) {
  const { patch: lookup } = await reportOn([place([one], ofPlace)], { patch: asked });
  return lookup as NonNullable<typeof lookup>;
}

describe('where one instance stands with a patch', () => {
  it('is not exposed where its Windows lists the patch as not applicable, and is no worse for it', async () => {
    const listed = instance({ managed: windows, patches: [patch({ ...update, state: 'NOT_APPLICABLE' })] });
    expect(verdict(place([listed])).bucket).toBe('compliant');
    const { notExposed, unknown } = await lookupOf(listed, 'KB5034441');
    expect([notExposed.map(({ instanceId }) => instanceId), unknown]).toEqual([[id], []]);
  });

  it('is pending where the patch waits for a reboot', async () => {
    const pending = lacking([patch({ ...update, state: 'INSTALLED_PENDING_REBOOT' })], { managed: windows });
    const { pendingReboot, installed } = await lookupOf(pending, 'kb5034441');
    expect([pendingReboot.map(({ instanceId }) => instanceId), installed]).toEqual([[id], []]);
  });

  it('is not known where it lacks something, and what was not listed', async () => {
    const state = patchState({ counts: counts({ missing: 1 }) });
    const unlisted = without(instance({ managed: windows, patchState: state }), 'patches');
    const { unknown } = await lookupOf(unlisted, 'KB5034441');
    expect(unknown.map(({ why }) => why)).toEqual(['its patches were not listed']);
  });

  it('is not known where its last scan says nothing any more', async () => {
    const ended = patchState({ operationEndedAt: '2026-11-10T02:00:00.000Z' });
    const { unknown } = await lookupOf(instance({ managed: windows, patchState: ended }), 'KB5034441');
    expect(unknown.map(({ why }) => why)).toEqual(['its last scan ended 14 days before, at 2026-11-10T02:00:00.000Z']);
    const stopped = instance({ managed: windows, patchState: ended, ec2: ec2({ state: 'stopped' }) });
    expect((await lookupOf(stopped, 'KB5034441')).unknown.map(({ why }) => why)).toEqual([
      'its last scan, at 2026-11-10T02:00:00.000Z, is too old to count',
    ]);
    const begun = without(patchState(), 'operationEndedAt');
    const offAndBegun = instance({ managed: windows, patchState: begun, ec2: ec2({ state: 'stopped' }) });
    expect((await lookupOf(offAndBegun, 'KB5034441')).unknown.map(({ why }) => why)).toEqual([
      'its last scan has no end, which is what a scan that failed reports',
    ]);
  });
});

describe('a report that is too old, or later than what is told', () => {
  const reported = (state: PatchFacts['state'], operationEndedAt: string, overrides: Partial<InstanceFacts> = {}) =>
    instance({
      managed: windows,
      patches: [patch({ ...update, state })],
      patchState: patchState({ operationEndedAt }),
      ...overrides,
    });
  const whyOf = async (one: InstanceFacts, asked = 'KB5034441') => {
    const { exposed, installed, pendingReboot, notExposed, unknown } = await lookupOf(one, asked);
    expect([exposed, pendingReboot, installed, notExposed]).toEqual([[], [], [], []]);
    return unknown.map(({ why }) => why);
  };
  const [old, later] = ['2026-11-10T02:00:00.000Z', '2026-11-27T00:00:00.000Z'];
  const since = `it has reported since, at ${later}: how it was at 2026-11-24T06:00:00.000Z nobody can say`;

  it('does not tell that the patch is not applicable', async () => {
    expect(await whyOf(reported('NOT_APPLICABLE', old))).toEqual([`its last scan ended 14 days before, at ${old}`]);
    const stopped = { ec2: ec2({ state: 'stopped' }) };
    expect(await whyOf(reported('NOT_APPLICABLE', old, stopped))).toEqual([
      `its last scan, at ${old}, is too old to count`,
    ]);
    const timeless = without(patchState(), 'operationStartedAt', 'operationEndedAt');
    expect(await whyOf(reported('NOT_APPLICABLE', old, { patchState: timeless }))).toEqual([
      'its last scan has no end, which is what a scan that failed reports',
    ]);
  });

  it.each(['NOT_APPLICABLE', 'INSTALLED', 'INSTALLED_PENDING_REBOOT', 'MISSING'] as const)(
    'does not tell how it was before it was %s',
    async (state) => {
      expect(await whyOf(reported(state, later))).toEqual([since]);
      expect(await whyOf(reported(state, later, { ec2: ec2({ state: 'stopped' }) }))).toEqual([since]);
    },
  );

  it('does not tell that a stopped node did not lack the patch', async () => {
    const stopped = instance({ ec2: ec2({ state: 'stopped' }), patchState: patchState({ operationEndedAt: later }) });
    expect(await whyOf(stopped, 'CVE-2026-1111')).toEqual([since]);
  });

  it('still tells that the patch was installed, and that a KB is not for Linux', async () => {
    expect((await lookupOf(reported('INSTALLED', old), 'KB5034441')).installed).toHaveLength(1);
    const linux = instance({ patchState: patchState({ operationEndedAt: later }) });
    expect((await lookupOf(linux, 'KB5034441')).notExposed).toHaveLength(1);
  });
});

describe('where one instance stands by what it lists beside the patch', () => {
  const content = {
    approvalRules: [{ filters: { CLASSIFICATION: ['Security'] }, approveAfterDays: 7 }],
    approvedPatches: [],
    rejectedPatches: [],
    rejectedPatchesAction: 'BLOCK' as const,
    modifiedAt: '2026-01-05T10:00:00.000Z',
  };
  const baselines = place([]).baselines.map((baseline) => ({ ...baseline, content }));
  const kindOf = async (one: InstanceFacts, asked: string, ofPlace: Partial<PlaceFacts>) => {
    const lookup = await lookupOf(one, asked, { baselines, ...ofPlace });
    const kinds = ['exposed', 'pendingReboot', 'installed', 'notExposed', 'unknown'] as const;
    return [kinds.filter((kind) => lookup[kind].length > 0).join(), lookup.unknown[0]?.why];
  };
  const kernelOf = (version: string, state: PatchFacts['state']) =>
    patch({ title: `kernel.x86_64:0:${version}.amzn2023`, state, cveIds: ['CVE-2026-9999'] });
  const [newer, older] = ['6.1.130-139.222', '6.1.10-1'];
  const another = (version: string) => `it lists another version of the package: kernel.x86_64:0:${version}.amzn2023`;

  it.each([
    ['has a later version', [kernelOf(newer, 'INSTALLED')], 'installed', undefined],
    [
      'has a later one beside an older',
      [kernelOf(older, 'INSTALLED'), kernelOf(newer, 'INSTALLED_OTHER')],
      'installed',
      undefined,
    ],
    ['waits with a later one for a reboot', [kernelOf(newer, 'INSTALLED_PENDING_REBOOT')], 'pendingReboot', undefined],
    ['lacks a later one', [kernelOf(newer, 'MISSING')], 'unknown', another(newer)],
    ['has an older one', [kernelOf(older, 'INSTALLED')], 'unknown', another(older)],
    ['lacks an older one', [kernelOf(older, 'MISSING')], 'unknown', another(older)],
    [
      'lists another package',
      [{ ...kernelOf(older, 'MISSING'), patchId: 'a.x86_64', title: 'a.x86_64:0:1-1' }],
      'notExposed',
      undefined,
    ],
  ] as const)('%s of the package', async (_, patches, kind, why) => {
    expect(await kindOf(lacking(patches), 'CVE-2026-1111', { availablePatches: [kernel] })).toEqual([kind, why]);
  });

  it.each([
    ['5.10.100-1', 'INSTALLED', 'unknown', another('5.10.100-1')],
    ['5.10.220-1', 'INSTALLED', 'installed', undefined],
    ['5.15.100-1', 'INSTALLED', 'unknown', another('5.15.100-1')],
    ['5.15.100-1', 'INSTALLED_PENDING_REBOOT', 'unknown', another('5.15.100-1')],
    ['5.15.161-1', 'INSTALLED', 'installed', undefined],
    ['5.15.161-1', 'INSTALLED_PENDING_REBOOT', 'pendingReboot', undefined],
    ['4.14.100-1', 'INSTALLED', 'unknown', another('4.14.100-1')],
  ] as const)('has %s (%s) of a package that is fixed in three streams', async (version, state, kind, why) => {
    const streams = ['4.14.350', '5.10.220', '5.15.160'];
    const ofPlace = {
      availablePatches: streams.map((fixed) => ({ ...kernel, version: fixed, release: '1.amzn2023' })),
    };
    expect(await kindOf(lacking([kernelOf(version, state)]), 'CVE-2026-1111', ofPlace)).toEqual([kind, why]);
  });

  it.each([
    ['6.1.10-1', 'unknown', 'it lists another version of the package: perf.x86_64:0:6.1.10-1'],
    ['6.1.130-1', 'installed', undefined],
  ] as const)('has one of two packages that close a CVE, and %s of the other', async (version, kind, why) => {
    const both = [
      patch({ state: 'INSTALLED' }),
      patch({ patchId: 'perf.x86_64', title: `perf.x86_64:0:${version}`, state: 'INSTALLED_OTHER' }),
    ];
    const ofPlace = { availablePatches: [kernel, { ...kernel, name: 'perf' }] };
    expect(await kindOf(lacking(both), 'CVE-2026-1111', ofPlace)).toEqual([kind, why]);
  });

  it('lists old versions of several packages: the same one is named, in whatever order', async () => {
    const old = ['perf.x86_64:0:6.1.10-1', 'bpftool.x86_64:0:6.1.9-1'].map((title) =>
      patch({ patchId: title.split(':')[0] ?? '', title, state: 'INSTALLED_OTHER' }),
    );
    const names = ['bpftool', 'perf'].map((name) => ({ ...kernel, name }));
    for (const listed of [old, [...old].reverse()])
      expect(await kindOf(lacking(listed), 'CVE-2026-1111', { availablePatches: names })).toEqual([
        'unknown',
        'it lists another version of the package: bpftool.x86_64:0:6.1.9-1',
      ]);
  });

  const available = {
    operatingSystem: 'WINDOWS',
    kbId: 'KB5034441',
    title: '2026-10 Cumulative Update',
    product: 'WindowsServer2022',
    classification: 'Security',
    releasedAt: '2026-10-10T00:00:00.000Z',
  };

  it('is not known where its Windows lacks other updates, which may replace the one that was asked for', async () => {
    const later = patch({ patchId: 'KB5099999', title: '2026-11 Cumulative Update' });
    const ofPlace = { availablePatches: [available] };
    const lacksLater = lacking([later], { managed: windows });
    expect(await kindOf(lacksLater, 'KB5034441', ofPlace)).toEqual([
      'unknown',
      'it lacks other updates, and one of them may replace this one',
    ]);
    expect(await kindOf(instance({ managed: windows }), 'KB5034441', ofPlace)).toEqual(['notExposed', undefined]);
  });

  it('is not known where its last install was of a list', async () => {
    const state = patchState({
      operation: 'Install',
      installOverrideList: 's3://acme/emergency.yaml',
      counts: counts({ failed: 1 }),
    });
    const failed = instance({
      patchState: state,
      patches: [patch({ patchId: 'a.noarch', title: 'a.noarch:0:1-1', state: 'FAILED', cveIds: [] })],
    });
    expect(await kindOf(failed, 'CVE-2026-1111', { availablePatches: [kernel] })).toEqual([
      'unknown',
      'its last install was of a list, and does not tell what else is missing',
    ]);
  });
});

describe('who gets a patch when', () => {
  it('is told for the first run that lies in no freeze of the ring', async () => {
    const freeze = { name: 'sales', from: '2026-11-27T00:00:00.000Z', to: '2026-12-06T00:00:00.000Z', reason: '' };
    const nextWith = async (rings: readonly string[]) => {
      const fleet = fleetContext({ freezes: [{ ...freeze, rings, closed: [] }] });
      const made = await reportOn([place([lacking([patch()])])], { patch: 'CVE-2026-1111', fleet });
      return made.patch?.exposed[0]?.next?.at;
    };
    expect(await nextWith(['prod'])).toBe('2026-12-12T02:00:00.000Z');
    expect(await nextWith(['test'])).toBe('2026-11-28T02:00:00.000Z');
  });

  it('is nobody where every run is frozen, or the window is disabled', async () => {
    const freeze = { name: 'sales', from: '2026-11-24T00:00:00.000Z', to: '2029-01-01T00:00:00.000Z', reason: '' };
    const frozen = await reportOn([place([lacking([patch()])])], {
      patch: 'CVE-2026-1111',
      fleet: fleetContext({ freezes: [{ ...freeze, closed: [] }] }),
    });
    const why = 'no run of its windows is known that lies in no freeze';
    expect(frozen.patch?.exposed).toMatchObject([{ instanceId: id, why }]);
    expect(frozen.patch?.exposed[0]?.next).toBeUndefined();
    const [window] = place([]).windows;
    const disabled = await lookupOf(lacking([patch()]), 'CVE-2026-1111', {
      windows: window === undefined ? [] : [{ ...window, enabled: false, nextExecutionAt: '2026-11-28T02:00:00.000Z' }],
    });
    expect(disabled.exposed[0]?.next).toBeUndefined();
    expect(disabled.exposed[0]?.why).toBe('every window that installs on it is disabled');
  });

  it.each([
    [{ ec2: ec2({ state: 'stopped' }) }, 'it runs by then'],
    [{ managed: { ...instance().managed, pingStatus: 'ConnectionLost' } }, 'its agent is online by then'],
    [{ managed: undefined }, 'Systems Manager knows it by then'],
    [{}, undefined],
  ] as const)('is told with what the window needs', async (overrides, onlyIf) => {
    const { exposed } = await lookupOf(lacking([patch()], overrides as Partial<InstanceFacts>), 'CVE-2026-1111');
    const next = { at: '2026-11-28T02:00:00.000Z', windowName: 'acme-install', ...(onlyIf && { onlyIf }) };
    expect(exposed.map((one) => one.next)).toEqual([next]);
  });

  it('does not take a node for unknown that nobody could ask about', async () => {
    const gaps = [{ area: 'managed-instances', reason: 'throttled', message: '' }] as const;
    const unread = without(lacking([patch()]), 'managed');
    const { exposed } = await lookupOf(unread, 'CVE-2026-1111', { gaps });
    expect(exposed[0]?.next).toEqual({ at: '2026-11-28T02:00:00.000Z', windowName: 'acme-install' });
  });
});
