import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { expand } from '../../fleet/expand.ts';
import { fleetSchema } from '../../fleet/schema/index.ts';
import { root, temporaryDirectory } from '../support/command.ts';
import { patchfleet } from '../support/run-command.ts';
import { itUnless } from '../support/skipped.ts';

interface Step {
  readonly name?: string;
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly needs?: string | readonly string[];
  readonly 'runs-on'?: string;
  readonly 'timeout-minutes'?: number;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: string };
  readonly environment?: string;
  readonly steps?: readonly Step[];
}

interface Workflow {
  readonly name: string;
  readonly on: Readonly<Record<string, { readonly inputs?: Readonly<Record<string, object>> }>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const folder = join(root, 'examples/ci/github');
const files = readdirSync(folder);
const workflows = Object.fromEntries(
  files.map((file) => [file, parse(readFileSync(join(folder, file), 'utf8')) as Workflow]),
);

const texts = Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), 'utf8')]));

/** What GitHub's own parser says of each workflow of several sets. */
function errorsOf(sets: readonly Readonly<Record<string, string>>[]): Record<string, string[]>[] {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, 'bin/run.mjs'), '__tests__/support/workflow-errors.ts'],
    { cwd: root, encoding: 'utf8', input: JSON.stringify(sets) },
  );
  if (stdout === '') throw new Error(stderr);
  return JSON.parse(stdout);
}

function needsOf({ needs = [] }: Job): readonly string[] {
  return typeof needs === 'string' ? [needs] : needs;
}

/** What stands in `${{ }}` anywhere in a value. */
function expressionsIn(value: unknown): string[] {
  return [...JSON.stringify(value).matchAll(/\$\{\{(.*?)\}\}/g)].map(([, expression]) => (expression as string).trim());
}

function namesIn(value: unknown, pattern: RegExp): string[] {
  return expressionsIn(value).flatMap((expression) => [...expression.matchAll(pattern)].map(([, name]) => `${name}`));
}

const full = fleetSchema.parse(parse(readFileSync(join(root, 'examples/fleet.full.yaml'), 'utf8')));

