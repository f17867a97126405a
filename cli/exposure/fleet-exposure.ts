import type { Exposure } from '../../calendar/exposure/exposure.ts';
import type { FrozenInstalls } from '../../calendar/frozen-installs.ts';
import type { Rollout } from '../../calendar/rollout.ts';
import type { FleetWaiver } from '../../fleet/schema/index.ts';

/** What `patchfleet exposure` knows, whatever the format. */
export interface FleetExposure {
  /** Name of the fleet, and the path of its file. */
  readonly fleet: string;
  readonly path: string;
  readonly rollout: Rollout;
  readonly exposure: Exposure;
  /** The installs that fall into freezes. */
  readonly frozen: readonly FrozenInstalls[];
  /** Patches that some rings do not get at all for now. */
  readonly waivers: readonly FleetWaiver[];
}
