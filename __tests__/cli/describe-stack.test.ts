import { describe, expect, it } from '@jest/globals';
import { describeStack, type TerraformDocument } from '../../cli/describe-stack.ts';

const asOf = new Date('2026-11-23T12:00:00Z');

function windowDocument(window: Record<string, unknown>): TerraformDocument {
  const block = { name: 'install', duration: 3, cutoff: 1, enabled: true, ...window };
  return { '//': { metadata: { stackName: 'demo' } }, resource: { aws_ssm_maintenance_window: { Window: block } } };
}

function runs(window: Record<string, unknown>): string {
  const text = describeStack(windowDocument(window), asOf);
  return text.slice(text.indexOf('Window install'), text.indexOf('\n\nOutputs'));
}

describe('describeStack', () => {
  it('names the next three runs of a cron window in UTC and in its own zone', () => {
    const window = { schedule: 'cron(0 2 ? * TUE#2 *)', schedule_timezone: 'America/New_York', schedule_offset: 3 };
    expect(runs(window)).toBe(`Window install runs next, after 2026-11-23T12:00:00Z
  2026-12-11T07:00:00Z  2026-12-11T02:00:00-05:00 America/New_York
  2027-01-15T07:00:00Z  2027-01-15T02:00:00-05:00 America/New_York
  2027-02-12T07:00:00Z  2027-02-12T02:00:00-05:00 America/New_York`);
  });

  it('names the one run of an at window', () => {
    expect(runs({ schedule: 'at(2026-12-01T22:00:00)', schedule_timezone: 'Europe/Berlin' })).toBe(
      'Window install runs next, after 2026-11-23T12:00:00Z\n  2026-12-01T21:00:00Z  2026-12-01T22:00:00+01:00 Europe/Berlin',
    );
  });

  it('says when a window never runs again', () => {
    expect(runs({ schedule: 'at(2025-01-01T00:00:00)' })).toBe('Window install runs never after 2026-11-23T12:00:00Z');
    expect(runs({ schedule: 'cron(0 2 ? * SUN *)', end_date: '2026-01-01T00:00:00Z' })).toBe(
      'Window install runs never after 2026-11-23T12:00:00Z',
    );
  });

  it('does not invent runs of a rate, whose start nobody knows', () => {
    expect(runs({ schedule: 'rate(1 day)' })).toBe('Window install runs every day from creation');
  });

  it('repeats a schedule that only Terraform knows', () => {
    expect(runs({ schedule: '${var.schedule}' })).toBe('Window install runs ${var.schedule}');
  });

  it('says that a window is disabled', () => {
    expect(describeStack(windowDocument({ schedule: 'rate(1 day)', enabled: false }), asOf)).toContain(
      'rate(1 day), 3 h, no new task in the last 1 h, disabled',
    );
  });

  it('tells what an Auto Scaling group launches, and with which tags', () => {
    const document: TerraformDocument = {
      '//': { metadata: { stackName: 'demo' } },
      resource: {
        aws_autoscaling_group: {
          Group: {
            name: 'web',
            min_size: 1,
            max_size: 3,
            tag: [
              { key: 'Name', value: 'web', propagate_at_launch: true },
              { key: 'PatchGroup', value: 'web servers', propagate_at_launch: true },
            ],
          },
        },
        aws_launch_template: { Template: { name: 'web', instance_type: 't3.small', image_id: 'resolve:ssm:/image' } },
      },
    };
    expect(describeStack(document, asOf)).toBe(
      'Stack demo: 2 resources\n  Auto Scaling group  web  1 to 3 instances, PatchGroup = web servers\n  launch template     web  t3.small, resolve:ssm:/image\n\nOutputs',
    );
  });

  it('names resources it has no words for by their type and id', () => {
    const document: TerraformDocument = {
      '//': { metadata: { stackName: 'demo' } },
      resource: { aws_sns_topic: { Topic: { name: 'patching' } } },
    };
    expect(describeStack(document, asOf)).toBe('Stack demo: 1 resource\n  sns_topic  Topic\n\nOutputs');
  });

  it('names what a baseline approves by name, and until when its rules do', () => {
    const filters = [{ key: 'CLASSIFICATION', values: ['SecurityUpdates'] }];
    const baseline = {
      name: 'windows',
      operating_system: 'WINDOWS',
      approval_rule: [{ approve_until_date: '2026-11-20', patch_filter: filters }],
      approved_patches: ['KB5034441', 'KB5068861'],
    };
    const document: TerraformDocument = {
      '//': { metadata: { stackName: 'demo' } },
      resource: { aws_ssm_patch_baseline: { Baseline: baseline } },
    };
    expect(describeStack(document, asOf)).toContain(
      'WINDOWS: SecurityUpdates, released until 2026-11-20; by name KB5034441, KB5068861',
    );
  });

  it.each([
    ['10%', '1', '10% at a time, stops at 2 errors'],
    ['2', '0', '2 at a time, stops at 1 error'],
    ['5', '20%', '5 at a time, stops at more than 20% errors'],
    ['100%', '1', '100% at a time, no error stops it'],
    ['5', '100%', '5 at a time, no error stops it'],
  ])('says what %s at a time and %s errors mean', (maxConcurrency, maxErrors, told) => {
    const task = {
      name: 'install',
      task_arn: 'AWS-RunPatchBaseline',
      max_concurrency: maxConcurrency,
      max_errors: maxErrors,
    };
    const document: TerraformDocument = {
      '//': { metadata: { stackName: 'demo' } },
      resource: { aws_ssm_maintenance_window_task: { Task: task } },
    };
    expect(describeStack(document, asOf)).toContain(told);
  });
});
