import { rmSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Fake, isRunning, until } from './fake.ts';

let fake: Fake;

beforeEach(() => {
  fake = new Fake();
});
afterEach(() => rmSync(fake.directory, { recursive: true, force: true }));

describe('an interrupted run', () => {
  it('lets each engine give back its lock, starts no other, and says what is left to do', async () => {
    const interruption = new AbortController();
    const run = fake.plan(['a', 'b', 'c'], { parallel: 1, signal: interruption.signal, knobs: { HANG: 'plan' } });
    await until(() => fake.told('start').includes('start plan a'));
    interruption.abort();
    const { exitCode, out, err } = await run;
    expect(exitCode).toBe(2);
    expect(fake.told('interrupted', 'released')).toEqual(['interrupted plan a', 'released plan a']);
    expect(err).toEqual([
      'interrupted: waiting for 1 fake-engine to release its lock; Ctrl-C again ends it at once',
      '[1/3] a interrupted in fake-engine plan (0.0 s)',
    ]);
    expect(out).toBe(`  STACK  PLAN
  a      interrupted in fake-engine plan
  b      not started
  c      not started

0 planned, 3 not; plans are in ${fake.out}
run it again with --resume for these alone`);
    expect(fake.statuses()).toEqual(['a interrupted', 'b not-started', 'c not-started']);
  });

  it('is resumed', async () => {
    const interruption = new AbortController();
    const run = fake.plan(['a', 'b'], { parallel: 1, signal: interruption.signal, knobs: { HANG: 'plan' } });
    await until(() => fake.told('start').includes('start plan a'));
    interruption.abort();
    await run;
    const { exitCode } = await fake.plan(['a', 'b'], { resume: true });
    expect(exitCode).toBe(0);
    expect(fake.statuses()).toEqual(['a planned', 'b planned']);
  });

  it('ends an engine, and its provider, that does not heed it in time', async () => {
    const interruption = new AbortController();
    const run = fake.plan(['a'], {
      signal: interruption.signal,
      graceMs: 50,
      knobs: { HANG: 'plan', STUBBORN: '1' },
    });
    await until(() => fake.told('start').includes('start plan a'));
    interruption.abort();
    expect((await run).exitCode).toBe(2);
    await until(() => fake.events().every(({ pid }) => !isRunning(pid)));
    expect(fake.told('provider')).toEqual(['provider plan a']);
    expect(fake.statuses()).toEqual(['a interrupted']);
  });

  it('starts nothing where it was interrupted before', async () => {
    const { exitCode, out } = await fake.plan(['a'], { signal: AbortSignal.abort() });
    expect(exitCode).toBe(2);
    expect(out).toContain('a      not started');
    expect(fake.events()).toEqual([]);
  });

  it('takes many engines at once without a warning of the runtime', async () => {
    const warnings: Error[] = [];
    const listen = (warning: Error) => warnings.push(warning);
    process.on('warning', listen);
    const stacks = Array.from({ length: 12 }, (_, index) => `s${index}`);
    const interruption = new AbortController();
    const run = fake.plan(stacks, { parallel: 12, signal: interruption.signal, knobs: { HANG: 'plan' } });
    await until(() => fake.told('start').filter((call) => call.startsWith('start plan')).length === 12);
    interruption.abort();
    const { err } = await run;
    process.off('warning', listen);
    expect(warnings).toEqual([]);
    expect(err[0]).toBe(
      'interrupted: waiting for 12 fake-engine to release their locks; Ctrl-C again ends them at once',
    );
    expect(fake.told('released')).toHaveLength(12);
  });
});
