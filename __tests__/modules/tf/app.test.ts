import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider/index.js';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { Annotations, App, TerraformOutput, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { error, formatProblem, ProblemError, type Violation, warning } from '../../../core/problem.ts';
import { PatchfleetApp } from '../../../modules/tf/app.ts';
import { addCheck } from '../../../modules/tf/construct-checks.ts';
import { temporaryDirectory } from '../../support/command.ts';

let directory: string;
let outdir: string;

beforeEach(() => {
  directory = temporaryDirectory();
  outdir = join(directory, 'cdktf.out');
});

/** A stack with something to write, and something to say. */
function addStack(app: App, id: string, ...violations: Violation[]): TerraformStack {
  const stack = new TerraformStack(app, id);
  new TerraformOutput(stack, 'said', { value: 'hello' });
  addCheck(new Construct(stack, 'Part'), () => violations);
  return stack;
}

function thrownBy(action: () => unknown): unknown {
  try {
    action();
  } catch (thrown) {
    return thrown;
  }
  throw new Error('nothing was thrown');
}

describe('PatchfleetApp', () => {
  it('writes every stack when nothing is wrong', () => {
    const app = new PatchfleetApp({ outdir });
    addStack(app, 'One');
    addStack(app, 'Two');
    app.synth();
    for (const id of ['One', 'Two']) {
      const written = JSON.parse(readFileSync(join(outdir, 'stacks', id, 'cdk.tf.json'), 'utf8'));
      expect(written.output).toEqual({ said: { value: 'hello' } });
    }
  });

  it('writes where the CDKTF command line asks for, when nothing else is said', () => {
    const before = process.env.CDKTF_OUTDIR;
    process.env.CDKTF_OUTDIR = outdir;
    try {
      const app = new PatchfleetApp();
      addStack(app, 'One');
      app.synth();
    } finally {
      if (before === undefined) delete process.env.CDKTF_OUTDIR;
      else process.env.CDKTF_OUTDIR = before;
    }
    expect(existsSync(join(outdir, 'stacks', 'One', 'cdk.tf.json'))).toBe(true);
  });

  it('reports the errors of all stacks at once, sorted, with their construct paths', () => {
    const app = new PatchfleetApp({ outdir });
    addStack(app, 'Web', error('b/rule', 'b must hold', 'change b'), error('a/rule', 'a must hold'));
    addStack(app, 'Good');
    addStack(app, 'Api', error('a/rule', 'a must hold'));
    const thrown = thrownBy(() => app.synth());
    expect(thrown).toBeInstanceOf(ProblemError);
    expect((thrown as ProblemError).message).toBe(
      [
        '[Api/Part] a must hold [a/rule]',
        '[Web/Part] a must hold [a/rule]',
        '[Web/Part] b must hold; change b [b/rule]',
        '3 errors',
      ].join('\n'),
    );
  });

  it('writes nothing when one stack is wrong, and leaves no directory behind', () => {
    const app = new PatchfleetApp({ outdir });
    addStack(app, 'Good');
    addStack(app, 'Bad', error('a/rule', 'a must hold'));
    expect(() => app.synth()).toThrow(ProblemError);
    expect(readdirSync(directory)).toEqual([]);
  });

  it('leaves an earlier good output untouched', () => {
    const good = new PatchfleetApp({ outdir });
    addStack(good, 'One');
    good.synth();
    const file = join(outdir, 'stacks', 'One', 'cdk.tf.json');
    const before = readFileSync(file, 'utf8');
    const bad = new PatchfleetApp({ outdir });
    new TerraformOutput(addStack(bad, 'One', error('a/rule', 'a must hold')), 'more', { value: 'changed' });
    expect(() => bad.synth()).toThrow(ProblemError);
    expect(readFileSync(file, 'utf8')).toBe(before);
    expect(readdirSync(join(outdir, 'stacks'))).toEqual(['One']);
  });

  it('keeps an empty directory that was there before it', () => {
    mkdirSync(outdir);
    const app = new PatchfleetApp({ outdir });
    addStack(app, 'Bad', error('a/rule', 'a must hold'));
    expect(() => app.synth()).toThrow(ProblemError);
    expect(readdirSync(outdir)).toEqual([]);
  });

  it('keeps what somebody else put into its directory meanwhile', () => {
    const app = new PatchfleetApp({ outdir });
    addStack(app, 'Bad', error('a/rule', 'a must hold'));
    writeFileSync(join(outdir, 'notes.txt'), 'mine');
    expect(() => app.synth()).toThrow('[Bad/Part] a must hold [a/rule]\n1 error');
    expect(readdirSync(outdir)).toEqual(['notes.txt']);
  });

  it('says the same when it is asked twice', () => {
    const app = new PatchfleetApp({ outdir });
    addStack(app, 'Bad', error('a/rule', 'a must hold'));
    for (const _ of [1, 2]) expect(() => app.synth()).toThrow('[Bad/Part] a must hold [a/rule]\n1 error');
  });

  it('is not stopped by warnings, and tells them', () => {
    const app = new PatchfleetApp({ outdir });
    addStack(app, 'Risky', warning('a/rule', 'a is risky'));
    app.synth();
    expect(app.problems().map(formatProblem)).toEqual(['[Risky/Part] a is risky [a/rule]']);
    expect(existsSync(join(outdir, 'stacks', 'Risky', 'cdk.tf.json'))).toBe(true);
  });

  it('refuses a day that is none, of which it could tell nothing', () => {
    expect(() => new PatchfleetApp({ outdir }).problems('18.12.2027')).toThrow(
      new RangeError(
        'asOf must be an ISO date or instant, got "18.12.2027"; write it like 2026-12-01 or 2026-12-01T09:00:00Z',
      ),
    );
  });

  it('reports an error annotation of somebody else before writing, not in the middle of it', () => {
    const app = new PatchfleetApp({ outdir });
    addStack(app, 'Good');
    Annotations.of(addStack(app, 'Bad')).addError('not like this');
    expect(() => app.synth()).toThrow('[Bad] not like this [construct/annotation]\n1 error');
    expect(readdirSync(directory)).toEqual([]);
  });

  it('reports what the framework itself validates', () => {
    const app = new PatchfleetApp({ outdir });
    const stack = addStack(app, 'Test');
    new AwsProvider(stack, 'Aws', { region: 'us-east-1' });
    app.node.addValidation({ validate: () => ['the whole application is wrong'] });
    expect(() => app.synth()).toThrow('[] the whole application is wrong [construct/validation]\n1 error');
  });
});

describe("the framework's own App", () => {
  it('refuses the errors of our checks too, in the same words', () => {
    const app = new App({ outdir });
    addStack(app, 'Bad', error('a/rule', 'a must hold', 'change a'), warning('b/rule', 'b is risky'));
    expect(() => app.synth()).toThrow('[Bad/Part] a must hold; change a [a/rule]');
  });

  it('is not stopped by warnings', () => {
    const app = new App({ outdir });
    addStack(app, 'Risky', warning('b/rule', 'b is risky'));
    app.synth();
    expect(existsSync(join(outdir, 'stacks', 'Risky', 'cdk.tf.json'))).toBe(true);
  });
});
