import type { FleetExposure } from './fleet-exposure.ts';

/** Version 1 of the format: members are added, never changed. */
export function exposureAsJson({ fleet, path, exposure, rollout, frozen, waivers }: FleetExposure): string {
  const freezes = rollout.freezes.map((freeze) => ({
    ...freeze,
    installs: frozen
      .filter((installs) => installs.freeze === freeze.name)
      .map(({ ring, window, state, always, runs }) => ({ ring, window, state, always: always ?? null, runs })),
  }));
  return JSON.stringify({ version: 1, fleet, file: path, ...exposure, freezes, waivers }, null, 2);
}
