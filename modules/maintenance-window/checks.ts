import {
  checkPatchTuesday,
  checkTimeZone,
  checkWindowFrequency,
  parseScheduleExpression,
} from '../../calendar/index.ts';
import { error, quoted, type Violation, warning } from '../../core/problem.ts';
import { checkSystemsManagerName, checkTags } from '../../core/resource-checks.ts';
import { checkBoolean, checkGiven, checkText, checkWholeNumber } from '../../core/value-checks.ts';

/**
 * A maintenance window as plain data. A key that is absent is not given; one without a value is known only when
 * Terraform applies.
 */
export interface MaintenanceWindowFacts {
  readonly windowName?: string | undefined;
  readonly description?: string | undefined;
  readonly schedule?: ScheduleFacts | undefined;
  readonly scheduleTimezone?: string | undefined;
  /** Days, as the window says it; a schedule of Patch Tuesday brings its own. */
  readonly scheduleOffset?: number | undefined;
  readonly startDate?: string | undefined;
  readonly endDate?: string | undefined;
  /** Hours. */
  readonly duration?: number | undefined;
  /** Hours. */
  readonly cutoff?: number | undefined;
  readonly enabled?: boolean | undefined;
  readonly allowUnassociatedTargets?: boolean | undefined;
  readonly tags?: Readonly<Record<string, unknown>> | undefined;
}

export interface ScheduleFacts {
  readonly expression?: string | undefined;
  readonly offsetDays?: number | undefined;
  readonly patchTuesday?: { readonly plusDays?: number | undefined; readonly at?: string | undefined } | undefined;
}

/**
 * Every rule of a maintenance window.
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateMaintenanceWindow.html
 */
export function checkMaintenanceWindow(window: MaintenanceWindowFacts): Violation[] {
  return [
    ...checkGiven(window, 'windowName', 'maintenance-window/name'),
    ...checkSystemsManagerName('windowName', window.windowName, 'maintenance-window/name'),
    ...checkText('description', window.description, {
      rule: 'maintenance-window/description-length',
      min: 1,
      max: 128,
    }),
    ...checkSchedule({ ...window.schedule }),
    ...checkTimeZone('scheduleTimezone', window.scheduleTimezone),
    ...checkOffset(window),
    ...checkDate('startDate', window.startDate),
    ...checkDate('endDate', window.endDate),
    ...checkDateOrder(window),
    ...checkHours(window),
    ...checkBoolean('enabled', window.enabled, 'maintenance-window/true-or-false'),
    ...checkBoolean('allowUnassociatedTargets', window.allowUnassociatedTargets, 'maintenance-window/true-or-false'),
    ...checkTags(window.tags),
  ];
}

function checkSchedule(schedule: ScheduleFacts): Violation[] {
  const patchTuesday = checkPatchTuesdayGiven(schedule.patchTuesday);
  // What the day and time get wrong, the expression made of them gets wrong too.
  if (patchTuesday.length > 0) return patchTuesday;
  if (!('expression' in schedule)) return checkGiven({}, 'schedule', 'schedule/expression-kind');
  if (schedule.expression === undefined) return [];
  const { expression, violations } = parseScheduleExpression(schedule.expression);
  return expression === undefined ? [...violations] : [...violations, ...checkWindowFrequency(expression)];
}

function checkPatchTuesdayGiven(patchTuesday: ScheduleFacts['patchTuesday']): Violation[] {
  if (patchTuesday === undefined) return [];
  const day = { ...patchTuesday };
  return [
    ...checkGiven(day, 'plusDays', 'schedule/patch-tuesday-plus-days'),
    ...checkGiven(day, 'at', 'schedule/patch-tuesday-at'),
    ...checkPatchTuesday(day),
  ];
}

