import { describe, expect, it } from '@jest/globals';
import { formatViolation } from '../../../core/problem.ts';
import { WindowRole } from '../../../modules/iam/index.ts';
import {
  MaintenanceWindow,
  PatchTask,
  type PatchTaskOptions,
  Target,
  TargetSelector,
  Task,
  TaskAction,
  type TaskOptions,
} from '../../../modules/maintenance-window/index.ts';
import { checkTask } from '../../../modules/maintenance-window/task-checks.ts';
import { synth } from '../../support/template.ts';
import { addWindow, synthFilled } from './windows.ts';

const lambda = TaskAction.lambda({ functionArn: 'arn:aws:lambda:us-east-1:111111111111:function:notify' });
const shell = TaskAction.runCommand({ documentName: 'AWS-RunShellScript', parameters: { commands: ['uptime'] } });
const limits = { maxConcurrency: '1', maxErrors: '0' };
const id = 'i-0123456789abcdef0';

/** A task with a target, unless `overrides` say otherwise. */
const build = (overrides: Partial<TaskOptions> = {}, allowUnassociatedTargets = true) =>
  synthFilled(
    (window, target) => {
      window.addTask('Task', { action: shell, targets: [target], ...limits, ...overrides });
    },
    { allowUnassociatedTargets },
  );
const errors = (...args: Parameters<typeof build>) =>
  build(...args)
    .errors()
    .map((text) => text.replace('[Test/Window/Tasks/Task] ', ''));

