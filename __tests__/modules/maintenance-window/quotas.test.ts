import { describe, expect, it } from '@jest/globals';
import type { TerraformStack } from 'cdktf';
import { WindowRole } from '../../../modules/iam/index.ts';
import { MaintenanceWindow, Schedule, TargetSelector, TaskAction } from '../../../modules/maintenance-window/index.ts';
import { synth } from '../../support/template.ts';
import { addWindow } from './windows.ts';

const lambda = TaskAction.lambda({ functionArn: 'arn:aws:lambda:us-east-1:111111111111:function:notify' });

function addWindows(stack: TerraformStack, count: number, region?: string): void {
  const taskRole = WindowRole.fromRoleArn(stack, `Role${region ?? ''}`, 'arn:aws:iam::111111111111:role/window');
  for (let index = 1; index <= count; index += 1) {
    new MaintenanceWindow(stack, `Window${region ?? ''}${String(index).padStart(2, '0')}`, {
      windowName: 'patching',
      schedule: Schedule.rate(1, 'days'),
      taskRole,
      ...(region !== undefined && { region }),
    });
  }
}

describe('quotas of windows', () => {
  it('are met by 50 windows of a region', () => {
    const template = synth((stack) => {
      addWindows(stack, 50);
    });
    expect(template.errors()).toEqual([]);
  });

  it('are broken once by 52 windows, by the 51st', () => {
    const template = synth((stack) => {
      addWindows(stack, 52);
    });
    expect(template.errors()).toEqual([
      '[Test/Window51] a region must hold at most 50 maintenance windows, this is the 51st; give one window several targets [maintenance-window/quota]',
    ]);
  });

  it('are counted by region', () => {
    const template = synth((stack) => {
      addWindows(stack, 30, 'eu-west-1');
      addWindows(stack, 30, 'eu-west-2');
    });
    expect(template.errors()).toEqual([]);
  });
});

describe('quotas of one window', () => {
  const build = (targets: number, tasks: number) =>
    synth((stack) => {
      const window = addWindow(stack);
      for (let index = 0; index < targets; index += 1) {
        window.addTarget(`Target${index}`, { selector: TargetSelector.tagKeys(['Env']) });
      }
      for (let index = 0; index < tasks; index += 1) window.addTask(`Task${index}`, { action: lambda });
    });

  it('are met by 100 targets and 20 tasks', () => {
    expect(build(100, 20).problems()).toEqual([]);
  });

  it('are broken once by 102 targets', () => {
    expect(build(102, 1).problems()).toEqual([
      '[Test/Window] a window must have at most 100 targets, got 102; use a second window [maintenance-window/target-quota]',
    ]);
  });

  it('are broken once by 22 tasks', () => {
    expect(build(0, 22).problems()).toEqual([
      '[Test/Window] a window must have at most 20 tasks, got 22; use a second window [maintenance-window/task-quota]',
    ]);
  });

  it('hold for a window that exists too', () => {
    const template = synth((stack) => {
      const role = WindowRole.fromRoleArn(stack, 'Role', 'arn:aws:iam::111111111111:role/window');
      const window = MaintenanceWindow.fromWindowId(stack, 'Window', 'mw-0123456789abcdef0', role);
      for (let index = 0; index < 21; index += 1) window.addTask(`Task${index}`, { action: lambda });
    });
    expect(template.problems()).toEqual([
      '[Test/Window] a window must have at most 20 tasks, got 21; use a second window [maintenance-window/task-quota]',
    ]);
  });

  it('count no target of another window', () => {
    const template = synth((stack) => {
      const window = addWindow(stack);
      window.addTask('Task', { action: lambda });
      const role = WindowRole.fromRoleArn(stack, 'Role', 'arn:aws:iam::111111111111:role/window');
      const other = MaintenanceWindow.fromWindowId(stack, 'Other', 'mw-0123456789abcdef0', role);
      for (let index = 0; index < 60; index += 1) {
        window.addTarget(`Target${index}`, { selector: TargetSelector.tagKeys(['Env']) });
        other.addTarget(`Target${index}`, { selector: TargetSelector.tagKeys(['Env']) });
      }
    });
    expect(template.problems()).toEqual([]);
  });
});
