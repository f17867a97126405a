import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkFleet } from '../../fleet/check/index.ts';
import { expand } from '../../fleet/expand.ts';
import type { Fleet } from '../../fleet/schema/index.ts';
import { createApp } from '../../stacks/index.ts';
import { describeWithStandIn, TerraformDirectory } from '../support/terraform.ts';
import { synthesisedStacks } from '../support/walkthrough.ts';
import { fleet } from './fleet-of-every-shape.ts';

/** The fleet with another assignment in the first region of its first account. */
function withAssignment(change: object): Fleet {
  const [account, ...others] = fleet.accounts;
  const assignments = { default: { ring: 'early', patchGroups: ['web', 'files'], ...change } };
  return { ...fleet, accounts: [{ ...account, assignments }, ...others] as Fleet['accounts'] };
}

/** A fleet of one stack. */
const single: Fleet = { ...fleet, accounts: [{ ...fleet.accounts[1], account: '222222222222' }] };

const withPath: Fleet = {
  ...fleet,
  roles: {
    window: { path: '/patching/', permissionsBoundary: 'arn:aws:iam::{account}:policy/boundary' },
    instance: { path: '/patching/' },
  },
};

const withOwnRoles: Fleet = {
  ...fleet,
  roles: {
    window: { arn: 'arn:aws:iam::{account}:role/windows' },
    instance: { arn: 'arn:aws:iam::{account}:role/servers' },
  },
};

/** One stack of a fleet, as Terraform gets it. @throws where the fleet has errors */
function documentOf(of: Fleet, stackId: string): object {
  const errors = checkFleet(of).filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(JSON.stringify(errors));
  const deployments = expand(of).filter((deployment) => deployment.stackId === stackId);
  return JSON.parse(synthesisedStacks(deployments)[stackId] ?? 'null');
}

