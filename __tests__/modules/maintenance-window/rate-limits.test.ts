import { describe, expect, it } from '@jest/globals';
import { formatViolation } from '../../../core/problem.ts';
import { checkTask, type TaskFacts } from '../../../modules/maintenance-window/task-checks.ts';

const id = 'i-0123456789abcdef0';
const limits = { maxConcurrency: '1', maxErrors: '0' };

describe('rate limits', () => {
  const facts: TaskFacts = { taskType: 'LAMBDA', targets: 1, targetsOfOtherWindows: 0, ...limits };
  const messages = (overrides: object) => checkTask({ ...facts, ...overrides }).map(formatViolation);

  it.each(['1', '9999999', '1%', '9%', '10%', '99%', '100%'])('take %s for both', (limit) => {
    expect(messages({ maxConcurrency: limit, maxErrors: limit })).toEqual([]);
  });

  it.each(['0', '0%'])('take %s for errors only', (limit) => {
    expect(messages({ maxErrors: limit })).toEqual([]);
    expect(messages({ maxConcurrency: limit })).toEqual([
      `maxConcurrency must be 1 to 9999999 nodes, or 1% to 100%, got "${limit}"; write it as text, like "10%" or "2" [maintenance-window/rate-limits]`,
    ]);
  });

  it.each(['', '01', '101%', '00%', '1.5%', '-1', '1 %', '10000000', 'all', 1, null])('refuse %j', (limit) => {
    expect(messages({ maxErrors: limit })).toEqual([
      `maxErrors must be 0 to 9999999 errors, or 0% to 100%, got ${JSON.stringify(limit)}; write it as text, like "10%" or "2" [maintenance-window/rate-limits]`,
    ]);
  });

  it('must both be there with targets', () => {
    const { maxConcurrency: _, maxErrors: __, ...without } = facts;
    const missing = [
      'maxConcurrency must be given for a task with targets; set maxConcurrency to 1 to 9999999 nodes, or 1% to 100% [maintenance-window/rate-limits]',
      'maxErrors must be given for a task with targets; set maxErrors to 0 to 9999999 errors, or 0% to 100% [maintenance-window/rate-limits]',
    ];
    expect(checkTask(without).map(formatViolation)).toEqual(missing);
    expect(checkTask({ ...without, targets: 0, instanceIds: [id] }).map(formatViolation)).toEqual(missing);
  });

  it('must both be left out without targets', () => {
    expect(messages({ targets: 0 })).toEqual([
      'maxConcurrency must be left out of a task without targets; remove it [maintenance-window/rate-limits]',
      'maxErrors must be left out of a task without targets; remove it [maintenance-window/rate-limits]',
    ]);
  });

  it('that Terraform decides count as given', () => {
    expect(messages({ maxConcurrency: undefined, maxErrors: undefined })).toEqual([]);
  });
});
