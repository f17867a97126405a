import { patchTuesday } from '../../calendar/index.ts';
import { quoted, type Violation, warning } from '../../core/problem.ts';
import { checkRoleArn } from '../../modules/iam/checks.ts';
import { checkMaintenanceWindow } from '../../modules/maintenance-window/checks.ts';
import { checkPatchTask, outputFolder } from '../../modules/maintenance-window/patch-task-checks.ts';
import { checkTaskAction } from '../../modules/maintenance-window/task-action-checks.ts';
import { checkTask } from '../../modules/maintenance-window/task-checks.ts';
import type { FileViolation } from '../file-violation.ts';
import type { FleetInstall, FleetScan } from '../schema/index.ts';
import type { FleetFacts, Place, Ring, RingWindow } from './facts.ts';
import { given, inFile, type Words } from './in-file.ts';
import { checkOwnAccount } from './own-account.ts';
import { checkPlaceholders, type Fill } from './placeholders.ts';

const words: Words = {
  scheduleTimezone: 'timezone',
  scheduleOffset: 'offset',
  'Schedule.patchTuesday': 'patchTuesday',
  outputS3BucketName: 'output.s3BucketName',
  outputS3KeyPrefix: 'output.s3KeyPrefix',
  cloudWatchLogGroupName: 'output.cloudWatchLogGroupName',
  roleArn: 'notification.roleArn',
};

/** The windows of every ring and their patch tasks, by the rules of the modules. */
export function checkWindows({ rings, places, current }: FleetFacts, fill: Fill): FileViolation[] {
  const usersOf = usersByRing(places);
  return rings.flatMap((ring) =>
    ring.windows.flatMap((window) => [
      ...checkSchedules(window),
      ...inFile(window.path, window.window, checkTaskOf(window, fill), words),
      ...checkWindowPlaceholders(window, current),
      ...checkPublisher(window, usersOf.get(ring) ?? []),
      ...checkStops(window),
    ]),
  );
}

/** Whether its next runs can be asked for. */
export function hasSoundSchedule(window: RingWindow): boolean {
  return checkSchedules(window).length === 0;
}

/** What a schedule is in the words of AWS. */
export function expressionOf(schedule: FleetScan['schedule']): {
  readonly expression: string;
  readonly offsetDays?: number;
} {
  return typeof schedule === 'string' ? { expression: schedule } : patchTuesday(schedule.patchTuesday);
}

function checkSchedules({ path, window }: RingWindow): FileViolation[] {
  const { schedule, timezone, offset, startDate, endDate, duration, cutoff, enabled } = window;
  const violations = checkMaintenanceWindow(
    given({
      // Made of keys, so always fit but for its length, which the names' own check looks at.
      windowName: 'window',
      schedule: typeof schedule === 'string' ? { expression: schedule } : { ...expressionOf(schedule), ...schedule },
      scheduleTimezone: timezone,
      scheduleOffset: offset,
      startDate,
      endDate,
      duration: duration ?? 3,
      cutoff: cutoff ?? 1,
      enabled,
    }),
  );
  const ofSchedule = (violation: Violation) => /^schedule\/(?!time-zone$)/.test(violation.rule);
  const [schedulePath, schedulePart] =
    typeof schedule === 'string'
      ? [[...path, 'schedule'], schedule]
      : [[...path, 'schedule', 'patchTuesday'], schedule.patchTuesday];
  return [
    ...inFile(schedulePath, schedulePart, violations.filter(ofSchedule), words),
    ...inFile(
      path,
      window,
      violations.filter((violation) => !ofSchedule(violation)),
      words,
    ),
  ];
}

