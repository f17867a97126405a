import { defaults } from '../compliance/aws/options.ts';

/** What reading a simulated AWS took. */
export interface AwsFigures {
  readonly instances: number;
  readonly calls: number;
  /** Of `calls`: DescribeInstancePatchStates. */
  readonly callsForStates: number;
  readonly seconds: number;
  /** Of the process that reads; the endpoint is another one. */
  readonly cpuSeconds: number;
}

/** Calls of an account and region that do not depend on how many healthy instances it has; a test holds them to it. */
const constant = 16;

/** The most calls for so many healthy instances of one account and region. */
export function mostCalls(instances: number): number {
  return 2 * Math.ceil(instances / 50) + Math.ceil(instances / 1000) + constant;
}

/**
 * What a scanner asks that goes from instance to instance, at the least: the same lists, and of each instance its patch
 * state and one page of its patches.
 */
export function scannerCalls({ instances, calls, callsForStates }: AwsFigures): number {
  return calls - callsForStates + 2 * instances;
}

/** Seconds that so many calls take at the least, as so many of them are under way at once. */
export function boundSeconds(calls: number, latencyMs: number, atOnce = defaults.concurrency.overall): number {
  return (calls * latencyMs) / 1000 / atOnce;
}
