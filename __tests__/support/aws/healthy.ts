import type { SimulatedFleet } from './fleet.ts';
import { type SimulationOptions, simulateFleet } from './simulate.ts';

/** A fleet of which there is nothing to look into: its instances are compliant, and the runs of its windows went well. */
export function healthyFleet(options: Omit<SimulationOptions, 'conditions'>): SimulatedFleet {
  const { places } = simulateFleet({ ...options, conditions: ['compliant'] });
  return {
    places: places.map((place) => ({
      ...place,
      windows: place.windows.map((window) => ({
        ...window,
        executions: window.executions.filter(({ execution }) => execution.Status === 'SUCCESS'),
      })),
    })),
  };
}
