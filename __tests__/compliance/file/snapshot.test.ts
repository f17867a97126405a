import { createHash } from 'node:crypto';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { complianceReport } from '../../../compliance/compliance.ts';
import type { PlaceFacts } from '../../../compliance/facts.ts';
import { FileSource, type SnapshotOptions, writeSnapshot } from '../../../compliance/file/index.ts';
import type { PatchStateSource } from '../../../compliance/source.ts';
import { ProblemError } from '../../../core/problem.ts';
import { places } from '../facts.arbitrary.ts';
import {
  asOf,
  ec2,
  fleetContext,
  id,
  installWindow,
  instance,
  lacking,
  patch,
  place,
  run,
  sourceOf,
} from '../support.ts';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'patchfleet-snapshot-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const options = (overrides: Partial<SnapshotOptions> = {}): SnapshotOptions => ({
  out: join(directory, 'snapshot'),
  details: 'noncompliant',
  toolVersion: '0.1.0',
  now: () => new Date(asOf),
  ...overrides,
});

const first = place([instance({ declaredAs: 'web' }), lacking([patch()], { instanceId: 'i-00000000000000002' })]);
const second: PlaceFacts = { ...place([instance()]), place: { account: '222222222222', region: 'us-east-1' } };
const firstFile = '111111111111-eu-central-1.jsonl.gz';

async function read(source: PatchStateSource): Promise<PlaceFacts[]> {
  const all: PlaceFacts[] = [];
  for await (const facts of source.places({ details: 'all' })) all.push(facts);
  return all;
}

/** What stops reading or writing, as it is printed, with the directory as `DIR`. */
async function problems(act: () => unknown): Promise<string[]> {
  try {
    await act();
  } catch (failure) {
    if (failure instanceof ProblemError) return failure.message.replaceAll(directory, 'DIR').split('\n');
    throw failure;
  }
  throw new Error('expected problems');
}

const reading = (path = options().out) => problems(() => read(new FileSource(path)));

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

