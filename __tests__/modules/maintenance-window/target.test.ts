import { describe, expect, it } from '@jest/globals';
import { WindowRole } from '../../../modules/iam/index.ts';
import {
  MaintenanceWindow,
  Target,
  type TargetOptions,
  TargetSelector,
} from '../../../modules/maintenance-window/index.ts';
import { ApprovalRule, PatchBaseline } from '../../../modules/patch-baseline/index.ts';
import { PatchGroup } from '../../../modules/patch-group/index.ts';
import { synth } from '../../support/template.ts';
import { addWindow } from './windows.ts';

const build = (overrides: Partial<TargetOptions> = {}) =>
  synth((stack) => {
    addWindow(stack).addTarget('Linux', { selector: TargetSelector.tags({ Env: ['prod'] }), ...overrides });
  });
const target = (overrides: Partial<TargetOptions>) => build(overrides).only('aws_ssm_maintenance_window_target');
const selected = (selector: TargetSelector) => {
  const { resource_type, targets } = target({ selector });
  return { resource_type, targets };
};
const errors = (overrides: Partial<TargetOptions>) =>
  build(overrides)
    .errors()
    .map((text) => text.replace('[Test/Window/Targets/Linux] ', ''));

describe('Target', () => {
  it('stands for tagged nodes of its window, without anything that is not given', () => {
    const { window_id, ...rest } = target({});
    expect(window_id).toMatch(/^\$\{aws_ssm_maintenance_window\.Window_\w+\.id\}$/);
    expect(rest).toEqual({ resource_type: 'INSTANCE', targets: [{ key: 'tag:Env', values: ['prod'] }] });
  });

  it('emits every prop', () => {
    const props = { targetName: 'linux-prod', description: 'All', ownerInformation: 'team-a', region: 'eu-west-1' };
    expect(errors(props)).toEqual([]);
    expect(target(props)).toMatchObject({
      name: 'linux-prod',
      description: 'All',
      owner_information: 'team-a',
      region: 'eu-west-1',
    });
  });

  it('lies in the region of its window', () => {
    const template = synth((stack) => {
      const window = addWindow(stack, { region: 'eu-west-1' });
      window.addTarget('Linux', { selector: TargetSelector.tagKeys(['Env']) });
    });
    expect(template.only('aws_ssm_maintenance_window_target').region).toBe('eu-west-1');
  });

  it('refuses a region that is not its window’s', () => {
    const template = synth((stack) => {
      const window = addWindow(stack, { region: 'eu-west-1' });
      window.addTarget('Linux', { selector: TargetSelector.tagKeys(['Env']), region: 'eu-west-2' });
    });
    expect(template.errors()).toEqual([
      '[Test/Window/Targets/Linux] region must be the region of the window ("eu-west-1"), got "eu-west-2"; leave it out [maintenance-window/region-of-window]',
    ]);
  });

  it('is refused by the framework where its id is taken', () => {
    expect(() =>
      synth((stack) => {
        const window = addWindow(stack);
        for (const _ of [1, 2]) window.addTarget('Linux', { selector: TargetSelector.tagKeys(['Env']) });
      }),
    ).toThrow("There is already a Construct with name 'Linux' in Construct [Targets]");
  });

  it.each<[Partial<TargetOptions>, string]>([
    [
      { targetName: 'ab' },
      'targetName must be 3 to 128 characters of letters, digits, _ - ., got "ab"; change targetName [maintenance-window/target-name]',
    ],
    [
      { description: 'ab' },
      'description must be 3 to 128 characters, got "ab"; change description [maintenance-window/target-description-length]',
    ],
    [
      { ownerInformation: '' },
      'ownerInformation must be 1 to 128 characters, got ""; change ownerInformation [maintenance-window/owner-information-length]',
    ],
  ])('refuses %j', (overrides, message) => {
    expect(errors(overrides)).toEqual([message]);
  });

  it('accepts the shortest and longest texts', () => {
    const longest = 'x'.repeat(128);
    expect(errors({ targetName: 'abc', description: 'abc', ownerInformation: 'a' })).toEqual([]);
    expect(errors({ targetName: longest, description: longest, ownerInformation: longest })).toEqual([]);
  });
});

