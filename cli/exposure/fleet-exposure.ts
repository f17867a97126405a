import type { Exposure } from '../../calendar/exposure/exposure.ts';
import type { Rollout } from '../../calendar/rollout.ts';
import type { FleetWaiver } from '../../fleet/schema/index.ts';

/** What `patchfleet exposure` knows, whatever the format. */
export interface FleetExposure {
  /** Name of the fleet, and the path of its file. */
  readonly fleet: string;
  readonly path: string;
  readonly rollout: Rollout;
  readonly exposure: Exposure;
  /** Patches that some rings do not get at all for now. */
  readonly waivers: readonly FleetWaiver[];
}
