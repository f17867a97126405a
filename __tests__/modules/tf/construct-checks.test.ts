import { DataAwsRegion } from '@cdktf/provider-aws/lib/data-aws-region/index.js';
import { SsmPatchGroup } from '@cdktf/provider-aws/lib/ssm-patch-group/index.js';
import { describe, expect, it } from '@jest/globals';
import { TerraformOutput, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { error, warning } from '../../../core/problem.ts';
import { addCheck } from '../../../modules/tf/construct-checks.ts';
import { synth } from '../../support/template.ts';

const group = (scope: Construct, id: string) =>
  new SsmPatchGroup(scope, id, { patchGroup: id, baselineId: 'pb-0123456789abcdef0' });

describe('addCheck', () => {
  it('reports every check of a construct, errors before warnings', () => {
    const template = synth((stack) => {
      const part = new Construct(stack, 'Part');
      addCheck(part, () => [warning('a/risk', 'a is risky')]);
      addCheck(part, () => [error('b/rule', 'b must hold'), error('a/rule', 'a must hold', 'change a')]);
    });
    expect(template.problems()).toEqual([
      '[Test/Part] a must hold; change a [a/rule]',
      '[Test/Part] b must hold [b/rule]',
      '[Test/Part] a is risky [a/risk]',
    ]);
  });

  it('sees what happened after it was added', () => {
    const template = synth((stack) => {
      const names: string[] = [];
      addCheck(stack, () => names.map((name) => warning('a/name', `${name} came late`)));
      names.push('web');
    });
    expect(template.problems()).toEqual(['[Test] web came late [a/name]']);
  });

  it('is told the day only when somebody asks for a day', () => {
    const template = synth((stack) => {
      addCheck(stack, (asOf) => (asOf === undefined ? [] : [warning('a/day', `it is ${asOf}`)]));
    });
    expect(template.problems()).toEqual([]);
    expect(template.problems('2026-11-23')).toEqual(['[Test] it is 2026-11-23 [a/day]']);
  });

  it('does not report twice what the framework validates for it', () => {
    const template = synth((stack) => addCheck(stack, () => [error('a/rule', 'a must hold')]));
    expect(template.problems()).toEqual(['[Test] a must hold [a/rule]']);
  });
});

describe('problemsOf', () => {
  it('reports validations of others, beside ours', () => {
    const template = synth((stack) => {
      const part = new Construct(stack, 'Part');
      addCheck(part, () => [error('a/rule', 'a must hold')]);
      part.node.addValidation({ validate: () => ['theirs must hold too'] });
    });
    expect(template.problems()).toEqual([
      '[Test/Part] a must hold [a/rule]',
      '[Test/Part] theirs must hold too [construct/validation]',
    ]);
  });

  it('refuses two resources right under a stack that the framework would merge', () => {
    const template = synth((stack) => {
      group(stack, 'web.prod');
      group(stack, 'webprod');
      group(stack, 'web prod');
    });
    const merged = 'would be merged with Test/web.prod: both become aws_ssm_patch_group.webprod; rename one of them';
    expect(template.problems()).toEqual([
      `[Test/web prod] ${merged} [stack/unique-terraform-address]`,
      `[Test/webprod] ${merged} [stack/unique-terraform-address]`,
    ]);
  });

  it('refuses data sources and outputs that would be merged', () => {
    const template = synth((stack) => {
      new DataAwsRegion(stack, 'here.now');
      new DataAwsRegion(stack, 'herenow');
      new TerraformOutput(stack, 'the.id', { value: 'a' });
      new TerraformOutput(stack, 'theid', { value: 'b' });
    });
    expect(template.problems()).toEqual([
      '[Test/herenow] would be merged with Test/here.now: both become data.aws_region.herenow; rename one of them [stack/unique-terraform-address]',
      '[Test/theid] would be merged with Test/the.id: both become output.theid; rename one of them [stack/unique-terraform-address]',
    ]);
  });

  it('allows names apart only in such characters one level deeper, where the framework adds a hash', () => {
    const template = synth((stack) => {
      const groups = new Construct(stack, 'Groups');
      group(groups, 'web.prod');
      group(groups, 'webprod');
    });
    expect(template.problems()).toEqual([]);
    expect(template.all('aws_ssm_patch_group').map(({ patch_group }) => patch_group)).toEqual(['web.prod', 'webprod']);
  });

  it('allows the same id for different types of resources', () => {
    const template = synth((stack) => {
      group(stack, 'web.prod');
      new DataAwsRegion(stack, 'webprod');
    });
    expect(template.problems()).toEqual([]);
  });

  it('allows the same address in two stacks', () => {
    const template = synth((stack) => {
      new TerraformOutput(stack, 'id', { value: 'a' });
      new TerraformOutput(new TerraformStack(stack, 'Nested'), 'id', { value: 'b' });
    });
    expect(template.problems()).toEqual([]);
  });
});
