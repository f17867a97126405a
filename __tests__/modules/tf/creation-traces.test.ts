import { SsmPatchBaseline } from '@cdktf/provider-aws/lib/ssm-patch-baseline/index.js';
import { describe, expect, it } from '@jest/globals';
import { App, TerraformStack, Token } from 'cdktf';
import { withoutCreationTraces } from '../../../modules/tf/creation-traces.ts';

/** How long the framework's trace is of where an attribute was made. */
function traceOfAttribute(): number {
  const baseline = new SsmPatchBaseline(new TerraformStack(new App(), 'Test'), 'Baseline', { name: 'web' });
  return Token.asAny(baseline.arn).creationStack.length + Token.asAny(baseline.id).creationStack.length;
}

describe('withoutCreationTraces', () => {
  it('returns what was made', () => {
    expect(withoutCreationTraces(() => 'made')).toBe('made');
  });

  it('stops the framework from tracing, and only meanwhile', () => {
    expect(traceOfAttribute()).toBeGreaterThan(0);
    expect(withoutCreationTraces(traceOfAttribute)).toBe(0);
    expect(traceOfAttribute()).toBeGreaterThan(0);
  });

  it('leaves errors their stacks, and ends when one is thrown', () => {
    const capture = Error.captureStackTrace;
    const fail = (): never => {
      throw new Error('a defect');
    };
    const stack = (() => {
      try {
        return withoutCreationTraces(fail);
      } catch (failure) {
        return (failure as Error).stack;
      }
    })();
    expect(stack).toMatch(/^Error: a defect\n +at fail .*creation-traces\.test/);
    expect(Error.captureStackTrace).toBe(capture);
  });
});