describe('what is no snapshot is told, and is no stack trace', () => {
  const damaged =
    'every file must be as it was written, got one that is cut short or was changed; copy the snapshot whole, or take it anew [compliance/snapshot-intact]';

  const changeManifest = (change: object) => {
    const path = join(options().out, 'manifest.json');
    writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...change }));
  };

  it('files that are cut short, all at once, and after the others were read', async () => {
    await writeSnapshot(sourceOf(first, second), options());
    for (const file of [firstFile, '222222222222-us-east-1.jsonl.gz']) truncateSync(join(options().out, file), 100);
    expect(await reading()).toEqual([
      `[DIR/snapshot/${firstFile}] ${damaged}`,
      `[DIR/snapshot/222222222222-us-east-1.jsonl.gz] ${damaged}`,
      '2 errors',
    ]);
  });

  it.each([0, 1, 10])('a file of %d bytes', async (size) => {
    await writeSnapshot(sourceOf(first), options());
    truncateSync(join(options().out, firstFile), size);
    expect(await reading()).toEqual([`[DIR/snapshot/${firstFile}] ${damaged}`, '1 error']);
  });

  it('a file with one other instance', async () => {
    await writeSnapshot(sourceOf(first), options());
    const path = join(options().out, firstFile);
    writeFileSync(path, gzipSync(gunzipSync(readFileSync(path)).toString().replaceAll('MISSING', 'INSTALLED')));
    expect(await reading()).toEqual([`[DIR/snapshot/${firstFile}] ${damaged}`, '1 error']);
  });

  it('a file that is gone', async () => {
    await writeSnapshot(sourceOf(first), options());
    rmSync(join(options().out, firstFile));
    expect(await reading()).toEqual([
      `[DIR/snapshot/${firstFile}] every file that manifest.json names must be readable, got ENOENT; copy the snapshot whole, or take it anew [compliance/snapshot-readable]`,
      '1 error',
    ]);
  });

  it.each([
    ['[]'],
    ['{"instance":{"instanceId":"i-1"}}'],
    ['{"place":{}}'],
    [''],
    ['null'],
    ['7'],
    ['{}'],
    [
      '{"place":{"place":{"account":"111111111111","region":"eu-central-1"},"observedAt":"2026-11-23T12:00:00.000Z","permissions":[]}}\n{"instance":{"instanceId":7}}',
    ],
    [
      '{"place":{"place":{"account":"111111111111","region":"eu-central-1"},"observedAt":"2026-11-23T12:00:00.000Z","permissions":[]}}\n{"secret":{}}',
    ],
    [
      '{"place":{"place":{"account":"222222222222","region":"eu-central-1"},"observedAt":"2026-11-23T12:00:00.000Z","permissions":[]}}',
    ],
    [
      '{"place":{"place":{"account":"111111111111","region":"us-east-1"},"observedAt":"2026-11-23T12:00:00.000Z","permissions":[]}}',
    ],
  ])('a file that others have written, of the right hash: %s', async (text) => {
    await writeSnapshot(sourceOf(first), options());
    const bytes = gzipSync(text);
    writeFileSync(join(options().out, firstFile), bytes);
    const manifest = JSON.parse(readFileSync(join(options().out, 'manifest.json'), 'utf8'));
    changeManifest({ files: [{ ...manifest.files[0], sha256: createHash('sha256').update(bytes).digest('hex') }] });
    expect(await reading()).toEqual([
      `[DIR/snapshot/${firstFile}] every file of a snapshot must hold the facts of its place, got other content; take the snapshot anew [compliance/snapshot-format]`,
      '1 error',
    ]);
  });

  it('a newer version', async () => {
    await writeSnapshot(sourceOf(first), options());
    changeManifest({ version: 2 });
    expect(await reading()).toEqual([
      '[DIR/snapshot] a snapshot must be of version 1, got 2; read it with the version of patchfleet that wrote it, or a newer one [compliance/snapshot-version]',
      '1 error',
    ]);
  });

  it.each([
    [
      '{"a":1}',
      'a.json must be a snapshot of patchfleet, got another file; name a directory that npx patchfleet snapshot --out has written',
    ],
    ['not json', 'manifest.json must be JSON, got other text; take the snapshot anew'],
    [
      '{"format":"patchfleet-snapshot","version":1}',
      'manifest.json must say what it holds, got a part of it; take the snapshot anew',
    ],
    [
      '{"format":"patchfleet-snapshot","version":1,"toolVersion":"","from":"","to":"","details":"all","files":[{"file":"a.jsonl.gz","account":"","region":"","sha256":""},{"file":"a.jsonl.gz","account":"","region":"","sha256":""}]}',
      'manifest.json must say what it holds, got a part of it; take the snapshot anew',
    ],
    [
      '{"format":"patchfleet-snapshot","version":1,"toolVersion":"","from":"","to":"","details":"all","files":[{"file":"../../etc/x.jsonl.gz","account":"","region":"","sha256":""}]}',
      'manifest.json must say what it holds, got a part of it; take the snapshot anew',
    ],
  ])('another file: %s', async (text, told) => {
    const path = join(directory, 'a.json');
    writeFileSync(path, text);
    expect(await reading(path)).toEqual([`[DIR/a.json] ${told} [compliance/snapshot-format]`, '1 error']);
  });

  it('nothing, or a directory around it', async () => {
    expect(await reading(join(directory, 'none'))).toEqual([
      '[DIR/none] a snapshot must exist, got no file or directory of this name; name a directory that npx patchfleet snapshot --out has written [compliance/snapshot-readable]',
      '1 error',
    ]);
    await writeSnapshot(sourceOf(first), options());
    expect(await reading(directory)).toEqual([
      '[DIR] a snapshot must have a manifest.json, got a directory without; did you mean "DIR/snapshot"? [compliance/snapshot-readable]',
      '1 error',
    ]);
  });
});

