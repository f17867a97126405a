import { describe, expect, it } from '@jest/globals';
import { PatchBaseline } from '../../../modules/patch-baseline/index.ts';
import { synth } from '../../support/template.ts';

describe('PatchBaseline.fromBaselineId', () => {
  it.each(['pb-0123456789abcdef0', 'arn:aws:ssm:us-east-1:111111111111:patchbaseline/pb-0123456789abcdef0'])(
    'takes %s, and makes nothing',
    (baselineId) => {
      const template = synth((stack) => {
        const baseline = PatchBaseline.fromBaselineId(stack, 'Known', baselineId, 'UBUNTU');
        expect(baseline.baselineId).toBe(baselineId);
        expect(baseline.operatingSystem).toBe('UBUNTU');
      });
      expect(template.problems()).toEqual([]);
      expect(template.addresses()).toEqual([]);
    },
  );

  it('takes an id known only when Terraform applies', () => {
    const template = synth((stack) => PatchBaseline.fromBaselineId(stack, 'Known', '${var.id}', 'UBUNTU'));
    expect(template.problems()).toEqual([]);
  });

  it.each([
    ['pb-1', '"pb-1"'],
    ['pb-0123456789ABCDEF0', '"pb-0123456789ABCDEF0"'],
    ['pb-0123456789abcdef01', '"pb-0123456789abcdef01"'],
    ['AWS-UbuntuDefaultPatchBaseline', '"AWS-UbuntuDefaultPatchBaseline"'],
    [null, 'null'],
    [5, '5'],
  ])('refuses %j', (baselineId, got) => {
    const template = synth((stack) => PatchBaseline.fromBaselineId(stack, 'Known', baselineId as string, 'UBUNTU'));
    expect(template.problems()).toEqual([
      `[Test/Known] baselineId must be pb- and 17 hexadecimal digits, or an ARN that ends so, got ${got}; AWS's own baselines need the whole ARN [patch-baseline/baseline-id]`,
    ]);
  });

  it('refuses an operating system that AWS does not know', () => {
    const template = synth((stack) =>
      PatchBaseline.fromBaselineId(stack, 'Known', 'pb-0123456789abcdef0', 'FEDORA' as 'UBUNTU'),
    );
    expect(template.problems()).toEqual([
      '[Test/Known] operatingSystem must be one of WINDOWS, AMAZON_LINUX, AMAZON_LINUX_2, AMAZON_LINUX_2022, AMAZON_LINUX_2023, UBUNTU, REDHAT_ENTERPRISE_LINUX, SUSE, CENTOS, ORACLE_LINUX, DEBIAN, MACOS, RASPBIAN, ROCKY_LINUX, ALMA_LINUX, got "FEDORA"; use one of them [patch-baseline/operating-system]',
    ]);
  });
});
