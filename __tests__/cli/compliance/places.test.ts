import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { commitOf } from '../../../cli/compliance/commit.ts';
import { instance, place } from '../../compliance/support.ts';
import { patchfleet } from '../../support/run-command.ts';
import { acmeFleet, Snapshots } from './snapshots.ts';

let snapshots: Snapshots;
let fleet: string;
let source: string;

beforeAll(async () => {
  snapshots = new Snapshots();
  fleet = snapshots.file('fleet.yaml', acmeFleet);
  source = await snapshots.write(place([instance()]));
});

/** As `terraform output -json` prints it. */
function printed(account_id: string, region = 'eu-central-1', more: object = {}): string {
  const value = {
    ...{ version: 1, partition: 'aws', account_id, region, baselines: {}, patch_groups: [], windows: {} },
    ...{ instances: { web: 'i-0123456789abcdef0' }, ...more },
  };
  return JSON.stringify({ patch_manager: { sensitive: false, type: 'object', value } });
}

const fix =
  'run terraform output -json in the directory of each stack, and give its output as a file, or a directory of them';
const fixOfStack = 'run terraform output -json in the directory of the stack, and give its output';

describe('outputs that are no outputs of the fleet stop every command, before anything is read', () => {
  const wrong: readonly (readonly [string, string, string])[] = [
    ['other text', 'not json', `outputs must be JSON, got "not json"; ${fix} [compliance/outputs-readable]`],
    ['nothing', '', `outputs must be JSON, got nothing; ${fix} [compliance/outputs-readable]`],
    [
      'JSON of another tool',
      '{"name":"web","version":"1.0.0"}',
      `outputs must be what Terraform prints, each with its value, got "name" without; ${fixOfStack} [compliance/stack-output]`,
    ],
    ['a list', '[]', `outputs must be a map by name, got []; ${fixOfStack} [compliance/stack-output]`],
    [
      'a stack without nodes',
      '{}',
      `outputs must be of at least one stack with nodes, got none; ${fix} [compliance/outputs-readable]`,
    ],
    [
      'a newer version',
      printed('111111111111', 'eu-central-1', { version: 2 }),
      'patch_manager must be of version 1, got 2; use the version of patchfleet that deployed the stack, or a newer one [compliance/stack-output]',
    ],
    [
      'half of it',
      printed('111111111111', 'eu-central-1', { windows: 'none' }),
      `patch_manager must be what a stack of a fleet puts out, got another value; ${fixOfStack} [compliance/stack-output]`,
    ],
  ];

  it.each(wrong)('%s', async (name, text, message) => {
    const path = snapshots.file(`${name.replaceAll(' ', '-')}.json`, text);
    for (const command of [
      ['compliance', '--source', source],
      ['explain', 'i-0123456789abcdef0', '--source', source],
      ['snapshot', '--out', join(snapshots.directory, 'never')],
    ]) {
      const { exitCode, out, err } = await patchfleet(...command, '--fleet', fleet, '--outputs', path);
      expect({ exitCode, out, err }).toEqual({ exitCode: 2, out: '', err: `[${path}] ${message}\n1 error` });
    }
  });

  it('those of another account', async () => {
    const directory = join(snapshots.directory, 'mixed');
    mkdirSync(directory);
    writeFileSync(join(directory, 'a.json'), printed('111111111111'));
    writeFileSync(join(directory, 'b.json'), printed('999999999999'));
    const { exitCode, err } = await patchfleet(
      'compliance',
      '--fleet',
      fleet,
      '--source',
      source,
      '--outputs',
      directory,
    );
    expect({ exitCode, err }).toEqual({
      exitCode: 2,
      err: `[${directory}] outputs must be of a place of ${fleet}, got account 999999999999 in eu-central-1; name their own fleet file with --fleet [compliance/outputs-of-fleet]\n1 error`,
    });
  });
});