describe('Task', () => {
  it('emits every default, and the values that Terraform would keep from the state', () => {
    const { window_id, targets, ...rest } = build().only('aws_ssm_maintenance_window_task');
    expect(window_id).toMatch(/^\$\{aws_ssm_maintenance_window\.Window_\w+\.id\}$/);
    expect(targets).toEqual([
      {
        key: 'WindowTargetIds',
        values: [expect.stringMatching(/^\$\{aws_ssm_maintenance_window_target\.Window_Targets_Linux_\w+\.id\}$/)],
      },
    ]);
    expect(rest).toEqual({
      task_type: 'RUN_COMMAND',
      task_arn: 'AWS-RunShellScript',
      priority: 1,
      service_role_arn: 'arn:aws:iam::111111111111:role/window',
      max_concurrency: '1',
      max_errors: '0',
      cutoff_behavior: 'CONTINUE_TASK',
      depends_on: [],
      task_invocation_parameters: {
        run_command_parameters: { parameter: [{ name: 'commands', values: ['uptime'] }] },
      },
    });
  });

  it('emits every prop', () => {
    const template = synthFilled((window, target, stack) => {
      window.addTask('Task', {
        action: shell,
        targets: [target],
        taskName: 'uptime',
        description: 'Says how long',
        priority: 7,
        maxConcurrency: '50%',
        maxErrors: '10%',
        cutoffBehavior: 'CANCEL_TASK',
        taskRole: WindowRole.fromRoleArn(stack, 'Own', 'arn:aws:iam::111111111111:role/own'),
        region: 'eu-west-1',
      });
    });
    expect(template.problems()).toEqual([]);
    expect(template.only('aws_ssm_maintenance_window_task')).toMatchObject({
      name: 'uptime',
      description: 'Says how long',
      priority: 7,
      max_concurrency: '50%',
      max_errors: '10%',
      cutoff_behavior: 'CANCEL_TASK',
      service_role_arn: 'arn:aws:iam::111111111111:role/own',
      region: 'eu-west-1',
    });
  });

  it('waits for the policies of its role', () => {
    const template = synth((stack) => {
      const window = addWindow(stack, { taskRole: new WindowRole(stack, 'Role', { roleName: 'window' }) });
      window.addTask('Task', { action: lambda });
    });
    expect(template.only('aws_ssm_maintenance_window_task').depends_on).toEqual([
      expect.stringMatching(/^aws_iam_role_policy\.Role_Policy_\w+$/),
    ]);
  });

  it('runs on instances by id where the window allows it', () => {
    const template = build({ targets: [], instanceIds: ['i-0123456789abcdef1', id, id] });
    expect(template.problems()).toEqual([]);
    expect(template.only('aws_ssm_maintenance_window_task').targets).toEqual([
      { key: 'InstanceIds', values: [id, 'i-0123456789abcdef1'] },
    ]);
  });

  it('names a target once that is given twice', () => {
    const template = synthFilled((window, target) => {
      window.addTask('Task', { action: shell, targets: [target, target], ...limits });
    });
    const [{ values }] = template.only('aws_ssm_maintenance_window_task').targets as [{ values: string[] }];
    expect(values).toHaveLength(1);
  });

  it('names its targets in the same order, whatever the order given', () => {
    const document = (reverse: boolean) =>
      synth((stack) => {
        const window = addWindow(stack);
        const targets = ['B', 'A', 'C'].map((name) =>
          window.addTarget(name, { selector: TargetSelector.tags({ Group: [name] }) }),
        );
        window.addTask('Task', { action: shell, targets: reverse ? targets.reverse() : targets, ...limits });
      }).json;
    expect(document(true)).toEqual(document(false));
  });

  it('takes no rate limits when it has no target, and emits none', () => {
    const block = build({ action: lambda, targets: [], ...none }).only('aws_ssm_maintenance_window_task');
    expect(block.targets).toEqual([]);
    expect(Object.keys(block)).not.toContain('max_concurrency');
    expect(Object.keys(block)).not.toContain('max_errors');
  });

  it('is refused by the framework where its id is taken', () => {
    expect(() =>
      synthFilled((window) => {
        for (const _ of [1, 2]) window.addTask('Task', { action: lambda });
      }),
    ).toThrow("There is already a Construct with name 'Task' in Construct [Tasks]");
  });

  it('accepts two windows of one id that exist for one window', () => {
    const template = synth((stack) => {
      const role = WindowRole.fromRoleArn(stack, 'Role', 'arn:aws:iam::111111111111:role/window');
      const window = (name: string) => MaintenanceWindow.fromWindowId(stack, name, 'mw-0123456789abcdef0', role);
      const target = new Target(stack, 'Linux', { window: window('A'), selector: TargetSelector.tagKeys(['Env']) });
      new Task(stack, 'Task', { window: window('B'), action: shell, targets: [target], ...limits });
    });
    expect(template.problems()).toEqual([]);
  });
});

/** Takes the limits of the factory away again. */
const none: Partial<TaskOptions> = { maxConcurrency: undefined as never, maxErrors: undefined as never };

