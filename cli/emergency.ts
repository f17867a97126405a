import { formatViolation } from '../core/problem.ts';
import { type EmergencyRequest, requestedEmergency } from '../fleet/emergency-request.ts';
import { editFleet, openFleet } from './edit-fleet.ts';
import type { FleetFile } from './read-fleet.ts';
import type { Terminal } from './terminal.ts';

export interface EmergencyOptions extends EmergencyRequest, FleetFile {
  readonly dryRun: boolean;
}

/** Adds an emergency to the fleet file. 0: done; 2: refused. */
export function emergency(terminal: Terminal, options: EmergencyOptions): number {
  const open = openFleet(terminal, options);
  if (open === undefined) return 2;
  const requested = requestedEmergency(open.fleet, options);
  if ('violations' in requested) {
    for (const violation of requested.violations) terminal.err(`patchfleet: ${formatViolation(violation)}`);
    return 2;
  }
  const { entry } = requested;
  const exitCode = editFleet(terminal, open, [{ at: ['emergencies'], append: entry }], options);
  if (exitCode === 0) {
    terminal.err(
      `note: what else is approved by then is installed as well; delete the entry when it is done, at the latest on ${entry.expires}`,
    );
  }
  return exitCode;
}
