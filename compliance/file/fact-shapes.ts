import type { Gap, Place, PlaceFacts } from '../facts.ts';
import { areas, gapReasons } from '../gaps.ts';
import type {
  ApprovalRuleFacts,
  AvailablePatch,
  BaselineContent,
  BaselineFacts,
  PatchGroupFacts,
} from '../patch-facts.ts';
import {
  executionStatuses,
  type TargetFacts,
  type TaskExecutionFacts,
  type WindowExecutionFacts,
  type WindowFacts,
  type WindowTargetFacts,
  type WindowTaskFacts,
} from '../window-facts.ts';
import { isInvocation } from './node-shapes.ts';
import { days, flag, instant, list, mapOf, maybe, number, oneOf, record, text } from './shapes.ts';

/* The shapes of `facts.ts` but for those of nodes, key by key. */

const operation = oneOf('Scan', 'Install');
// Words of AWS that nothing hangs on are kept as they come, those of tomorrow as well.
const word = text;

export const header = record<Pick<PlaceFacts, 'place' | 'observedAt' | 'permissions'>>({
  place: record<Place>({ account: text, region: text }),
  observedAt: instant,
  permissions: list(text),
});

export const gap = record<Gap>({
  area: oneOf(...areas),
  instanceIds: maybe(list(text)),
  windowIds: maybe(list(text)),
  reason: oneOf(...gapReasons),
  message: text,
});

export const baseline = record<BaselineFacts>({
  baselineId: text,
  baselineName: text,
  operatingSystem: text,
  owner: oneOf('Self', 'AWS'),
  isDefault: flag,
  content: maybe(
    record<BaselineContent>({
      modifiedAt: maybe(instant),
      approvalRules: list(
        record<ApprovalRuleFacts>({
          filters: mapOf(list(text)),
          approveAfterDays: maybe(days),
          approveUntilDate: maybe(text),
        }),
      ),
      approvedPatches: list(text),
      rejectedPatches: list(text),
      rejectedPatchesAction: word,
      availableSecurityUpdatesComplianceStatus: maybe(word),
    }),
  ),
});

export const patchGroup = record<PatchGroupFacts>({
  groupName: text,
  baselines: list(record<PatchGroupFacts['baselines'][number]>({ operatingSystem: text, baselineId: text })),
});

export const availablePatch = record<AvailablePatch>({
  operatingSystem: text,
  kbId: maybe(text),
  name: maybe(text),
  arch: maybe(text),
  epoch: maybe(number),
  version: maybe(text),
  release: maybe(text),
  title: maybe(text),
  product: maybe(text),
  productFamily: maybe(text),
  classification: maybe(text),
  severity: maybe(text),
  releasedAt: maybe(instant),
  cveIds: maybe(list(text)),
  advisoryIds: maybe(list(text)),
});

const targets = list(record<TargetFacts>({ key: text, values: list(text) }));

const outcome = {
  status: oneOf(...executionStatuses),
  statusDetails: maybe(text),
  startedAt: maybe(instant),
  endedAt: maybe(instant),
};

export const window = record<WindowFacts>({
  windowId: text,
  windowName: text,
  enabled: maybe(flag),
  schedule: maybe(text),
  timezone: maybe(text),
  offsetDays: maybe(number),
  startDate: maybe(text),
  endDate: maybe(text),
  durationHours: maybe(number),
  cutoffHours: maybe(number),
  nextExecutionAt: maybe(instant),
  targets: maybe(
    list(
      record<WindowTargetFacts>({
        windowTargetId: text,
        resourceType: oneOf('INSTANCE', 'RESOURCE_GROUP'),
        targets,
      }),
    ),
  ),
  tasks: maybe(
    list(
      record<WindowTaskFacts>({
        windowTaskId: text,
        taskArn: text,
        taskType: maybe(word),
        targets,
        operation: maybe(operation),
        rebootOption: maybe(word),
        maxConcurrency: maybe(text),
        maxErrors: maybe(text),
        cutoffBehavior: maybe(word),
      }),
    ),
  ),
  executions: maybe(
    list(
      record<WindowExecutionFacts>({
        windowExecutionId: text,
        ...outcome,
        tasks: maybe(
          list(
            record<TaskExecutionFacts>({
              taskExecutionId: text,
              taskArn: text,
              windowTaskId: maybe(text),
              ...outcome,
              invocations: maybe(list(isInvocation)),
            }),
          ),
        ),
      }),
    ),
  ),
  olderExecutionsUnread: maybe((value) => value === true),
});
