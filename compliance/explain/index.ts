import { bucketInWords } from '../buckets.ts';
import type { PlaceFacts } from '../facts.ts';
import type { FleetContext } from '../fleet-context.ts';
import { describeGap, leftUnknown } from '../gaps.ts';
import type { InstanceReference } from '../instance-report.ts';
import { judge } from '../judge.ts';
import { indexPlace } from '../place-index.ts';
import type { Settings } from '../settings.ts';
import { withRunsUntil } from '../windows/known-runs.ts';
import { commandFor } from './commands.ts';
import type { Reason } from './reason.ts';
import { reasonsOf } from './rules.ts';

/** Why one instance is, or is not, patched. */
export interface Explanation extends InstanceReference {
  readonly version: 1;
  readonly asOf: string;
  /** In words: `not managed`, or `gone`. */
  readonly bucket: string;
  readonly why: string;
  readonly ring?: string;
  readonly patchGroup?: string;
  readonly operatingSystem?: string;
  /** Every reason that holds, causes before effects. At least one. */
  readonly reasons: readonly ExplainedReason[];
  /** What could not be read of the place or the instance, and so is unknown; empty where all was read. */
  readonly unread: readonly string[];
}

export interface ExplainedReason extends Reason {
  /** Does the next step, or its first part, as it can be pasted; absent where what to do needs a choice. */
  readonly command?: string;
}

/** Explains an instance of a place; absent where the place does not know it. */
export function explain(
  facts: PlaceFacts,
  instanceId: string,
  fleet: FleetContext,
  settings: Settings,
): Explanation | undefined {
  const instance = facts.instances.find((one) => one.instanceId === instanceId);
  if (instance === undefined) return undefined;
  const judged = judge(indexPlace(withRunsUntil(facts, settings.asOf), fleet), instance, settings);
  const { subject, verdict } = judged;
  return {
    version: 1,
    account: facts.place.account,
    region: facts.place.region,
    instanceId,
    asOf: settings.asOf,
    bucket: verdict.bucket === 'gone' ? 'gone' : bucketInWords(verdict.bucket),
    why: verdict.why,
    ...(subject.ring !== undefined && { ring: subject.ring.name }),
    ...(subject.groupName !== undefined && { patchGroup: subject.groupName }),
    ...(subject.operatingSystem !== undefined && { operatingSystem: subject.operatingSystem }),
    reasons: reasonsOf(judged).map((reason) => {
      const command = commandFor(reason.code, judged);
      return command === undefined ? reason : { ...reason, command };
    }),
    unread: facts.gaps
      .filter(({ instanceIds }) => instanceIds?.includes(instanceId) ?? true)
      .map((gap) => `${leftUnknown(gap.area)}: ${describeGap(gap)}`)
      .sort(),
  };
}
