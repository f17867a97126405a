import { formatInZone } from '../../calendar/index.ts';
import { quoted, warning } from '../../core/problem.ts';
import { checkAt, instantOfEmergency } from '../emergency.ts';
import type { FileViolation } from '../file-violation.ts';
import { frozenRings } from '../freezes.ts';
import type { Fleet } from '../schema/index.ts';
import type { SoundFreeze } from './freezes-due.ts';
import { listed } from './in-file.ts';

const hourMs = 3_600_000;

/** Emergencies are deliberate, so one within a freeze is allowed; nobody should learn of it from its reboots. */
export function checkFrozenEmergencies(fleet: Fleet, freezes: readonly SoundFreeze[]): FileViolation[] {
  return (fleet.emergencies ?? []).flatMap((emergency, index) => {
    const start = checkAt('at', emergency.at).length > 0 ? undefined : instantOfEmergency(emergency)?.getTime();
    if (start === undefined) return [];
    const end = start + (emergency.duration ?? 3) * hourMs;
    return freezes.flatMap(({ freeze, stretch }) => {
      const frozen = new Set(frozenRings(fleet, freeze));
      const rings = emergency.rings.filter((ring) => frozen.has(ring));
      if (rings.length === 0 || start >= stretch.to || end <= stretch.from) return [];
      const zoned = (instant: number) => formatInZone(new Date(instant), freeze.timezone ?? 'UTC');
      const message = `emergency ${quoted(emergency.name)} installs within freeze ${quoted(freeze.name)}, from ${zoned(start)} to ${zoned(end)} in ${listed(rings)}`;
      const found = warning('fleet/emergency-in-freeze', message, 'meant so? otherwise move it out of the freeze');
      return [{ ...found, at: ['emergencies', index, 'at'] }];
    });
  });
}
