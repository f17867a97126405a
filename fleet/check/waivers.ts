import { checkDay, isDay } from '../../core/day.ts';
import { error, quoted, type Violation, warning } from '../../core/problem.ts';
import { familyOf } from '../../modules/patch-baseline/operating-system.ts';
import {
  checkPatchNames,
  isIssueId,
  rejectedPatchNames,
  takesRejectedPatch,
} from '../../modules/patch-baseline/patch-name-checks.ts';
import { at, type FilePath, type FileViolation } from '../file-violation.ts';
import type { FleetBaseline, FleetWaiver } from '../schema/index.ts';
import { isMeant } from '../waivers.ts';
import type { FleetFacts } from './facts.ts';
import { listed } from './in-file.ts';
import { checkKeys } from './references.ts';
import { checkWaivedTogether } from './waivers-together.ts';

/** How long before a waiver expires a warning begins, in days: time to decide again, and to deploy it. */
const noticeDays = 14;

/** Waivers: whether they can hold, who answers for them, and for how long. `asOf` adds what depends on the day. */
export function checkWaivers(facts: FleetFacts, asOf: string | undefined): FileViolation[] {
  const { fleet, baselines, rings } = facts;
  const waivers = fleet.waivers ?? [];
  if (waivers.length === 0) return [];
  const ringNames = new Set(rings.map(({ ring }) => ring.name));
  const baselineKeys = [...baselines.keys()].sort();
  const used = baselinesOfRings(facts);
  return [
    ...waivers.flatMap((waiver, index) => {
      const path: FilePath = ['waivers', index];
      return [
        ...checkKeys([...path, 'rings'], waiver.rings, 'rings', ringNames, [...ringNames]),
        ...checkKeys([...path, 'baselines'], waiver.baselines ?? [], 'baselines', baselines, baselineKeys),
        ...checkGiven(path, waiver),
        ...at([...path, 'expires'], checkDay('expires', waiver.expires, 'fleet/waiver-expires')),
        ...at([...path, 'expires'], checkExpiry(waiver, asOf)),
        ...checkTaken(path, waiver, baselines, used),
      ];
    }),
    ...checkWaivedTogether(waivers, baselines, used),
  ];
}

/** Keys of the baselines that the assignments of each ring use. */
function baselinesOfRings({ assignmentSets }: FleetFacts): ReadonlyMap<string, ReadonlySet<string>> {
  const used = new Map<string, Set<string>>();
  for (const { assignment, baselines } of assignmentSets.flatMap((set) => set.value)) {
    const ofRing = used.get(assignment.ring) ?? new Set();
    for (const key of baselines) ofRing.add(key);
    used.set(assignment.ring, ofRing);
  }
  return used;
}

function checkGiven(path: FilePath, waiver: FleetWaiver): FileViolation[] {
  const accountable = { owner: 'who answers for it', reason: 'why', ticket: 'where it was decided' };
  const seen = new Set<string>();
  return [
    ...(['owner', 'reason', 'ticket'] as const)
      .filter((field) => waiver[field].trim() === '')
      .map((field) => {
        const message = `${field} of a waiver must say ${accountable[field]}, got ${quoted(waiver[field])}`;
        return { ...error('fleet/waiver-accountable', message, `write ${field}`), at: [...path, field] };
      }),
    ...(['patches', 'rings', 'baselines'] as const)
      .filter((field) => waiver[field]?.length === 0)
      .map((field) => {
        const message = `${field} of a waiver must name at least one, got none: nothing would be rejected`;
        const fix = field === 'baselines' ? 'name one, or leave it out for all that know such names' : 'name one';
        return { ...error('fleet/waiver-empty', message, fix), at: [...path, field] };
      }),
    ...waiver.patches.flatMap((patch, index) => {
      const repeated = seen.has(patch);
      seen.add(patch);
      const message = `patches must list each entry once, got ${quoted(patch)} again`;
      const place = [...path, 'patches', index];
      return repeated ? [{ ...error('fleet/listed-once', message, 'remove one of them'), at: place }] : [];
    }),
  ];
}