function checkTaskOf({ operation, window }: RingWindow, fill: Fill): Violation[] {
  const { maxConcurrency, maxErrors, cutoffBehavior, deliveryTimeoutSeconds, output, notification } = window;
  const { hooks, rebootOption, installOverrideList } = operation === 'Install' ? window : ({} as Partial<FleetInstall>);
  const events = notification?.events;
  const topic = notification && given({ topicArn: fill(notification.topicArn), events, type: notification.type });
  const command = given({
    documentName: hooks === undefined ? 'AWS-RunPatchBaseline' : 'AWS-RunPatchBaselineWithHooks',
    deliveryTimeoutSeconds,
    outputS3BucketName: output?.s3BucketName === undefined ? undefined : fill(output.s3BucketName),
    outputS3KeyPrefix: output?.s3KeyPrefix,
    outputS3KeyEnd: outputFolder(operation),
    cloudWatchLogGroupName: output?.cloudWatchLogGroupName,
    notification: topic,
  });
  const task = given({ maxConcurrency, maxErrors, cutoffBehavior });
  const { stepTimeoutSeconds } = window;
  const documents = hooks && given(hooks);
  const list = installOverrideList === undefined ? undefined : fill(installOverrideList);
  const patching = given({
    operation,
    rebootOption,
    hooks: documents,
    installOverrideList: list,
    stepTimeoutSeconds,
  });
  return [
    ...checkTask({ ...task, taskType: 'RUN_COMMAND', targets: 1, targetsOfOtherWindows: 0 }),
    ...checkTaskAction({ runCommand: command }),
    ...checkPatchTask(patching),
    ...(notification === undefined ? [] : checkRoleArn(fill(notification.roleArn))),
  ];
}

function checkWindowPlaceholders({ path, window }: RingWindow, current: boolean): FileViolation[] {
  const { output, notification } = window;
  const list = 'installOverrideList' in window ? window.installOverrideList : undefined;
  return [
    ...checkPlaceholders([...path, 'output', 's3BucketName'], output?.s3BucketName, ['account', 'region'], current),
    ...checkPlaceholders([...path, 'output', 's3KeyPrefix'], output?.s3KeyPrefix, [], current),
    ...checkPlaceholders([...path, 'installOverrideList'], list, ['account', 'region'], current),
    ...checkPlaceholders([...path, 'notification', 'topicArn'], notification?.topicArn, ['account', 'region'], current),
    ...checkPlaceholders([...path, 'notification', 'roleArn'], notification?.roleArn, ['account'], current),
  ];
}

/** The places that have the windows of a ring. */
function usersByRing(places: readonly Place[]): ReadonlyMap<Ring, readonly Place[]> {
  const users = new Map<Ring, Place[]>();
  for (const place of places) {
    for (const ring of new Set(place.assignments?.value.flatMap((assigned) => assigned.ring ?? []))) {
      const known = users.get(ring);
      if (known === undefined) users.set(ring, [place]);
      else known.push(place);
    }
  }
  return users;
}

/** The role is passed within its account. The topic may be of another one, whose policy lets the role publish. */
function checkPublisher({ path, window }: RingWindow, users: readonly Place[]): FileViolation[] {
  return checkOwnAccount([...path, 'notification', 'roleArn'], 'a role', window.notification?.roleArn, users);
}

/**
 * A threshold that stops no install. A task stops between one node and the next: where all nodes run at once, or all may
 * fail, it never does. Scans change nothing, so nothing needs to stop them.
 */
function checkStops({ path, window, operation }: RingWindow): FileViolation[] {
  if (operation === 'Scan') return [];
  const { maxErrors, maxConcurrency } = window;
  const rule = 'fleet/max-errors-never-stops';
  if (maxErrors === '100%') {
    const message = `maxErrors ${quoted(maxErrors)} can never stop anything: every node may fail`;
    return [{ ...warning(rule, message, 'lower it, such as to "5%"'), at: [...path, 'maxErrors'] }];
  }
  if (maxConcurrency !== '100%') return [];
  const message = `maxErrors ${quoted(maxErrors)} can never stop anything with maxConcurrency "100%": every node runs already`;
  return [{ ...warning(rule, message, 'lower maxConcurrency, such as to "10%"'), at: [...path, 'maxErrors'] }];
}
