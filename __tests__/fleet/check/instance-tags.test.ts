import { describe, expect, it } from '@jest/globals';
import type { Fleet, FleetAccount, FleetAutoScalingGroup, FleetInstance } from '../../../fleet/schema/index.ts';
import { problemsOf, validAccount, validFleet } from '../support.ts';

const instance = (tags: Record<string, string> = {}): FleetInstance => ({
  name: 'web',
  image: 'amazon-linux-2023',
  patchGroup: 'web',
  tags,
});
const group: FleetAutoScalingGroup = {
  ...instance(),
  minSize: 1,
  maxSize: 3,
  subnetIds: ['subnet-0123456789abcdef0'],
  vpcId: 'vpc-0123456789abcdef0',
};
const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`k${index}`, 'v']));
const problems = (account: Partial<FleetAccount>, fleet: Partial<Fleet> = {}) =>
  problemsOf(validFleet({ accounts: [validAccount(account)], ...fleet }))
    // What maxErrors means for so few instances is told too.
    .filter((problem) => !problem.startsWith('info '));

describe('the tags of a place, with those of what is made there', () => {
  const tooMany = (place: string, made: string, got: number) =>
    `error ${place}: tags of ${made} must hold at most 50 entries with the tags of the place, got ${got}; remove some [tags/count]`;

  it('are at most 50 on an instance, counting Name, the patch group and its own', () => {
    const instances = { one: instance({ Team: 'web' }) };
    expect(problems({ tags: many(47), instances })).toEqual([]);
    expect(problems({ tags: many(48), instances })).toEqual([tooMany('accounts[0]', 'instances.one', 51)]);
  });

  it('are at most 50 on an Auto Scaling group', () => {
    const autoScalingGroups = { one: group };
    expect(problems({ tags: many(48), autoScalingGroups })).toEqual([]);
    expect(problems({ tags: many(49), autoScalingGroups })).toEqual([
      tooMany('accounts[0]', 'autoScalingGroups.one', 51),
    ]);
  });

  it('count once where both have a key', () => {
    const tags = { ...many(48), Name: 'default', PatchGroup: 'default' };
    expect(problems({ tags, instances: { one: instance({ k0: 'own' }) } })).toEqual([]);
  });

  it('are told once for a place, of the instance with the most', () => {
    const instances = { one: instance(), two: instance({ Team: 'web', Stage: 'dev' }), three: instance() };
    const regions = { 'eu-central-1': { tags: many(49) }, 'us-east-1': { tags: many(48) }, 'us-west-2': null };
    expect(problems({ regions, instances })).toEqual([
      tooMany('accounts[0].regions.eu-central-1', 'instances.two', 53),
      tooMany('accounts[0].regions.us-east-1', 'instances.two', 52),
    ]);
  });

  it('are told alone where they are too many for any resource', () => {
    expect(problems({ tags: many(51), instances: { one: instance() } })).toEqual([
      'error accounts[0].tags: tags must hold at most 50 entries, got 51; remove some [tags/count]',
    ]);
  });
});

describe('a tag of a place that names a patch group', () => {
  const patchGroupTagKey = 'Patch Group';
  const ambiguous = (origin: string, made = 'instances.one') =>
    `error ${origin}: tags of ${made} must name one patch group with the tags of the place, got PatchGroup = "other" and Patch Group = "web"; remove PatchGroup from the tags of the place [compute/one-patch-group]`;
  const tags = { PatchGroup: 'other' };
  const instances = { one: instance(), two: instance() };

  it('is refused under the other key, for an instance and for an Auto Scaling group', () => {
    expect(problems({ tags, instances }, { patchGroupTagKey })).toEqual([ambiguous('accounts[0].tags')]);
    expect(problems({ tags, autoScalingGroups: { one: group } }, { patchGroupTagKey })).toEqual([
      ambiguous('accounts[0].tags', 'autoScalingGroups.one'),
    ]);
    expect(problems({ tags: { 'Patch Group': 'other' }, instances })).toEqual([
      'error accounts[0].tags: tags of instances.one must name one patch group with the tags of the place, got PatchGroup = "web" and Patch Group = "other"; remove Patch Group from the tags of the place [compute/one-patch-group]',
    ]);
  });

  it('passes where it is the same group, the same key, or nothing carries it', () => {
    expect(problems({ tags: { PatchGroup: 'web' }, instances }, { patchGroupTagKey })).toEqual([]);
    expect(problems({ tags, instances })).toEqual([]);
    expect(problems({ tags }, { patchGroupTagKey })).toEqual([]);
    expect(problems({ tags, instances: { one: instance({ PatchGroup: 'web' }) } }, { patchGroupTagKey })).toEqual([]);
  });

  it('is told once where it is written, however many places have it', () => {
    const other = validAccount({ account: '222222222222', instances });
    const both = [validAccount({ instances }), other];
    expect(problems({}, { patchGroupTagKey, accounts: both, defaults: { tags } })).toEqual([
      ambiguous('defaults.tags'),
    ]);
    const patterns = [{ accounts: ['2*'] }, { accounts: ['2*', '1*'], tags }];
    expect(problems({}, { patchGroupTagKey, accounts: both, patterns })).toEqual([ambiguous('patterns[1].tags')]);
    const ofRegion = { 'eu-central-1': { tags }, 'us-east-1': null };
    expect(problems({ regions: ofRegion, instances }, { patchGroupTagKey })).toEqual([
      ambiguous('accounts[0].regions.eu-central-1.tags'),
    ]);
    expect(problems({ regions: undefined, instances }, { patchGroupTagKey, defaults: { regions: ofRegion } })).toEqual([
      ambiguous('defaults.regions.eu-central-1.tags'),
    ]);
  });
});
