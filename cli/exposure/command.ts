import { exposure as exposureOf } from '../../calendar/exposure/exposure.ts';
import { frozenInstalls } from '../../calendar/frozen-installs.ts';
import { rolloutOf } from '../../fleet/rollout.ts';
import { type FleetFile, readFleet } from '../read-fleet.ts';
import type { Terminal } from '../terminal.ts';
import type { FleetExposure } from './fleet-exposure.ts';

export interface ExposureOptions extends FleetFile {
  readonly format: 'text' | 'json' | 'markdown' | 'html';
  readonly asOf: Date;
  /** How far it looks at releases. */
  readonly months: number;
  /** Whether warnings count as well. */
  readonly strict: boolean;
}

/** Tells when each ring gets each patch. 0: all that is asked of the rings holds; 1: something does not; 2: it could not run. */
export async function exposure(terminal: Terminal, options: ExposureOptions): Promise<number> {
  const { asOf, months, format, strict } = options;
  const fleet = await readFleet(terminal, options, asOf.toISOString());
  if (fleet === undefined) return 2;
  const rollout = rolloutOf(fleet);
  const told: FleetExposure = {
    fleet: fleet.fleet,
    path: options.fleet,
    rollout,
    exposure: exposureOf(rollout, { asOf, months }),
    frozen: frozenInstalls(rollout),
    waivers: fleet.waivers ?? [],
  };
  terminal.out(await formatted(told, format, terminal));
  const counts = ({ severity }: { severity: string }) => severity === 'error' || (strict && severity === 'warning');
  return told.exposure.findings.some(counts) ? 1 : 0;
}

async function formatted(told: FleetExposure, format: ExposureOptions['format'], terminal: Terminal): Promise<string> {
  if (format === 'json') return (await import('./as-json.ts')).exposureAsJson(told);
  const [{ exposureReport }, { formatReport }] = await Promise.all([
    import('./report.ts'),
    import('../report-format.ts'),
  ]);
  return formatReport(exposureReport(told), format, terminal);
}
