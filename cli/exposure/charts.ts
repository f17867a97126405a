import type { RingExposure } from '../../calendar/exposure/summary.ts';
import type { LineChart } from '../../report/index.ts';
import type { FleetExposure } from './fleet-exposure.ts';
import { slowest } from './tables.ts';

/** How long each ring waits for each release: a chart for Windows, and one for all that is released daily. */
export function waitCharts({ exposure, rollout }: FleetExposure): LineChart[] {
  const deadlines = new Map(rollout.rings.map(({ name, patchWithinDays }) => [name, patchWithinDays]));
  const kinds = [
    {
      title: 'Windows',
      description: 'Days from each Patch Tuesday until each ring has installed the release',
      cadence: 'monthly',
    },
    {
      title: 'Linux and macOS',
      description: 'Days that a patch of the worst day of each month waits in each ring',
      cadence: 'daily',
    },
  ] as const;
  return kinds.flatMap(({ title, description, cadence }) => {
    const exposed = exposure.rings.filter((ring) => ring.cadence === cadence);
    if (exposed.length === 0) return [];
    const names = [...new Set(exposed.map(({ ring }) => ring))];
    const series = names.map((name) => {
      const limit = deadlines.get(name);
      const points = pointsOf(exposed.filter(({ ring }) => ring === name));
      return { name, points, ...(limit !== undefined && { limit }) };
    });
    return [{ kind: 'line-chart' as const, title, description, unit: 'days', series, missing: 'never or not yet' }];
  });
}

function pointsOf(exposed: readonly RingExposure[]) {
  const releases = [...new Set(exposed.flatMap(({ steps }) => steps.map(({ release }) => release)))].sort();
  return releases.map((release) => ({ at: release, value: slowest(exposed, release)?.days ?? null }));
}