describe('--anonymise', () => {
  const web = instance({
    ec2: ec2({ tags: { Name: `copy of ${id}`, Account: '111111111111', PatchGroup: 'web', [id]: 'self' } }),
  });
  const facts = place(
    [web, lacking([patch({ title: 'pkg:0:202601011234' })], { instanceId: 'mi-00000000000000002' })],
    {
      gaps: [
        {
          area: 'patches',
          instanceIds: [id],
          reason: 'access-denied',
          message: 'User: arn:aws:sts::111111111111:role/alice',
        },
      ],
      windows: [
        installWindow({
          executions: [run('FAILED', [{ instanceId: id, status: 'Failed', output: 'host web-1.acme.example' }])],
        }),
      ],
    },
  );
  const text = async (key: string, out: string) => {
    await writeSnapshot(sourceOf(facts), options({ out: join(directory, out), anonymise: { key } }));
    return JSON.stringify(await read(new FileSource(join(directory, out))));
  };

  it('leaves no account number, id, message or output, and keeps names, groups and patches', async () => {
    const made = await text('k', 'a');
    for (const told of ['111111111111', id, 'mi-00000000000000002', 'alice', 'acme.example'])
      expect(made).not.toContain(told);
    for (const kept of ['copy of i-', '"PatchGroup":"web"', 'pkg:0:202601011234', 'acme-install'])
      expect(made).toContain(kept);
    const manifest = readFileSync(join(directory, 'a', 'manifest.json'), 'utf8');
    expect(manifest).not.toContain('111111111111');
    expect(readdirSync(join(directory, 'a')).join()).not.toContain('111111111111');
  });

  it('gives the same names for the same key, wherever they stand, and others for another', async () => {
    const made = await text('k', 'a');
    expect(await text('k', 'b')).toBe(made);
    expect(await text('l', 'c')).not.toBe(made);
    const [{ place: where, instances, gaps, windows } = first] = await read(new FileSource(join(directory, 'a')));
    const name = instances[0]?.instanceId as string;
    expect(name).toMatch(/^i-[0-9a-f]{17}$/);
    expect(instances[1]?.instanceId).toMatch(/^mi-[0-9a-f]{17}$/);
    expect(where.account).toMatch(/^\d{12}$/);
    expect(instances[0]?.ec2?.tags).toEqual({
      Name: `copy of ${name}`,
      Account: where.account,
      PatchGroup: 'web',
      [name]: 'self',
    });
    expect(gaps[0]?.instanceIds).toEqual([name]);
    expect(windows[0]?.executions?.[0]?.tasks?.[0]?.invocations?.[0]?.instanceId).toBe(name);
  });

  it('leaves none within a name, and no patch of a baseline under another name', async () => {
    const tags = {
      Image: '111111111111.dkr.ecr.eu-central-1.amazonaws.com/web',
      Backup: `backup_111111111111_${id}`,
      Shouted: id.toUpperCase(),
      Glued: `srv111111111111 host${id} ${id}x, ${id.slice(2)} in 1111-1111-1111 at https%3A%2F%2F111111111111`,
    };
    const content = {
      approvalRules: [],
      approvedPatches: ['pkg-202601011234'],
      rejectedPatches: [],
      rejectedPatchesAction: 'BLOCK' as const,
    };
    const [baseline] = place([]).baselines;
    if (baseline === undefined) throw new Error('a place without a baseline');
    const windows = [installWindow({ windowId: 'mw-0a123456789012bcd' })];
    const named = place([instance({ ec2: ec2({ tags }) })], { baselines: [{ ...baseline, content }], windows });
    const out = join(directory, 'named');
    await writeSnapshot(sourceOf(named), options({ out, anonymise: { key: 'k' } }));
    const [made] = await read(new FileSource(out));
    expect(JSON.stringify(made)).not.toContain('111111111111');
    expect(JSON.stringify(made).toLowerCase()).not.toContain(id);
    const name = made?.instances[0]?.instanceId;
    const account = made?.place.account ?? '';
    const parted = `${account.slice(0, 4)}-${account.slice(4, 8)}-${account.slice(8)}`;
    expect(made?.instances[0]?.ec2?.tags).toEqual({
      Image: `${account}.dkr.ecr.eu-central-1.amazonaws.com/web`,
      Backup: `backup_${account}_${name}`,
      Shouted: name,
      Glued: `srv${account} host${name} ${name}x, ${name?.slice(2)} in ${parted} at https%3A%2F%2F${account}`,
    });
    expect(made?.baselines[0]?.content).toEqual(content);
    expect(made?.windows).toEqual(windows);
  });

  it('changes no number of the report', async () => {
    await text('k', 'a');
    const made = { fleet: fleetContext(), asOf, madeAt: asOf, toolVersion: '0.1.0' };
    const hidden = await complianceReport(new FileSource(join(directory, 'a')), {
      ...made,
      fleet: { ...made.fleet, places: [] },
    });
    const open = await complianceReport(sourceOf(facts), { ...made, fleet: { ...made.fleet, places: [] } });
    expect(hidden.totals).toEqual(open.totals);
    expect(hidden.evidence.sources[0]?.anonymised).toBe(true);
  });

  it('is not continued with another key', async () => {
    const control = new AbortController();
    control.abort();
    await writeSnapshot(sourceOf(facts), options({ signal: control.signal, anonymise: { key: 'k' } }));
    const again = () => writeSnapshot(sourceOf(facts), options({ anonymise: {} }));
    expect((await problems(again))[0]).toContain('[compliance/snapshot-out]');
    expect(await writeSnapshot(sourceOf(facts), options({ anonymise: { key: 'k' } }))).toMatchObject({
      finished: true,
    });
  });
});
