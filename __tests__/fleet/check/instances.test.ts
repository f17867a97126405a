import { describe, expect, it } from '@jest/globals';
import type { FleetAutoScalingGroup, FleetInstance } from '../../../fleet/schema/index.ts';
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

describe('an Auto Scaling group', () => {
  const group = (change: Partial<FleetAutoScalingGroup> = {}): FleetAutoScalingGroup => ({
    name: 'web',
    image: 'amazon-linux-2023',
    patchGroup: 'web',
    minSize: 1,
    maxSize: 3,
    subnetIds: ['subnet-0123456789abcdef0'],
    vpcId: 'vpc-0123456789abcdef0',
    ...change,
  });
  const groups = (autoScalingGroups: Record<string, FleetAutoScalingGroup>) =>
    problemsOf(validFleet({ accounts: [validAccount({ autoScalingGroups })] }));

  it.each([
    [{}],
    [{ desiredCapacity: 2, instanceType: 'm7i.large', tags: { Team: 'web' } }],
    [{ image: 'windows-server-2022' as const, patchGroup: 'files' }],
  ])('takes %j', (change) => {
    expect(groups({ one: group(change) })).toEqual([]);
  });

  it.each([
    [
      { name: 'web servers' },
      'error accounts[0].autoScalingGroups.one.name: name must be 3 to 128 characters of letters, digits, ( ) . - / _, got "web servers"; change name [compute/group-name]',
    ],
    [
      { minSize: 5 },
      'error accounts[0].autoScalingGroups.one.minSize: minSize must be at most maxSize (3), got 5; lower minSize, or raise maxSize [compute/group-size]',
    ],
    [
      { subnetIds: ['private'] },
      'error accounts[0].autoScalingGroups.one.subnetIds[0]: subnetIds[0] must be "subnet-" and 8 or 17 hexadecimal digits, got "private"; write it like "subnet-0123456789abcdef0" [compute/subnet-id]',
    ],
    [
      { image: 'ubuntu-24.04' as const },
      'warning accounts[0].autoScalingGroups.one.patchGroup: patchGroup must have a baseline for UBUNTU, it has one for AMAZON_LINUX_2023: the instance would use the default baseline; add a baseline of UBUNTU to the patch group [compute/patch-group-baseline]',
    ],
    [
      { tags: { Name: 'api' } },
      'error accounts[0].autoScalingGroups.one.tags: tags["Name"] must be "web" as name says, got "api"; remove it from tags [compute/name-tag]',
    ],
    [
      { patchGroup: 'webs' },
      'error accounts[0].autoScalingGroups.one.patchGroup: patchGroup must name a key of patchGroups (files, web), got "webs"; did you mean "web"? [fleet/reference]',
    ],
  ])('is checked by its module: %j', (change, problem) => {
    expect(groups({ one: group(change) })).toEqual([problem]);
  });

  it('must have a name of its own where it is made', () => {
    expect(groups({ two: group(), one: group() })).toEqual([
      'error accounts[0].autoScalingGroups.two.name: name must differ from group to group, got "web" again; rename one of them [compute/group-name-unique]',
    ]);
  });

  it('must be patched by an assignment where it is made', () => {
    const assignments = { default: validAssignment({ patchGroups: ['files'] }) };
    const account = validAccount({ autoScalingGroups: { one: group() }, assignments });
    expect(problemsOf(validFleet({ accounts: [account] }))).toEqual([
      'error accounts[0].autoScalingGroups.one.patchGroup: patchGroup must be one that an assignment of account "111111111111", eu-central-1 patches, got "web"; add the patch group to an assignment there [fleet/instance-patched]',
    ]);
  });

  it('starts from an image whose support is watched', () => {
    const one = group({ image: 'windows-server-2016', patchGroup: 'files' });
    const accounts = [validAccount({ autoScalingGroups: { one } })];
    expect(problemsOf(validFleet({ accounts }), { asOf: '2026-11-25' })).toEqual([
      'warning accounts[0].autoScalingGroups.one.image: Windows Server 2016 leaves support on 2027-01-12, 48 days after 2026-11-25; plan its replacement [end-of-support/operating-system]',
    ]);
  });
});

