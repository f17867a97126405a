import { describe, expect, it } from '@jest/globals';
import { type TerraformStack, TerraformVariable } from 'cdktf';
import {
  ApprovalRule,
  type IPatchBaseline,
  type OperatingSystem,
  PatchBaseline,
} from '../../../modules/patch-baseline/index.ts';
import { PatchGroup } from '../../../modules/patch-group/index.ts';
import { synth, type Template } from '../../support/template.ts';

const windowsId = 'pb-0123456789abcdef0';
const linuxId = 'pb-0123456789abcdef1';

const known = (stack: TerraformStack, id: string, operatingSystem: OperatingSystem) =>
  PatchBaseline.fromBaselineId(stack, `Known-${operatingSystem}`, id, operatingSystem);

const registrations = (template: Template) =>
  template.all('aws_ssm_patch_group').sort((a, b) => (`${a.baseline_id}` < `${b.baseline_id}` ? -1 : 1));

describe('PatchGroup', () => {
  it('registers the group on the baseline of each operating system', () => {
    const template = synth((stack) => {
      const baselines = [known(stack, windowsId, 'WINDOWS'), known(stack, linuxId, 'AMAZON_LINUX_2023')];
      new PatchGroup(stack, 'Web', { groupName: 'web', baselines });
    });
    expect(template.problems()).toEqual([]);
    expect(registrations(template)).toEqual([
      { patch_group: 'web', baseline_id: windowsId },
      { patch_group: 'web', baseline_id: linuxId },
    ]);
  });

  it('refers to the baseline it is given', () => {
    const template = synth((stack) => {
      const baseline = new PatchBaseline(stack, 'Baseline', {
        baselineName: 'baseline',
        operatingSystem: 'SUSE',
        approvalRules: ApprovalRule.awsDefault('SUSE'),
      });
      new PatchGroup(stack, 'Web', { groupName: 'web', baselines: [baseline] });
    });
    const address = template.addresses().find((found) => found.startsWith('aws_ssm_patch_baseline.'));
    expect(template.only('aws_ssm_patch_group')).toEqual({ patch_group: 'web', baseline_id: `\${${address}.id}` });
  });

  it('is joined by the tag PatchGroup, unless the other key is asked for', () => {
    synth((stack) => {
      const baselines = [known(stack, windowsId, 'WINDOWS')];
      expect(new PatchGroup(stack, 'Web', { groupName: 'web servers', baselines }).tag).toEqual({
        PatchGroup: 'web servers',
      });
      const group = new PatchGroup(stack, 'Api', { groupName: 'api', baselines, tagKey: 'Patch Group' });
      expect(group.tag).toEqual({ 'Patch Group': 'api' });
      expect(group.tagKey).toBe('Patch Group');
      expect(group.groupName).toBe('api');
    });
  });

  it('gives its tag in the shapes of Auto Scaling groups and launch templates', () => {
    synth((stack) => {
      const baselines = [known(stack, windowsId, 'WINDOWS')];
      const group = new PatchGroup(stack, 'Web', { groupName: 'web servers', baselines, tagKey: 'Patch Group' });
      expect(group.propagatedTag).toEqual({ key: 'Patch Group', value: 'web servers', propagateAtLaunch: true });
      expect(group.instanceTagSpecification).toEqual({
        resourceType: 'instance',
        tags: { 'Patch Group': 'web servers' },
      });
    });
  });

  it('writes its region, or follows the region of each baseline', () => {
    const template = synth((stack) => {
      new PatchGroup(stack, 'Web', {
        groupName: 'web',
        baselines: [known(stack, windowsId, 'WINDOWS')],
        region: 'eu-west-1',
      });
      const baseline: IPatchBaseline = Object.assign(known(stack, linuxId, 'SUSE'), { region: 'eu-central-1' });
      new PatchGroup(stack, 'Api', { groupName: 'api', baselines: [baseline] });
      new PatchGroup(stack, 'Both', { groupName: 'both', baselines: [baseline], region: 'eu-central-1' });
    });
    expect(template.problems()).toEqual([]);
    expect(
      template
        .all('aws_ssm_patch_group')
        .map(({ patch_group, region }) => [patch_group, region])
        .sort(),
    ).toEqual([
      ['api', 'eu-central-1'],
      ['both', 'eu-central-1'],
      ['web', 'eu-west-1'],
    ]);
  });

  it('follows the region that a baseline was made in', () => {
    const template = synth((stack) => {
      const baseline = new PatchBaseline(stack, 'Baseline', {
        baselineName: 'baseline',
        operatingSystem: 'SUSE',
        approvalRules: ApprovalRule.awsDefault('SUSE'),
        region: 'eu-central-1',
      });
      new PatchGroup(stack, 'Web', { groupName: 'web', baselines: [baseline] });
    });
    expect(template.only('aws_ssm_patch_group')).toMatchObject({ region: 'eu-central-1' });
  });

  it('passes through what is known only when Terraform applies', () => {
    const template = synth((stack) => {
      const text = (id: string) => new TerraformVariable(stack, id, { type: 'string' }).stringValue;
      const group = new PatchGroup(stack, 'Web', {
        groupName: text('name'),
        baselines: [known(stack, text('baseline'), 'WINDOWS')],
        tagKey: text('key') as 'PatchGroup',
        region: text('region'),
      });
      expect(Object.keys(group.tag)).toEqual([group.tagKey]);
    });
    expect(template.problems()).toEqual([]);
    expect(template.only('aws_ssm_patch_group')).toEqual({
      patch_group: '${var.name}',
      baseline_id: '${var.baseline}',
      region: '${var.region}',
    });
  });

  it('keeps its address when baselines are listed in another order', () => {
    const addresses = (reversed: boolean) =>
      synth((stack) => {
        const baselines = [known(stack, windowsId, 'WINDOWS'), known(stack, linuxId, 'SUSE')];
        new PatchGroup(stack, 'Web', { groupName: 'web', baselines: reversed ? baselines.reverse() : baselines });
      }).addresses();
    expect(addresses(true)).toEqual(addresses(false));
    expect(addresses(true)).toHaveLength(2);
  });

  it('never shares a resource with another, however alike their names and ids are', () => {
    const template = synth((stack) => {
      const baselines = [known(stack, windowsId, 'WINDOWS')];
      for (const name of ['web.prod', 'webprod', 'web prod', 'web-prod']) {
        new PatchGroup(stack, name, { groupName: name, baselines });
      }
    });
    expect(template.problems()).toEqual([]);
    expect(
      template
        .all('aws_ssm_patch_group')
        .map(({ patch_group }) => patch_group)
        .sort(),
    ).toEqual(['web prod', 'web-prod', 'web.prod', 'webprod']);
  });

  it('leaves the list it is given alone, and keeps a copy', () => {
    synth((stack) => {
      const baselines = [known(stack, windowsId, 'WINDOWS')];
      const group = new PatchGroup(stack, 'Web', { groupName: 'web', baselines });
      baselines.pop();
      expect(group.baselines.map(({ operatingSystem }) => operatingSystem)).toEqual(['WINDOWS']);
    });
  });
});
