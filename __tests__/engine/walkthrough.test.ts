import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Fleet } from '../../fleet/schema/index.ts';
import { root } from '../support/command.ts';
import { describeWithStandIn, TerraformDirectory } from '../support/terraform.ts';
import { synthesised, walkthrough, withBaseline } from '../support/walkthrough.ts';

function document(fleet?: Fleet): object {
  return JSON.parse(synthesised(fleet));
}

function rule(approveAfterDays: number) {
  const filters = {
    product: ['WindowsServer2016'],
    classification: ['SecurityUpdates'],
    msrcSeverity: ['Critical', 'Important'],
  };
  return { approvalRules: [{ ...filters, approveAfterDays }] };
}

function withWindowsImage(image: string): Fleet {
  const [account] = walkthrough.accounts;
  const instances = { ...account?.instances, windows: { ...account?.instances?.windows, image } };
  return { ...walkthrough, accounts: [{ ...account, instances }] as Fleet['accounts'] };
}

describeWithStandIn('the walkthrough on the Terraform engine', () => {
  let terraform: TerraformDirectory;

  beforeAll(() => {
    terraform = new TerraformDirectory(document());
    terraform.apply();
  });
  afterAll(() => terraform?.remove());

  it('keeps its state beside cdktf.out, on every machine', () => {
    expect(readdirSync(terraform.root).sort()).toEqual(['cdktf.out', 'terraform.patch-manager-demo.tfstate']);
  });

  it('plans nothing once it is applied', () => {
    expect(terraform.plan()).toEqual([]);
  });

  it('puts the ids of the state into its outputs', () => {
    const id = (type: string, name: string) =>
      terraform.state().find((r) => r.type === type && r.values.name === name)?.values.id;
    const tagged = (name: string) =>
      terraform
        .state()
        .find((r) => r.type === 'aws_instance' && (r.values.tags as Record<string, string>).Name === name)?.values.id;
    const windowsBaseline = id('aws_ssm_patch_baseline', 'patch-manager-demo-windows');
    const linuxBaseline = id('aws_ssm_patch_baseline', 'patch-manager-demo-linux');
    const window = id('aws_ssm_maintenance_window', 'patch-manager-demo-install');
    const task = (name: string) =>
      terraform.state().find((r) => r.type === 'aws_ssm_maintenance_window_task' && r.values.name === name)?.values
        .window_task_id;
    const outputs = Object.fromEntries(Object.entries(terraform.outputs()).map(([name, { value }]) => [name, value]));
    expect(outputs).toEqual({
      windows_baseline_id: windowsBaseline,
      linux_baseline_id: linuxBaseline,
      maintenance_window_id: window,
      windows_instance_id: tagged('Patch Manager Demo'),
      linux_instance_id: tagged('Patch Manager Demo Linux'),
      patch_manager: {
        version: 1,
        partition: 'aws',
        account_id: '123456789012',
        region: 'us-east-1',
        baselines: {
          windows: { id: windowsBaseline, name: 'patch-manager-demo-windows', operating_system: 'WINDOWS' },
          linux: { id: linuxBaseline, name: 'patch-manager-demo-linux', operating_system: 'AMAZON_LINUX_2023' },
        },
        patch_groups: [
          { name: 'Amazon Linux 2023', tag_key: 'Patch Group', baseline_ids: [linuxBaseline] },
          { name: 'Windows Server 2016 Base', tag_key: 'Patch Group', baseline_ids: [windowsBaseline] },
        ],
        windows: {
          install: {
            id: window,
            name: 'patch-manager-demo-install',
            schedule: 'rate(5 minutes)',
            timezone: 'UTC',
            targets: {
              windows: id('aws_ssm_maintenance_window_target', 'patch-manager-demo-install-windows'),
              linux: id('aws_ssm_maintenance_window_target', 'patch-manager-demo-install-linux'),
            },
            tasks: {
              windows: task('patch-manager-demo-install-windows'),
              linux: task('patch-manager-demo-install-linux'),
            },
          },
        },
        instances: { windows: tagged('Patch Manager Demo'), linux: tagged('Patch Manager Demo Linux') },
      },
    });
    expect(Object.values(outputs)).not.toContain(undefined);
  });

  it('answers the four looks of the README with the ids of the state', () => {
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    const [, looks = ''] = /Four looks.*?```sh\n(.*?)```/s.exec(readme) ?? [];
    const aws = join(terraform.root, 'aws');
    writeFileSync(aws, '#!/bin/sh\necho "$@"\n');
    chmodSync(aws, 0o755);
    const PATH = `${terraform.root}${delimiter}${process.env.PATH}`;
    const shell = spawnSync('bash', ['-euc', looks], {
      cwd: terraform.root,
      encoding: 'utf8',
      env: { ...process.env, PATH },
    });
    rmSync(aws);
    const outputs = terraform.outputs();
    const instance = (name: string) => outputs[`${name}_instance_id`]?.value;
    expect(shell.stderr).toBe('');
    expect(shell.stdout.trimEnd().split('\n')).toEqual([
      `ssm describe-maintenance-window-executions --region us-east-1 --window-id ${outputs.maintenance_window_id?.value}`,
      'ssm describe-patch-group-state --region us-east-1 --patch-group Windows Server 2016 Base',
      'ssm describe-patch-group-state --region us-east-1 --patch-group Amazon Linux 2023',
      `ssm describe-instance-patch-states --region us-east-1 --instance-ids ${instance('windows')}`,
      `ssm describe-instance-patches --region us-east-1 --instance-id ${instance('windows')} --filters Key=State,Values=Missing`,
      `ssm describe-instance-patches --region us-east-1 --instance-id ${instance('linux')} --filters Key=State,Values=Installed`,
    ]);
  });

  it('updates one baseline in place, and nothing else, when the approval delay changes', () => {
    terraform.replace(document(withBaseline('windows', rule(7))));
    expect(terraform.plan()).toEqual(['update aws_ssm_patch_baseline.Baselines_windows']);
  });

  it('replaces the baseline when the operating system changes', () => {
    const rules = [
      { product: ['AmazonLinux2'], classification: ['Security'], severity: ['Critical'], approveAfterDays: 3 },
    ];
    terraform.replace(document(withBaseline('linux', { operatingSystem: 'AMAZON_LINUX_2', approvalRules: rules })));
    expect(terraform.plan()).toContain('delete+create aws_ssm_patch_baseline.Baselines_linux');
  });

  it('leaves a running instance alone when a new image stands behind the same parameter', () => {
    terraform.replace(document());
    expect(terraform.plan({ STAND_IN_IMAGES: 'next month' })).toEqual([]);
  });

  it('replaces the instance, and only it, when another parameter is chosen', () => {
    terraform.replace(document(withWindowsImage('windows-server-2019')));
    expect(terraform.plan()).toEqual([
      'delete+create aws_instance.Instances_windows',
      'update terraform_data.Instances_windows_ImageChoice',
    ]);
  });

  it('switches to the service-linked role by updates of the tasks alone', () => {
    terraform.replace(document({ ...walkthrough, roles: { window: 'service-linked' } }));
    expect(terraform.plan()).toEqual([
      'delete aws_iam_role.WindowRole',
      'delete aws_iam_role_policy.WindowRole_Policy',
      'update aws_ssm_maintenance_window_task.Windows_install_Tasks_linux',
      'update aws_ssm_maintenance_window_task.Windows_install_Tasks_windows',
    ]);
  });

  it('leaves nothing behind when it is destroyed', () => {
    terraform.replace(document());
    terraform.destroy();
    expect(terraform.state()).toEqual([]);
  });
});
