import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canStop, errorsBorne, fittingChange, nodesAtOnce, type PatchLoad, windowFit } from '../../calendar/index.ts';

/** Two hours before the cutoff, half an hour a node. */
const load = (overrides: Partial<PatchLoad> = {}): PatchLoad => ({
  nodes: 12,
  maxConcurrency: '2',
  maxErrors: '1',
  minutesPerNode: 30,
  durationHours: 3,
  cutoffHours: 1,
  ...overrides,
});

describe('a percentage of nodes', () => {
  it.each([
    ['10%', 12, 1],
    ['10%', 50, 5],
    ['1%', 12, 1],
    ['99%', 3, 2],
    ['100%', 12, 12],
    ['5', 12, 5],
    ['50', 12, 12],
  ])('%s of %i run at a time as %i: rounded down, one at least, and no more than there are', (limit, nodes, count) => {
    expect(nodesAtOnce(limit, nodes)).toBe(count);
  });

  it.each([
    ['10%', 50, 5],
    ['10%', 9, 0],
    ['0%', 50, 0],
    ['3', 50, 3],
  ])('%s of %i may fail as %i, and the task goes on', (limit, nodes, count) => {
    expect(errorsBorne(limit, nodes)).toBe(count);
  });
});

describe('a window', () => {
  it('starts nodes in rounds until its cutoff', () => {
    expect(windowFit(load())).toEqual({ atOnce: 2, started: 8, left: 4 });
    expect(windowFit(load({ nodes: 8 }))).toEqual({ atOnce: 2, started: 8, left: 0 });
    expect(windowFit(load({ nodes: 9 }))).toEqual({ atOnce: 2, started: 8, left: 1 });
  });

  it('starts a round that the cutoff cuts off, and none at the cutoff itself', () => {
    expect(windowFit(load({ minutesPerNode: 119 })).started).toBe(4);
    expect(windowFit(load({ minutesPerNode: 120 })).started).toBe(2);
  });

  it('has a smallest change that lets all nodes start', () => {
    expect(fittingChange(load())).toEqual({ maxConcurrency: '3', durationHours: 4 });
    expect(fittingChange(load({ maxConcurrency: '10%' }))).toEqual({ maxConcurrency: '25%', durationHours: 7 });
    expect(fittingChange(load({ nodes: 1000 }))).toEqual({ maxConcurrency: '250' });
  });
});

interface Simulated {
  readonly started: number;
  /** Of a run in which every node fails. */
  readonly startedBeforeStop: number;
}

/** Node by node and minute by minute, as the pages of AWS tell it. */
function simulate({ nodes, maxConcurrency, maxErrors, ...window }: PatchLoad): Simulated {
  const lastStart = (window.durationHours - window.cutoffHours) * 60;
  const slots = nodesAtOnce(maxConcurrency, nodes);
  const walk = (until: number, borne: number) => {
    let [started, errors] = [0, 0];
    const running: number[] = [];
    for (let minute = 0; minute < until; minute += 1) {
      for (let index = running.length - 1; index >= 0; index -= 1) {
        if (running[index] !== minute) continue;
        running.splice(index, 1);
        errors += 1;
        // The next node starts before the next result comes in.
        if (errors <= borne && started < nodes) {
          running.push(minute + window.minutesPerNode);
          started += 1;
        }
      }
      while (errors <= borne && running.length < slots && started < nodes) {
        running.push(minute + window.minutesPerNode);
        started += 1;
      }
    }
    return started;
  };
  return {
    started: walk(lastStart, Number.POSITIVE_INFINITY),
    startedBeforeStop: walk(100_000, errorsBorne(maxErrors, nodes)),
  };
}

const limit = (least: number) =>
  fc.oneof(
    fc.integer({ min: least, max: 40 }).map(String),
    fc.integer({ min: least, max: 100 }).map((value) => `${value}%`),
  );

const anyLoad: fc.Arbitrary<PatchLoad> = fc
  .record({
    nodes: fc.integer({ min: 1, max: 60 }),
    maxConcurrency: limit(1),
    maxErrors: limit(0),
    minutesPerNode: fc.integer({ min: 20, max: 400 }),
    durationHours: fc.integer({ min: 1, max: 24 }),
    cutoffHours: fc.integer({ min: 0, max: 23 }),
  })
  .filter(({ durationHours, cutoffHours }) => cutoffHours < durationHours);

describe('of any load', () => {
  it('as many nodes start as in a walk through the minutes', () => {
    fc.assert(
      fc.property(anyLoad, (any) => {
        const { started, left } = windowFit(any);
        expect(started).toBe(simulate(any).started);
        expect(left).toBe(any.nodes - started);
      }),
    );
  });

  it('the changes fit, and no smaller ones do', () => {
    fc.assert(
      fc.property(anyLoad, (any) => {
        fc.pre(windowFit(any).left > 0);
        const { maxConcurrency, durationHours } = fittingChange(any);
        const sign = maxConcurrency.endsWith('%') ? '%' : '';
        const number = Number.parseInt(maxConcurrency, 10);
        expect(windowFit({ ...any, maxConcurrency }).left).toBe(0);
        expect(windowFit({ ...any, maxConcurrency: `${number - 1}${sign}` }).left).toBeGreaterThan(0);
        if (durationHours !== undefined) expect(windowFit({ ...any, durationHours }).left).toBe(0);
        const longest = durationHours === undefined ? 24 : durationHours - 1;
        expect(windowFit({ ...any, durationHours: longest }).left).toBeGreaterThan(0);
      }),
    );
  });

  it('a task can stop exactly where a run in which all fails leaves nodes out', () => {
    fc.assert(
      fc.property(anyLoad, (any) => {
        expect(canStop(any)).toBe(simulate({ ...any, minutesPerNode: 20 }).startedBeforeStop < any.nodes);
      }),
      { numRuns: 50 },
    );
  });
});
