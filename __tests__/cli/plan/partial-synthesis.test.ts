import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { PatchfleetApp } from '../../../modules/tf/app.ts';
import { filesBelow, temporaryDirectory } from '../../support/command.ts';
import { patchfleet } from '../../support/run-command.ts';
import { fleetOf } from '../../support/walkthrough.ts';

let directory: string;
let constructs: number[];
const outdirBefore = process.env.CDKTF_OUTDIR;

beforeEach(() => {
  directory = temporaryDirectory();
  constructs = [];
  const { synth } = PatchfleetApp.prototype;
  jest.spyOn(PatchfleetApp.prototype, 'synth').mockImplementation(function (this: PatchfleetApp) {
    constructs.push(this.node.findAll().length);
    synth.call(this);
  });
});
afterEach(() => {
  jest.restoreAllMocks();
  if (outdirBefore === undefined) delete process.env.CDKTF_OUTDIR;
  else process.env.CDKTF_OUTDIR = outdirBefore;
});

/** Synthesises stacks of the first accounts of the large example; the files written, below `cdktf.out`. */
async function synthesised(accounts: number, ...only: string[]) {
  const large = fleetOf('examples/fleet.large.yaml');
  const fleet = join(directory, `${accounts}.json`);
  writeFileSync(fleet, JSON.stringify({ ...large, accounts: large.accounts.slice(0, accounts) }));
  const outdir = join(directory, `${accounts}-${only.length}`);
  process.env.CDKTF_OUTDIR = outdir;
  const { exitCode, err } = await patchfleet(
    'synth',
    '--fleet',
    fleet,
    ...(only.length > 0 ? ['--only', ...only] : []),
  );
  if (exitCode !== 0) throw new Error(err);
  return filesBelow(outdir);
}

describe('the synthesis of some stacks of a fleet', () => {
  it('writes these and no other, byte for byte as a synthesis of all does', async () => {
    const some = await synthesised(2, '100000001112-us-*');
    expect(Object.keys(some).sort()).toEqual([
      'manifest.json',
      'stacks/100000001112-us-east-1/cdk.tf.json',
      'stacks/100000001112-us-west-2/cdk.tf.json',
    ]);
    const all = await synthesised(2);
    expect(Object.keys(all)).toHaveLength(11);
    for (const [path, text] of Object.entries(some)) if (path !== 'manifest.json') expect(all[path]).toBe(text);
  });

  it('makes as many constructs in a fleet of forty accounts as in a fleet of one', async () => {
    const one = await synthesised(1, '100000000001-eu-central-1');
    const forty = await synthesised(40, '100000000001-eu-central-1');
    expect(forty).toEqual(one);
    expect(constructs).toHaveLength(2);
    expect(constructs[1]).toBe(constructs[0]);
  });

  it('keeps the order of those that are chosen', async () => {
    const files = await synthesised(1, '100000000001-global', '100000000001-us-east-1');
    const { stacks } = JSON.parse(files['manifest.json'] ?? '');
    expect(stacks['100000000001-us-east-1'].dependencies).toEqual(['100000000001-global']);
  });

  it('is of no stack where one of the globs matches none', async () => {
    await expect(synthesised(1, '100000000001-*', '999999999999-*')).rejects.toThrow(
      'patchfleet: no stack matches "999999999999-*"',
    );
    expect(constructs).toEqual([]);
  });
});
