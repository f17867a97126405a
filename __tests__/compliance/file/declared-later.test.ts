import { describe, expect, it } from '@jest/globals';
import type { PlaceFacts } from '../../../compliance/facts.ts';
import { FileSource, type SnapshotOptions, writeSnapshot } from '../../../compliance/file/index.ts';
import { instance, place, sourceOf } from '../support.ts';
import { options, problems, read } from './written.ts';

/* Instances that outputs declare in one run, and not in another. */

const at = { account: '111111111111', region: 'eu-central-1' };
const other: PlaceFacts = { ...place([instance()]), place: { account: '222222222222', region: 'eu-central-1' } };
const gaps = [{ area: 'windows', reason: 'throttled', message: '' }] as const;
const withGap = { ...other, gaps };

/** What is read of a place where these are declared: ids by key. */
function factsOf(declared: Readonly<Record<string, string>>): PlaceFacts {
  return {
    ...place(Object.entries(declared).map(([declaredAs, instanceId]) => ({ instanceId, declaredAs }))),
    place: at,
  };
}

function take(
  declared: Readonly<Record<string, string>>,
  beside: PlaceFacts,
  overrides: Partial<SnapshotOptions> = {},
) {
  const places = [
    { ...at, declared },
    { ...other.place, declared: {} },
  ];
  return writeSnapshot(sourceOf(factsOf(declared), beside), options({ places, ...overrides }));
}

const web = { web: 'i-00000000000000001' };
const db = { db: 'i-00000000000000002' };

describe('a snapshot that is filled with outputs', () => {
  it.each([
    ['are given only now', {}, web],
    ['declare one more', web, { ...web, ...db }],
    ['declare one under another key', web, { front: web.web }],
  ])('reads a whole place again where they %s', async (_, before, now) => {
    await take(before, withGap);
    expect(await take(now, other)).toMatchObject({ kept: 0, finished: true, unread: [] });
    expect(await read(new FileSource(options().out))).toEqual([factsOf(now), other]);
  });

  it('reads it again, too, where nothing else is missing', async () => {
    await take({}, other);
    expect(await take(web, other)).toMatchObject({ kept: 1, finished: true });
    expect(await read(new FileSource(options().out))).toEqual([factsOf(web), other]);
    expect((await problems(() => take(web, other)))[0]).toContain('in which nothing is missing, got one;');
  });

  it.each([
    ['the same', web, web],
    ['less', { ...web, ...db }, web],
  ])('keeps a whole place where they declare %s', async (_, before, now) => {
    await take(before, withGap);
    expect(await take(now, other)).toMatchObject({ kept: 1, finished: true });
    expect(await read(new FileSource(options().out))).toEqual([factsOf(before), other]);
  });

  it('tells what is kept where a place cannot be read again, and reads it by the next run', async () => {
    await take({}, other);
    const places = [{ ...at, declared: web }];
    const denied = { ...factsOf(web), gaps: [{ area: 'place', reason: 'role-not-assumed', message: '' }] as const };
    const kept = await writeSnapshot(sourceOf(denied), options({ places }));
    expect(kept.unread).toEqual([{ place: at, gaps: [], keptFrom: other.observedAt }]);
    expect(await take(web, other)).toMatchObject({ kept: 1, finished: true, unread: [] });
  });

  it.each([[undefined], [{ key: 'k' }]])(
    'is not filled without, where it was begun with some (%j)',
    async (anonymise) => {
      const names = anonymise === undefined ? {} : { anonymise };
      await take(web, withGap, names);
      expect(await problems(() => take({}, other, names))).toEqual([
        '[DIR/snapshot] a snapshot that was begun with outputs must be gone on with outputs, got none; repeat --outputs, or name another directory with --out [compliance/snapshot-out]',
        '1 error',
      ]);
      expect(await take(web, other, names)).toMatchObject({ finished: true, unread: [] });
      expect((await problems(() => take(web, other, names)))[0]).toContain('in which nothing is missing, got one;');
    },
  );
});