/** Days are those of UTC: a waiver names no zone. The last day still holds. */
function checkExpiry({ expires }: FleetWaiver, asOf: string | undefined): Violation[] {
  const now = new Date(asOf ?? Number.NaN);
  if (Number.isNaN(now.getTime()) || !isDay(expires)) return [];
  const today = now.toISOString().slice(0, 10);
  const days = Math.round((Date.parse(expires) - Date.parse(today)) / 86_400_000);
  if (days > noticeDays) return [];
  if (days >= 0) {
    const message = `the waiver expires on ${expires}, ${inWords(days)} after ${today}: it fails from the next day on`;
    return [warning('fleet/waiver-expires-soon', message, 'decide again: remove it, or give it another day')];
  }
  const message = `the waiver expired on ${expires}, ${inWords(-days)} before ${today}: its patches are still rejected`;
  return [error('fleet/waiver-expired', message, 'remove it, and its patches are approved again, or decide anew')];
}

function inWords(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}

/** Each patch is rejected somewhere, each ring rejects something, and so does each baseline that is named. */
function checkTaken(
  path: FilePath,
  waiver: FleetWaiver,
  baselines: ReadonlyMap<string, FleetBaseline>,
  used: ReadonlyMap<string, ReadonlySet<string>>,
): FileViolation[] {
  const usedBy = (ring: string) => [...(used.get(ring) ?? [])];
  const candidates = [...new Set(waiver.rings.flatMap(usedBy))].filter((key) => isMeant(waiver, key)).sort();
  const takes = (key: string, patch: string) => {
    const system = baselines.get(key)?.operatingSystem;
    return system !== undefined && takesRejectedPatch(system, patch);
  };
  const takesAny = (key: string) => waiver.patches.some((patch) => takes(key, patch));
  const known = candidates.length > 0;
  return [
    ...waiver.patches.flatMap((patch, index) =>
      !known || candidates.some((key) => takes(key, patch))
        ? []
        : [{ ...notTaken(patch, candidates, baselines), at: [...path, 'patches', index] }],
    ),
    ...waiver.rings.flatMap((ring, index) => {
      const own = usedBy(ring).filter((key) => isMeant(waiver, key));
      if (own.some(takesAny) || !used.has(ring) || waiver.patches.length === 0) return [];
      // Where no ring rejects anything, each patch or each baseline that is named says so.
      if (!candidates.some(takesAny) && (known || waiver.baselines !== undefined)) return [];
      const message = `ring ${quoted(ring)} has no baseline that rejects any of these patches: the waiver has no effect there`;
      const found = warning('fleet/waiver-without-effect', message, 'remove the ring from it');
      return [{ ...found, at: [...path, 'rings', index] }];
    }),
    ...(waiver.baselines ?? []).flatMap((key, index) => {
      if (!baselines.has(key) || (candidates.includes(key) && takesAny(key))) return [];
      const why = candidates.includes(key)
        ? `its operating system, ${baselines.get(key)?.operatingSystem}, rejects ${rejectedPatchNames(systemOf(key, baselines))}`
        : `no assignment uses it in ${listed(waiver.rings)}`;
      const message = `baselines of a waiver must be ones that reject its patches, got ${quoted(key)}: ${why}`;
      const found = error('fleet/waiver-baseline', message, 'remove it');
      return [{ ...found, at: [...path, 'baselines', index] }];
    }),
  ];
}

function notTaken(
  patch: string,
  candidates: readonly string[],
  baselines: ReadonlyMap<string, FleetBaseline>,
): Violation {
  const systems = [...new Set(candidates.map((key) => systemOf(key, baselines)))].sort();
  const allowed = systems.map((system) => `${system} rejects ${rejectedPatchNames(system)}`).join('; ');
  const message = `patches must be rejected by one of the baselines ${listed(candidates)}, got ${quoted(patch)}: ${allowed}`;
  const windows = systems.includes('WINDOWS') ? checkPatchNames('rejected', 'WINDOWS', [patch])[0]?.fix : undefined;
  const onLinux = systems.some((system) => familyOf(system) === 'rpm' || familyOf(system) === 'apt');
  const linux = isIssueId(patch) && onLinux ? 'name the packages that it is about' : undefined;
  const fix = windows?.startsWith('write ') === true ? windows : linux;
  return error('fleet/waiver-taken', message, fix ?? 'name the patch as the operating system does');
}

function systemOf(key: string, baselines: ReadonlyMap<string, FleetBaseline>) {
  return baselines.get(key)?.operatingSystem ?? 'WINDOWS';
}