describe('the workflows for GitHub', () => {
  it('are there', () => {
    expect(files).toEqual(['deploy-ring.yml', 'deploy.yml', 'plan.yml']);
  });

  it('are accepted by the parser of GitHub', () => {
    expect(errorsOf([texts])).toEqual([{ 'deploy-ring.yml': [], 'deploy.yml': [], 'plan.yml': [] }]);
  });

  it('are not accepted with what GitHub would refuse', () => {
    const changes = [
      ['plan.yml', 'pull_request:', 'pull_requests:', "Unexpected value 'pull_requests'"],
      ['plan.yml', 'runs-on:', 'runs-in:', "Unexpected value 'runs-in'"],
      ['plan.yml', 'contents: read', 'contents: some', "Unexpected value 'some'"],
      ['plan.yml', '- uses:', '- run: true\n        uses:', "Unexpected value 'uses'"],
      ['plan.yml', 'needs: stacks', 'needs: stack', "depends on unknown job 'stack'"],
      ['plan.yml', '${{ matrix.', '${{ matrices.', "Unrecognized named-value: 'matrices'"],
      ['plan.yml', '${{ ', '${{ nothing(1) ', 'Unrecognized function'],
      ['deploy.yml', 'environment:', 'environments:', 'environments is not defined in the referenced workflow'],
      [
        'deploy.yml',
        'uses: ./.github/workflows/deploy-ring.yml',
        'uses: ./.github/workflows/deploy-rings.yml',
        'Unable to find reusable workflow',
      ],
      ['deploy-ring.yml', 'type: string', 'type: text', "Unexpected value 'text'"],
    ] as const;
    const broken = changes.map(([file, from, to]) => ({ ...texts, [file]: `${texts[file]}`.replace(from, to) }));
    const said = errorsOf(broken).map((errors, index) => errors[`${changes[index]?.[0]}`]?.join(' '));
    expect(said).toEqual(changes.map(([, , , error]) => expect.stringContaining(error)));
  });

  describe.each(files)('%s', (file) => {
    const workflow = workflows[file] as Workflow;
    const jobs = Object.entries(workflow.jobs);
    const steps = jobs.flatMap(([, job]) => job.steps ?? []);

    it('may only read unless a job says more', () => {
      expect(workflow.permissions).toEqual({ contents: 'read' });
    });

    it('has jobs that run on a machine for a limited time, or call a workflow', () => {
      for (const [, job] of jobs.filter(([, { uses }]) => uses === undefined)) {
        expect(job['runs-on']).toBe('ubuntu-24.04');
        expect(job['timeout-minutes']).toBeGreaterThan(0);
      }
    });

    it('uses outputs that jobs and steps have, of jobs that it needs, and inputs that it takes', () => {
      for (const [, job] of jobs) {
        const used = expressionsIn(job).flatMap((text) => [...text.matchAll(/\bneeds\.(\w+)\.outputs\.(\w+)/g)]);
        for (const [, needed, output] of used) {
          expect(needsOf(job)).toContain(needed);
          expect(Object.keys(workflow.jobs[`${needed}`]?.outputs ?? {})).toContain(output);
        }
        const ids = (job.steps ?? []).map(({ id }) => id);
        expect(namesIn(job.outputs ?? {}, /\bsteps\.(\w+)\./g).filter((id) => !ids.includes(id))).toEqual([]);
        const inputs = Object.keys(workflow.on.workflow_call?.inputs ?? {});
        expect(namesIn(job, /\binputs\.(\w+)/g).filter((input) => !inputs.includes(input))).toEqual([]);
      }
    });

    it('reads what `expand --format github-matrix` gives', async () => {
      const { out } = await patchfleet('expand', '--fleet', 'examples/fleet.full.yaml', '--format', 'github-matrix');
      const [entry] = JSON.parse(out).include;
      const used = namesIn(jobs, /\bmatrix\.(\w+)/g);
      expect(used.filter((name) => !Object.hasOwn(entry, name))).toEqual([]);
      const inJq = JSON.stringify(steps).match(/(?<=[(|,&] ?)\.(kind|rings|stack)\b/g) ?? [];
      expect(inJq.filter((name) => !Object.hasOwn(entry, name.slice(1)))).toEqual([]);
    });

    it('uses actions of a fixed commit, and says which release that is', () => {
      const text = readFileSync(join(folder, file), 'utf8');
      const used = [...text.matchAll(/^ +(?:- )?uses: (.*)$/gm)].map(([, action]) => action as string);
      const pinned = /^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/;
      expect(used.filter((action) => !action.startsWith('./') && !pinned.test(action))).toEqual([]);
    });

    it('lets no expression into a script, and gets credentials by a short-lived token', () => {
      expect(steps.filter(({ run = '' }) => run.includes('${{'))).toEqual([]);
      const withCredentials = jobs.filter(([, job]) =>
        job.steps?.some(({ uses = '' }) => uses.startsWith('aws-actions/')),
      );
      expect(withCredentials.map(([, job]) => job.permissions)).toEqual(
        withCredentials.map(() => ({ contents: 'read', 'id-token': 'write' })),
      );
    });
  });

  it('deploy what is global, then the rings of the file in their order, each behind its environment', () => {
    const { stacks, ...rings } = (workflows['deploy.yml'] as Workflow).jobs;
    const order = ['global', ...full.rings.map(({ name }) => name)];
    expect(Object.keys(rings)).toEqual(order);
    expect(Object.keys(stacks?.outputs ?? {})).toEqual(order);
    expect(Object.values(rings).map((job) => job.with?.environment)).toEqual(order);
    expect(Object.values(rings).map((job) => needsOf(job).at(-1))).toEqual(['stacks', ...order.slice(0, -1)]);
    expect(Object.values(rings).map((job) => job.with?.stacks)).toEqual(
      order.map((ring) => `\${{ needs.stacks.outputs.${ring} }}`),
    );
  });
});

/** Runs the script of a step as the runner does, with `npx patchfleet` as the one of this checkout. */
function runStep({ run = '', env = {} }: Step, fleet: string): { status: number | null; output: string; all: string } {
  const directory = temporaryDirectory();
  copyFileSync(fleet, join(directory, 'fleet.yaml'));
  const command = `#!/bin/sh\nshift\nexec "${process.execPath}" "${join(root, 'bin/patchfleet.mjs')}" "$@"\n`;
  writeFileSync(join(directory, 'npx'), command);
  chmodSync(join(directory, 'npx'), 0o755);
  const output = join(directory, 'output');
  writeFileSync(output, '');
  const path = `${directory}:${process.env.PATH}`;
  const { status, stdout } = spawnSync('bash', ['-eo', 'pipefail', '-c', run], {
    cwd: directory,
    encoding: 'utf8',
    env: { ...process.env, ...env, PATH: path, GITHUB_OUTPUT: output },
  });
  return { status, output: readFileSync(output, 'utf8'), all: stdout };
}

const hasJq = spawnSync('jq', ['--version']).status === 0;
const itWithJq = itUnless(hasJq ? undefined : 'jq is not installed here');

describe('the step that lists stacks', () => {
  const list = (workflows['deploy.yml'] as Workflow).jobs.stacks?.steps?.find(({ id }) => id === 'list') as Step;

  itWithJq('gives each ring its stacks, each once', () => {
    const { status, output } = runStep(list, join(root, 'examples/fleet.full.yaml'));
    const stacks = output
      .trim()
      .split('\n')
      .map((line) => /^(\w+)=(.*)$/.exec(line) as RegExpExecArray)
      .map(([, ring, matrix]) => [ring, JSON.parse(`${matrix}`).include.map(({ stack }: { stack: string }) => stack)]);
    expect(status).toBe(0);
    expect(Object.fromEntries(stacks)).toEqual({
      global: ['111111111111-global', '222222222222-global', '333333333333-global'],
      dev: ['111111111111-eu-central-1'],
      test: ['222222222222-eu-central-1', '222222222222-eu-west-1'],
      prod: ['333333333333-eu-central-1', '333333333333-eu-west-1'],
    });
  });

  itWithJq('fails where the file has a ring that the workflow lacks', () => {
    const { status, all } = runStep(list, join(root, 'examples/fleet.minimal.yaml'));
    expect(status).toBe(1);
    expect(all).toContain('::error::fleet.yaml has a ring that this workflow does not deploy');
  });
});

describe('the step that proves the rollout', () => {
  const steps = (workflows['plan.yml'] as Workflow).jobs.stacks?.steps ?? [];
  const prove = {
    ...(steps.find(({ name }) => name === 'Rollout') as Step),
    env: { GITHUB_STEP_SUMMARY: '/dev/null' },
  };

  it('comes after the check and before anything is synthesised', () => {
    const order = steps.map(({ name, run }) => name ?? run).filter((step) => step !== undefined);
    expect(order.slice(0, 4)).toEqual(['npm ci', 'Check', 'Rollout', 'npx patchfleet synth']);
  });

  it('passes a rollout that holds, and shows it', () => {
    const { status, all } = runStep(prove, join(root, 'examples/fleet.minimal.yaml'));
    expect(status).toBe(0);
    expect(all).toContain('**ok**: The rollout holds for the releases of 24 months');
    expect(all).toContain('ok: No ring installs before an earlier one, in 60 months from ');
  });

  it('fails where one does not hold, though its report goes through a pipe', () => {
    const directory = temporaryDirectory();
    const late = join(directory, 'late.yaml');
    const minimal = readFileSync(join(root, 'examples/fleet.minimal.yaml'), 'utf8');
    writeFileSync(late, minimal.replace('- name: all', '- name: all\n    patchWithinDays: 8'));
    const { status, all } = runStep(prove, late);
    expect(status).toBe(1);
    expect(all).toContain('`exposure/too-late`');
  });
});

describe('atlantis.yaml', () => {
  const atlantis = parse(readFileSync(join(root, 'examples/ci/atlantis.yaml'), 'utf8'));
  const order = full.rings.map(({ name }) => name);

  it('has a project for each stack, in the order of the rings, after the global one', () => {
    const projects = expand(full).map((deployment) => ({
      name: deployment.stackId,
      dir: `cdktf.out/stacks/${deployment.stackId}`,
      execution_order_group: deployment.kind === 'global' ? 0 : 1 + order.indexOf(deployment.rings.at(-1) ?? ''),
      ...(deployment.kind === 'regional' && { depends_on: deployment.dependsOn }),
      autoplan: { when_modified: ['../../../fleet.yaml', '../../../package-lock.json'] },
    }));
    const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
    expect([...atlantis.projects].sort(byName)).toEqual(projects);
    expect(atlantis.version).toBe(3);
  });
});
