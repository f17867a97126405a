import type { Agenda } from '../../calendar/agenda.ts';
import type { RingOrder } from '../../calendar/index.ts';
import type { Freeze } from '../../calendar/rollout.ts';

/** What `patchfleet calendar` knows, whatever the format. */
export interface FleetCalendar {
  /** Name of the fleet, and the path of its file. */
  readonly fleet: string;
  readonly path: string;
  readonly asOf: Date;
  /** Runs start before it. */
  readonly to: Date;
  /** The reader's. */
  readonly timezone: string;
  readonly agenda: Agenda;
  readonly freezes: readonly Freeze[];
  /** Absent where it was not asked for. */
  readonly order?: RingOrder;
}
