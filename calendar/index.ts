export { type Closure, closureAt, closuresOf, isClosedForGood } from './closures.ts';
export { describeRate } from './describe-schedule.ts';
export { exposureAssumptions } from './exposure/assumptions.ts';
export {
  type ExposedApproval,
  type Exposure,
  type ExposureCase,
  type ExposureFinding,
  exposure,
} from './exposure/exposure.ts';
export type { ReleaseStep, RingExposure } from './exposure/summary.ts';
export { type FrozenInstalls, frozenInstalls } from './frozen-installs.ts';
export { checkPatchTuesday, type PatchTuesday, patchTuesday } from './patch-tuesday.ts';
export { type RingInversion, type RingOrder, type RingOrderFinding, ringOrder } from './ring-order.ts';
export type { Approval, Freeze, Rollout, RolloutRing, RolloutWindow } from './rollout.ts';
export { type ApprovalDelay, changed, describeChange, type RolloutChange } from './rollout-change.ts';
export { nextRuns, previousRuns, runsBetween, type ScheduleOptions } from './runs.ts';
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
