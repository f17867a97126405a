import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { expand } from '../../fleet/expand.ts';
import { validAccount, validFleet } from '../fleet/support.ts';
import { filesBelow, node, root, temporaryDirectory } from '../support/command.ts';

/* Workers run a bundled or compiled file, so these are programs of their own, of a fleet large enough for two. */

const from = (name: string) => JSON.stringify(join(root, name));

/** A program that synthesises a fleet on some cores, and tells what a caller is thrown. */
const program = `import { readFileSync } from 'node:fs';
import { ProblemError } from ${from('core/problem.ts')};
const [deployments, cores] = process.argv.slice(2);
let workers = 0;
process.on('worker', () => { workers += 1; });
const { synthesise } = await import(${from('stacks/synthesise.ts')});
try {
  await synthesise(JSON.parse(readFileSync(deployments, 'utf8')), Number(cores));
} catch (failure) {
  const { message, code, syscall, path } = failure;
  process.stderr.write(failure instanceof ProblemError ? message : JSON.stringify({ code, syscall, path }));
  process.exitCode = 1;
}
process.stdout.write('workers: ' + workers);
`;

describe('synthesise, with a fleet of hundreds of stacks', () => {
  const numbers = Array.from({ length: 60 }, (_, index) => String(111_111_111_111 + index));
  const regions = ['eu-central-1', 'eu-west-1', 'us-east-1', 'us-west-2'];
  const deployments = expand(validFleet({ accounts: numbers.map((account) => validAccount({ account, regions })) }));
  let directory: string;
  let outdir: string;

  const run = (cores: number, fleet: readonly object[] = deployments) => {
    const file = join(directory, 'deployments.json');
    writeFileSync(file, JSON.stringify(fleet));
    return node(['bin/run.mjs', join(directory, 'program.ts'), file, String(cores)], { CDKTF_OUTDIR: outdir });
  };

  beforeAll(() => {
    directory = temporaryDirectory();
    writeFileSync(join(directory, 'program.ts'), program);
  });
  beforeEach(() => {
    outdir = join(directory, 'cdktf.out');
    rmSync(outdir, { recursive: true, force: true });
  });

  it('writes the same bytes on two cores as on one', () => {
    expect(run(2)).toMatchObject({ status: 0, stdout: 'workers: 2', stderr: '' });
    const onTwo = filesBelow(outdir);
    rmSync(outdir, { recursive: true });
    expect(run(1)).toMatchObject({ status: 0, stdout: 'workers: 0', stderr: '' });
    expect(onTwo).toEqual(filesBelow(outdir));
    expect(Object.keys(JSON.parse(onTwo['manifest.json'] ?? '').stacks)).toHaveLength(300);
  });

  it('reports the errors of all stacks at once and leaves an earlier output as it was', () => {
    const roles = { window: { kind: 'made', roleName: 'a b' } };
    const wrong = ['111111111111-global', '111111111112-global', '111111111170-global'];
    const fleet = deployments.map((each) => (wrong.includes(each.stackId) ? { ...each, roles } : each));
    const said = (stack: string) =>
      `[${stack}/WindowRole] roleName must be 1 to 64 characters of letters, digits, + = , . @ _ -, got "a b"; change roleName [iam/role-name]`;
    expect(run(2, fleet)).toMatchObject({ status: 1, stderr: [...wrong.map(said), '3 errors'].join('\n') });
    expect(filesBelow(directory)).not.toHaveProperty('cdktf.out/manifest.json');
    mkdirSync(join(outdir, 'stacks'), { recursive: true });
    writeFileSync(join(outdir, 'manifest.json'), '{}');
    expect(run(2, fleet).status).toBe(1);
    expect(filesBelow(outdir)).toEqual({ 'manifest.json': '{}' });
  });

  it('throws what stops a worker, such as a file in the place of a directory', () => {
    mkdirSync(join(outdir, 'stacks'), { recursive: true });
    const place = join(outdir, 'stacks', '111111111170-us-west-2');
    writeFileSync(place, 'a file');
    const { status, stdout, stderr } = run(2);
    expect({ status, stdout }).toEqual({ status: 1, stdout: 'workers: 2' });
    const path = join(place, 'cdk.tf.json');
    expect(JSON.parse(stderr)).toEqual({ code: 'ENOTDIR', syscall: 'open', path });
  });
});