describe('TargetSelector', () => {
  it('sorts tags and their values, and says each once', () => {
    expect(selected(TargetSelector.tags({ Role: ['web', 'db', 'web'], Env: ['prod'] }))).toEqual({
      resource_type: 'INSTANCE',
      targets: [
        { key: 'tag:Env', values: ['prod'] },
        { key: 'tag:Role', values: ['db', 'web'] },
      ],
    });
  });

  it('selects by tag keys', () => {
    expect(selected(TargetSelector.tagKeys(['Name', 'Env']))).toEqual({
      resource_type: 'INSTANCE',
      targets: [{ key: 'tag-key', values: ['Env', 'Name'] }],
    });
  });

  it('selects by instance id, in EC2 and elsewhere', () => {
    const ids = ['mi-0123456789abcdef0', 'i-0123456789abcdef0', 'i-01234567'];
    expect(selected(TargetSelector.instanceIds(ids))).toEqual({
      resource_type: 'INSTANCE',
      targets: [{ key: 'InstanceIds', values: ['i-01234567', 'i-0123456789abcdef0', 'mi-0123456789abcdef0'] }],
    });
  });

  it('selects a resource group', () => {
    expect(selected(TargetSelector.resourceGroup('web-servers'))).toEqual({
      resource_type: 'RESOURCE_GROUP',
      targets: [{ key: 'resource-groups:Name', values: ['web-servers'] }],
    });
  });

  it('selects some types of a resource group', () => {
    const types = ['AWS::SSM::ManagedInstance', 'AWS::EC2::Instance'];
    expect(selected(TargetSelector.resourceGroup('web', types)).targets).toEqual([
      { key: 'resource-groups:Name', values: ['web'] },
      { key: 'resource-groups:ResourceTypeFilters', values: ['AWS::EC2::Instance', 'AWS::SSM::ManagedInstance'] },
    ]);
  });

  it.each(['PatchGroup', 'Patch Group'] as const)('selects a patch group by the key %j that it uses', (tagKey) => {
    const template = synth((stack) => {
      const baseline = new PatchBaseline(stack, 'Baseline', {
        baselineName: 'linux',
        operatingSystem: 'AMAZON_LINUX_2023',
        approvalRules: [
          ApprovalRule.for('AMAZON_LINUX_2023', {
            product: ['*'],
            classification: ['Security'],
            severity: ['Critical'],
            approveAfterDays: 3,
          }),
        ],
      });
      const group = new PatchGroup(stack, 'Group', { groupName: 'web 1', baselines: [baseline], tagKey });
      addWindow(stack).addTarget('Linux', { selector: TargetSelector.patchGroup(group) });
    });
    expect(template.only('aws_ssm_maintenance_window_target').targets).toEqual([
      { key: `tag:${tagKey}`, values: ['web 1'] },
    ]);
  });

  const tags = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`Key${i}`, ['x']]));
  const values = (count: number) => Array.from({ length: count }, (_, i) => `value-${i}`);

  it.each([
    ['5 tags', TargetSelector.tags(tags(5))],
    ['50 values', TargetSelector.tags({ Env: values(50) })],
    ['an empty value of a tag', TargetSelector.tags({ Env: [''] })],
    ['a value of 256 characters', TargetSelector.tags({ Env: ['x'.repeat(256)] })],
    ['a key of 128 characters', TargetSelector.tags({ ['x'.repeat(128)]: ['x'] })],
    ['a key with a space and signs', TargetSelector.tags({ 'Patch Group_.:/=-@': ['x'] })],
    ['5 tag keys', TargetSelector.tagKeys(values(5))],
  ])('accepts %s', (_, selector) => {
    expect(errors({ selector })).toEqual([]);
  });

  it.each<[string, TargetSelector, string]>([
    [
      'no tag',
      TargetSelector.tags({}),
      'selector must hold 1 to 5 entries, got 0; add one [maintenance-window/selector-count]',
    ],
    [
      '6 tags',
      TargetSelector.tags(tags(6)),
      'selector must hold 1 to 5 entries, got 6; remove some [maintenance-window/selector-count]',
    ],
    [
      'no value',
      TargetSelector.tags({ Env: [] }),
      'selector "tag:Env" must hold 1 to 50 entries, got 0; name what the target must match, in several targets if need be [maintenance-window/selector-values]',
    ],
    [
      '51 values',
      TargetSelector.tags({ Env: values(51) }),
      'selector "tag:Env" must hold 1 to 50 entries, got 51; name what the target must match, in several targets if need be [maintenance-window/selector-values]',
    ],
    [
      '6 tag keys',
      TargetSelector.tagKeys(values(6)),
      'selector "tag-key" must hold 1 to 5 entries, got 6; name what the target must match, in several targets if need be [maintenance-window/selector-values]',
    ],
    [
      'a key that AWS tags may have and selectors may not',
      TargetSelector.tags({ 'a+b': ['x'] }),
      'tag key must be 1 to 128 characters of letters, digits, spaces, _ . : / = - @, got "a+b"; change tag key [maintenance-window/selector-key]',
    ],
    [
      'a tag without a key',
      TargetSelector.tags({ '': ['x'] }),
      'tag key must be 1 to 128 characters of letters, digits, spaces, _ . : / = - @, got ""; change tag key [maintenance-window/selector-key]',
    ],
    [
      'an empty tag key',
      TargetSelector.tagKeys(['']),
      'value of selector "tag-key" must be 1 to 256 characters, got ""; change value of selector "tag-key" [maintenance-window/selector-value-length]',
    ],
    [
      'a value of 257 characters',
      TargetSelector.tags({ Env: ['x'.repeat(257)] }),
      `value of selector "tag:Env" must be 0 to 256 characters, got 257 characters: "${'x'.repeat(76)}...; change value of selector "tag:Env" [maintenance-window/selector-value-length]`,
    ],
    [
      'a name for an id',
      TargetSelector.instanceIds(['web-1']),
      'selector "InstanceIds" must hold instance ids (i-… or mi-…), got "web-1"; use the id, not the name [maintenance-window/instance-id]',
    ],
    [
      'a group with a space',
      TargetSelector.resourceGroup('web servers'),
      'resource group must be 1 to 300 characters of letters, digits, _ - ., got "web servers"; change resource group [maintenance-window/resource-group-name]',
    ],
    [
      'a type of its own',
      TargetSelector.resourceGroup('web', ['EC2']),
      'resource types must be written like "AWS::EC2::Instance", got "EC2"; use the name of the type in CloudFormation [maintenance-window/resource-type]',
    ],
  ])('refuses %s', (_, selector, message) => {
    expect(errors({ selector })).toEqual([message]);
  });

  it.each(['i-0123456', 'i-0123456789abcdef', 'mi-01234567', 'I-01234567', 'i-0123456g'])('refuses the id %s', (id) => {
    expect(errors({ selector: TargetSelector.instanceIds([id]) })).toHaveLength(1);
  });

  it('names the key raw in no message', () => {
    const [message] = errors({ selector: TargetSelector.tags({ 'a\u0000b': ['x'] }) });
    expect(message).toBe(
      'tag key must be 1 to 128 characters of letters, digits, spaces, _ . : / = - @, got "a\\u0000b"; change tag key [maintenance-window/selector-key]',
    );
  });
});

