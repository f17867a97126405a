import { formatViolation } from '../core/problem.ts';
import { promotion } from '../fleet/promote.ts';
import { editFleet, openFleet } from './edit-fleet.ts';
import type { FleetFile } from './read-fleet.ts';
import type { Terminal } from './terminal.ts';

export interface PromoteOptions extends FleetFile {
  readonly from: string;
  readonly to: string;
  readonly asOf: Date;
  readonly dryRun: boolean;
  /** Changes nothing and exits with 1 where something would have to. */
  readonly check: boolean;
}

/** Pins a ring to what an earlier one approves. 0: done, or nothing to do; 1: `check` found something; 2: refused. */
export function promote(terminal: Terminal, options: PromoteOptions): number {
  const { from, to, asOf, dryRun, check } = options;
  const open = openFleet(terminal, options, { mustBeSound: true });
  if (open === undefined) return 2;
  const { edits, warnings, notes, violations } = promotion(open.fleet, { from, to, asOf, atLeast: check });
  if (violations.length > 0) {
    for (const violation of violations) terminal.err(`patchfleet: ${formatViolation(violation)}`);
    return 2;
  }
  terminal.err(`ring ${to} as ring ${from} was on ${asOf.toISOString()}`);
  for (const found of warnings) terminal.err(`warning ${formatViolation(found)}`);
  for (const note of notes) terminal.err(`note: ${note}`);
  const exitCode = editFleet(terminal, open, edits, { asOf, dryRun: dryRun || check });
  if (exitCode !== 0) return exitCode;
  if (edits.length === 0) return 0;
  terminal.err(
    'note: each day is approved whole; packages superseded or unpublished since can differ from what was installed before',
  );
  return check ? 1 : 0;
}