describe('what to look at', () => {
  it('may come from outputs alone', async () => {
    const path = snapshots.file('outputs.json', printed('111111111111'));
    const { out, err } = await patchfleet('compliance', '--source', source, '--outputs', path, '--format', 'json');
    const { instances, evidence } = JSON.parse(out);
    expect(err).toBe('patchfleet: no fleet file, so no rings, deadlines and waivers; name it with --fleet');
    // What they declare is counted, though the snapshot was taken without them.
    expect(
      instances.map(({ instanceId, bucket, declaredAs, why }: Record<string, string>) => [
        instanceId,
        bucket,
        declaredAs,
        why,
      ]),
    ).toEqual([
      ['i-00000000000000001', 'compliant', undefined, 'the last scan found nothing that it lacks'],
      ['i-0123456789abcdef0', 'unknown', 'web', 'a stack declares it, and EC2 does not know it'],
    ]);
    expect(evidence.files.map(({ file }: { file: string }) => file)).toEqual([path]);
  });

  it('is an instance that outputs declare to explain, too', async () => {
    const path = snapshots.file('outputs.json', printed('111111111111'));
    const { exitCode, out } = await patchfleet('explain', 'i-0123456789abcdef0', '--source', source, '--outputs', path);
    expect(exitCode).toBe(0);
    expect(out).toContain(
      'i-0123456789abcdef0 in 111111111111/eu-central-1: unknown: a stack declares it, and EC2 does not know it',
    );
  });

  it('says which of the instances that were read a stack declares', async () => {
    const one = { web: 'i-00000000000000001' };
    const path = snapshots.file('one.json', printed('111111111111', 'eu-central-1', { instances: one }));
    const { out } = await patchfleet('compliance', '--source', source, '--outputs', path, '--format', 'json');
    expect(JSON.parse(out).instances).toMatchObject([{ instanceId: one.web, bucket: 'compliant', declaredAs: 'web' }]);
  });

  it('is a place of the fleet that a snapshot lacks, too: it is unknown', async () => {
    const wider = snapshots.file('wider.yaml', acmeFleet.replace('[eu-central-1]', '[eu-central-1, eu-west-1]'));
    const args = ['compliance', '--fleet', wider, '--source', source];
    const { exitCode, out } = await patchfleet(...args);
    expect(exitCode).toBe(2);
    expect(out).toMatch(/111111111111\/eu-west-1 +the call failed: the source says nothing about this place/);
    expect((await patchfleet(...args, '--only', '*-eu-central-1')).exitCode).toBe(0);
  });

  it('is told where outputs have none of it: a stack that was never applied looks like one of roles', async () => {
    const directory = join(snapshots.directory, 'some');
    mkdirSync(directory);
    writeFileSync(join(directory, 'a.json'), printed('111111111111'));
    writeFileSync(join(directory, 'b.json'), '{}');
    const args = ['compliance', '--source', source, '--outputs', directory];
    const empty = `patchfleet: ${join(directory, 'b.json')} is of a stack without nodes: right for stacks of roles, not for one of servers`;
    const wider = snapshots.file('wider.yaml', acmeFleet.replace('[eu-central-1]', '[eu-central-1, eu-west-1]'));
    expect((await patchfleet(...args, '--fleet', fleet)).err.split('\n')[0]).toBe(empty);
    expect((await patchfleet(...args, '--fleet', wider)).err.split('\n').slice(0, 2)).toEqual([
      empty,
      'patchfleet: no outputs of 111111111111 in eu-west-1: instances that were made there and are gone will not be missed',
    ]);
    writeFileSync(join(directory, 'c.json'), '{}');
    expect((await patchfleet(...args)).err.split('\n')[0]).toBe(
      `patchfleet: 2 files, such as ${join(directory, 'b.json')}, are of stacks without nodes: right for stacks of roles, not for one of servers`,
    );
  });

  it('must be named', async () => {
    const before = process.cwd();
    process.chdir(snapshots.directory);
    try {
      mkdirSync('elsewhere');
      process.chdir('elsewhere');
      const { exitCode, err } = await patchfleet('compliance');
      expect({ exitCode, err }).toEqual({
        exitCode: 2,
        err: '[fleet.yaml] a fleet file or outputs must say what to look at, got neither; name a fleet file with --fleet, outputs of its stacks with --outputs, or a snapshot with --source [compliance/places-known]\n1 error',
      });
    } finally {
      process.chdir(before);
    }
  });
});

describe('the commit of the fleet file', () => {
  it('is the one that changed it last, and dirty where it was changed since', () => {
    const directory = join(snapshots.directory, 'checkout');
    mkdirSync(directory);
    const git = (...args: readonly string[]) => {
      const { status, stdout, stderr } = spawnSync('git', args, { cwd: directory, encoding: 'utf8' });
      if (status !== 0) throw new Error(stderr);
      return stdout.trim();
    };
    const path = join(directory, 'fleet.yaml');
    const commit = () =>
      git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-q', '--no-gpg-sign', '-m', 'one');
    git('init', '-q');
    writeFileSync(path, acmeFleet);
    expect(commitOf(path)).toBeUndefined();
    git('add', '.');
    commit();
    const first = git('rev-parse', 'HEAD');
    writeFileSync(join(directory, 'other'), '');
    git('add', '.');
    commit();
    expect(commitOf(path)).toBe(first);
    writeFileSync(path, `${acmeFleet}# changed\n`);
    expect(commitOf(path)).toBe(`${first}-dirty`);
  });

  it('is not known outside a checkout', () => {
    expect(commitOf(fleet)).toBeUndefined();
  });
});

describe('a place that only the earlier snapshot looked at', () => {
  it('is told, though all that was looked at is fine', async () => {
    const other = { ...place([instance()]), place: { account: '222222222222', region: 'us-east-1' } };
    const earlier = await snapshots.write(place([instance()]), other);
    const told = (...args: readonly string[]) =>
      patchfleet('compliance', '--fleet', fleet, '--source', source, '--since', earlier, ...args);
    const { exitCode, out, err } = await told();
    expect({ exitCode, err }).toEqual({
      exitCode: 0,
      err: `patchfleet: not looked at now: 1 instance of ${earlier}, in 222222222222/us-east-1`,
    });
    expect(out).toMatch(/\n {2}gone +0\n/);
    expect(out).toMatch(/\n {2}in accounts and regions that are not looked at now +1\n/);
    expect((await told('--only', '111111111111-*')).err).toBe('');
  });

  it('is told with two others, and how many more there are: there may be a thousand', async () => {
    const at = (account: string) => ({ ...place([instance()]), place: { account, region: 'us-east-1' } });
    const others = ['222222222222', '333333333333', '444444444444', '555555555555'].map(at);
    const earlier = await snapshots.write(place([instance()]), ...others);
    const { err } = await patchfleet('compliance', '--fleet', fleet, '--source', source, '--since', earlier);
    expect(err).toBe(
      `patchfleet: not looked at now: 4 instances of ${earlier}, in 222222222222/us-east-1, 333333333333/us-east-1, 444444444444/us-east-1 and 1 more`,
    );
  });
});
