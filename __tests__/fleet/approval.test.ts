import { describe, expect, it } from '@jest/globals';
import { approvalsOf } from '../../fleet/approval.ts';
import { expand } from '../../fleet/expand.ts';
import type { Fleet, FleetBaseline, FleetEmergency } from '../../fleet/schema/index.ts';
import { synthesised } from '../support/walkthrough.ts';
import {
  fleetOfAssignments,
  fleetOfRing,
  installWindow,
  validAccount,
  validAssignment,
  validFleet,
} from './support.ts';

const linux: FleetBaseline = {
  operatingSystem: 'AMAZON_LINUX_2023',
  approvalRules: [
    { classification: ['Security'], approveAfterDays: 7 },
    { classification: ['Bugfix'], approveUntilDate: '2026-01-31' },
    { classification: ['Enhancement'] },
  ],
};

describe('when a rule approves', () => {
  const ring = { name: 'late' };

  it('is after the days of the assignment, its ring or the rule, in this order; a rule that is pinned keeps its day', () => {
    const pinned = { approveUntilDate: '2026-01-31' };
    expect(approvalsOf('linux', linux, {}, ring)).toEqual([{ approveAfterDays: 7 }, pinned, undefined]);
    const delayed = { ...ring, approveAfterDays: 3 };
    expect(approvalsOf('linux', linux, {}, delayed)).toEqual([
      { approveAfterDays: 3 },
      pinned,
      { approveAfterDays: 3 },
    ]);
    expect(approvalsOf('linux', linux, { approveAfterDays: 0 }, delayed)[0]).toEqual({ approveAfterDays: 0 });
  });

  it('is the day to which its ring pins it, before any of these', () => {
    const days = ['2026-11-01', '2026-11-02', '2026-11-03'];
    const pinned = { ...ring, approveAfterDays: 3, approveUntilDates: { linux: days } };
    expect(approvalsOf('linux', linux, { approveAfterDays: 5 }, pinned)).toEqual(
      days.map((approveUntilDate) => ({ approveUntilDate })),
    );
    expect(approvalsOf('other', linux, {}, pinned)[0]).toEqual({ approveAfterDays: 3 });
  });

  it('is at once for apt, whatever anybody says', () => {
    const ubuntu: FleetBaseline = { operatingSystem: 'UBUNTU', preset: 'aws-default' };
    const pinned = { ...ring, approveAfterDays: 3, approveUntilDates: { ubuntu: ['2026-11-01'] } };
    expect(approvalsOf('ubuntu', ubuntu, {}, pinned)).toEqual([{ approveAfterDays: 0 }]);
  });
});

describe('a pinned ring', () => {
  it('renders its days into the rules of its baselines, those of AWS included', () => {
    const fleet = fleetOfRing({
      approveAfterDays: 3,
      approveUntilDates: { linux: ['2026-11-01'], windows: ['2026-11-02'] },
    });
    const document = JSON.parse(synthesised(fleet)) as {
      resource: { aws_ssm_patch_baseline: Record<string, { name: string; approval_rule: Record<string, unknown>[] }> };
    };
    const times = Object.values(document.resource.aws_ssm_patch_baseline).map(({ name, approval_rule: rules }) => [
      name,
      rules.map(({ approve_until_date: until, approve_after_days: after }) => ({ until, after })),
    ]);
    expect(Object.fromEntries(times)).toEqual({
      'acme-linux': [{ until: '2026-11-01', after: undefined }],
      'acme-windows': [{ until: '2026-11-02', after: undefined }],
    });
  });
});

const emergency: FleetEmergency = {
  name: 'now',
  patches: ['KB5034441', 'CVE-2026-1234', 'openssl'],
  rings: ['early'],
  at: '2026-12-01T22:00',
  timezone: 'Europe/Berlin',
  expires: '2026-12-08',
  maxConcurrency: '10%',
  maxErrors: '1',
};

function regional(fleet: Fleet, stackId: string) {
  const found = expand(fleet).find((deployment) => deployment.stackId === stackId);
  if (found?.kind !== 'regional') throw new Error(`no ${stackId}`);
  return found;
}

