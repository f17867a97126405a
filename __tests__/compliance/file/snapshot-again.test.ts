import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Gap, PlaceFacts } from '../../../compliance/facts.ts';
import { FileSource, type SnapshotOptions, writeSnapshot } from '../../../compliance/file/index.ts';
import type { PatchStateSource } from '../../../compliance/source.ts';
import { ProblemError } from '../../../core/problem.ts';
import { temporaryDirectory } from '../../support/command.ts';
import { instance, place, sourceOf } from '../support.ts';

/* A snapshot in which something is missing, taken again into the same directory. */

let directory: string;
beforeEach(() => {
  directory = temporaryDirectory();
});

const at = (day: number) => `2026-11-${day}T06:00:00.000Z`;

/** On another day of November. */
const options = (day: number, overrides: Partial<SnapshotOptions> = {}): SnapshotOptions => ({
  out: join(directory, 'snapshot'),
  details: 'noncompliant',
  toolVersion: '0.1.0',
  now: () => new Date(at(day)),
  ...overrides,
});

const throttled: Gap = { area: 'windows', reason: 'throttled', message: 'Rate exceeded' };
const denied: Gap = { area: 'place', reason: 'role-not-assumed', message: '' };
const ofStates: Gap = { area: 'patch-states', reason: 'failed', message: '' };

function read(account: string, day: number, ...gaps: readonly Gap[]): PlaceFacts {
  return { ...place([instance()]), place: { account, region: 'eu-central-1' }, observedAt: at(day), gaps };
}

const one = (day: number, ...gaps: readonly Gap[]) => read('111111111111', day, ...gaps);
const two = (day: number, ...gaps: readonly Gap[]) => read('222222222222', day, ...gaps);

async function held(): Promise<readonly PlaceFacts[]> {
  const all: PlaceFacts[] = [];
  for await (const facts of new FileSource(options(0).out).places()) all.push(facts);
  return all;
}

const times = () => {
  const { from, to } = new FileSource(options(0).out).evidence();
  return [from, to];
};

describe('a finished snapshot in which something is missing', () => {
  it('is filled by the next run, which reads only those places, and is dated from the first to the last', async () => {
    const first = await writeSnapshot(sourceOf(one(10), two(10, throttled)), options(10));
    expect(first).toMatchObject({ kept: 0, finished: true });
    expect(first.unread).toEqual([{ place: two(10).place, gaps: [throttled] }]);
    const again = await writeSnapshot(sourceOf(one(12), two(12)), options(12));
    expect(again).toMatchObject({ kept: 1, finished: true, unread: [] });
    expect(await held()).toEqual([one(10), two(12)]);
    expect(times()).toEqual([at(10), at(12)]);
  });

  it('keeps what was read where reading it again brings less, and says so', async () => {
    await writeSnapshot(sourceOf(one(10), two(10, throttled)), options(10));
    for (const gap of [denied, ofStates]) {
      const again = await writeSnapshot(sourceOf(one(12), two(12, gap)), options(12));
      expect(again.unread).toEqual([{ place: two(10).place, gaps: [throttled], keptFrom: at(10) }]);
      expect(await held()).toEqual([one(10), two(10, throttled)]);
      expect(times()).toEqual([at(10), at(10)]);
    }
  });

  it('takes what is newer where as much is missing', async () => {
    await writeSnapshot(sourceOf(two(10, throttled)), options(10));
    await writeSnapshot(sourceOf(two(12, throttled)), options(12));
    expect(await held()).toEqual([two(12, throttled)]);
  });

  it('stays finished, and keeps places that the next run does not read', async () => {
    await writeSnapshot(sourceOf(one(10, denied), two(10, throttled)), options(10));
    const control = new AbortController();
    const again = await writeSnapshot(
      sourceOf(one(12), two(12)),
      options(12, { signal: control.signal, onPlace: () => control.abort() }),
    );
    expect(again).toMatchObject({ kept: 1, finished: true, unread: [{ place: two(10).place, gaps: [throttled] }] });
    expect(await held()).toEqual([one(12), two(10, throttled)]);
    const last = await writeSnapshot(sourceOf(one(14)), options(14));
    expect(last.unread).toEqual([{ place: two(10).place, gaps: [throttled] }]);
    expect(await held()).toEqual([one(12), two(10, throttled)]);
  });

  it('stays as it was where the source cannot be read at all', async () => {
    await writeSnapshot(sourceOf(one(10, throttled)), options(10));
    const refused: PatchStateSource = {
      ...sourceOf(),
      // biome-ignore lint/correctness/useYield: it fails before.
      async *places() {
        throw new Error('nobody is logged in');
      },
    };
    await expect(writeSnapshot(refused, options(12))).rejects.toThrow('nobody is logged in');
    expect(await held()).toEqual([one(10, throttled)]);
    expect(times()).toEqual([at(10), at(10)]);
  });

  it('is unfinished where a file is damaged, until that place was read again', async () => {
    await writeSnapshot(sourceOf(one(10), two(10, throttled)), options(10));
    appendFileSync(join(options(0).out, '111111111111-eu-central-1.jsonl.gz'), 'x');
    const control = new AbortController();
    const interrupted = { signal: control.signal, onPlace: () => control.abort() };
    expect(await writeSnapshot(sourceOf(two(12)), options(12, interrupted))).toMatchObject({ finished: false });
    expect(() => new FileSource(options(0).out)).toThrow('[compliance/snapshot-finished]');
    expect(await writeSnapshot(sourceOf(one(12), two(12)), options(12))).toMatchObject({ finished: true, unread: [] });
    expect(await held()).toEqual([one(12), two(12)]);
  });

  it('names the current account by its number, once that is known', async () => {
    await writeSnapshot(sourceOf(read('current', 10, denied)), options(10));
    await writeSnapshot(sourceOf(one(12)), options(12));
    expect(await held()).toEqual([one(12)]);
    expect(readdirSync(options(0).out).sort()).toEqual(['111111111111-eu-central-1.jsonl.gz', 'manifest.json']);
  });

  it('is filled under other names, too, with the same key', async () => {
    const anonymise = { key: 'k' };
    await writeSnapshot(sourceOf(one(10), two(10, denied)), options(10, { anonymise }));
    const again = await writeSnapshot(sourceOf(one(12, throttled), two(12)), options(12, { anonymise }));
    // Places under other names are all read again: what was complete stays where it is not complete now.
    expect(again.unread).toEqual([{ place: one(10).place, gaps: [], keptFrom: at(10) }]);
    expect((await held()).map(({ observedAt, gaps }) => [observedAt, gaps.length]).sort()).toEqual([
      [at(10), 0],
      [at(12), 0],
    ]);
  });
});

describe('what cannot be written is told, and is no stack trace', () => {
  const problem = async (act: () => Promise<unknown>) => {
    const failure = await act().catch((error: unknown) => error);
    if (failure instanceof ProblemError) return failure.message.replaceAll(directory, 'DIR').split('\n')[0];
    throw failure;
  };

  it('a file in place of the directory', async () => {
    writeFileSync(join(directory, 'snapshot'), 'mine');
    expect(await problem(() => writeSnapshot(sourceOf(one(10)), options(10)))).toBe(
      '[DIR/snapshot] --out must be a directory that can be written, got EEXIST; make room or allow yourself to write it, and run it again [compliance/snapshot-out]',
    );
    expect(readFileSync(join(directory, 'snapshot'), 'utf8')).toBe('mine');
  });
});
