import { describe, expect, it } from '@jest/globals';
import type { InstanceFacts } from '../../../compliance/facts.ts';
import { ec2, id, lacking, patch, place, reportOn, run, without } from '../support.ts';
import { ranFrom, reason, withRun } from './explained.ts';

describe('what is missing, though the window ran', () => {
  const other = { instanceId: 'i-00000000000000002', status: 'Success' } as const;
  const kernelKey = 'kernel.x86_64:0:6.1.115-126.197.amzn2023';
  const evidence = (execution: ReturnType<typeof run>, overrides: Partial<InstanceFacts> = {}) =>
    reason('missing', lacking([patch()], overrides), withRun(execution)).evidence.filter((line) => line !== kernelKey);

  it.each([
    ['not-run', run('SUCCESS', [other]), 'the last run of its window did not reach it', 'SUCCESS'],
    ['not-run', run('SUCCESS', []), 'the last run of its window did not reach it', 'SUCCESS'],
    [
      'cancelled',
      run('FAILED', [{ instanceId: id, status: 'Cancelled' }]),
      'the last run of its window was cancelled on it',
      'FAILED',
    ],
    [
      'unknown',
      run('FAILED', [{ instanceId: id, status: 'Unknown' }]),
      'what the last run of its window did on it nobody knows',
      'FAILED',
    ],
  ] as const)(
    'is told with what became of it there, as the report on windows does: %s',
    async (result, execution, told, status) => {
      expect(evidence(execution)).toEqual([`${told}: ${ranFrom}: ${status}`]);
      const { windows } = await reportOn([place([lacking([patch()])], withRun(execution))]);
      expect(windows[0]?.runs?.[0]?.skipped).toEqual([{ instanceId: id, result }]);
    },
  );

  it('is told without it where the run patched it, another reason tells it, or nobody looked into the run', () => {
    expect(evidence(run('SUCCESS', [{ instanceId: id, status: 'Success' }]))).toEqual([]);
    expect(evidence(run('TIMED_OUT', [other]))).toEqual([]);
    expect(evidence(without(run('SUCCESS', []), 'tasks'))).toEqual([]);
    const started = { ec2: ec2({ launchedAt: '2026-11-21T07:00:00.000Z' }) };
    expect(evidence(run('SUCCESS', [other]), started)).toEqual([]);
  });
});
