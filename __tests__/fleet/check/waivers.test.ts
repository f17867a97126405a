import { describe, expect, it } from '@jest/globals';
import type { Fleet, FleetBaseline, FleetWaiver } from '../../../fleet/schema/index.ts';
import { problemsOf, validFleet } from '../support.ts';

const baselines: Record<string, FleetBaseline> = {
  ...validFleet().baselines,
  linux: { ...validFleet().baselines.linux, rejectedPatchesAction: 'BLOCK' } as FleetBaseline,
};

const valid: FleetWaiver = {
  patches: ['KB5034441'],
  rings: ['late'],
  owner: 'team-shop',
  reason: 'fails where the recovery partition is small',
  ticket: 'OPS-4711',
  expires: '2027-01-31',
};

function fleetOf(waivers: readonly Partial<FleetWaiver>[], overrides: Partial<Fleet> = {}): Fleet {
  return validFleet({ baselines, waivers: waivers.map((waiver) => ({ ...valid, ...waiver })), ...overrides });
}

const said = (waiver: Partial<FleetWaiver>, overrides: Partial<Fleet> = {}, asOf?: string) =>
  problemsOf(fleetOf([waiver], overrides), asOf === undefined ? {} : { asOf });

describe('a waiver', () => {
  it('may reject what baselines of its rings know', () => {
    expect(said({ patches: ['KB5034441', 'MS10-048', 'docker*'] })).toEqual([]);
  });

  it('names rings and baselines that exist, each once', () => {
    expect(said({ rings: ['late', 'lat', 'late'], baselines: ['window', 'windows'] })).toEqual([
      'error waivers[0].baselines[0]: baselines must name a key of baselines (linux, windows), got "window"; did you mean "windows"? [fleet/reference]',
      'error waivers[0].rings[1]: rings must name a ring of rings (early, late), got "lat"; did you mean "late"? [fleet/reference]',
      'error waivers[0].rings[2]: rings must list each entry once, got "late" again; remove one of them [fleet/listed-once]',
    ]);
  });

  it('says who, why, where and what', () => {
    expect(said({ owner: '', reason: ' ', ticket: '', patches: [], rings: [], baselines: [] })).toEqual([
      'error waivers[0].baselines: baselines of a waiver must name at least one, got none: nothing would be rejected; name one, or leave it out for all that know such names [fleet/waiver-empty]',
      'error waivers[0].owner: owner of a waiver must say who answers for it, got ""; write owner [fleet/waiver-accountable]',
      'error waivers[0].patches: patches of a waiver must name at least one, got none: nothing would be rejected; name one [fleet/waiver-empty]',
      'error waivers[0].reason: reason of a waiver must say why, got " "; write reason [fleet/waiver-accountable]',
      'error waivers[0].rings: rings of a waiver must name at least one, got none: nothing would be rejected; name one [fleet/waiver-empty]',
      'error waivers[0].ticket: ticket of a waiver must say where it was decided, got ""; write ticket [fleet/waiver-accountable]',
    ]);
  });

  it('expires on a day', () => {
    expect(said({ expires: '31.1.2027' }, {}, '2028-01-01')).toEqual([
      'error waivers[0].expires: expires must be a day written YYYY-MM-DD, got "31.1.2027"; write 2027-01-31 [fleet/waiver-expires]',
    ]);
  });
});

