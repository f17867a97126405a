import { describe, expect, it } from '@jest/globals';
import { NotificationRole } from '../../../modules/iam/index.ts';
import { type Notification, TaskAction } from '../../../modules/maintenance-window/index.ts';
import { actionProblems, invocation, synthFilled } from './windows.ts';

const topicArn = 'arn:aws:sns:us-east-1:111111111111:patching';

describe('notifications', () => {
  const build = (overrides: Partial<Notification> = {}, topics: readonly string[] = [topicArn]) =>
    synthFilled((window, target, stack) => {
      const role = new NotificationRole(stack, 'Publisher', { roleName: 'publisher', topicArns: topics });
      const action = TaskAction.runCommand({
        documentName: 'AWS-RunShellScript',
        notification: { topicArn, role, ...overrides },
      });
      window.addTask('Task', { action, targets: [target], maxConcurrency: '1', maxErrors: '0' });
    });
  const errors = (...args: Parameters<typeof build>) =>
    build(...args)
      .errors()
      .map((text) => text.replace('[Test/Window/Tasks/Task] ', ''));

  it('tell of what went wrong, once for a command, by default', () => {
    const template = build();
    expect(template.problems()).toEqual([]);
    expect(invocation(template)).toEqual({
      run_command_parameters: {
        service_role_arn: expect.stringMatching(/^\$\{aws_iam_role\.Publisher_\w+\.arn\}$/),
        notification_config: {
          notification_arn: topicArn,
          notification_events: ['Cancelled', 'Failed', 'TimedOut'],
          notification_type: 'Command',
        },
      },
    });
  });

  it('tell of what they are asked to, in any order', () => {
    const template = build({ events: ['Success', 'InProgress'], type: 'Invocation' });
    expect(invocation(template)).toMatchObject({
      run_command_parameters: {
        notification_config: { notification_events: ['InProgress', 'Success'], notification_type: 'Invocation' },
      },
    });
  });

  it('make the task wait for the role that publishes', () => {
    expect(build().only('aws_ssm_maintenance_window_task').depends_on).toEqual([
      expect.stringMatching(/^aws_iam_role_policy\.Publisher_Policy_\w+$/),
    ]);
  });

  it('go to a topic that the role may publish to', () => {
    expect(errors({}, ['arn:aws:sns:us-east-1:111111111111:other'])).toEqual([
      'notification.topicArn must be one of the topics of its role (arn:aws:sns:us-east-1:111111111111:other), got "arn:aws:sns:us-east-1:111111111111:patching"; add it to the role\'s topicArns [maintenance-window/notification-topic-allowed]',
    ]);
  });

  it('go to any topic by a role that exists', () => {
    const role = (stack: Parameters<typeof NotificationRole.fromRoleArn>[0]) =>
      NotificationRole.fromRoleArn(stack, 'Publisher', 'arn:aws:iam::111111111111:role/publisher');
    const template = synthFilled((window, target, stack) => {
      const notification = { topicArn, role: role(stack) };
      const action = TaskAction.runCommand({ documentName: 'AWS-RunShellScript', notification });
      window.addTask('Task', { action, targets: [target], maxConcurrency: '1', maxErrors: '0' });
    });
    expect(template.problems()).toEqual([]);
    expect(invocation(template)).toMatchObject({
      run_command_parameters: { service_role_arn: 'arn:aws:iam::111111111111:role/publisher' },
    });
  });

  it.each<[Partial<Notification>, string]>([
    [
      { topicArn: undefined as never },
      'notification.topicArn must be given; name the topic [maintenance-window/notification-topic]',
    ],
    [
      { events: [] },
      'notification.events must hold 1 to 6 entries, got 0; name each event once [maintenance-window/notification-events]',
    ],
    [
      { events: ['Timedout' as never] },
      'notification.events must be one of All, InProgress, Success, TimedOut, Cancelled, Failed, got "Timedout"; did you mean "TimedOut"? [maintenance-window/notification-events]',
    ],
    [
      { type: 'command' as never },
      'notification.type must be one of Command, Invocation, got "command"; did you mean "Command"? [maintenance-window/notification-type]',
    ],
  ])('refuse %j', (overrides, message) => {
    expect(errors(overrides)).toEqual([message]);
  });

  it('refuse a FIFO topic', () => {
    expect(
      actionProblems({ runCommand: { documentName: 'abc', notification: { topicArn: `${topicArn}.fifo` } } }),
    ).toEqual([
      `[error] notification.topicArn must be a standard topic, got the FIFO topic "${topicArn}.fifo"; publish to a standard topic [maintenance-window/notification-topic]`,
    ]);
  });
});