describe('targets', () => {
  it('must be there for a command, and rate limits are not what is missing', () => {
    expect(errors({ targets: [] })).toEqual([
      'targets must hold at least one target for a RUN_COMMAND task, got none; add a target [maintenance-window/task-has-target]',
    ]);
  });

  it('may be left out of the other three', () => {
    expect(errors({ action: lambda, targets: [], ...none })).toEqual([]);
  });

  it('are either registered or by id', () => {
    expect(errors({ instanceIds: [id] })).toEqual([
      'targets and instanceIds must not be given together; keep one of them [maintenance-window/targets-or-instance-ids]',
    ]);
  });

  it('must be registered unless the window allows others', () => {
    expect(errors({ targets: [], instanceIds: [id] }, false)).toEqual([
      'instanceIds must be left out, since the window does not allow unassociated targets; use a target, or set allowUnassociatedTargets: true [maintenance-window/unassociated-targets]',
    ]);
  });

  it('must be ids', () => {
    expect(errors({ targets: [], instanceIds: ['web-1'] })).toEqual([
      'instanceIds must hold instance ids (i-… or mi-…), got "web-1"; use the id, not the name [maintenance-window/instance-id]',
    ]);
  });

  it('must be 1 to 50 ids', () => {
    const ids = (count: number) => Array.from({ length: count }, (_, index) => `i-${String(index).padStart(8, '0')}`);
    expect(errors({ targets: [], instanceIds: ids(50) })).toEqual([]);
    expect(errors({ targets: [], instanceIds: ids(51) })).toEqual([
      'instanceIds must hold 1 to 50 entries, got 51; remove some [maintenance-window/selector-values]',
    ]);
    expect(errors({ targets: [], instanceIds: [] })).toEqual([
      'instanceIds must hold 1 to 50 entries, got 0; add one [maintenance-window/selector-values]',
    ]);
  });

  it('must be of the same window', () => {
    const template = synthFilled((window, _, stack) => {
      const role = WindowRole.fromRoleArn(stack, 'Role', 'arn:aws:iam::111111111111:role/window');
      const other = MaintenanceWindow.fromWindowId(stack, 'Other', 'mw-0123456789abcdef0', role);
      const foreign = other.addTarget('Linux', { selector: TargetSelector.tagKeys(['Env']) });
      window.addTask('Task', { action: shell, targets: [foreign], ...limits });
    });
    expect(template.errors()).toEqual([
      '[Test/Window/Tasks/Task] targets must be registered with the window of the task, got 1 of another window; register them there too [maintenance-window/target-of-window]',
    ]);
  });

  it('must be at most 10', () => {
    const facts = { taskType: 'RUN_COMMAND', targetsOfOtherWindows: 0, ...limits };
    expect(checkTask({ ...facts, targets: 10 })).toEqual([]);
    expect(checkTask({ ...facts, targets: 11 }).map(formatViolation)).toEqual([
      'targets must hold at most 10 targets of the window, got 11; use one task for each target [maintenance-window/targets-per-task]',
    ]);
  });

  it('must lie in the region of the window', () => {
    const template = synth((stack) => {
      addWindow(stack, { region: 'eu-west-1' }).addTask('Task', { action: lambda, region: 'eu-west-2' });
    });
    expect(template.errors()).toEqual([
      '[Test/Window/Tasks/Task] region must be the region of the window ("eu-west-1"), got "eu-west-2"; leave it out [maintenance-window/region-of-window]',
    ]);
  });
});

describe('the rest of a task', () => {
  it.each<[Partial<TaskOptions>, string]>([
    [
      { taskName: 'a b' },
      'taskName must be 3 to 128 characters of letters, digits, _ - ., got "a b"; change taskName [maintenance-window/task-name]',
    ],
    [
      { description: '' },
      'description must be 1 to 128 characters, got ""; change description [maintenance-window/description-length]',
    ],
    [
      { priority: -1 },
      'priority must be a whole number from 0 to 2147483647, got -1; set priority within the range [maintenance-window/priority]',
    ],
    [
      { cutoffBehavior: 'CANCEL' as never },
      'cutoffBehavior must be one of CONTINUE_TASK, CANCEL_TASK, got "CANCEL"; use one of them [maintenance-window/cutoff-behavior]',
    ],
  ])('refuses %j', (overrides, message) => {
    expect(errors(overrides)).toEqual([message]);
  });

  it('warns of priority 0, which the provider does not send', () => {
    expect(build({ priority: 0 }).problems()).toEqual([
      '[Test/Window/Tasks/Task] priority 0 is not sent to AWS when the task is created; count from 1 [maintenance-window/priority-zero]',
    ]);
  });

  it('is the same for a patch task made by hand', () => {
    const options = (target: Target): PatchTaskOptions => ({ operation: 'Scan', targets: [target], ...limits });
    const byHand = synthFilled((window, target) => {
      new PatchTask(window, 'Scan', { ...options(target), window });
    });
    const added = synthFilled((window, target) => {
      window.addPatchTask('Scan', options(target));
    });
    expect(byHand.problems()).toEqual([]);
    expect(byHand.only('aws_ssm_maintenance_window_task')).toEqual(added.only('aws_ssm_maintenance_window_task'));
  });
});
