import { describe, expect, it } from '@jest/globals';
import { fleetOfAssignments, fleetOfRing, problemsOf, validAccount, validAssignment, validFleet } from '../support.ts';

const all = (fleet: Parameters<typeof problemsOf>[0]) => problemsOf(fleet, { unused: true });

describe('references', () => {
  it('are fine in a valid fleet', () => {
    expect(all(validFleet())).toEqual([]);
  });

  it('must name a baseline, a patch group and a ring that exist, and suggest the nearest', () => {
    const fleet = validFleet({
      patchGroups: {
        web: { name: 'web', baselines: ['linux', 'lnux'] },
        files: { name: 'file servers', baselines: ['windows'] },
      },
      accounts: [
        validAccount({
          assignments: {
            default: { ring: 'erly', patchGroups: ['web', 'fils'] },
            other: { ring: 'late', patchGroups: [] },
          },
          instances: {
            one: { name: 'One', image: 'amazon-linux-2023', patchGroup: 'wab' },
          },
        }),
      ],
      defaults: { assignments: { unheard: { ring: 'early', patchGroups: ['quite-different'] } } },
    });
    expect(all(fleet)).toEqual([
      'error accounts[0].assignments.default.patchGroups[1]: patchGroups must name a key of patchGroups (files, web), got "fils"; did you mean "files"? [fleet/reference]',
      'error accounts[0].assignments.default.ring: ring must name a ring of rings (early, late), got "erly"; did you mean "early"? [fleet/reference]',
      'error accounts[0].assignments.other.patchGroups: patchGroups must name at least one patch group where no targets are given, got none: nothing would be patched; name a patch group, or give targets [fleet/assignment-empty]',
      'error accounts[0].instances.one.patchGroup: patchGroup must name a key of patchGroups (files, web), got "wab"; did you mean "web"? [fleet/reference]',
      'error defaults.assignments.unheard.patchGroups[0]: patchGroups must name a key of patchGroups (files, web), got "quite-different"; add it to patchGroups, or use one of them [fleet/reference]',
      'error patchGroups.web.baselines[1]: baselines must name a key of baselines (linux, windows), got "lnux"; did you mean "linux"? [fleet/reference]',
      'warning patchGroups.files: patch group "files" is used by no assignment; use it, or remove it [fleet/unused]',
    ]);
  });

  it.each(['constructor', 'to-string', 'valueof'])('are not found on the prototype: %s', (key) => {
    expect(all(fleetOfAssignments({ default: { ring: key, patchGroups: [key, 'web', 'files'] } }))).toHaveLength(4);
  });

  it('shorten a long list of what there is', () => {
    const baselines = Object.fromEntries(
      Array.from({ length: 12 }, (_, index) => [
        `b${index}`,
        { operatingSystem: 'WINDOWS', preset: 'aws-default' } as const,
      ]),
    );
    const fleet = fleetOfRing({}, { baselines, patchGroups: { web: { name: 'web', baselines: ['none-of-them'] } } });
    expect(problemsOf(fleet)).toContain(
      'error patchGroups.web.baselines[0]: baselines must name a key of baselines (b0, b1, b10, b11, b2, b3, b4, b5, b6 and 3 more), got "none-of-them"; add it to baselines, or use one of them [fleet/reference]',
    );
  });

  it('may stand in a list once only', () => {
    const fleet = fleetOfAssignments({ default: validAssignment({ patchGroups: ['web', 'files', 'web'] }) });
    expect(problemsOf(fleet)).toEqual([
      'error accounts[0].assignments.default.patchGroups[2]: patchGroups must list each entry once, got "web" again; remove one of them [fleet/listed-once]',
    ]);
  });

  it('may be none where nodes are targeted otherwise', () => {
    const targets = { tags: { Role: ['web'] } };
    expect(problemsOf(fleetOfAssignments({ default: { ring: 'early', patchGroups: [], targets } }))).toEqual([]);
  });
});

describe('a ring, baseline or patch group', () => {
  it('that nothing uses gets a warning', () => {
    const fleet = validFleet({
      patchGroups: {
        web: { name: 'web', baselines: ['linux'] },
        files: { name: 'file servers', baselines: ['linux'] },
      },
      accounts: [validAccount({ assignments: { default: validAssignment({ patchGroups: ['web'] }) } })],
    });
    expect(all(fleet)).toEqual([
      'warning baselines.windows: baseline "windows" is used by no patch group; use it, or remove it [fleet/unused]',
      'warning patchGroups.files: patch group "files" is used by no assignment; use it, or remove it [fleet/unused]',
      'warning rings[1]: ring "late" is used by no assignment; use it, or remove it [fleet/unused]',
    ]);
  });
});
