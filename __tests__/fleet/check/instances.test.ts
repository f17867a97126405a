import { describe, expect, it } from '@jest/globals';
import type { FleetInstance } from '../../../fleet/schema/index.ts';
import { problemsOf, validAccount, validAssignment, validFleet } from '../support.ts';

const instance = (change: Partial<FleetInstance> = {}): FleetInstance => ({
  name: 'Web 1',
  image: 'amazon-linux-2023',
  patchGroup: 'web',
  ...change,
});
const problems = (change: Partial<FleetInstance>) =>
  problemsOf(validFleet({ accounts: [validAccount({ instances: { one: instance(change) } })] }));

describe('an instance', () => {
  it.each([
    [{}],
    [{ instanceType: 't3.small', subnetId: 'subnet-0123456789abcdef0', vpcId: 'vpc-0123456789abcdef0' }],
    [{ image: 'windows-server-2022' as const, patchGroup: 'files' }],
  ])('takes %j', (change) => {
    expect(problems(change)).toEqual([]);
  });

  it.each([
    [
      { name: '' },
      'error accounts[0].instances.one.name: name must be 1 to 256 characters, got ""; change name [compute/instance-name]',
    ],
    [
      { name: 'sg-web' },
      'error accounts[0].instances.one.name: name must not begin with "sg-", the security group is named after it, got "sg-web"; change name, or give securityGroupIds [compute/security-group-name]',
    ],
    [
      { instanceType: 't4g.small' },
      'error accounts[0].instances.one.instanceType: instanceType must be x86_64 like the image, got "t4g.small", which is arm64; choose a type such as "t3.small", or an image for arm64 [compute/instance-type-architecture]',
    ],
    [
      { subnetId: 'subnet-0123456789abcdef0' },
      'error accounts[0].instances.one.subnetId: subnetId must come with vpcId: the security group would be made in the default VPC, and the launch fails; add vpcId, the VPC of the subnet, or give securityGroupIds [compute/subnet-with-vpc]',
    ],
    [
      { image: 'windows-server-2022' as const },
      'warning accounts[0].instances.one.patchGroup: patchGroup must have a baseline for WINDOWS, it has one for AMAZON_LINUX_2023: the instance would use the default baseline; add a baseline of WINDOWS to the patch group [compute/patch-group-baseline]',
    ],
  ])('is checked by its module: %j', (change, problem) => {
    expect(problems(change)).toEqual([problem]);
  });

  it('is checked where defaults or a region declare it', () => {
    const instances = { one: instance({ instanceType: 'small' }) };
    const problem = (path: string) =>
      `error ${path}.instances.one.instanceType: instanceType must be a family, a dot and a size, got "small"; write it like "t3.small" [compute/instance-type]`;
    expect(problemsOf(validFleet({ defaults: { instances } }))).toEqual([problem('defaults')]);
    const accounts = [validAccount({ regions: { 'eu-central-1': { instances } } })];
    expect(problemsOf(validFleet({ accounts }))).toEqual([problem('accounts[0].regions.eu-central-1')]);
  });

  it('must be patched by an assignment where it is made', () => {
    const assignments = { default: validAssignment({ patchGroups: ['files'] }) };
    const account = validAccount({ instances: { one: instance() }, assignments });
    expect(problemsOf(validFleet({ accounts: [account] }))).toEqual([
      'error accounts[0].instances.one.patchGroup: patchGroup must be one that an assignment of account "111111111111", eu-central-1 patches, got "web"; add the patch group to an assignment there [fleet/instance-patched]',
    ]);
    const elsewhere = { ...account, regions: { 'eu-central-1': { assignments: { other: validAssignment() } } } };
    expect(problemsOf(validFleet({ accounts: [elsewhere] }))).toEqual([]);
  });
});

describe('what an assignment targets', () => {
  const targets = (targets: NonNullable<Parameters<typeof validAssignment>[0]>['targets']) =>
    problemsOf(validFleet({ accounts: [validAccount({ assignments: { default: validAssignment({ targets }) } })] }));

  it.each([
    [{ tags: { Role: ['web', ''] } }],
    [{ resourceGroup: 'web-servers', resourceTypes: ['AWS::EC2::Instance'] }],
    [{ resourceGroup: 'web-servers' }],
  ])('may be %j', (value) => {
    expect(targets(value)).toEqual([]);
  });

  it.each([
    [
      { tags: {} },
      'error accounts[0].assignments.default.targets: selector must hold 1 to 5 entries, got 0; add one [maintenance-window/selector-count]',
    ],
    [
      { tags: { Role: [] } },
      'error accounts[0].assignments.default.targets: selector "tag:Role" must hold 1 to 50 entries, got 0; name what the target must match, in several targets if need be [maintenance-window/selector-values]',
    ],
    [
      { resourceGroup: 'web servers' },
      'error accounts[0].assignments.default.targets: resource group must be 1 to 300 characters of letters, digits, _ - ., got "web servers"; change resource group [maintenance-window/resource-group-name]',
    ],
  ])('is checked by its module: %j', (value, problem) => {
    expect(targets(value)).toEqual([problem]);
  });
});
