import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Fake, type FakeEvent, isRunning } from './fake.ts';

let fake: Fake;

beforeEach(() => {
  fake = new Fake();
});
afterEach(() => rmSync(fake.directory, { recursive: true, force: true }));

/** The most calls of a step that ran side by side. */
function mostAtOnce(events: readonly FakeEvent[], steps: readonly string[]): number {
  let running = 0;
  let most = 0;
  for (const { what, step } of events) {
    if (!steps.includes(step)) continue;
    if (what === 'start') running++;
    if (what === 'end') running--;
    most = Math.max(most, running);
  }
  return most;
}

describe('planning stacks', () => {
  it('keeps the plan of each as it is, as JSON and with its log, and sums them up', async () => {
    const { exitCode, out, err } = await fake.plan(['b', 'a']);
    expect(exitCode).toBe(0);
    expect(readdirSync(fake.out).sort()).toEqual([
      'a.log',
      'a.plan.json',
      'a.tfplan',
      'b.log',
      'b.plan.json',
      'b.tfplan',
      'summary.json',
    ]);
    expect(JSON.parse(readFileSync(join(fake.out, 'a.plan.json'), 'utf8'))).toHaveProperty('resource_changes');
    expect(out).toBe(`  STACK  PLAN
  a      2 to create, 1 to replace
  b      2 to create, 1 to replace

2 planned, 0 not; plans are in ${fake.out}`);
    expect(err.map((line) => line.slice(0, 5)).sort()).toEqual(['[1/2]', '[2/2]']);
    expect(err.join('\n')).toContain('a 2 to create, 1 to replace (0.0 s)');
  });

  it('writes a summary whose version and members other tools can rely on', async () => {
    await fake.plan(['a', 'b'], { knobs: { FAIL: 'b:plan' } });
    const source = '44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a';
    expect(fake.summary()).toEqual({
      version: 1,
      stacks: [
        {
          stack: 'a',
          status: 'planned',
          step: null,
          error: null,
          changes: { create: 2, update: 0, replace: 1, delete: 0, outputs: 1 },
          source,
          seconds: 0,
        },
        {
          stack: 'b',
          status: 'failed',
          step: 'plan',
          error: 'plan is not possible',
          changes: null,
          source,
          seconds: 0,
        },
      ],
    });
  });

  it('puts the commands and all they print into the log, and no plan', async () => {
    await fake.plan(['a']);
    expect(readFileSync(join(fake.out, 'a.log'), 'utf8')).toBe(`$ fake-engine init -input=false -no-color
init went well
$ fake-engine plan -input=false -no-color -out=${fake.out}/a.tfplan
plan went well
$ fake-engine show -json -no-color ${fake.out}/a.tfplan
`);
  });

  it('takes a relative directory, and calls it so', async () => {
    const { exitCode, out } = await fake.plan(['a'], { out: relative(process.cwd(), fake.out) });
    expect(exitCode).toBe(0);
    expect(out).toContain(`plans are in ${relative(process.cwd(), fake.out)}`);
    expect(existsSync(join(fake.out, 'a.plan.json'))).toBe(true);
  });

  it('never runs two inits at once, nor more stacks than it may', async () => {
    await fake.plan(['a', 'b', 'c', 'd', 'e', 'f'], { parallel: 3, knobs: { MEET: 'plan' } });
    expect(mostAtOnce(fake.events(), ['init'])).toBe(1);
    expect(mostAtOnce(fake.events(), ['init', 'plan', 'show'])).toBeGreaterThan(1);
    expect(mostAtOnce(fake.events(), ['init', 'plan', 'show'])).toBeLessThanOrEqual(3);
    expect(fake.told('start').filter((call) => call.startsWith('start plan'))).toHaveLength(6);
  });

  it('plans one stack after another when told so, in the order given', async () => {
    await fake.plan(['b', 'a'], { parallel: 1 });
    expect(fake.told('start')).toEqual([
      'start init b',
      'start plan b',
      'start show b',
      'start init a',
      'start plan a',
      'start show a',
    ]);
  });

  it('makes the plugin cache before the first init, beside the stacks', async () => {
    await fake.plan(['a']);
    expect(fake.told('cached')).toEqual(['cached init a']);
    expect(existsSync(join(fake.directory, 'cache'))).toBe(true);
  });

  it('uses the plugin cache that the environment names', async () => {
    const cache = join(fake.directory, 'mine');
    await fake.plan(['a'], { knobs: { TF_PLUGIN_CACHE_DIR: cache } });
    expect(existsSync(cache)).toBe(true);
    expect(existsSync(join(fake.directory, 'cache'))).toBe(false);
  });

  it('begins anew without --resume: what an earlier run left is gone, and files of others are not', async () => {
    await fake.plan(['a', 'b']);
    writeFileSync(join(fake.out, 'notes.txt'), 'mine');
    await fake.plan(['b']);
    expect(readdirSync(fake.out).sort()).toEqual(['b.log', 'b.plan.json', 'b.tfplan', 'notes.txt', 'summary.json']);
  });
});

