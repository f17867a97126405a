import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { minimatch } from 'minimatch';
import { parse } from 'yaml';
import type { RoleConfiguration } from '../../fleet/deployment.ts';
import { expand } from '../../fleet/expand.ts';
import { fleetSchema } from '../../fleet/schema/index.ts';
import { root } from '../support/command.ts';
import { codeBlocks } from '../support/markdown.ts';
import { patchfleet } from '../support/run-command.ts';

const pages = [
  'docs/operations.md',
  'docs/own-repository.md',
  'docs/fleet-file.md',
  'docs/adr/0004-fleet-file.md',
  'docs/adr/0005-calendar.md',
  'examples/README.md',
  'examples/ci/hcp-terraform.md',
];
const files = [
  ...pages,
  'examples/ci/atlantis.yaml',
  ...readdirSync(join(root, 'examples/ci/github')).map((name) => `examples/ci/github/${name}`),
];

function textOf(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

const full = fleetSchema.parse(parse(textOf('examples/fleet.full.yaml')));

/** Every `npx patchfleet …` of a file, in words, up to the end of the command. */
function callsIn(text: string): string[][] {
  // A command in JSON ends with its text.
  const joined = text.replaceAll('\\\n', ' ').replaceAll(/("npx [^"]*)",$/gm, '$1');
  return [...joined.matchAll(/npx patchfleet +([^\n`|;&>)]*)/g)].map(([, call]) =>
    ((call as string).match(/'[^']*'|"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll(/^['"]|['"]$/g, '')),
  );
}

/** The options of a command, by its own help. */
async function helpOf(command: string): Promise<string> {
  const { exitCode, out } = await patchfleet(command, '--help');
  expect(exitCode).toBe(0);
  return out;
}

describe.each(files)('%s', (path) => {
  const calls = callsIn(textOf(path));

  it('calls commands that there are, with options that they have', async () => {
    for (const [command = '', ...words] of calls) {
      const help = await helpOf(command);
      const options = words.filter((word) => word.startsWith('--'));
      expect(options.filter((option) => !new RegExp(`^ +${option}[ ,]`, 'm').test(help))).toEqual([]);
      const format = words[words.indexOf('--format') + 1];
      if (words.includes('--format')) expect(help).toContain(`"${format}"`);
    }
  });

  it('names files that there are', () => {
    const links = [...textOf(path).matchAll(/\]\((?!https:|#)([^)#]+)/g)].map(([, link]) => link as string);
    const fleets = calls.flatMap((words) => words.filter((word) => word.startsWith('examples/')));
    const paths = [...links.map((link) => relative(root, join(root, dirname(path), link))), ...fleets];
    expect(paths.filter((each) => !existsSync(join(root, each)))).toEqual([]);
  });
});

it('the documents call every command that they should', () => {
  const called = new Set(files.flatMap((path) => callsIn(textOf(path)).map(([command]) => command)));
  expect([...called].sort()).toEqual([
    'calendar',
    'emergency',
    'expand',
    'exposure',
    'freeze',
    'plan',
    'promote',
    'synth',
    'validate',
  ]);
});

it('what docs/operations.md writes into the file stands in the full example', () => {
  const written = codeBlocks(textOf('docs/operations.md'), 'yaml').map((block) => parse(block));
  expect(written.map((keys) => Object.keys(keys).join())).toEqual(['freezes', 'waivers']);
  expect(full).toMatchObject(Object.assign({}, ...written));
});

it('globs of the documents match stacks', () => {
  const ids = expand(full).map(({ stackId }) => stackId);
  const globs = callsIn(textOf('docs/operations.md')).flatMap((words) => words.filter((word) => word.includes('*')));
  expect(globs.length).toBeGreaterThan(2);
  expect(globs.filter((glob) => !ids.some((id) => minimatch(id, glob)))).toEqual([]);
});

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Principal?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

const policies = codeBlocks(textOf('docs/operations.md'), 'json').map(
  (block) => JSON.parse(block) as { readonly Version: string; readonly Statement: readonly Statement[] },
);

function listed(value: string | readonly string[] | undefined): readonly string[] {
  return value === undefined ? [] : typeof value === 'string' ? [value] : value;
}

/** Whether a statement allows an action on a resource. */
function allows({ Action, Resource }: Statement, action: string, resource: string): boolean {
  const pattern = (text: string) =>
    new RegExp(`^${text.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);
  return listed(Action).includes(action) && listed(Resource).some((each) => pattern(each).test(resource));
}

describe('the policies of docs/operations.md', () => {
  const [deployer] = policies as [(typeof policies)[number]];
  const account = '111111111111';
  const deployments = expand(full).filter((deployment) => deployment.account === account);
  const roles = deployments.flatMap(({ roles: { instance, window } }) => [instance, window]);
  const arnOf = (role: RoleConfiguration | undefined) =>
    role?.kind === 'made' ? `arn:aws:iam::${account}:role${role.path ?? '/'}${role.roleName}` : undefined;
  const made = roles.flatMap((role) => arnOf(role) ?? []);
  const statementsFor = (action: string, resource: string) =>
    deployer.Statement.filter((statement) => allows(statement, action, resource));

  it('are policies: three for the deployer, one for the runner, two of trust', () => {
    expect(
      policies.map(({ Statement: statements }) => (statements[0]?.Principal === undefined ? 'rights' : 'trust')),
    ).toEqual(['rights', 'rights', 'rights', 'trust', 'rights', 'trust']);
    for (const { Version, Statement: statements } of policies) {
      expect(Version).toBe('2012-10-17');
      expect(new Set(statements.map(({ Sid }) => Sid)).size).toBe(statements.length);
      for (const { Sid, Effect, Action, Resource, Principal } of statements) {
        expect(Sid).toMatch(/^[A-Za-z0-9]+$/);
        expect(Effect).toBe('Allow');
        expect(
          listed(Action).filter((action) => !/^(ssm|iam|ec2|autoscaling|s3|kms|sts):[A-Z][A-Za-z]+$/.test(action)),
        ).toEqual([]);
        expect([...listed(Action)]).toEqual([...new Set(listed(Action))]);
        expect((Resource === undefined) !== (Principal === undefined)).toBe(true);
      }
    }
  });

  it('fit into a managed policy of AWS, 6144 characters without spaces', () => {
    expect(policies.filter((policy) => JSON.stringify(policy).length > 6144)).toEqual([]);
  });

  it('let the deployer make and pass both roles of the example, each to its own service', () => {
    expect(made).toEqual([
      `arn:aws:iam::${account}:role/patching/acme-instance`,
      `arn:aws:iam::${account}:role/patching/acme-window`,
    ]);
    for (const arn of made) {
      for (const action of ['iam:CreateRole', 'iam:PutRolePolicy', 'iam:GetRole', 'iam:DeleteRole', 'iam:TagRole']) {
        expect(statementsFor(action, arn)).toHaveLength(1);
      }
    }
    const services = made.map((arn) =>
      statementsFor('iam:PassRole', arn).map(({ Condition }) => Condition?.StringEquals?.['iam:PassedToService']),
    );
    expect(services).toEqual([['ec2.amazonaws.com'], ['ssm.amazonaws.com']]);
    expect(
      statementsFor('iam:AddRoleToInstanceProfile', made[0]?.replace(':role/', ':instance-profile/') ?? ''),
    ).toHaveLength(1);
  });

  it('let the deployer touch no other role, and no role without the boundary', () => {
    const iam = deployer.Statement.filter(({ Action }) => listed(Action).some((action) => action.startsWith('iam:')));
    expect(iam.flatMap(({ Resource }) => listed(Resource)).filter((resource) => resource.includes('*'))).toEqual([]);
    const [bounded] = statementsFor('iam:PutRolePolicy', made[1] as string);
    const boundary = roles.flatMap((role) => (role?.kind === 'made' ? role.permissionsBoundary : []));
    expect(boundary).toEqual(boundary.map(() => bounded?.Condition?.StringEquals?.['iam:PermissionsBoundary']));
  });

  it('let the deployer do everything with patch resources in its account, and nothing in another', () => {
    const kinds = { patchbaseline: 'PatchBaseline', maintenancewindow: 'MaintenanceWindow' };
    for (const [kind, name] of Object.entries(kinds)) {
      const arn = `arn:aws:ssm:eu-central-1:${account}:${kind}/id`;
      for (const verb of ['Create', 'Get', 'Update', 'Delete'])
        expect(statementsFor(`ssm:${verb}${name}`, arn)).toHaveLength(1);
      expect(statementsFor('ssm:AddTagsToResource', arn)).toHaveLength(1);
      expect(statementsFor(`ssm:Delete${name}`, arn.replace(account, '222222222222'))).toEqual([]);
    }
  });

  it('let the runner use the states of the example, its locks and its key', () => {
    const runner = policies[4] as (typeof policies)[number];
    const backend = full.backend as { s3: { bucket: string; keyPrefix: string; kmsKeyId: string } };
    const { bucket, keyPrefix, kmsKeyId } = backend.s3;
    const may = (action: string, resource: string) => runner.Statement.some((each) => allows(each, action, resource));
    for (const { stackId } of deployments) {
      const state = `arn:aws:s3:::${bucket}/${keyPrefix}${stackId}.tfstate`;
      expect([may('s3:GetObject', state), may('s3:PutObject', state), may('s3:DeleteObject', state)]).toEqual([
        true,
        true,
        false,
      ]);
      expect(may('s3:DeleteObject', `${state}.tflock`)).toBe(true);
    }
    expect(may('kms:Decrypt', kmsKeyId)).toBe(true);
    expect(may('s3:ListBucket', `arn:aws:s3:::${bucket}`)).toBe(true);
    const deployerArns = deployments.map(({ provider }) => provider.assumeRoleArn as string);
    expect(deployerArns.filter((arn) => !may('sts:AssumeRole', arn))).toEqual([]);
  });
});
