import type { Construct } from 'constructs';
import type { WindowConfiguration } from '../fleet/deployment.ts';
import { fill } from '../fleet/fill.ts';
import type { FleetInstall } from '../fleet/schema/index.ts';
import { type IWindowRole, NotificationRole } from '../modules/iam/index.ts';
import {
  MaintenanceWindow,
  type PatchTaskOptions,
  Schedule,
  type TargetSelector,
} from '../modules/maintenance-window/index.ts';
import { given } from './given.ts';
import { type Keyed, mapped } from './keyed.ts';
import type { WindowOutput } from './outputs.ts';

interface Place {
  readonly taskRole: IWindowRole;
  readonly region: string;
  readonly account: string;
}

/** A window of one assignment, with a target and a task of each operation for each selection of nodes. */
export class PatchWindow {
  readonly window: MaintenanceWindow;
  readonly output: WindowOutput;

  constructor(
    scope: Construct,
    key: string,
    configuration: Omit<WindowConfiguration, 'targets'> & { readonly targets: Keyed<TargetSelector> },
    place: Place,
  ) {
    const { windowName, description, window } = configuration;
    this.window = new MaintenanceWindow(scope, key, {
      windowName,
      description,
      schedule: scheduleOf(window.schedule),
      taskRole: place.taskRole,
      duration: window.duration ?? 3,
      cutoff: window.cutoff ?? 1,
      enabled: window.enabled ?? true,
      ...(window.timezone !== undefined && { scheduleTimezone: window.timezone }),
      ...(window.offset !== undefined && { scheduleOffset: window.offset }),
      ...(window.startDate !== undefined && { startDate: window.startDate }),
      ...(window.endDate !== undefined && { endDate: window.endDate }),
    });
    const options = taskOptions(this.window, configuration, place);
    const install = installOptions(configuration.window, place);
    const targets = mapped(configuration.targets, (selector, name) =>
      this.window.addTarget(name, { selector, targetName: `${windowName}-${name}` }),
    );
    // One task for each target: tasks of one priority run side by side, the targets of one task do not.
    const tasks = Object.fromEntries(
      configuration.operations.flatMap((operation, index) =>
        Object.entries(targets).map(([target, windowTarget]) => {
          const name = configuration.operations.length === 1 ? target : `${operation.toLowerCase()}-${target}`;
          const task = this.window.addPatchTask(name, {
            ...options,
            operation,
            // A scan never reboots, so there is nothing to do around it either.
            ...(operation === 'Install' ? install : { rebootOption: 'RebootIfNeeded' }),
            priority: index + 1,
            targets: [windowTarget],
            taskName: `${windowName}-${name}`,
          });
          return [name, task] as const;
        }),
      ),
    );
    this.output = {
      id: this.window.windowId,
      name: windowName,
      schedule: this.window.schedule.expression,
      timezone: window.timezone ?? 'UTC',
      targets: mapped(targets, (target) => target.windowTargetId),
      tasks: mapped(tasks, (task) => task.windowTaskId),
    };
  }
}

function scheduleOf(schedule: WindowConfiguration['window']['schedule']): Schedule {
  return typeof schedule === 'string' ? Schedule.expression(schedule) : Schedule.patchTuesday(schedule.patchTuesday);
}

function taskOptions(
  scope: Construct,
  { window }: Pick<WindowConfiguration, 'window'>,
  { region, account }: Place,
): Omit<PatchTaskOptions, 'targets' | 'operation'> {
  const filled = (text: string) => fill(text, { account, region });
  const { output, notification } = window;
  return {
    maxConcurrency: window.maxConcurrency,
    maxErrors: window.maxErrors,
    cutoffBehavior: window.cutoffBehavior ?? 'CONTINUE_TASK',
    ...(window.deliveryTimeoutSeconds !== undefined && { deliveryTimeoutSeconds: window.deliveryTimeoutSeconds }),
    ...(window.stepTimeoutSeconds !== undefined && { stepTimeoutSeconds: window.stepTimeoutSeconds }),
    ...(output?.s3BucketName !== undefined && { outputS3BucketName: filled(output.s3BucketName) }),
    ...(output?.s3KeyPrefix !== undefined && { outputS3KeyPrefix: output.s3KeyPrefix }),
    ...(output?.cloudWatchLogGroupName !== undefined && { cloudWatchLogGroupName: output.cloudWatchLogGroupName }),
    ...(notification !== undefined && {
      notification: {
        topicArn: filled(notification.topicArn),
        role: NotificationRole.fromRoleArn(scope, 'NotificationRole', filled(notification.roleArn)),
        ...(notification.events !== undefined && { events: notification.events }),
        ...(notification.type !== undefined && { type: notification.type }),
      },
    }),
  };
}

function installOptions(
  window: WindowConfiguration['window'],
  { region, account }: Place,
): Pick<PatchTaskOptions, 'rebootOption' | 'hooks' | 'installOverrideList'> {
  const { rebootOption = 'RebootIfNeeded', hooks, installOverrideList }: Partial<FleetInstall> = window;
  return {
    rebootOption,
    ...(hooks !== undefined && { hooks: given(hooks) }),
    ...(installOverrideList !== undefined && { installOverrideList: fill(installOverrideList, { account, region }) }),
  };
}