describe('stacks that fail', () => {
  it('does not stop the others, and says for each what the engine found and where the log is', async () => {
    const { exitCode, out } = await fake.plan(['a', 'b', 'c', 'd'], { knobs: { FAIL: 'a:init b:plan c:show' } });
    expect(exitCode).toBe(2);
    expect(out).toBe(`  STACK  PLAN
  a      failed in fake-engine init: init is not possible
  b      failed in fake-engine plan: plan is not possible
  c      failed in fake-engine show: show is not possible
  d      2 to create, 1 to replace

1 planned, 3 not; plans are in ${fake.out}
what went wrong:
  ${fake.out}/a.log
  ${fake.out}/b.log
  ${fake.out}/c.log
run it again with --resume for these alone`);
    expect(readFileSync(join(fake.out, 'b.log'), 'utf8')).toContain('because of the test');
  });

  it('leaves nothing of a plan that is not whole', async () => {
    await fake.plan(['a'], { knobs: { FAIL: 'a:show' } });
    expect(readdirSync(fake.out).sort()).toEqual(['a.log', 'summary.json']);
  });

  it('takes what is no JSON for a failure', async () => {
    const { exitCode, out } = await fake.plan(['a'], { knobs: { BABBLE: '1' } });
    expect(exitCode).toBe(2);
    expect(out).toContain('a      failed in fake-engine show: what it printed is no plan as JSON');
  });

  it('tells of an engine that cannot be started', async () => {
    const { exitCode, out } = await fake.plan(['a'], { engine: join(fake.directory, 'nowhere') });
    expect(exitCode).toBe(2);
    expect(out).toMatch(/a {6}failed in nowhere init: spawn .*nowhere ENOENT/);
  });

  it('tells of a file that it cannot write, once what has begun is over', async () => {
    mkdirSync(join(fake.out, 'b.log', 'directory'), { recursive: true });
    await expect(fake.plan(['a', 'b', 'c'], { parallel: 2 })).rejects.toThrow(/b\.log/);
    expect(fake.events().every(({ pid }) => !isRunning(pid))).toBe(true);
  });
});

describe('--resume', () => {
  it('plans what failed, and keeps the rest', async () => {
    await fake.plan(['a', 'b', 'c'], { knobs: { FAIL: 'b:plan' } });
    const before = fake.told('start').length;
    const { exitCode, out, err } = await fake.plan(['a', 'b', 'c'], { resume: true });
    expect(exitCode).toBe(0);
    expect(fake.told('start').slice(before)).toEqual(['start init b', 'start plan b', 'start show b']);
    expect(err).toEqual(['2 of 3 stacks are planned already', '[3/3] b 2 to create, 1 to replace (0.0 s)']);
    expect(out).toContain('3 planned, 0 not');
    expect(fake.statuses()).toEqual(['a planned', 'b planned', 'c planned']);
  });

  it('plans a stack again whose synthesised file has changed', async () => {
    await fake.plan(['a', 'b']);
    const before = fake.told('start').length;
    const changed = [fake.synthesise('a'), fake.synthesise('b', '{"resource":{}}')];
    await fake.plan([], { resume: true, stacks: changed });
    expect(fake.told('start').slice(before)).toEqual(['start init b', 'start plan b', 'start show b']);
  });

  it.each(['plan.json', 'tfplan'])('plans a stack again whose %s is gone', async (extension) => {
    await fake.plan(['a', 'b']);
    const before = fake.told('start').length;
    rmSync(join(fake.out, `a.${extension}`));
    await fake.plan(['a', 'b'], { resume: true });
    expect(fake.told('start').slice(before)).toEqual(['start init a', 'start plan a', 'start show a']);
  });

  it('has nothing to do where every stack has its plan', async () => {
    await fake.plan(['a']);
    const before = fake.told('start').length;
    const { exitCode, out } = await fake.plan(['a'], { resume: true });
    expect(exitCode).toBe(0);
    expect(out).toContain('1 planned, 0 not');
    expect(fake.told('start').slice(before)).toEqual([]);
  });

  it('plans everything where nothing was planned before', async () => {
    const { exitCode } = await fake.plan(['a'], { resume: true });
    expect(exitCode).toBe(0);
  });

  it('leaves stacks alone that were not chosen this time', async () => {
    await fake.plan(['a', 'b', 'c'], { knobs: { FAIL: 'b:plan c:init' } });
    const { exitCode, out } = await fake.plan(['b'], { resume: true, partly: true });
    expect(exitCode).toBe(0);
    expect(out).toContain('1 planned, 0 not');
    expect(fake.statuses()).toEqual(['a planned', 'b planned', 'c failed']);
    expect(existsSync(join(fake.out, 'a.plan.json'))).toBe(true);
  });

  it('forgets a stack that has left the fleet', async () => {
    await fake.plan(['a', 'b']);
    await fake.plan(['b'], { resume: true });
    expect(fake.statuses()).toEqual(['b planned']);
    expect(existsSync(join(fake.out, 'a.plan.json'))).toBe(false);
  });
});
