import { describe, expect, it } from '@jest/globals';
import { countChanges, describeChanges } from '../../../cli/plan/changes.ts';
import type { StackPlan } from '../../../cli/plan/summary.ts';
import { describeProgress, describeSummary } from '../../../cli/plan/tell.ts';

const none = { create: 0, update: 0, replace: 0, delete: 0, outputs: 0 };

function change(...actions: string[]) {
  return { change: { actions } };
}

function stackPlan(overrides: Partial<StackPlan>): StackPlan {
  return {
    stack: 'a',
    status: 'planned',
    step: null,
    error: null,
    changes: none,
    source: null,
    seconds: 1,
    ...overrides,
  };
}

describe('the changes of a plan', () => {
  it('are counted by what happens to each resource, whichever comes first in a replacement', () => {
    const resources = [
      change('create'),
      change('update'),
      change('update'),
      change('delete', 'create'),
      change('create', 'delete'),
      change('delete'),
      change('no-op'),
      change('read'),
    ];
    const outputs = { changed: { actions: ['update'] }, same: { actions: ['no-op'] } };
    expect(countChanges({ resource_changes: resources, output_changes: outputs })).toEqual({
      create: 1,
      update: 2,
      replace: 2,
      delete: 1,
      outputs: 1,
    });
  });

  it('are none of a plan that has none', () => {
    expect(countChanges({})).toEqual(none);
  });

  it.each([
    [none, 'no changes'],
    [{ ...none, outputs: 2 }, 'no changes but to outputs'],
    [{ ...none, delete: 1, outputs: 2 }, '1 to delete'],
    [
      { create: 1, update: 2, replace: 3, delete: 4, outputs: 0 },
      '1 to create, 2 to update, 3 to replace, 4 to delete',
    ],
  ])('%j are told as %j', (changes, text) => {
    expect(describeChanges(changes)).toBe(text);
  });
});

describe('what is told of plans', () => {
  it('names the engine, the step and its error as progress', () => {
    const failed = stackPlan({ status: 'failed', step: 'init', error: 'no network', changes: null, seconds: 61.25 });
    expect(describeProgress(failed, 3, 200, 'tofu')).toBe('[3/200] a failed in tofu init: no network (61.3 s)');
  });

  it('names no error where the engine named none', () => {
    const failed = stackPlan({ status: 'failed', step: 'plan', changes: null });
    expect(describeProgress(failed, 1, 1, 'terraform')).toBe('[1/1] a failed in terraform plan (1.0 s)');
  });

  it('names five logs of many', () => {
    const failed = ['g', 'f', 'e', 'd', 'c', 'b', 'a'].map((stack) =>
      stackPlan({ stack, status: 'failed', step: 'init', changes: null }),
    );
    expect(describeSummary(failed, 'plans', 'terraform')).toBe(`  STACK  PLAN
  a      failed in terraform init
  b      failed in terraform init
  c      failed in terraform init
  d      failed in terraform init
  e      failed in terraform init
  f      failed in terraform init
  g      failed in terraform init

0 planned, 7 not; plans are in plans
what went wrong:
  plans/a.log
  plans/b.log
  plans/c.log
  plans/d.log
  plans/e.log
  and 2 more logs beside them
run it again with --resume for these alone`);
  });
});