function checkOffset(window: MaintenanceWindowFacts): Violation[] {
  const { scheduleOffset, schedule } = window;
  // None is what every schedule has without one; AWS's own range begins at 1.
  if (!('scheduleOffset' in window) || scheduleOffset === 0) return [];
  const rule = 'maintenance-window/schedule-offset';
  if (schedule?.patchTuesday !== undefined) {
    const message = 'scheduleOffset must be left out with Schedule.patchTuesday, which brings its own';
    return [error(rule, message, 'add the days to plusDays')];
  }
  const expression = schedule?.expression;
  if (typeof expression === 'string' && /^(rate|at)\(/.test(expression)) {
    const message = `scheduleOffset must be left out unless the schedule is cron, got ${quoted(expression)}`;
    return [error(rule, message, 'remove it')];
  }
  return checkWholeNumber('scheduleOffset', scheduleOffset, { rule, min: 0, max: 6, unit: 'days' });
}

function checkDate(field: string, value: unknown): Violation[] {
  if (value === undefined || isInstant(value)) return [];
  const message = `${field} must be an instant with its offset from UTC, got ${quoted(value)}`;
  return [error('maintenance-window/validity-date', message, 'write it like 2026-12-01T09:00:00-08:00')];
}

function isInstant(value: unknown): value is string {
  const form = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})$/;
  if (typeof value !== 'string' || !form.test(value) || Number.isNaN(Date.parse(value))) return false;
  // Date.parse moves an impossible day such as 30 February into the next month instead of refusing it.
  const wall = value.slice(0, 16);
  return new Date(`${wall}Z`).toISOString().slice(0, 16) === wall;
}

function checkDateOrder({ startDate, endDate }: MaintenanceWindowFacts): Violation[] {
  if (!isInstant(startDate) || !isInstant(endDate) || Date.parse(startDate) < Date.parse(endDate)) return [];
  const message = `endDate must be after startDate (${startDate}), got ${endDate}`;
  return [error('maintenance-window/end-after-start', message, 'move one of them')];
}

/** No task starts in the last `cutoff` hours, so a cutoff as long as the window leaves no hour to start one. */
function checkHours({ duration, cutoff }: MaintenanceWindowFacts): Violation[] {
  const ranges = [
    ...checkWholeNumber('duration', duration, {
      rule: 'maintenance-window/duration-range',
      min: 1,
      max: 24,
      unit: 'hours',
    }),
    ...checkWholeNumber('cutoff', cutoff, { rule: 'maintenance-window/cutoff-range', min: 0, max: 23, unit: 'hours' }),
  ];
  if (ranges.length > 0 || duration === undefined || cutoff === undefined || cutoff < duration) return ranges;
  const message = `cutoff must be below duration (${duration}), got ${cutoff}`;
  return [
    error(
      'maintenance-window/cutoff-below-duration',
      message,
      `lower cutoff to ${duration - 1} or lengthen the window`,
    ),
  ];
}

/** What a window holds of what its stack declares. */
export interface WindowContents {
  readonly targets: number;
  readonly tasks: number;
}

/** @see https://docs.aws.amazon.com/general/latest/gr/ssm.html#limits_ssm */
export function checkWindowContents({ targets, tasks }: WindowContents): Violation[] {
  const quota = (rule: string, kind: string, count: number, most: number) =>
    count <= most
      ? []
      : [error(rule, `a window must have at most ${most} ${kind}, got ${count}`, 'use a second window')];
  return [
    ...quota('maintenance-window/target-quota', 'targets', targets, 100),
    ...quota('maintenance-window/task-quota', 'tasks', tasks, 20),
  ];
}

/** Said once, by the first window that is one too many. */
export function checkWindowQuota(windowsBefore: number): Violation[] {
  if (windowsBefore !== 50) return [];
  const message = 'a region must hold at most 50 maintenance windows, this is the 51st';
  return [error('maintenance-window/quota', message, 'give one window several targets')];
}

export function checkHasTask({ tasks }: WindowContents): Violation[] {
  if (tasks > 0) return [];
  return [
    warning('maintenance-window/has-task', 'the window has no task here, so it does nothing', 'add a patch task'),
  ];
}

/** The id of a window that exists. */
export function checkWindowId(windowId: string | undefined): Violation[] {
  if (windowId === undefined || /^mw-[0-9a-f]{17}$/.test(windowId)) return [];
  const message = `windowId must be mw- and 17 hexadecimal digits, got ${quoted(windowId)}`;
  return [error('maintenance-window/window-id', message, 'copy it from aws ssm describe-maintenance-windows')];
}

/** What belongs to a window lies in its region; absent where it is not known to differ from the provider's. */
export function checkSameRegion(region: string | undefined, windowRegion: string | undefined): Violation[] {
  if (region === undefined || windowRegion === undefined || region === windowRegion) return [];
  const message = `region must be the region of the window (${quoted(windowRegion)}), got ${quoted(region)}`;
  return [error('maintenance-window/region-of-window', message, 'leave it out')];
}
