import { takesRejectedPatch } from '../modules/patch-baseline/patch-name-checks.ts';
import type { Fleet, FleetBaseline, FleetWaiver } from './schema/index.ts';

/**
 * What the waivers of a fleet reject in one baseline of a ring: names of patches, sorted, each once, whatever the order
 * of the file. There is no clock in it: a waiver that has expired is compiled as long as it stands in the file, since
 * only a change of the file may change what is deployed. `validate` is what fails then.
 */
export function waivedPatches(
  fleet: Pick<Fleet, 'waivers'>,
  ring: string,
  key: string,
  baseline: FleetBaseline,
): string[] {
  const patches = (fleet.waivers ?? [])
    .filter((waiver) => waiver.rings.includes(ring) && isMeant(waiver, key))
    .flatMap((waiver) => waiver.patches.filter((patch) => takesRejectedPatch(baseline.operatingSystem, patch)));
  return [...new Set(patches)].sort();
}

/** Whether a waiver is for a baseline at all: every one of its rings, unless it names some. */
export function isMeant({ baselines }: FleetWaiver, key: string): boolean {
  return baselines === undefined || baselines.includes(key);
}
