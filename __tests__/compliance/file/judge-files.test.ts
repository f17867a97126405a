import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { complianceReport } from '../../../compliance/compliance.ts';
import type { PlaceFacts } from '../../../compliance/facts.ts';
import { FileSource, writeSnapshot } from '../../../compliance/file/index.ts';
import { node, root, temporaryDirectory } from '../../support/command.ts';
import { asOf, fleetContext, instance, lacking, patch, place, sourceOf } from '../support.ts';

/* The second thread runs a bundled file, so these are programs of their own. */

const from = (name: string) => JSON.stringify(join(root, name));

/** A program that reports on a snapshot, on so many cores, and tells how many threads it started. */
const program = `import os from 'node:os';
import { writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { ProblemError } from ${from('core/problem.ts')};
const [snapshot, cores, options, out, ends] = process.argv.slice(2);
os.availableParallelism = () => Number(cores);
syncBuiltinESMExports();
let threads = 0;
process.on('worker', (thread) => {
  threads += 1;
  if (ends === 'ends') thread.terminate();
});
const { FileSource } = await import(${from('compliance/file/index.ts')});
const { complianceReport } = await import(${from('compliance/index.ts')});
try {
  const report = await complianceReport(new FileSource(snapshot), JSON.parse(options));
  writeFileSync(out, JSON.stringify(report));
} catch (failure) {
  process.stdout.write(failure instanceof ProblemError ? failure.message : 'thrown: ' + failure.message);
}
process.stderr.write('threads: ' + threads);
`;

const accounts = ['111111111111', '222222222222', '333333333333', '444444444444'];

/** Each place knows the patches it lacks in words of its own. */
function placeOf(account: string, number: number, nodes: number): PlaceFacts {
  const severity = ['Low', 'Critical', 'Important', 'Medium'][number] ?? '';
  const lists = [
    [patch({ severity, cveIds: [`CVE-2026-${number}`] })],
    [patch({ patchId: number % 2 === 0 ? 'KB5001' : 'kb5001', title: `Update ${number}`, state: 'FAILED', severity })],
    [patch({ title: `only-here:0:${number}` }), patch({ title: `only-here:0:${number}`, cveIds: ['CVE-2026-9'] })],
  ];
  const instances = Array.from({ length: nodes }, (_, index) => {
    const instanceId = `i-${String(number).padStart(5, '0')}${String(index).padStart(12, '0')}`;
    const list = lists[index % 4];
    return list === undefined ? instance({ instanceId }) : lacking(list, { instanceId });
  });
  return { ...place(instances), place: { account, region: 'eu-central-1' } };
}

const options = { fleet: fleetContext(), asOf, madeAt: asOf, toolVersion: '0.1.0', patch: 'KB5001' };

let directory: string;
const out = () => join(directory, 'report.json');

function run(snapshot: string, cores: number, ...more: string[]) {
  const { stdout, stderr } = node([
    'bin/run.mjs',
    join(directory, 'program.ts'),
    snapshot,
    String(cores),
    JSON.stringify(options),
    out(),
    ...more,
  ]);
  return { stdout, stderr };
}

async function written(name: string, nodes: number): Promise<string> {
  const snapshot = join(directory, name);
  const places = accounts.map((account, number) => placeOf(account, number, nodes));
  await writeSnapshot(sourceOf(...places), {
    out: snapshot,
    details: 'all',
    toolVersion: '0.1.0',
    now: () => new Date(asOf),
  });
  return snapshot;
}

beforeAll(() => {
  directory = temporaryDirectory();
  writeFileSync(join(directory, 'program.ts'), program);
});

describe('a snapshot of many instances', () => {
  let snapshot: string;
  beforeAll(async () => {
    snapshot = await written('large', 2_500);
  });

  it('comes to the same report by two threads as by one', async () => {
    expect(run(snapshot, 2)).toEqual({ stdout: '', stderr: 'threads: 1' });
    const two = readFileSync(out(), 'utf8');
    const one = await complianceReport(new FileSource(snapshot), options);
    expect(one.totals.instances).toBe(10_000);
    const { instances: _, ...told } = JSON.parse(two);
    const { instances: __, ...expected } = JSON.parse(JSON.stringify(one));
    expect(told).toEqual(expected);
    // As texts: there are too many of them to be compared one by one.
    expect(two === JSON.stringify(one)).toBe(true);
  });

  it('is judged by one thread where there is one core', () => {
    expect(run(snapshot, 1).stderr).toBe('threads: 0');
  });

  it('is refused where the second thread ends early: nothing it took is passed over', () => {
    expect(run(snapshot, 2, 'ends')).toEqual({
      stdout: 'thrown: a thread ended before it was done',
      stderr: 'threads: 1',
    });
  });

  it('has every damaged file told at once, whichever thread read it', async () => {
    const damaged = await written('damaged', 2_500);
    const files = accounts.map((account) => join(damaged, `${account}-eu-central-1.jsonl.gz`));
    for (const file of files) appendFileSync(file, 'more');
    const said = files.map(
      (file) =>
        `[${file}] every file must be as it was written, got one that is cut short or was changed; copy the snapshot whole, or take it anew [compliance/snapshot-intact]`,
    );
    expect(run(damaged, 2)).toEqual({ stdout: [...said, '4 errors'].join('\n'), stderr: 'threads: 1' });
  });
});

describe('a snapshot of fewer', () => {
  it('is judged by one thread: a second one takes longer to start', async () => {
    expect(run(await written('small', 2_499), 2)).toEqual({ stdout: '', stderr: 'threads: 0' });
    expect(JSON.parse(readFileSync(out(), 'utf8')).totals.instances).toBe(9_996);
  });
});
