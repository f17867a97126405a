import type { RingExposure } from '../../calendar/exposure/summary.ts';
import type { LineChart, Point } from '../../report/index.ts';
import type { FleetExposure } from './fleet-exposure.ts';
import { slowest } from './slowest.ts';

/** How long each ring waits for each release: a chart for Windows, and one for all that is released daily. */
export function waitCharts({ exposure, rollout }: FleetExposure): LineChart[] {
  const deadlines = new Map(rollout.rings.map(({ name, patchWithinDays }) => [name, patchWithinDays]));
  return kinds.flatMap(({ cadence, ...chart }) => {
    const exposed = exposure.rings.filter((ring) => ring.cadence === cadence);
    if (exposed.length === 0) return [];
    const names = [...new Set(exposed.map(({ ring }) => ring))];
    const series = names.map((name) => {
      const limit = deadlines.get(name);
      const ofRing = exposed.filter(({ ring }) => ring === name);
      return { name, points: pointsOf(ofRing, chart.each), ...(limit !== undefined && { limit }) };
    });
    return [{ kind: 'line-chart' as const, ...chart, unit: 'days', series, missing: 'never or not yet' }];
  });
}

const kinds = [
  {
    title: 'Windows',
    description: 'Days from each Patch Tuesday until each ring has installed the release, by the slowest of its rules',
    each: 'instant',
    cadence: 'monthly',
  },
  {
    title: 'Linux and macOS',
    description: 'Days that a patch of the worst day of each month waits in each ring, by the slowest of its rules',
    each: 'month',
    cadence: 'daily',
  },
] as const;

/** Rules of one ring may have their worst days on different ones: each month is told once, by the worst of all. */
function pointsOf(exposed: readonly RingExposure[], each: 'instant' | 'month'): Point[] {
  const instantOf = (release: string) => (each === 'month' ? `${release.slice(0, 7)}-01T00:00:00Z` : release);
  const steps = exposed.flatMap(({ steps }) => steps);
  const instants = [...new Set(steps.map(({ release }) => instantOf(release)))].sort();
  return instants.map((at) => ({
    at,
    value: slowest(steps.filter(({ release }) => instantOf(release) === at))?.days ?? null,
  }));
}
