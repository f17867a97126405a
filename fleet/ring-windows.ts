import type { FilePath } from './file-violation.ts';
import type { FleetInstall, FleetRing, FleetScan } from './schema/index.ts';

/** A window of a ring: its key is part of construct ids and names, `steps` lead to it from the ring. */
export type RingWindow = { readonly key: string; readonly steps: FilePath } & (
  | { readonly operation: 'Scan'; readonly window: FleetScan }
  | { readonly operation: 'Install'; readonly window: FleetInstall }
);

/** The windows of a ring: one for scans, and its install windows, however the file writes them. */
export function windowsOfRing({ scan, install }: FleetRing): RingWindow[] {
  const installs = Array.isArray(install) ? install : install === undefined ? [] : [install];
  return [
    ...(scan === undefined ? [] : [{ key: 'scan', steps: ['scan'], operation: 'Scan' as const, window: scan }]),
    ...installs.map((window, index) => ({
      key: window.name === undefined ? 'install' : `install-${window.name}`,
      steps: ['install', ...(Array.isArray(install) ? [index] : [])],
      operation: 'Install' as const,
      window,
    })),
  ];
}
