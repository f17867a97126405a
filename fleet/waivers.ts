import { familyOf, type OperatingSystem } from '../modules/patch-baseline/operating-system.ts';
import { takesPatchName } from '../modules/patch-baseline/patch-name-checks.ts';
import type { Fleet, FleetBaseline, FleetWaiver } from './schema/index.ts';

/**
 * What the waivers of a fleet reject in one baseline of a ring: names of patches, sorted, each once, whatever the order
 * of the file. There is no clock in it: a waiver that has expired is compiled as long as it stands in the file, since
 * only a change of the file may change what is deployed. `validate` is what fails then.
 */
export function waivedPatches(
  fleet: Pick<Fleet, 'waivers'>,
  ring: string | undefined,
  key: string,
  baseline: FleetBaseline,
): string[] {
  const patches = (fleet.waivers ?? [])
    .filter((waiver) => ring !== undefined && waiver.rings.includes(ring) && isMeant(waiver, key))
    .flatMap((waiver) => waiver.patches.filter((patch) => takesWaiver(baseline.operatingSystem, patch)));
  return [...new Set(patches)].sort();
}

/** Whether a waiver is for a baseline at all: every one of its rings, unless it names some. */
export function isMeant({ baselines }: FleetWaiver, key: string): boolean {
  return baselines === undefined || baselines.includes(key);
}

/**
 * Whether a baseline of an operating system can reject a patch of this name. macOS takes any text, so what is plainly a
 * name of another system, or of what no list of rejections takes, is kept away from it.
 */
export function takesWaiver(system: OperatingSystem, patch: string): boolean {
  if (familyOf(system) === 'macos' && (takesPatchName('rejected', 'WINDOWS', patch) || isIssue(patch))) return false;
  return takesPatchName('rejected', system, patch);
}

/** A CVE, an advisory or a Bugzilla number: what can be approved on Linux, and not rejected. */
export function isIssue(patch: string): boolean {
  const system = 'AMAZON_LINUX_2023';
  return takesPatchName('approved', system, patch) && !takesPatchName('rejected', system, patch);
}
