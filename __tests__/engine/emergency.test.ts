import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Fleet } from '../../fleet/schema/index.ts';
import { describeWithStandIn, TerraformDirectory } from '../support/terraform.ts';
import { synthesised, walkthrough } from '../support/walkthrough.ts';

const emergency = {
  name: 'now',
  patches: ['KB5034441', 'CVE-2026-1234'],
  rings: ['demo'],
  at: '2026-12-01T22:00',
  timezone: 'Europe/Berlin',
  expires: '2026-12-08',
  maxConcurrency: '10%',
  maxErrors: '1',
};

function document(change: Partial<Fleet> = {}): object {
  return JSON.parse(synthesised({ ...walkthrough, ...change }));
}

describeWithStandIn('an emergency on the Terraform engine', () => {
  let terraform: TerraformDirectory;

  beforeAll(() => {
    terraform = new TerraformDirectory(document());
    terraform.apply();
  });
  afterAll(() => terraform?.remove());

  it('adds a window and changes baselines in place, and nothing else', () => {
    terraform.replace(document({ emergencies: [emergency] }));
    const window = 'Windows_emergency-now';
    const of = (kind: string, name: string) => `create aws_ssm_maintenance_window_${kind}.${window}_${name}`;
    expect(terraform.plan()).toEqual([
      `create aws_ssm_maintenance_window.${window}`,
      of('target', 'Targets_linux'),
      of('target', 'Targets_windows'),
      of('task', 'Tasks_install-linux'),
      of('task', 'Tasks_install-windows'),
      of('task', 'Tasks_scan-linux'),
      of('task', 'Tasks_scan-windows'),
      'update aws_ssm_patch_baseline.Baselines_linux',
      'update aws_ssm_patch_baseline.Baselines_windows',
    ]);
  });

  it('plans nothing once it is applied', () => {
    terraform.apply();
    expect(terraform.plan()).toEqual([]);
  });

  it('is gone with its entry, and the baselines are as before', () => {
    terraform.replace(document());
    const plan = terraform.plan();
    expect(plan.filter((change) => !change.startsWith('delete '))).toEqual([
      'update aws_ssm_patch_baseline.Baselines_linux',
      'update aws_ssm_patch_baseline.Baselines_windows',
    ]);
    terraform.apply();
    expect(terraform.plan()).toEqual([]);
  });

  it('updates baselines in place, and nothing else, when a ring is pinned', () => {
    const [ring] = walkthrough.rings;
    const pinned = { ...ring, approveUntilDates: { windows: ['2026-11-20'], linux: ['2026-11-20'] } };
    terraform.replace(document({ rings: [pinned] as Fleet['rings'] }));
    expect(terraform.plan()).toEqual([
      'update aws_ssm_patch_baseline.Baselines_linux',
      'update aws_ssm_patch_baseline.Baselines_windows',
    ]);
    terraform.apply();
    expect(terraform.plan()).toEqual([]);
  });
});
