import { type ExplainedReason, explain } from '../../../compliance/explain/index.ts';
import { type ReasonCode, reasonCodes } from '../../../compliance/explain/reason.ts';
import type { InstanceFacts, PlaceFacts } from '../../../compliance/facts.ts';
import type { FleetContext } from '../../../compliance/fleet-context.ts';
import { fleetContext, installWindow, place, type run, settings, windowId } from '../support.ts';

/* What is told of one instance of a small place. */

/** Every code that was told so far. */
export const seen = new Set<ReasonCode>();

/** Codes from one up to another in the order in which they are told. */
function between(first: ReasonCode, end: ReasonCode): readonly ReasonCode[] {
  return reasonCodes.slice(reasonCodes.indexOf(first), reasonCodes.indexOf(end));
}

/** The codes with tests in window-reasons.test.ts. */
export const windowReasons = between('not-targeted', 'never-scanned');

/** The codes with tests in patch-reasons.test.ts; those of all others are in reasons.test.ts. */
export const patchReasons = between('never-scanned', 'compliant');

export const ranFrom = `window acme-install (${windowId}) ran from 2026-11-21T02:00:00.000Z to 2026-11-21T05:00:00.000Z`;
export const withRun = (...executions: ReturnType<typeof run>[]) => ({ windows: [installWindow({ executions })] });

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
