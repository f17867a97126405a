export { describeRate } from './describe-schedule.ts';
export { checkPatchTuesday, type PatchTuesday, patchTuesday } from './patch-tuesday.ts';
export { nextRuns, type ScheduleOptions } from './runs.ts';
export {
  type AtExpression,
  type CronExpression,
  formatScheduleExpression,
  type ParsedScheduleExpression,
  parseScheduleExpression,
  type RateExpression,
  type ScheduleExpression,
} from './schedule-expression.ts';
export { checkWindowFrequency, shortestIntervalMinutes } from './shortest-interval.ts';
export { checkTimeZone, formatInZone, instantOfWallTime, type WallTime, wallTimeOf } from './time-zone.ts';
export { canStop, errorsBorne, fittingChange, nodesAtOnce, type PatchLoad, windowFit } from './window-fit.ts';
