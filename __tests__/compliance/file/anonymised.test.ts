import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { complianceReport } from '../../../compliance/compliance.ts';
import { FileSource, writeSnapshot } from '../../../compliance/file/index.ts';
import type { PatchStateSource } from '../../../compliance/source.ts';
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
import { directory, first, options, problems, read } from './written.ts';

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
    const interrupted = { signal: control.signal, onPlace: () => control.abort() };
    await writeSnapshot(sourceOf(facts), options({ ...interrupted, anonymise: { key: 'k' } }));
    const again = () => writeSnapshot(sourceOf(facts), options({ anonymise: {} }));
    expect((await problems(again))[0]).toContain('[compliance/snapshot-out]');
    expect(await writeSnapshot(sourceOf(facts), options({ anonymise: { key: 'k' } }))).toMatchObject({
      finished: true,
    });
  });

  it('begins anew where no place was read before, as nothing has another name yet', async () => {
    const refused: PatchStateSource = {
      ...sourceOf(),
      // biome-ignore lint/correctness/useYield: it fails before.
      async *places() {
        throw new Error('nobody is logged in');
      },
    };
    await expect(writeSnapshot(refused, options({ anonymise: {} }))).rejects.toThrow('nobody is logged in');
    const again = await writeSnapshot(sourceOf(facts), options({ anonymise: {}, details: 'all' }));
    expect(again).toMatchObject({ kept: 0, finished: true });
    expect(new FileSource(options().out).evidence()).toMatchObject({ anonymised: true, details: 'all' });
  });
});
