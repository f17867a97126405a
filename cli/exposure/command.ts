import { exposure as exposureOf } from '../../calendar/exposure/exposure.ts';
import { rolloutOf } from '../../fleet/rollout.ts';
import { readFleet } from '../read-fleet.ts';
import type { Terminal } from '../terminal.ts';
import type { FleetExposure } from './fleet-exposure.ts';

export interface ExposureOptions {
  readonly fleet: string;
  readonly format: 'text' | 'json' | 'markdown' | 'html';
  readonly asOf: Date;
  /** How far it looks at releases. */
  readonly months: number;
}

/** Tells when each ring gets each patch. 0: all that is asked of the rings holds; 1: something does not; 2: it could not run. */
export async function exposure(terminal: Terminal, options: ExposureOptions): Promise<number> {
  const { asOf, months, format } = options;
  const fleet = await readFleet(terminal, options.fleet, asOf.toISOString());
  if (fleet === undefined) return 2;
  const rollout = rolloutOf(fleet);
  const told: FleetExposure = {
    fleet: fleet.fleet,
    path: options.fleet,
    rollout,
    exposure: exposureOf(rollout, { asOf, months }),
    waivers: fleet.waivers ?? [],
  };
  terminal.out(await formatted(told, format, terminal));
  return told.exposure.findings.some(({ severity }) => severity === 'error') ? 1 : 0;
}

async function formatted(told: FleetExposure, format: ExposureOptions['format'], terminal: Terminal): Promise<string> {
  if (format === 'json') {
    const { fleet, path, exposure: found, rollout, waivers } = told;
    // Version 1 of the format: members are added, never changed.
    return JSON.stringify({ version: 1, fleet, file: path, ...found, freezes: rollout.freezes, waivers }, null, 2);
  }
  const [{ exposureReport }, { formatReport }] = await Promise.all([
    import('./report.ts'),
    import('../report-format.ts'),
  ]);
  return formatReport(exposureReport(told), format, terminal);
}