describe('an emergency', () => {
  const fleet = validFleet({ emergencies: [emergency] });

  it('approves each patch in the baselines of its rings that take such names', () => {
    const approved = (stack: string) =>
      Object.fromEntries(
        Object.entries(regional(fleet, stack).baselines).map(([key, { approvedPatches }]) => [key, approvedPatches]),
      );
    expect(approved('111111111111-eu-central-1')).toEqual({
      linux: ['CVE-2026-1234', 'openssl'],
      windows: ['KB5034441'],
    });
    expect(approved('222222222222-eu-central-1')).toEqual({ linux: [], windows: [] });
  });

  it('adds one window to each assignment of its rings, and changes none', () => {
    const { 'emergency-now': added, ...others } = regional(fleet, '111111111111-eu-central-1').windows;
    expect(others).toEqual(regional(validFleet(), '111111111111-eu-central-1').windows);
    expect(added).toEqual({
      windowName: 'acme-emergency-now',
      description: 'Installs approved patches: files, web',
      operations: ['Scan', 'Install'],
      window: {
        schedule: 'at(2026-12-01T22:00:00)',
        timezone: 'Europe/Berlin',
        maxConcurrency: '10%',
        maxErrors: '1',
      },
      targets: others.install?.targets,
      preventDestroy: false,
    });
    expect(regional(fleet, '222222222222-eu-central-1').windows['emergency-now']).toBeUndefined();
  });

  it('goes on as an install of its ring does: with its hooks, output, notification and timeouts, but no list of its own', () => {
    const around = {
      hooks: { preInstall: 'acme-drain' },
      output: { s3BucketName: 'acme-logs' },
      notification: {
        topicArn: 'arn:aws:sns:{region}:{account}:patching',
        roleArn: 'arn:aws:iam::{account}:role/publisher',
      },
      deliveryTimeoutSeconds: 600,
    };
    const listed = { installOverrideList: 'https://example.com/list.yaml', stepTimeoutSeconds: 60 };
    const windowOf = (first: object, second: object) =>
      regional(
        fleetOfRing(
          { install: [installWindow({ name: 'first', ...first }), installWindow({ name: 'second', ...second })] },
          { emergencies: [emergency] },
        ),
        '111111111111-eu-central-1',
      ).windows['emergency-now']?.window;
    const own = {
      schedule: 'at(2026-12-01T22:00:00)',
      timezone: 'Europe/Berlin',
      maxConcurrency: '10%',
      maxErrors: '1',
    };
    expect(windowOf(around, listed)).toEqual({ ...own, ...around });
    expect(windowOf(listed, around)).toEqual({ ...own, stepTimeoutSeconds: 60 });
  });

  it('scans without hooks, and may do both', () => {
    const hooks = { onExit: 'acme-undrain' };
    const fleet = fleetOfRing({ install: installWindow({ hooks }) }, { emergencies: [emergency] });
    const { resource } = JSON.parse(synthesised(fleet));
    const tasks = Object.values(resource.aws_ssm_maintenance_window_task as Record<string, TaskBlock>);
    expect(tasks.map(({ name, task_arn }) => [name, task_arn]).sort()).toEqual(
      [
        ['emergency-now-install', 'AWS-RunPatchBaselineWithHooks'],
        ['emergency-now-scan', 'AWS-RunPatchBaseline'],
        ['install', 'AWS-RunPatchBaselineWithHooks'],
        ['scan', 'AWS-RunPatchBaseline'],
      ].flatMap(([name, document]) => ['files', 'web'].map((group) => [`acme-${name}-${group}`, document])),
    );
    const two = { ...fleet, accounts: [validAccount()] };
    const global = expand(two).find(({ kind }) => kind === 'global');
    expect(global?.kind === 'global' && global.windowPermissions.map(({ documentNames }) => documentNames)).toEqual(
      Array(2)
        .fill([
          ['AWS-RunPatchBaseline', 'AWS-RunPatchBaselineWithHooks'],
          ['AWS-RunPatchBaselineWithHooks'],
          ['AWS-RunPatchBaseline'],
        ])
        .flat(),
    );
  });

  it('can be taken out of a critical ring again', () => {
    const [ring, ...rest] = validFleet().rings;
    const critical = { ...fleet, rings: [{ ...ring, critical: true }, ...rest] as Fleet['rings'] };
    const { windows } = regional(critical, '111111111111-eu-central-1');
    expect(windows.install?.preventDestroy).toBe(true);
    expect(windows['emergency-now']?.preventDestroy).toBe(false);
  });

  it('is a window with a scan at priority 1 and an install at priority 2 for each target, and renames no output', () => {
    const assignments = { default: validAssignment() };
    const before = JSON.parse(synthesised(fleetOfAssignments(assignments)));
    const noReboot = { ...emergency, rebootOption: 'NoReboot' as const };
    const after = JSON.parse(synthesised(fleetOfAssignments(assignments, { emergencies: [noReboot] })));
    const tasks = Object.entries(after.resource.aws_ssm_maintenance_window_task as Record<string, TaskBlock>)
      .filter(([address]) => address.includes('emergency'))
      .map(([address, task]) => {
        const { parameter } = task.task_invocation_parameters.run_command_parameters;
        const of = (name: string) => parameter.find((each) => each.name === name)?.values[0];
        return [address.replace(/_[0-9A-F]{8}$/, ''), task.name, task.priority, of('Operation'), of('RebootOption')];
      });
    expect(tasks.sort()).toEqual([
      ['Windows_emergency-now_Tasks_install-files', 'acme-emergency-now-install-files', 2, 'Install', 'NoReboot'],
      ['Windows_emergency-now_Tasks_install-web', 'acme-emergency-now-install-web', 2, 'Install', 'NoReboot'],
      ['Windows_emergency-now_Tasks_scan-files', 'acme-emergency-now-scan-files', 1, 'Scan', 'RebootIfNeeded'],
      ['Windows_emergency-now_Tasks_scan-web', 'acme-emergency-now-scan-web', 1, 'Scan', 'RebootIfNeeded'],
    ]);
    expect(Object.keys(after.output)).toEqual(expect.arrayContaining(Object.keys(before.output)));
    const added = Object.keys(after.output).filter((name) => !(name in before.output));
    expect(added).toEqual(['emergency-now_maintenance_window_id']);
  });
});

interface ParameterBlock {
  readonly parameter: readonly { readonly name: string; readonly values: readonly string[] }[];
}

interface TaskBlock {
  readonly name: string;
  readonly task_arn: string;
  readonly priority: number;
  readonly task_invocation_parameters: { readonly run_command_parameters: ParameterBlock };
}
