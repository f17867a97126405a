/**
 * How a patch task works through its nodes in one opening of its window.
 *
 * From AWS's pages: a task runs on at most `maxConcurrency` nodes at a time; the first nodes follow each other as soon as
 * Systems Manager has taken note of the one before, so that the number is reached at once by this measure; no task starts
 * after the end of the window less its cutoff; after `maxErrors` errors and one more no further node starts, and those
 * that run go on. Tasks of one priority run side by side, so each target has the whole window.
 *
 * Assumptions, as AWS documents neither: a percentage is rounded down and makes at least one node at a time (what
 * CloudFormation says of its own); each node takes the same time, and the next one starts when it is done.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/send-commands-multiple.html
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreateMaintenanceWindow.html
 */
export interface PatchLoad {
  /** Nodes of the target, from 0. */
  readonly nodes: number;
  /** `"2"` or `"10%"`. */
  readonly maxConcurrency: string;
  /** `"1"` or `"5%"`. */
  readonly maxErrors: string;
  /** Minutes that one node takes, above 0. */
  readonly minutesPerNode: number;
  /** Hours the window stays open. */
  readonly durationHours: number;
  /** Hours before its end after which nothing starts; below the duration. */
  readonly cutoffHours: number;
}

export interface WindowFit {
  /** Nodes that run at a time. */
  readonly atOnce: number;
  /** Nodes that start before the cutoff. */
  readonly started: number;
  /** Nodes that never start. */
  readonly left: number;
}

/** How many nodes of a target start before the cutoff, all of them sound. */
export function windowFit(load: PatchLoad): WindowFit {
  const atOnce = nodesAtOnce(load.maxConcurrency, load.nodes);
  const started = Math.min(load.nodes, rounds(load, load.durationHours) * atOnce);
  return { atOnce, started, left: load.nodes - started };
}

/** Nodes that run at a time: at least one, and no more than there are. */
export function nodesAtOnce(maxConcurrency: string, nodes: number): number {
  return Math.min(nodes, Math.max(1, partOf(maxConcurrency, nodes)));
}

/** Errors after which a task goes on: it stops at one more. */
export function errorsBorne(maxErrors: string, nodes: number): number {
  return partOf(maxErrors, nodes);
}

/**
 * Whether a task can still stop before all its nodes have started: the error that stops it comes when as many have
 * started as run at a time and errors are borne, at the least.
 */
export function canStop({ nodes, maxConcurrency, maxErrors }: PatchLoad): boolean {
  return nodesAtOnce(maxConcurrency, nodes) + errorsBorne(maxErrors, nodes) < nodes;
}

/** The smallest changes, each by itself, with which all nodes start. */
export interface FittingChange {
  /** Written as it was, as a number or a percentage. */
  readonly maxConcurrency: string;
  /** Hours, at most 24; absent where no window is long enough. */
  readonly durationHours?: number;
}

export function fittingChange(load: PatchLoad): FittingChange {
  const { nodes, maxConcurrency, durationHours, cutoffHours } = load;
  const needed = Math.ceil(nodes / rounds(load, durationHours));
  const atOnce = nodesAtOnce(maxConcurrency, nodes);
  const longer = Array.from({ length: 24 }, (_, index) => index + 1)
    .filter((hours) => hours > Math.max(durationHours, cutoffHours))
    .find((hours) => rounds(load, hours) * atOnce >= nodes);
  return {
    maxConcurrency: maxConcurrency.endsWith('%') ? `${Math.ceil((needed * 100) / nodes)}%` : String(needed),
    ...(longer !== undefined && { durationHours: longer }),
  };
}

/** How often a node can start after another before the cutoff, the first time included. */
function rounds({ minutesPerNode, cutoffHours }: PatchLoad, durationHours: number): number {
  return Math.ceil(((durationHours - cutoffHours) * 60) / minutesPerNode);
}

function partOf(limit: string, nodes: number): number {
  const value = Number.parseInt(limit, 10);
  return limit.endsWith('%') ? Math.floor((nodes * value) / 100) : value;
}
