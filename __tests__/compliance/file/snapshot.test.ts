import { appendFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { complianceReport } from '../../../compliance/compliance.ts';
import { FileSource, writeSnapshot } from '../../../compliance/file/index.ts';
import type { PatchStateSource } from '../../../compliance/source.ts';
import { places } from '../facts.arbitrary.ts';
import { asOf, fleetContext, lacking, patch, place, sourceOf } from '../support.ts';
import { directory, first, firstFile, options, problems, read, reading, second } from './written.ts';

describe('a snapshot', () => {
  it('holds what the source told, and says what it is', async () => {
    const result = await writeSnapshot(sourceOf(first, second), options());
    expect(result).toMatchObject({ kept: 0, finished: true });
    const source = new FileSource(options().out);
    expect(await read(source)).toEqual([first, second]);
    expect(source.evidence()).toMatchObject({
      kind: 'file',
      from: asOf,
      to: asOf,
      anonymised: false,
      toolVersion: '0.1.0',
    });
    expect(source.evidence().files.map(({ file }) => file)).toEqual([firstFile, '222222222222-us-east-1.jsonl.gz']);
    expect(readdirSync(options().out).sort()).toEqual([firstFile, '222222222222-us-east-1.jsonl.gz', 'manifest.json']);
  });

  it('is read by its manifest, too', async () => {
    await writeSnapshot(sourceOf(first), options());
    expect(await read(new FileSource(join(options().out, 'manifest.json')))).toEqual([first]);
  });

  it('is the same bytes for the same facts', async () => {
    await writeSnapshot(sourceOf(first, second), options());
    await writeSnapshot(sourceOf(second, first), options({ out: join(directory, 'other') }));
    for (const file of readdirSync(options().out))
      expect(readFileSync(join(directory, 'other', file))).toEqual(readFileSync(join(options().out, file)));
  });

  it('loses nothing, whatever the facts', async () => {
    await fc.assert(
      fc.asyncProperty(places, fc.nat(), async (facts, n) => {
        const out = join(directory, `${n}-${Math.random()}`);
        await writeSnapshot(sourceOf(facts), options({ out }));
        const source = new FileSource(out);
        expect(await read(source)).toEqual([facts]);
        const made = { fleet: fleetContext(), asOf, madeAt: asOf, toolVersion: '0.1.0' };
        const { evidence: _, ...live } = await complianceReport(sourceOf(facts), made);
        const { evidence: __, ...saved } = await complianceReport(new FileSource(out), made);
        expect(saved).toEqual(live);
      }),
      { numRuns: 30 },
    );
  });

  it('keeps a gap, and lines longer than a piece of the file', async () => {
    const long = lacking([patch({ title: `é${'x'.repeat(600_000)}` })]);
    const facts = place([long], { gaps: [{ area: 'windows', reason: 'throttled', message: 'Rate exceeded' }] });
    await writeSnapshot(sourceOf(facts), options());
    expect(await read(new FileSource(options().out))).toEqual([facts]);
  });
});

describe('an interrupted snapshot', () => {
  const breaking: PatchStateSource = {
    ...sourceOf(),
    async *places() {
      yield first;
      throw new Error('power cut');
    },
  };

  it('is continued with what is missing', async () => {
    await expect(writeSnapshot(breaking, options())).rejects.toThrow('power cut');
    expect(await reading()).toEqual([
      '[DIR/snapshot] a snapshot must be finished, got one that was interrupted after 1 places; finish it: run npx patchfleet snapshot with the same --out again [compliance/snapshot-finished]',
      '1 error',
    ]);
    const asked: string[] = [];
    const rest = sourceOf(first, second);
    const watched: PatchStateSource = {
      ...rest,
      async *places(request) {
        for await (const facts of rest.places(request)) {
          asked.push(facts.place.account);
          yield facts;
        }
      },
    };
    expect(await writeSnapshot(watched, options())).toMatchObject({ kept: 1, finished: true });
    expect(asked).toEqual(['222222222222']);
    expect(await read(new FileSource(options().out))).toEqual([first, second]);
  });

  it('reads again a place whose file was damaged, or of which something is missing', async () => {
    const partly = { ...first, gaps: [{ area: 'windows', reason: 'throttled', message: '' }] } as const;
    const stopping: PatchStateSource = {
      ...sourceOf(),
      async *places() {
        yield partly;
        yield second;
        throw new Error('power cut');
      },
    };
    await expect(writeSnapshot(stopping, options())).rejects.toThrow('power cut');
    appendFileSync(join(options().out, '222222222222-us-east-1.jsonl.gz'), 'x');
    expect(await writeSnapshot(sourceOf(first, second), options())).toMatchObject({ kept: 0, finished: true });
    expect(await read(new FileSource(options().out))).toEqual([first, second]);
  });

  it('stays one when it is aborted', async () => {
    const control = new AbortController();
    const result = await writeSnapshot(
      sourceOf(first, second),
      options({ signal: control.signal, onPlace: () => control.abort() }),
    );
    expect(result.finished).toBe(false);
    expect(await writeSnapshot(sourceOf(first, second), options())).toMatchObject({ kept: 1, finished: true });
  });

  it('is not continued with other options', async () => {
    await expect(writeSnapshot(breaking, options())).rejects.toThrow('power cut');
    expect(await problems(() => writeSnapshot(sourceOf(first), options({ details: 'all' })))).toEqual([
      '[DIR/snapshot] --out must hold a snapshot of the same options and version, got another; repeat the options (with the key of --anonymise), or name another directory [compliance/snapshot-out]',
      '1 error',
    ]);
    const newer = () => writeSnapshot(sourceOf(first), options({ toolVersion: '0.2.0' }));
    expect((await problems(newer))[0]).toMatch(/^\[DIR\/snapshot\] --out must hold .* \[compliance\/snapshot-out\]$/);
  });

  it('is not written over what is complete, or over other files', async () => {
    await writeSnapshot(sourceOf(first), options());
    expect(await problems(() => writeSnapshot(sourceOf(first), options()))).toEqual([
      '[DIR/snapshot] --out must not hold a snapshot in which nothing is missing, got one; name another directory with --out [compliance/snapshot-out]',
      '1 error',
    ]);
    mkdirSync(join(directory, 'mine'));
    writeFileSync(join(directory, 'mine', 'letter.txt'), 'dear');
    expect((await problems(() => writeSnapshot(sourceOf(first), options({ out: join(directory, 'mine') }))))[0]).toBe(
      '[DIR/mine] --out must be empty or hold a snapshot to go on with, got other files; name another directory with --out [compliance/snapshot-out]',
    );
    expect(readdirSync(join(directory, 'mine'))).toEqual(['letter.txt']);
  });
});