describe('an instance whose assignment targets other tags than those of its patch group', () => {
  const batch = { tags: { Workload: ['batch', 'night'], Stage: ['prod'] } };
  const fleetWith = (change: Partial<FleetInstance>, account: Parameters<typeof validAccount>[0] = {}) =>
    validFleet({
      accounts: [
        validAccount({
          regions: ['eu-central-1'],
          assignments: { default: validAssignment({ targets: batch }) },
          instances: { one: instance(change) },
          ...account,
        }),
      ],
    });
  const notReached = (carried: string) =>
    `error accounts[0].instances.one.patchGroup: patchGroup must be one whose windows in account "111111111111", eu-central-1 reach the instance, got "web": assignment "default" targets Workload = batch or night and Stage = prod, and it carries ${carried}; give it the tags, or leave targets out to reach the patch group [fleet/instance-patched]`;

  it('looks patched and is not, without every one of them', () => {
    expect(problemsOf(fleetWith({}))).toEqual([notReached('Name = Web 1, PatchGroup = web')]);
    expect(problemsOf(fleetWith({ tags: { Workload: 'batch' } }))).toEqual([
      notReached('Name = Web 1, PatchGroup = web, Workload = batch'),
    ]);
    expect(problemsOf(fleetWith({ tags: { Workload: 'day', Stage: 'prod' } }))).toEqual([
      notReached('Name = Web 1, PatchGroup = web, Stage = prod, Workload = day'),
    ]);
  });

  it('is reached by its own tags, those of its place, its name or its patch group', () => {
    expect(problemsOf(fleetWith({ tags: { Workload: 'night', Stage: 'prod' } }))).toEqual([]);
    expect(problemsOf(fleetWith({ tags: { Workload: 'night' } }, { tags: { Stage: 'prod' } }))).toEqual([]);
    const targeting = (tags: Record<string, string[]>) =>
      problemsOf(fleetWith({}, { assignments: { default: validAssignment({ targets: { tags } }) } }));
    expect(targeting({ Name: ['Web 1'] })).toEqual([]);
    expect(targeting({ PatchGroup: ['web'] })).toEqual([]);
    expect(targeting({ 'Patch Group': ['web'] })).toHaveLength(1);
  });

  it('is reached by another assignment of its patch group, or by one that targets its tags', () => {
    const others = (assignment: Parameters<typeof validAssignment>[0]) => ({
      assignments: {
        default: validAssignment({ patchGroups: ['web'], targets: batch }),
        other: validAssignment({ patchGroups: ['files'], ring: 'late', ...assignment }),
      },
    });
    expect(problemsOf(fleetWith({}, others({})))).toHaveLength(1);
    expect(problemsOf(fleetWith({}, others({ targets: { tags: { Name: ['Web 1'] } } })))).toEqual([]);
  });

  it('may be in the resource group that is targeted: nobody knows here', () => {
    const assignments = { default: validAssignment({ targets: { resourceGroup: 'web' } }) };
    expect(problemsOf(fleetWith({}, { assignments }))).toEqual([]);
  });

  it('is told once, for the first place that has it', () => {
    const { accounts, ...rest } = fleetWith({}, { regions: ['us-east-1', 'eu-central-1'] });
    expect(problemsOf({ ...rest, accounts })).toEqual([notReached('Name = Web 1, PatchGroup = web')]);
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
      'error accounts[0].assignments.default.targets.tags: tags must hold 1 to 5 entries, got 0; add one [maintenance-window/selector-count]',
    ],
    [
      { tags: { Role: [] } },
      'error accounts[0].assignments.default.targets.tags.Role: tag "Role" must hold 1 to 50 entries, got 0; name what the target must match, in several assignments if need be [maintenance-window/selector-values]',
    ],
    [
      { tags: { Role: ['web'], 'A+B($&)': ['x'.repeat(257)] } },
      'error accounts[0].assignments.default.targets.tags.A+B($&): tag key must be 1 to 128 characters of letters, digits, spaces, _ . : / = - @, got "A+B($&)"; change tag key [maintenance-window/selector-key]',
      `error accounts[0].assignments.default.targets.tags.A+B($&): value of tag "A+B($&)" must be 0 to 256 characters, got 257 characters: "${'x'.repeat(76)}...; change value of tag "A+B($&)" [maintenance-window/selector-value-length]`,
    ],
    [
      { resourceGroup: 'web servers' },
      'error accounts[0].assignments.default.targets.resourceGroup: resourceGroup must be 1 to 300 characters of letters, digits, _ - ., got "web servers"; change resourceGroup [maintenance-window/resource-group-name]',
    ],
    [
      { resourceGroup: 'web', resourceTypes: ['instance'] },
      'error accounts[0].assignments.default.targets.resourceTypes: resourceTypes must be written like "AWS::EC2::Instance", got "instance"; use the name of the type in CloudFormation [maintenance-window/resource-type]',
    ],
    [
      { resourceGroup: 'web', resourceTypes: Array.from({ length: 51 }, (_, index) => `AWS::EC2::Type${index}`) },
      'error accounts[0].assignments.default.targets.resourceTypes: resourceTypes must hold 1 to 50 entries, got 51; name what the target must match, in several assignments if need be [maintenance-window/selector-values]',
    ],
  ])('is checked by its module, in the words of the file: %j', (value, ...problems) => {
    expect(targets(value)).toEqual(problems);
  });
});
