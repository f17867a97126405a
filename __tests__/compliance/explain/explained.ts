import { type ExplainedReason, explain } from '../../../compliance/explain/index.ts';
import type { ReasonCode } from '../../../compliance/explain/reason.ts';
import type { InstanceFacts, PlaceFacts } from '../../../compliance/facts.ts';
import type { FleetContext } from '../../../compliance/fleet-context.ts';
import { fleetContext, place, settings } from '../support.ts';

/* What is told of one instance of a small place. */

/** Every code that was told so far. */
export const seen = new Set<ReasonCode>();

export function reasons(facts: InstanceFacts, ofPlace: Partial<PlaceFacts> = {}, fleet: FleetContext = fleetContext()) {
  const explained = explain(place([facts], ofPlace), facts.instanceId, fleet, settings());
  if (explained === undefined) throw new Error('expected an explanation');
  for (const { code } of explained.reasons) seen.add(code);
  return explained.reasons;
}

export function codes(...of: Parameters<typeof reasons>): ReasonCode[] {
  return reasons(...of).map(({ code }) => code);
}

/** The reason with a code; fails with the others where there is none. */
export function reason(code: ReasonCode, ...of: Parameters<typeof reasons>): ExplainedReason {
  const found = reasons(...of).find((one) => one.code === code);
  if (found === undefined) throw new Error(`expected ${code}, got ${codes(...of).join(', ')}`);
  return found;
}

export const denied = (area: PlaceFacts['gaps'][number]['area']) =>
  ({ area, reason: 'access-denied', message: 'no' }) as const;