describe('the patches of a waiver', () => {
  const windows = 'WINDOWS rejects KB ids (KB2032276) or bulletins (MS10-048)';
  const packages = 'package names with at most one *, and no CVE id, advisory or Bugzilla number';
  const linux = `AMAZON_LINUX_2023 rejects ${packages}`;

  it.each([
    ['CVE-2026-1234', 'name the packages that it is about'],
    ['ALAS2023-2025-123', 'name the packages that it is about'],
    ['kb5034441', 'write KB5034441'],
    ['5034441', 'write KB5034441'],
    ['dock*er*', 'name the patch as the operating system does'],
    ['', 'name the patch as the operating system does'],
  ])('are refused where nothing takes them: %j', (patch, fix) => {
    expect(said({ patches: [patch, 'KB5034441'] })).toEqual([
      `error waivers[0].patches[0]: patches must be rejected by one of the baselines linux, windows, got "${patch}": ${linux}; ${windows}; ${fix} [fleet/waiver-taken]`,
    ]);
  });

  it('are looked for in the baselines that it names alone', () => {
    expect(said({ patches: ['docker*', 'KB5034441'], baselines: ['windows'] })).toEqual([
      `error waivers[0].patches[0]: patches must be rejected by one of the baselines windows, got "docker*": ${windows}; name the patch as the operating system does [fleet/waiver-taken]`,
    ]);
    expect(said({ patches: ['KB5034441'], baselines: ['windows', 'linux'] })).toEqual([
      `error waivers[0].baselines[1]: baselines of a waiver must be ones that reject its patches, got "linux": its operating system, AMAZON_LINUX_2023, rejects ${packages}; remove it [fleet/waiver-baseline]`,
    ]);
  });

  it('are looked for in the baselines that its rings use', () => {
    const patchGroups = { web: { name: 'web', baselines: ['linux'] }, files: { name: 'files', baselines: ['linux'] } };
    expect(said({}, { patchGroups })).toEqual([
      `error waivers[0].patches[0]: patches must be rejected by one of the baselines linux, got "KB5034441": ${linux}; name the patch as the operating system does [fleet/waiver-taken]`,
    ]);
    expect(said({ baselines: ['windows'] }, { patchGroups })).toEqual([
      'error waivers[0].baselines[0]: baselines of a waiver must be ones that reject its patches, got "windows": no assignment uses it in late; remove it [fleet/waiver-baseline]',
    ]);
  });

  it('are told where a ring has no use for them', () => {
    const [first, second] = validFleet().accounts;
    const accounts = [{ ...first, assignments: { default: { ring: 'early', patchGroups: ['web'] } } }, second];
    expect(said({ rings: ['early', 'late'] }, { accounts: accounts as Fleet['accounts'] })).toEqual([
      'warning waivers[0].rings[0]: ring "early" has no baseline that rejects any of these patches: the waiver has no effect there; remove the ring from it [fleet/waiver-without-effect]',
    ]);
  });

  it('are each listed once', () => {
    expect(said({ patches: ['KB5034441', 'KB5034441'] })).toEqual([
      'error waivers[0].patches[1]: patches must list each entry once, got "KB5034441" again; remove one of them [fleet/listed-once]',
    ]);
  });

  it('are waived once in a ring', () => {
    expect(problemsOf(fleetOf([{}, { rings: ['early'] }]))).toEqual([]);
    expect(problemsOf(fleetOf([{}, { rings: ['early', 'late'] }]))).toEqual([
      'error waivers[1].patches[0]: patches must be waived once in a ring, got "KB5034441" as in waivers[0], both in ring "late"; keep it in one of them [fleet/waiver-once]',
    ]);
  });

  it('are in no list of a baseline', () => {
    const windowsBaseline: FleetBaseline = { ...baselines.windows, operatingSystem: 'WINDOWS' };
    const rejecting = { ...baselines, windows: { ...windowsBaseline, rejectedPatches: ['KB5034441'] } };
    expect(said({ rings: ['early', 'late'] }, { baselines: rejecting })).toEqual([
      'error waivers[0].patches[0]: patches must not be rejected already, got "KB5034441", which is in rejectedPatches of baseline "windows" and stays there when the waiver expires; remove it there, or from the waiver [fleet/waiver-once]',
    ]);
    const approving = { ...baselines, windows: { ...windowsBaseline, approvedPatches: ['KB5034441'] } };
    expect(said({}, { baselines: approving })).toEqual([
      'warning waivers[0].patches[0]: "KB5034441" is waived, and approved by approvedPatches of baseline "windows": AWS rejects it; take it out of one list [patch-baseline/approved-or-rejected]',
    ]);
  });

  it('are 50 in a baseline at most, together with its own', () => {
    const numbered = (count: number) => Array.from({ length: count }, (_, index) => `KB50${10_000 + index}`);
    const own: FleetBaseline = { operatingSystem: 'WINDOWS', preset: 'aws-default', rejectedPatches: ['KB4577586'] };
    const withOwn = { baselines: { ...baselines, windows: own } };
    expect(said({ patches: numbered(49) }, withOwn)).toEqual([]);
    expect(said({ patches: numbered(50) }, withOwn)).toEqual([
      'error waivers: baseline "windows" must hold at most 50 rejected patches, got 51 in ring "late": 1 of its own and 50 waived; waive fewer patches, or use a wildcard where packages allow one [fleet/waiver-count]',
    ]);
  });

  it('may come as dependencies on Linux unless that is blocked', () => {
    const lenient = validFleet().baselines;
    expect(said({ patches: ['docker*', 'KB5034441'] }, { baselines: lenient })).toEqual([
      'info waivers[0].patches: what is waived may still come as a dependency of another patch in linux, where rejectedPatchesAction is ALLOW_AS_DEPENDENCY; set it to BLOCK where that would do harm [fleet/waiver-dependency]',
    ]);
    expect(said({ patches: ['KB5034441'] }, { baselines: lenient })).toEqual([]);
  });
});

describe('the last day of a waiver', () => {
  const on = (asOf: string | undefined) => said({}, {}, asOf);
  const soon = (days: string, today: string) => [
    `warning waivers[0].expires: the waiver expires on 2027-01-31, ${days} after ${today}: it fails from the next day on; decide again: remove it, or give it another day [fleet/waiver-expires-soon]`,
  ];

  it('is told from 14 days before', () => {
    expect(on('2027-01-16T23:59:59Z')).toEqual([]);
    expect(on('2027-01-17T00:00:00Z')).toEqual(soon('14 days', '2027-01-17'));
    expect(on('2027-01-17')).toEqual(soon('14 days', '2027-01-17'));
    expect(on('2027-01-30')).toEqual(soon('1 day', '2027-01-30'));
  });

  it('still holds, by the days of UTC', () => {
    expect(on('2027-01-31T23:59:59Z')).toEqual(soon('0 days', '2027-01-31'));
    expect(on('2027-02-01T00:59:59+01:00')).toEqual(soon('0 days', '2027-01-31'));
  });

  it('is the last', () => {
    expect(on('2027-02-01')).toEqual([
      'error waivers[0].expires: the waiver expired on 2027-01-31, 1 day before 2027-02-01: its patches are still rejected; remove it, and its patches are approved again, or decide anew [fleet/waiver-expired]',
    ]);
  });

  it('means nothing where nobody says which day it is', () => {
    expect(said({ expires: '2001-01-01' })).toEqual([]);
  });
});
