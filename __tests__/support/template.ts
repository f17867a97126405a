import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { LocalBackend, TerraformStack } from 'cdktf';
import { formatProblem, type Problem } from '../../core/problem.ts';
import { PatchfleetApp } from '../../modules/tf/app.ts';

/** What one resource, data source or whole document looks like in `cdk.tf.json`. */
export type Block = Readonly<Record<string, unknown>>;

type BlocksByType = Readonly<Record<string, Readonly<Record<string, Block>>>>;

/** One stack `Test` in us-east-1, as Terraform would get it, with everything that is wrong with it. */
export class Template {
  constructor(
    private readonly problemsOn: (asOf?: string) => readonly Problem[],
    private readonly document: Block | undefined,
  ) {}

  /** Every problem as `[path] message; fix [rule]`, errors first. `asOf` adds those that depend on the day. */
  problems(asOf?: string): string[] {
    return this.problemsOn(asOf).map(formatProblem);
  }

  errors(): string[] {
    return this.ofSeverity('error');
  }

  warnings(asOf?: string): string[] {
    return this.ofSeverity('warning', asOf);
  }

  /** The whole document. @throws when the stack has errors, since nothing is written then */
  get json(): Block {
    if (this.document === undefined) throw new Error(`nothing was synthesised:\n${this.errors().join('\n')}`);
    return this.document;
  }

  /** Every resource of a type, without the framework's metadata: `aws_instance`, `data.aws_ssm_parameter`. */
  all(type: string): Block[] {
    const data = type.startsWith('data.');
    const blocks = this.blocks(data ? 'data' : 'resource')[data ? type.slice('data.'.length) : type];
    return Object.values(blocks ?? {}).map(({ '//': _, ...block }) => block);
  }

  /** The one resource of a type. @throws when there is none or more than one */
  only(type: string): Block {
    const [block, ...others] = this.all(type);
    if (block === undefined || others.length > 0) {
      const count = block === undefined ? 0 : others.length + 1;
      throw new Error(`expected one ${type}, got ${count} among ${this.addresses().join(', ') || 'nothing'}`);
    }
    return block;
  }

  /** `aws_instance.Web_1234` and `data.aws_region.…` of everything there is, sorted. */
  addresses(): string[] {
    const of = (kind: 'data' | 'resource', prefix: string) =>
      Object.entries(this.blocks(kind)).flatMap(([type, named]) =>
        Object.keys(named).map((n) => `${prefix}${type}.${n}`),
      );
    return [...of('resource', ''), ...of('data', 'data.')].sort();
  }

  private blocks(kind: 'data' | 'resource'): BlocksByType {
    return (this.json[kind] ?? {}) as BlocksByType;
  }

  private ofSeverity(severity: Problem['severity'], asOf?: string): string[] {
    return this.problemsOn(asOf)
      .filter((problem) => problem.severity === severity)
      .map(formatProblem);
  }
}

/** Synthesises what `build` puts into a stack, as the command line does: with every check, into a directory of its own. */
export function synth(build: (stack: TerraformStack) => void): Template {
  const directory = mkdtempSync(join(tmpdir(), 'patchfleet-'));
  try {
    const outdir = join(directory, 'cdktf.out');
    const app = new PatchfleetApp({ outdir });
    const stack = new TerraformStack(app, 'Test');
    // The framework's default names this directory, and so the machine.
    new LocalBackend(stack, { path: 'terraform.tfstate' });
    new AwsProvider(stack, 'Aws', { region: 'us-east-1' });
    build(stack);
    const problemsOn = (asOf?: string) => app.problems(asOf);
    if (problemsOn().some((problem) => problem.severity === 'error')) return new Template(problemsOn, undefined);
    app.synth();
    const text = readFileSync(join(outdir, 'stacks', 'Test', 'cdk.tf.json'), 'utf8');
    return new Template(problemsOn, JSON.parse(text) as Block);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
