import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Gap, PlaceFacts } from '../../../compliance/facts.ts';
import { FileSource, type SnapshotOptions, writeSnapshot } from '../../../compliance/file/index.ts';
import type { PatchStateSource } from '../../../compliance/source.ts';
import { instance, place, sourceOf } from '../support.ts';
import { directory, options, problems, read, reading } from './written.ts';

/* Which places a snapshot is to have, over several runs that are asked for some of them. */

const denied: Gap = { area: 'place', reason: 'role-not-assumed', message: '' };

function factsOf(account: string, ...gaps: readonly Gap[]): PlaceFacts {
  return { ...place([instance()]), place: { account, region: 'eu-central-1' }, gaps };
}

const [one, two, three] = [factsOf('111111111111'), factsOf('222222222222'), factsOf('333333333333')];
const all = [one, two, three];

/** Reads these places, as somebody who has chosen them. */
function take(chosen: readonly PlaceFacts[], overrides: Partial<SnapshotOptions> = {}) {
  const places = chosen.map((facts) => ({ ...facts.place, declared: {} }));
  return writeSnapshot(sourceOf(...chosen), options({ places, ...overrides }));
}

/** The same, but for what comes after the first place. */
function takeFirst(chosen: readonly PlaceFacts[], overrides: Partial<SnapshotOptions> = {}) {
  const control = new AbortController();
  return take(chosen, { signal: control.signal, onPlace: () => control.abort(), ...overrides });
}

const manifestPath = () => join(options().out, 'manifest.json');
const manifest = () => JSON.parse(readFileSync(manifestPath(), 'utf8'));

const nothingMissing =
  '[DIR/snapshot] --out must not hold a snapshot in which nothing is missing, got one; name another directory with --out [compliance/snapshot-out]';

describe('an interrupted snapshot', () => {
  it('knows what it is to have, and is not finished by a run that is asked for a part of it', async () => {
    expect(await takeFirst(all)).toMatchObject({ finished: false, missing: [two.place, three.place] });
    expect(manifest().missing).toEqual([two.place, three.place]);
    expect(await problems(() => take([one]))).toEqual([
      '[DIR/snapshot] --out must lack something of the chosen places, got a snapshot that lacks something of others: 222222222222/eu-central-1, 333333333333/eu-central-1; choose them, too, or name another directory with --out [compliance/snapshot-out]',
      '1 error',
    ]);
    expect(await take([one, two])).toMatchObject({ kept: 1, finished: false, missing: [three.place] });
    expect(await reading()).toEqual([
      '[DIR/snapshot] a snapshot must be finished, got one that was interrupted after 2 of 3 places; finish it: run npx patchfleet snapshot with the same --out again [compliance/snapshot-finished]',
      '1 error',
    ]);
    expect(await take([three])).toMatchObject({ kept: 2, finished: true, missing: [] });
    expect(await read(new FileSource(options().out))).toEqual(all);
    expect(await problems(() => take(all))).toEqual([nothingMissing, '1 error']);
  });

  it('comes to the same bytes as one that was taken at once', async () => {
    await takeFirst([two, one, three]);
    await take(all);
    await take(all, { out: join(directory, 'other') });
    expect(readdirSync(join(directory, 'other'))).toEqual(readdirSync(options().out));
    for (const file of readdirSync(options().out))
      expect(readFileSync(join(directory, 'other', file))).toEqual(readFileSync(join(options().out, file)));
  });

  it('names a few of many places that it lacks', async () => {
    const more = ['4', '5', '6'].map((digit) => factsOf(digit.repeat(12)));
    await takeFirst([...all, ...more]);
    expect((await problems(() => take([one])))[0]).toContain(
      'of others: 222222222222/eu-central-1, 333333333333/eu-central-1, 444444444444/eu-central-1 and 2 more;',
    );
  });

  it('keeps what is missing under other names, where the places have such', async () => {
    const anonymise = { key: 'k' };
    await takeFirst(all, { anonymise });
    expect(manifest().missing).toHaveLength(2);
    for (const { place } of all) expect(readFileSync(manifestPath(), 'utf8')).not.toContain(place.account);
    expect((await take([two], { anonymise })).finished).toBe(false);
    expect((await take(all, { anonymise })).finished).toBe(true);
    expect(manifest().missing).toBeUndefined();
    expect(await problems(() => take([two], { anonymise }))).toEqual([nothingMissing, '1 error']);
  });

  it('that has every place, and not its end, is finished without reading any', async () => {
    const breaking: PatchStateSource = {
      ...sourceOf(),
      async *places() {
        yield* all;
        throw new Error('power cut');
      },
    };
    const places = all.map((facts) => ({ ...facts.place, declared: {} }));
    await expect(writeSnapshot(breaking, options({ places }))).rejects.toThrow('power cut');
    expect(await take(all)).toMatchObject({ kept: 3, finished: true });
  });

  it('of a version that did not keep what is missing is filled', async () => {
    await takeFirst(all);
    const { missing: _, ...older } = manifest();
    writeFileSync(manifestPath(), JSON.stringify(older));
    expect(await reading()).toEqual([expect.stringContaining('interrupted after 1 places;'), '1 error']);
    expect(await take(all)).toMatchObject({ kept: 1, finished: true });
  });
});

describe('a finished snapshot', () => {
  it('is to have more places where the next run is asked for them, and unfinished until it has', async () => {
    await take([one]);
    expect(await takeFirst([two, three])).toMatchObject({ finished: false, missing: [three.place] });
    expect(manifest()).toMatchObject({ missing: [three.place] });
    expect(manifest().to).toBeUndefined();
    expect(await take(all)).toMatchObject({ kept: 2, finished: true });
  });

  it('stays as it is where none of them can be read', async () => {
    await take([one]);
    const before = readFileSync(manifestPath(), 'utf8');
    const control = new AbortController();
    control.abort();
    expect(await take(all, { signal: control.signal })).toMatchObject({ finished: false });
    expect(readFileSync(manifestPath(), 'utf8')).toBe(before);
  });

  it('has nothing to fill where only others have gaps, and something where a file is damaged', async () => {
    await take([one, factsOf('222222222222', denied)]);
    expect((await problems(() => take([one])))[0]).toContain('lacks something of others: 222222222222/eu-central-1;');
    await take([two]);
    appendFileSync(join(options().out, '111111111111-eu-central-1.jsonl.gz'), 'x');
    expect((await problems(() => take([two])))[0]).toContain('lacks something of others: 111111111111/eu-central-1;');
    expect(await take([one, two])).toMatchObject({ kept: 1, finished: true });
    expect(await read(new FileSource(options().out))).toEqual([one, two]);
  });

  it('has the current account once its number is known', async () => {
    const current = [{ account: 'current', region: 'eu-central-1', declared: {} }];
    expect(await writeSnapshot(sourceOf(one), options({ places: current }))).toMatchObject({
      finished: true,
      missing: [],
    });
    expect(await problems(() => writeSnapshot(sourceOf(one), options({ places: current })))).toEqual([
      nothingMissing,
      '1 error',
    ]);
  });
});
