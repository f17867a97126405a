import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe } from '@jest/globals';
import { describeSkipped } from './skipped.ts';

/** One change of a plan, as `terraform show -json` has it. */
export interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Readonly<Record<string, unknown>> | null;
    readonly after: Readonly<Record<string, unknown>> | null;
    readonly replace_paths?: readonly (readonly string[])[];
  };
}

/** A synthesised stack in a directory of its own, where the real Terraform engine works on it. */
export class TerraformDirectory {
  /** Stands for the checkout: the stack is below `cdktf.out` in it, its state right in it. */
  readonly root = mkdtempSync(join(tmpdir(), 'patchfleet-terraform-'));
  private readonly directory: string;

  constructor(document: { readonly '//'?: { readonly metadata?: { readonly stackName?: string } } }) {
    this.directory = join(this.root, 'cdktf.out', 'stacks', document['//']?.metadata?.stackName ?? 'stack');
    mkdirSync(this.directory, { recursive: true });
    this.replace(document);
    this.run('init', '-input=false');
  }

  /** Puts another synthesis in place of the first; the state stays. */
  replace(document: object): void {
    writeFileSync(join(this.directory, 'cdk.tf.json'), JSON.stringify(document));
  }

  validate(): void {
    this.run('validate');
  }

  apply(): void {
    this.run('apply', '-auto-approve', '-input=false');
  }

  destroy(): void {
    this.run('destroy', '-auto-approve', '-input=false');
  }

  /** The plan as JSON. Environment variables reach the provider: the stand-in has knobs there. */
  planJson(environment: NodeJS.ProcessEnv = {}): { readonly resource_changes?: readonly ResourceChange[] } {
    this.runWith(environment, 'plan', '-input=false', '-out=plan');
    return JSON.parse(this.run('show', '-json', 'plan'));
  }

  /** `update aws_ssm_patch_baseline.…`, for everything a plan would do, sorted. */
  plan(environment: NodeJS.ProcessEnv = {}): string[] {
    return (this.planJson(environment).resource_changes ?? [])
      .filter(({ change }) => change.actions.join() !== 'no-op' && change.actions.join() !== 'read')
      .map(({ address, change }) => `${change.actions.join('+')} ${address.replace(/_[0-9A-F]{8}$/, '')}`)
      .sort();
  }

  outputs(): Record<string, { readonly value: unknown }> {
    return JSON.parse(this.run('output', '-json'));
  }

  /** Resource instances in the state, data sources left out. */
  state(): { readonly type: string; readonly values: Readonly<Record<string, unknown>> }[] {
    const { values } = JSON.parse(this.run('show', '-json'));
    const resources = values?.root_module?.resources ?? [];
    return resources.filter((resource: { mode: string }) => resource.mode === 'managed');
  }

  get path(): string {
    return this.directory;
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  private run(...args: string[]): string {
    return this.runWith({}, ...args);
  }

  private runWith(environment: NodeJS.ProcessEnv, ...args: string[]): string {
    const [command = ''] = args;
    const result = spawnSync('terraform', [`-chdir=${this.directory}`, ...args], {
      encoding: 'utf8',
      env: { ...process.env, ...environment, TF_CLI_ARGS: '-no-color' },
      maxBuffer: 64 * 1024 * 1024,
    });
    if (result.status !== 0)
      throw new Error(`terraform ${command}: ${result.stdout}${result.stderr}${result.error ?? ''}`);
    return result.stdout;
  }
}

const standInAccount = '000000000000';

/**
 * What Terraform finds here: nothing; the AWS provider itself, which may hold somebody's credentials; or a stand-in
 * without a cloud behind it, which lets itself be told whose account it is.
 */
function engineHere(): 'none' | 'provider' | 'stand-in' {
  const directory = mkdtempSync(join(tmpdir(), 'patchfleet-engine-'));
  const run = (...args: string[]) =>
    spawnSync('terraform', [`-chdir=${directory}`, ...args], {
      encoding: 'utf8',
      timeout: 120_000,
      env: { ...process.env, STAND_IN_ACCOUNT: standInAccount },
    });
  const configuration = {
    terraform: { required_providers: { aws: { source: 'hashicorp/aws', version: '6.25.0' } } },
    provider: { aws: [{ region: 'us-east-1' }] },
    data: { aws_caller_identity: { current: {} } },
    output: { account: { value: '${data.aws_caller_identity.current.account_id}' } },
  };
  try {
    writeFileSync(join(directory, 'main.tf.json'), JSON.stringify(configuration));
    if (run('init', '-input=false').status !== 0) return 'none';
    const plan = run('plan', '-input=false', '-no-color', '-out=plan');
    return plan.status === 0 && plan.stdout.includes(`"${standInAccount}"`) ? 'stand-in' : 'provider';
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Tests that only validate: skipped by name where `terraform init` fails. */
export function describeWithTerraform(name: string, tests: () => void): void {
  if (engineHere() !== 'none') describe(name, tests);
  else describeSkipped(name, 'terraform init finds no AWS provider here', tests);
}

/** Tests that plan and apply: only ever against the stand-in, so that no account of anybody's is touched. */
export function describeWithStandIn(name: string, tests: () => void): void {
  const engine = engineHere();
  if (engine === 'stand-in') describe(name, tests);
  else {
    const reason =
      engine === 'none' ? 'terraform init finds no AWS provider here' : 'the AWS provider here is a real one';
    describeSkipped(name, reason, tests);
  }
}
