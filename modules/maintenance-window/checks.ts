import {
  checkPatchTuesday,
  checkTimeZone,
  checkWindowFrequency,
  parseScheduleExpression,
} from '../../calendar/index.ts';
import { error, quoted, type Violation, warning } from '../../core/problem.ts';
import { checkSystemsManagerName, checkTags } from '../../core/resource-checks.ts';
import { checkText, checkWholeNumber } from '../../core/value-checks.ts';

/** A maintenance window as plain data. What is absent is not given, or known only when Terraform applies. */
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
    ...checkSystemsManagerName('windowName', window.windowName, 'maintenance-window/name'),
    ...checkText('description', window.description, {
      rule: 'maintenance-window/description-length',
      min: 1,
      max: 128,
    }),
    ...checkSchedule(window.schedule ?? {}),
    ...checkTimeZone('scheduleTimezone', window.scheduleTimezone),
    ...checkOffset(window),
    ...checkDate('startDate', window.startDate),
    ...checkDate('endDate', window.endDate),
    ...checkDateOrder(window),
    ...checkHours(window),
    ...checkTags(window.tags),
  ];
}

function checkSchedule(schedule: ScheduleFacts): Violation[] {
  const patchTuesday = schedule.patchTuesday === undefined ? [] : checkPatchTuesday(schedule.patchTuesday);
  // What the day and time get wrong, the expression made of them gets wrong too.
  if (patchTuesday.length > 0 || schedule.expression === undefined) return patchTuesday;
  const { expression, violations } = parseScheduleExpression(schedule.expression);
  return expression === undefined ? [...violations] : [...violations, ...checkWindowFrequency(expression)];
}

function checkOffset(window: MaintenanceWindowFacts): Violation[] {
  const { scheduleOffset, schedule } = window;
  if (scheduleOffset === undefined) return [];
  const rule = 'maintenance-window/schedule-offset';
  if (schedule?.patchTuesday !== undefined) {
    const message = `scheduleOffset must be left out with Schedule.patchTuesday, got ${quoted(scheduleOffset)}`;
    return [error(rule, message, 'add the days to plusDays')];
  }
  const onlyCron = schedule?.expression !== undefined && !schedule.expression.startsWith('cron(');
  return [
    ...checkWholeNumber('scheduleOffset', scheduleOffset, { rule, min: 1, max: 6, unit: 'days' }),
    ...(onlyCron
      ? [
          error(
            rule,
            `scheduleOffset must be left out unless the schedule is cron, got ${quoted(schedule.expression)}`,
            'remove it',
          ),
        ]
      : []),
  ];
}

function checkDate(field: string, value: unknown): Violation[] {
  if (value === undefined) return [];
  const written =
    typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})$/.test(value);
  if (written && isRealInstant(value as string)) return [];
  const message = `${field} must be an instant with its offset from UTC, got ${quoted(value)}`;
  return [error('maintenance-window/validity-date', message, 'write it like 2026-12-01T09:00:00-08:00')];
}

/** Date.parse moves an impossible day such as 30 February into the next month instead of refusing it. */
function isRealInstant(text: string): boolean {
  const wall = `${text.slice(0, 16)}Z`;
  return !Number.isNaN(Date.parse(text)) && new Date(wall).toISOString().slice(0, 16) === text.slice(0, 16);
}

function checkDateOrder({ startDate, endDate }: MaintenanceWindowFacts): Violation[] {
  if (startDate === undefined || endDate === undefined) return [];
  if (!(Date.parse(endDate) <= Date.parse(startDate))) return [];
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

/** What a window holds, and how many windows of its stack were declared before it. */
export interface WindowContents {
  readonly windowsBefore: number;
  readonly targets: number;
  readonly tasks: number;
}

/** @see https://docs.aws.amazon.com/general/latest/gr/ssm.html#limits_ssm */
export function checkWindowContents({ windowsBefore, targets, tasks }: WindowContents): Violation[] {
  return [
    ...(windowsBefore === 50
      ? [
          error(
            'maintenance-window/quota',
            'a region must hold at most 50 maintenance windows, this is the 51st',
            'give one window several targets',
          ),
        ]
      : []),
    ...(targets > 100
      ? [
          error(
            'maintenance-window/target-quota',
            `a window must have at most 100 targets, got ${targets}`,
            'use a second window',
          ),
        ]
      : []),
    ...(tasks > 20
      ? [
          error(
            'maintenance-window/task-quota',
            `a window must have at most 20 tasks, got ${tasks}`,
            'use a second window',
          ),
        ]
      : []),
    ...(tasks === 0
      ? [warning('maintenance-window/has-task', 'the window has no task here, so it does nothing', 'add a patch task')]
      : []),
  ];
}