describe('a window that exists', () => {
  const imported = (windowId: string) =>
    synth((stack) => {
      const role = WindowRole.fromRoleArn(stack, 'TaskRole', 'arn:aws:iam::111111111111:role/window');
      const window = MaintenanceWindow.fromWindowId(stack, 'Window', windowId, role);
      const made = new Target(stack, 'Linux', { window, selector: TargetSelector.tagKeys(['Env']) });
      window.addPatchTask('Scan', { operation: 'Scan', targets: [made], maxConcurrency: '1', maxErrors: '0' });
    });

  it('takes targets and tasks, and is not made again', () => {
    const template = imported('mw-0123456789abcdef0');
    expect(template.problems()).toEqual([]);
    expect(template.all('aws_ssm_maintenance_window')).toEqual([]);
    expect(template.only('aws_ssm_maintenance_window_target').window_id).toBe('mw-0123456789abcdef0');
    expect(template.only('aws_ssm_maintenance_window_task').window_id).toBe('mw-0123456789abcdef0');
  });

  it.each(['0123456789abcdef0', 'mw-0123456789abcdef', 'mw-0123456789ABCDEF0', ''])('refuses the id %j', (windowId) => {
    expect(imported(windowId).problems()).toEqual([
      `[Test/Window] windowId must be mw- and 17 hexadecimal digits, got ${JSON.stringify(windowId)}; copy it from aws ssm describe-maintenance-windows [maintenance-window/window-id]`,
    ]);
  });
});
