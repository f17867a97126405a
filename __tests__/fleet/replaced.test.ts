import { describe, expect, it } from '@jest/globals';
import { expand } from '../../fleet/expand.ts';
import { checkReplaced } from '../../fleet/replaced.ts';
import type { Fleet } from '../../fleet/schema/index.ts';
import { fleetOfAssignments, validAssignment } from './support.ts';

const stack = '111111111111-eu-central-1';
const instance = { name: 'web', image: 'amazon-linux-2023', instanceType: 't3.micro', patchGroup: 'web' } as const;
const group = { ...instance, minSize: 1, maxSize: 2, subnetIds: ['subnet-00000000000000001'], vpcId: 'vpc-00000001' };

function withServers(made: object, change: Partial<Fleet> = {}): Fleet {
  const fleet = fleetOfAssignments({ default: validAssignment() }, change);
  return { ...fleet, accounts: fleet.accounts.map((account) => ({ ...account, ...made })) } as Fleet;
}

function told(earlier: Fleet, now: Fleet): string[] {
  return checkReplaced(expand(earlier), expand(now)).map(
    ({ severity, message, fix, rule, at }) => `${at.join('.')}: ${severity} ${message}; ${fix} [${rule}]`,
  );
}

const instances = (...changes: object[]) =>
  changes.map((change) => withServers({ instances: { web: { ...instance, ...change } } })) as [Fleet, Fleet];

describe('what the next deployment makes anew', () => {
  it('is an instance with another image', () => {
    expect(told(...instances({}, { image: 'ubuntu-24.04' }))).toEqual([
      `accounts: warning instance "web" of stack ${stack} was deployed with image "amazon-linux-2023" and has image "ubuntu-24.04": deploying the stack replaces it, so the server is terminated, and another one made; meant so? otherwise keep its image [fleet/replaced]`,
    ]);
  });

  it('is an instance in a subnet that is named, and none whose subnet is named no more: it stays where it is', () => {
    const subnet = { subnetId: 'subnet-00000000000000001', vpcId: 'vpc-00000001' };
    expect(told(...instances({}, subnet))).toEqual([
      `accounts: warning instance "web" of stack ${stack} was deployed with no subnetId and has subnetId "subnet-00000000000000001": unless it is there already, deploying the stack replaces it, so the server is terminated, and another one made; meant so? otherwise keep its subnetId [fleet/replaced]`,
    ]);
    expect(told(...instances(subnet, {}))).toEqual([]);
  });

  it('is an Auto Scaling group with another name; its image reaches what it launches from then on', () => {
    const groups = (change: object) => withServers({ autoScalingGroups: { web: { ...group, ...change } } });
    expect(told(groups({}), groups({ name: 'shop' }))).toEqual([
      `accounts: warning Auto Scaling group "web" of stack ${stack} was deployed with name "web" and has name "shop": deploying the stack replaces it, so its servers are terminated, and others made; meant so? otherwise keep its name [fleet/replaced]`,
    ]);
    expect(told(groups({}), groups({ image: 'ubuntu-24.04' }))).toEqual([]);
  });

  it('is nothing that is changed in place, left out, or made for the first time', () => {
    expect(told(...instances({}, { name: 'shop', instanceType: 't3.small', tags: { team: 'web' } }))).toEqual([]);
    expect(told(withServers({ instances: { web: instance } }), withServers({}))).toEqual([]);
    expect(told(withServers({}), withServers({ instances: { web: instance } }))).toEqual([]);
  });
});

describe('another tag of patch groups', () => {
  it('is told once for all stacks: nodes that have only the old one are found no more', () => {
    const of = (patchGroupTagKey: 'PatchGroup' | 'Patch Group') =>
      withServers({ regions: ['eu-central-1', 'us-east-1'] }, { patchGroupTagKey });
    expect(told(of('PatchGroup'), of('Patch Group'))).toEqual([
      'patchGroupTagKey: warning windows were deployed for patch groups by the tag "PatchGroup", and are for "Patch Group" now: after the next deployment they find no node that has only the old one; tag nodes that no stack makes with "Patch Group" before [fleet/tag-key-changed]',
    ]);
    expect(told(of('Patch Group'), of('Patch Group'))).toEqual([]);
  });
});
