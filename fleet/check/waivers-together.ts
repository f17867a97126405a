import { error, quoted, type Violation, warning } from '../../core/problem.ts';
import { familyOf } from '../../modules/patch-baseline/operating-system.ts';
import { takesRejectedPatch } from '../../modules/patch-baseline/patch-name-checks.ts';
import type { FilePath, FileViolation } from '../file-violation.ts';
import type { FleetBaseline, FleetWaiver } from '../schema/index.ts';
import { isMeant } from '../waivers.ts';
import { listed } from './in-file.ts';

/** What AWS takes in one list of a baseline. */
const mostRejected = 50;

/** A patch that a waiver rejects in one baseline of one ring. */
interface Rejection {
  readonly path: FilePath;
  readonly waiver: number;
  readonly patch: string;
}

/** What comes together in a baseline of a ring: its own lists, and all waivers. Each problem is told once. */
export function checkWaivedTogether(
  waivers: readonly FleetWaiver[],
  baselines: ReadonlyMap<string, FleetBaseline>,
  used: ReadonlyMap<string, ReadonlySet<string>>,
): FileViolation[] {
  const found = new Map<string, FileViolation>();
  const dependencies = new Map<number, Set<string>>();
  const say = (violation: Violation, at: FilePath) => {
    const id = `${at.join(' ')} ${violation.message}`;
    if (!found.has(id)) found.set(id, { ...violation, at });
  };
  for (const [ring, keys] of [...used].sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const key of [...keys].sort()) {
      const baseline = baselines.get(key);
      if (baseline === undefined) continue;
      const rejections = rejectionsIn(waivers, ring, key, baseline);
      checkOnce(rejections, ring, key, baseline, say);
      checkCount(rejections, ring, key, baseline, say);
      if (!mayComeAsDependency(baseline)) continue;
      for (const { waiver } of rejections) dependencies.set(waiver, (dependencies.get(waiver) ?? new Set()).add(key));
    }
  }
  return [...found.values(), ...[...dependencies].map(([waiver, keys]) => tellDependency(waiver, keys))];
}

type Say = (violation: Violation, at: FilePath) => void;

function rejectionsIn(
  waivers: readonly FleetWaiver[],
  ring: string,
  key: string,
  baseline: FleetBaseline,
): Rejection[] {
  return waivers.flatMap((waiver, index) => {
    if (!waiver.rings.includes(ring) || !isMeant(waiver, key)) return [];
    return waiver.patches.flatMap((patch, position) => {
      // An entry that is repeated within one list is told there.
      if (waiver.patches.indexOf(patch) < position || !takesRejectedPatch(baseline.operatingSystem, patch)) return [];
      return [{ path: ['waivers', index, 'patches', position], waiver: index, patch }];
    });
  });
}

/** A patch that is rejected for good, or by another waiver, does not come back when this one expires. */
function checkOnce(
  rejections: readonly Rejection[],
  ring: string,
  key: string,
  { rejectedPatches, approvedPatches }: FleetBaseline,
  say: Say,
): void {
  const first = new Map<string, number>();
  for (const { patch, waiver, path } of rejections) {
    const before = first.get(patch);
    if (before === undefined) first.set(patch, waiver);
    else {
      const message = `patches must be waived once in a ring, got ${quoted(patch)} as in waivers[${before}], both in ring ${quoted(ring)}`;
      say(error('fleet/waiver-once', message, 'keep it in one of them'), path);
    }
    if (rejectedPatches?.includes(patch) === true) {
      const message = `patches must not be rejected already, got ${quoted(patch)}, which is in rejectedPatches of baseline ${quoted(key)} and stays there when the waiver expires`;
      say(error('fleet/waiver-once', message, 'remove it there, or from the waiver'), path);
    }
    if (approvedPatches?.includes(patch) === true) {
      const message = `${quoted(patch)} is waived, and approved by approvedPatches of baseline ${quoted(key)}: AWS rejects it`;
      say(warning('patch-baseline/approved-or-rejected', message, 'take it out of one list'), path);
    }
  }
}

function checkCount(
  rejections: readonly Rejection[],
  ring: string,
  key: string,
  { rejectedPatches = [] }: FleetBaseline,
  say: Say,
): void {
  const waived = new Set(rejections.map(({ patch }) => patch));
  const count = new Set([...rejectedPatches, ...waived]).size;
  // Too many of its own are told at the baseline.
  if (count <= mostRejected || waived.size === 0 || rejectedPatches.length > mostRejected) return;
  const message = `baseline ${quoted(key)} must hold at most ${mostRejected} rejected patches, got ${count} in ring ${quoted(ring)}: ${rejectedPatches.length} of its own and ${waived.size} waived`;
  say(error('fleet/waiver-count', message, 'waive fewer patches, or use a wildcard where packages allow one'), [
    'waivers',
  ]);
}

/** Windows knows no dependencies between its updates. */
function mayComeAsDependency({ operatingSystem, rejectedPatchesAction }: FleetBaseline): boolean {
  return rejectedPatchesAction !== 'BLOCK' && familyOf(operatingSystem) !== 'windows';
}

function tellDependency(waiver: number, keys: ReadonlySet<string>): FileViolation {
  const message = `what is waived may still come as a dependency of another patch in ${listed(keys)}, where rejectedPatchesAction is ALLOW_AS_DEPENDENCY`;
  const fix = 'set it to BLOCK where that would do harm';
  return { ...warning('fleet/waiver-dependency', message, fix), severity: 'info', at: ['waivers', waiver, 'patches'] };
}
