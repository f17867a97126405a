import { describe, expect, it, test } from '@jest/globals';
import { checkManagedInstance, type ManagedInstanceFacts } from '../../../modules/compute/checks.ts';

function rulesOf(changes: Partial<ManagedInstanceFacts>): string[] {
  const facts: ManagedInstanceFacts = { image: {}, hasSubnet: false, hasVpc: false, hasSecurityGroups: false };
  return checkManagedInstance({ ...facts, ...changes }).map((violation) => violation.rule);
}

describe('checkManagedInstance', () => {
  it('finds nothing wrong with what is not known', () => {
    expect(rulesOf({})).toEqual([]);
  });

  test.each(['a1.large', 't4g.nano', 'm6gd.metal', 'c7gn.16xlarge', 'im4gn.large', 'is4gen.medium', 'g5g.xlarge'])(
    'knows %s as arm64',
    (instanceType) => {
      expect(rulesOf({ image: { architecture: 'arm64' }, instanceType })).toEqual([]);
      expect(rulesOf({ image: { architecture: 'x86_64' }, instanceType })).toEqual([
        'compute/instance-type-architecture',
      ]);
    },
  );

  test.each(['x8g.metal-48xl', 'hpc7g.4xlarge', 'p6e-gb200.36xlarge'])('knows %s as arm64, too', (instanceType) => {
    expect(rulesOf({ image: { architecture: 'arm64' }, instanceType })).toEqual([]);
  });

  test.each([
    't3.large',
    'm5.metal',
    'g4dn.xlarge',
    'g5.xlarge',
    'g6e.12xlarge',
    'gr6.4xlarge',
    'm7i-flex.large',
    'u-6tb1.56xlarge',
    'u7in-16tb.224xlarge',
    'c7i.metal-24xl',
    'p6-b200.48xlarge',
  ])('knows %s as x86_64', (instanceType) => {
    expect(rulesOf({ image: { architecture: 'x86_64' }, instanceType })).toEqual([]);
    expect(rulesOf({ image: { architecture: 'arm64' }, instanceType })).toEqual(['compute/instance-type-architecture']);
  });

  test.each(['t3', 't3.', '.small', 't3.smal', 'T3.small', 't3 small', 't3.small.', 'm7i_flex.large'])(
    'refuses %s as an instance type',
    (instanceType) => {
      expect(rulesOf({ instanceType })).toEqual(['compute/instance-type']);
    },
  );

  test.each([
    ['LINUX', 'x86_64', ['compute/operating-system']],
    ['UBUNTU', 'amd64', ['compute/architecture']],
  ])('refuses the operating system %s on %s', (operatingSystem, architecture, rules) => {
    const image = { operatingSystem, architecture } as unknown as ManagedInstanceFacts['image'];
    expect(rulesOf({ image, instanceType: 't3.small' })).toEqual(rules);
  });

  test.each([
    [undefined, 1, []],
    [undefined, 16_384, []],
    [undefined, 16_385, ['compute/root-volume-size']],
    ['WINDOWS' as const, 30, []],
    ['WINDOWS' as const, 29, ['compute/root-volume-size']],
  ])('on %s takes a root volume of %d GiB or not', (operatingSystem, rootVolumeSizeGiB, rules) => {
    expect(rulesOf({ image: { operatingSystem }, rootVolumeSizeGiB })).toEqual(rules);
  });

  test.each([
    ['x'.repeat(228), false, []],
    ['x'.repeat(229), false, ['compute/security-group-name']],
    ['x'.repeat(256), true, []],
    ['x'.repeat(257), true, ['compute/instance-name']],
    ['x'.repeat(257), false, ['compute/instance-name']],
    ['Web (blue) #1: a/b, c@d [e]+f=g&h;i{j}!k$l*m._-', false, []],
    ['sg-web', true, []],
    ['wéb', true, []],
  ])('takes the name %s, with other groups: %s', (instanceName, hasSecurityGroups, rules) => {
    expect(rulesOf({ instanceName, hasSecurityGroups })).toEqual(rules);
  });

  test.each([
    [1, []],
    [5, []],
    [6, ['compute/security-group-count']],
  ])('takes %d security groups or not', (count, rules) => {
    const securityGroupIds = Array.from({ length: count }, () => undefined);
    expect(rulesOf({ securityGroupIds, hasSecurityGroups: true })).toEqual(rules);
  });

  test.each([
    { hasSubnet: true, hasVpc: true, hasSecurityGroups: false },
    { hasSubnet: true, hasVpc: true, hasSecurityGroups: true },
    { hasSubnet: true, hasVpc: false, hasSecurityGroups: true },
  ])('takes the network %j', (network) => {
    expect(rulesOf(network)).toEqual([]);
  });

  test.each(['/a', '/aws/service/x_y.z-1', 'golden-image', '/images/linux:3', '/images/linux:stable'])(
    'takes the parameter %s',
    (parameterName) => {
      expect(rulesOf({ image: { parameterName } })).toEqual([]);
    },
  );

  it('takes a parameter that another account shares', () => {
    const parameterName = 'arn:aws:ssm:us-east-1:111111111111:parameter/images/linux';
    expect(rulesOf({ image: { parameterName } })).toEqual([]);
  });

  test.each(['', '/', 'a/b', '//a', '/a/', '/a b', `/${'a'.repeat(1011)}`])(
    'refuses the parameter %s',
    (parameterName) => {
      expect(rulesOf({ image: { parameterName } })).toEqual(['compute/image-parameter-name']);
    },
  );

  test.each([
    ['x'.repeat(16_384), []],
    ['x'.repeat(16_385), ['compute/user-data-size']],
    ['é'.repeat(8192), []],
  ])('counts user data in bytes %#', (userData, rules) => {
    expect(rulesOf({ userData, hasUserData: true })).toEqual(rules);
  });

  test.each(['+-=.,_:@', 'PatchGroup', '...', 'index'])('shows the tag key %s in instance metadata', (key) => {
    expect(rulesOf({ tags: { [key]: '' }, instanceMetadataTags: true })).toEqual([]);
  });

  test.each(['.', '..', '_index', 'Patch Group', 'a/b', 'ключ'])('hides the tag key %s', (key) => {
    expect(rulesOf({ tags: { [key]: '' }, instanceMetadataTags: true })).toEqual(['compute/metadata-tag-key']);
    expect(rulesOf({ tags: { [key]: '' }, instanceMetadataTags: false })).toEqual([]);
  });

  it('takes tags that repeat what other props say', () => {
    const tags = { Name: 'web', PatchGroup: 'Linux', 'Patch Group': 'Linux' };
    expect(rulesOf({ instanceName: 'web', patchGroupTag: { PatchGroup: 'Linux' }, tags })).toEqual([]);
  });

  it('compares no tag whose value only Terraform knows', () => {
    const tags = { Name: undefined, PatchGroup: undefined };
    expect(rulesOf({ instanceName: 'web', patchGroupTag: { PatchGroup: 'Linux' }, tags })).toEqual([]);
    expect(rulesOf({ patchGroupTag: { PatchGroup: undefined }, tags: { PatchGroup: 'Linux' } })).toEqual([]);
  });

  test.each([
    ['no user data', { hasUserData: false }, []],
    ['user data that only Terraform knows', { hasUserData: true }, []],
    ['user data that installs it', { hasUserData: true, userData: 'dnf install -y amazon-ssm-agent' }, []],
    ['other user data', { hasUserData: true, userData: 'dnf update' }, ['compute/agent-installed']],
  ])('trusts RHEL without the agent and with %s, or not', (_title, userData, rules) => {
    const image = { operatingSystem: 'REDHAT_ENTERPRISE_LINUX', agentPreinstalled: false } as const;
    expect(rulesOf({ image, ...userData })).toEqual(rules);
  });

  it('trusts a patch group some of whose operating systems only Terraform knows', () => {
    const image = { operatingSystem: 'UBUNTU' } as const;
    expect(rulesOf({ image, patchGroupSystems: ['WINDOWS', undefined] })).toEqual([]);
    expect(rulesOf({ image, patchGroupSystems: ['WINDOWS', 'UBUNTU'] })).toEqual([]);
    expect(rulesOf({ image, patchGroupSystems: ['WINDOWS'] })).toEqual(['compute/patch-group-baseline']);
  });
});
