import { describe, expect, it } from '@jest/globals';
import type { FleetAssignment } from '../../../fleet/schema/index.ts';
import { fleetOfAssignments, problemsOf, scanWindow, validAssignment, validFleet } from '../support.ts';

const once = (shared: string, first: string, second: string) =>
  `nodes with ${shared} must be installed on by one target in an account and region, got ${first} and ${second}: both would reboot them; make them one patch group with the baselines of both, or tell their nodes apart by the values of a tag [fleet/targeted-once]`;
const two = (first: Partial<FleetAssignment>, second: Partial<FleetAssignment>, change = {}) =>
  problemsOf(
    fleetOfAssignments(
      { a: validAssignment(first), b: validAssignment({ ring: 'late', ...second }) },
      { patchGroups: groups, ...change },
    ),
  );
const groups = {
  web: { name: 'web', baselines: ['linux'] },
  windows: { name: 'web', baselines: ['windows'] },
};
const tags = (tags: Readonly<Record<string, string[]>>) => ({ patchGroups: [], targets: { tags } });

describe('a node', () => {
  it('must not be installed on by two rings, each for an operating system', () => {
    const [first, second] = [{ patchGroups: ['web'] }, { patchGroups: ['windows'] }];
    expect(two(first, second)).toEqual([
      `error accounts[0].assignments.b.patchGroups[0]: ${once('PatchGroup = web', 'patch group "web" of assignment "a" (ring "early")', 'patch group "windows" of assignment "b" (ring "late")')}`,
    ]);
  });

  it('must not be installed on twice in one window', () => {
    expect(
      problemsOf(
        fleetOfAssignments({ a: validAssignment({ patchGroups: ['web', 'windows'] }) }, { patchGroups: groups }),
      ),
    ).toEqual([
      `error accounts[0].assignments.a.patchGroups[1]: ${once('PatchGroup = web', 'patch group "web" of assignment "a" (ring "early")', 'patch group "windows" of assignment "a" (ring "early")')}`,
    ]);
  });

  it('must not be installed on as one of a patch group and by its tags', () => {
    expect(two({ patchGroups: ['web'] }, tags({ PatchGroup: ['other', 'web'], Stage: ['prod'] }))).toEqual([
      `error accounts[0].assignments.b.targets: ${once('PatchGroup = web and Stage = prod', 'patch group "web" of assignment "a" (ring "early")', 'assignment "b" (ring "late")')}`,
    ]);
  });

  it('must not be installed on as a member of a resource group twice', () => {
    const member = (resourceTypes?: string[]) => ({
      patchGroups: [],
      targets: { resourceGroup: 'shop', ...(resourceTypes && { resourceTypes }) },
    });
    const shared = 'resource group = shop and resource type = AWS::EC2::Instance';
    expect(two(member(['AWS::EC2::Instance']), member())).toEqual([
      `error accounts[0].assignments.b.targets: ${once(shared, 'assignment "a" (ring "early")', 'assignment "b" (ring "late")')}`,
    ]);
    expect(two(member(['AWS::EC2::Instance']), member(['AWS::SSM::ManagedInstance']))).toEqual([]);
  });

  it('may be scanned by another ring', () => {
    const rings = [{ name: 'early', scan: scanWindow() }, ...validFleet().rings.slice(1)];
    expect(two({ patchGroups: ['web'] }, { patchGroups: ['windows'] }, { rings })).toEqual([]);
  });

  it('may carry tags that are told apart, or of which nobody knows whether they meet', () => {
    expect(two(tags({ Stage: ['dev', 'test'] }), tags({ Stage: ['prod'] }))).toEqual([]);
    expect(two({ patchGroups: ['web'] }, tags({ Stage: ['prod'] }))).toEqual([]);
    expect(two(tags({ Stage: ['prod'], Team: ['a'] }), tags({ Stage: ['prod'], Team: ['b'] }))).toEqual([]);
  });

  it('must not be installed on in an emergency while another ring installs on it', () => {
    const rings = [{ name: 'early', scan: scanWindow() }, ...validFleet().rings.slice(1)];
    const emergency = {
      name: 'e1',
      rings: ['early'],
      patches: ['CVE-2026-1'],
      reason: 'exploited',
      expires: '2026-12-20',
      at: '2026-12-01T12:00',
      maxConcurrency: '50%',
      maxErrors: '1',
    };
    const found = two({ patchGroups: ['web'] }, { patchGroups: ['windows'] }, { rings, emergencies: [emergency] });
    expect(found.filter((problem) => problem.includes('targeted-once'))).toHaveLength(1);
  });
});