describeWithStandIn('stacks of a fleet on the Terraform engine', () => {
  const directories: TerraformDirectory[] = [];
  afterAll(() => {
    for (const directory of directories) directory.remove();
  });

  function applied(of: Fleet, stackId: string): TerraformDirectory {
    const terraform = new TerraformDirectory(documentOf(of, stackId));
    directories.push(terraform);
    terraform.apply();
    return terraform;
  }

  /** Values of the resources of a type in the state, sorted by address. */
  function values(terraform: TerraformDirectory, type: string) {
    return terraform
      .state()
      .filter((resource) => resource.type === type)
      .map((resource) => resource.values);
  }

  it.each([
    ['the only one of a fleet, with its roles', single, '222222222222-eu-central-1', 17],
    ['that of an account’s roles, with a path and a boundary', withPath, '111111111111-global', 5],
    ['a regional one with roles brought along', withOwnRoles, '111111111111-eu-central-1', 15],
  ])('applies and then plans nothing: %s', (_, of, stackId, resources) => {
    const terraform = applied(of, stackId);
    expect(terraform.state()).toHaveLength(resources);
    expect(terraform.plan()).toEqual([]);
  });

  describe('of an account with roles in a stack of their own', () => {
    let roles: TerraformDirectory;
    let regional: TerraformDirectory;
    let rich: TerraformDirectory;

    beforeAll(() => {
      roles = applied(fleet, '111111111111-global');
      regional = applied(fleet, '111111111111-eu-central-1');
      rich = applied(fleet, '111111111111-us-east-1');
    });

    it('plan nothing once they are applied', () => {
      expect(roles.plan()).toEqual([]);
      expect(regional.plan()).toEqual([]);
      expect(rich.plan()).toEqual([]);
    });

    it('agree on the roles, though no stack reads the state of another', () => {
      const arns = values(roles, 'aws_iam_role').map(({ arn }) => arn);
      expect(arns.sort()).toEqual([
        'arn:aws:iam::111111111111:role/acme-instance',
        'arn:aws:iam::111111111111:role/acme-window',
      ]);
      const used = (terraform: TerraformDirectory) =>
        new Set(values(terraform, 'aws_ssm_maintenance_window_task').map((task) => task.service_role_arn));
      expect([...used(regional)]).toEqual(['arn:aws:iam::111111111111:role/acme-window']);
      expect([...used(rich)]).toEqual(['arn:aws:iam::111111111111:role/acme-window']);
    });

    it('agree on the instance profile', () => {
      const profiles = values(roles, 'aws_iam_instance_profile').map(({ name }) => name);
      const used = values(rich, 'aws_instance').map((instance) => instance.iam_instance_profile);
      expect(profiles).toEqual(['acme-instance']);
      expect(used).toEqual(['acme-instance', 'acme-instance']);
    });

    it('give the instances of a group their tags, those of the place too', () => {
      const [group] = values(rich, 'aws_autoscaling_group') as [{ tag: { key: string; value: string }[] }];
      const tags = { ManagedBy: 'patchfleet', Name: 'shop', PatchGroup: 'web', Workload: 'shop' };
      expect(Object.fromEntries(group.tag.map(({ key, value }) => [key, value]))).toEqual(tags);
      const [template] = values(rich, 'aws_launch_template');
      expect(template).toMatchObject({
        tag_specifications: [{ resource_type: 'instance', tags }],
        iam_instance_profile: [{ name: 'acme-instance' }],
      });
      expect(rich.outputs().patch_manager?.value).toMatchObject({ auto_scaling_groups: { shop: 'shop' } });
    });

    it('agree on a role with a path: by name and account here, since the stand-in’s own ARN leaves the path out', () => {
      const document = documentOf(withPath, '111111111111-global') as {
        resource: { aws_iam_role: Record<string, { name: string; path: string }> };
      };
      const made = Object.values(document.resource.aws_iam_role).map(({ name, path }) => `${path}${name}`);
      expect(made.sort()).toEqual(['/patching/acme-instance', '/patching/acme-window']);
      const task = JSON.stringify(documentOf(withPath, '111111111111-eu-central-1'));
      expect(task).toContain('"service_role_arn":"arn:aws:iam::111111111111:role/patching/acme-window"');
    });

    it('change in place alone when the account moves to another ring', () => {
      const moved = withAssignment({ ring: 'late' });
      regional.replace(documentOf(moved, '111111111111-eu-central-1'));
      expect(regional.plan()).toEqual([
        'update aws_ssm_maintenance_window.Windows_install',
        'update aws_ssm_maintenance_window.Windows_scan',
        'update aws_ssm_maintenance_window_task.Windows_install_Tasks_files',
        'update aws_ssm_maintenance_window_task.Windows_install_Tasks_web',
        'update aws_ssm_patch_baseline.Baselines_linux',
        'update aws_ssm_patch_baseline.Baselines_windows',
      ]);
      roles.replace(documentOf(moved, '111111111111-global'));
      expect(roles.plan()).toEqual([]);
    });

    it('plan nothing again once the account has moved', () => {
      regional.apply();
      expect(regional.plan()).toEqual([]);
      const windows = values(regional, 'aws_ssm_maintenance_window').map(
        ({ schedule, schedule_offset: offset }) => `${schedule} ${offset}`,
      );
      // Nine days after the second Tuesday is two days after the third.
      expect(windows).toEqual(['cron(0 22 ? * TUE#3 *) 2', 'cron(30 1 * * ? *) null']);
    });

    it('change in place alone when it moves back', () => {
      regional.replace(documentOf(fleet, '111111111111-eu-central-1'));
      const actions = regional.plan().map((line) => line.split(' ')[0]);
      expect(actions).toEqual(['update', 'update', 'update', 'update', 'update', 'update']);
      regional.apply();
    });

    it('change the baselines alone, in place, when an assignment gets a delay of its own', () => {
      regional.replace(documentOf(withAssignment({ approveAfterDays: 4 }), '111111111111-eu-central-1'));
      expect(regional.plan()).toEqual([
        'update aws_ssm_patch_baseline.Baselines_linux',
        'update aws_ssm_patch_baseline.Baselines_windows',
      ]);
    });

    it('are refused with credentials of another account', () => {
      for (const terraform of [roles, regional]) {
        expect(() => terraform.plan({ STAND_IN_ACCOUNT: '222222222222' })).toThrow(
          'AWS account ID not allowed: 222222222222',
        );
      }
    });

    it('refuse to destroy what a critical ring guards', () => {
      expect(() => rich.destroy()).toThrow(/Instance cannot be destroyed[\s\S]*prevent_destroy/);
      expect(values(rich, 'aws_ssm_maintenance_window').map(({ name }) => name)).toEqual([
        'acme-batch-install',
        'acme-batch-scan',
        'acme-critical-install-first',
        'acme-critical-install-second',
        'acme-critical-scan',
        'acme-install',
        'acme-scan',
      ]);
    });

    it('refuse to replace what a critical ring guards', () => {
      const baselines: Fleet['baselines'] = {
        ...fleet.baselines,
        linux: { operatingSystem: 'AMAZON_LINUX_2', preset: 'aws-default' },
      };
      rich.replace(documentOf({ ...fleet, baselines }, '111111111111-us-east-1'));
      expect(() => rich.plan()).toThrow(/Instance cannot be destroyed[\s\S]*Baselines_critical-linux/);
    });

    it('plan to delete a guarded assignment that left the file: Terraform guards what is in it alone', () => {
      const [account, ...others] = fleet.accounts;
      const regions = { 'us-east-1': null };
      const dropped = { ...fleet, accounts: [{ ...account, regions }, ...others] as Fleet['accounts'] };
      rich.replace(documentOf(dropped, '111111111111-us-east-1'));
      expect(rich.plan()).toEqual(
        expect.arrayContaining([
          'delete aws_ssm_patch_baseline.Baselines_critical-linux',
          'delete aws_ssm_maintenance_window.Windows_critical-install-first',
        ]),
      );
    });

    it('leave nothing behind when they are destroyed', () => {
      regional.destroy();
      expect(regional.state()).toEqual([]);
    });
  });
});

describe('the order of stacks', () => {
  it('is told to cdktf: the roles of an account before its regions, and nothing between accounts', () => {
    const directory = mkdtempSync(join(tmpdir(), 'patchfleet-'));
    const before = process.env.CDKTF_OUTDIR;
    process.env.CDKTF_OUTDIR = directory;
    try {
      createApp(expand(fleet)).synth();
      const { stacks } = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8')) as {
        stacks: Record<string, { dependencies: string[] }>;
      };
      const order = Object.fromEntries(Object.entries(stacks).map(([id, { dependencies }]) => [id, dependencies]));
      expect(order).toEqual({
        '111111111111-global': [],
        '111111111111-eu-central-1': ['111111111111-global'],
        '111111111111-us-east-1': ['111111111111-global'],
        '222222222222-global': [],
        '222222222222-eu-central-1': ['222222222222-global'],
      });
    } finally {
      if (before === undefined) delete process.env.CDKTF_OUTDIR;
      else process.env.CDKTF_OUTDIR = before;
      rmSync(directory, { recursive: true, force: true });
    }
  });
});
