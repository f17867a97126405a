import { bucketInWords } from '../buckets.ts';
import type { Gap, PlaceFacts } from '../facts.ts';
import type { FleetContext } from '../fleet-context.ts';
import { areaInWords, describeGap, hidingGap, leftUnknown } from '../gaps.ts';
import type { InstanceReference } from '../instance-report.ts';
import { judge } from '../judge.ts';
import { indexPlace, placeKey } from '../place-index.ts';
import type { Settings } from '../settings.ts';
import type { EarlierState } from '../trend.ts';
import { hiddenInstances } from '../unseen.ts';
import { withRunsUntil } from '../windows/known-runs.ts';
import { commandFor } from './commands.ts';
import { nextForGap } from './reach.ts';
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
    unread: unreadOf(facts, instanceId),
  };
}

function unreadOf({ gaps }: PlaceFacts, instanceId: string): string[] {
  return gaps
    .filter(({ instanceIds }) => instanceIds?.includes(instanceId) ?? true)
    .map((gap) => `${leftUnknown(gap.area)}: ${describeGap(gap)}`)
    .sort();
}

/**
 * Explains instances of an earlier snapshot of which nobody can say whether they are still there, as reports count them:
 * those with the ids that are asked for, in places that are given and could not be read. `known` are keys of others.
 */
export function explainHidden(
  since: EarlierState,
  places: readonly PlaceFacts[],
  asked: readonly string[],
  known: ReadonlySet<string>,
  { asOf }: Settings,
): Explanation[] {
  const unread = new Map(
    places.flatMap((facts) => {
      const gap = hidingGap(facts.gaps);
      return gap === undefined ? [] : [[placeKey(facts.place), { facts, gap }] as const];
    }),
  );
  const messages = new Map([...unread].map(([place, { gap }]) => [place, describeGap(gap)]));
  return hiddenInstances(since, messages, known).flatMap((instance) => {
    const { account, region, instanceId, why, ring, patchGroup, operatingSystem } = instance;
    const of = unread.get(placeKey(instance));
    if (of === undefined || !asked.includes(instanceId)) return [];
    return {
      version: 1 as const,
      account,
      region,
      instanceId,
      asOf,
      bucket: bucketInWords('unknown'),
      why,
      ...(ring !== undefined && { ring }),
      ...(patchGroup !== undefined && { patchGroup }),
      ...(operatingSystem !== undefined && { operatingSystem }),
      reasons: [hidden(why, of.gap, of.facts)],
      unread: unreadOf(of.facts, instanceId),
    };
  });
}

function hidden(why: string, { area, reason }: Gap, { observedAt }: PlaceFacts): Reason {
  return {
    code: 'unknown',
    why: `whether it is patched is not known: ${why}`,
    evidence: [`${areaInWords(area)} could not be read at ${observedAt}`],
    next: nextForGap[reason],
  };
}
