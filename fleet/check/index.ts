import type { FileViolation } from '../file-violation.ts';
import type { Fleet } from '../schema/index.ts';
import { checkAccounts } from './accounts.ts';
import { checkBackend } from './backend.ts';
import { checkBaselines } from './baselines.ts';
import { checkBusinessHours } from './business-hours.ts';
import { checkDelays } from './delays.ts';
import { checkEmergencies } from './emergencies.ts';
import { checkSupport } from './end-of-support.ts';
import { factsOf } from './facts.ts';
import { checkFreezes } from './freezes.ts';
import { checkPatchGroups } from './groups.ts';
import { checkInstanceTagsOf } from './instance-tags.ts';
import { checkInstances } from './instances.ts';
import { checkNames } from './names.ts';
import { checkOverlaps } from './overlaps.ts';
import { checkPatterns } from './patterns.ts';
import { checkPins } from './pins.ts';
import { exampleOf } from './placeholders.ts';
import { checkQuotas } from './quotas.ts';
import { checkReferences } from './references.ts';
import { checkRings } from './rings.ts';
import { checkTagsOfRoles } from './role-tags.ts';
import { checkRoles } from './roles.ts';
import { runsFrom } from './runs.ts';
import { checkTagsOf } from './tags.ts';
import { checkTargets } from './targets.ts';
import { checkWaivers } from './waivers.ts';
import { checkWindowFit } from './window-fit.ts';
import { checkWindows } from './windows.ts';
import { checkWindowsOver } from './windows-over.ts';

/**
 * Everything that is wrong with a fleet whose shape is right. What the modules know of AWS is checked by their own
 * rules; beyond them stands what only the whole fleet shows. `asOf` (an ISO date or instant) adds what depends on the
 * day; without it the answer is the same on every day.
 */
export function checkFleet(fleet: Fleet, asOf?: string): FileViolation[] {
  const facts = factsOf(fleet);
  const fill = exampleOf(facts);
  const runsOf = runsFrom(asOf);
  return [
    ...checkReferences(facts),
    ...checkRings(facts),
    ...checkWindows(facts, fill),
    ...checkBaselines(facts),
    ...checkDelays(facts),
    ...checkPins(facts),
    ...checkPatchGroups(facts),
    ...checkTargets(facts),
    ...checkInstances(facts),
    ...checkPatterns(facts),
    ...checkAccounts(facts, fill),
    ...checkTagsOf(facts),
    ...checkInstanceTagsOf(facts),
    ...checkTagsOfRoles(facts),
    ...checkRoles(facts, fill),
    ...checkBackend(facts),
    ...checkEmergencies(facts, asOf),
    ...checkNames(facts),
    ...checkQuotas(facts, runsOf),
    ...checkOverlaps(facts, runsOf),
    ...checkBusinessHours(facts, runsOf),
    ...checkWindowFit(facts),
    ...checkWindowsOver(facts, asOf),
    ...checkFreezes(facts, asOf),
    ...checkWaivers(facts, asOf),
    ...checkSupport(facts, asOf),
  ];
}
