import { describe, expect, it } from '@jest/globals';
import type { WindowFacts } from '../../../compliance/window-facts.ts';
import {
  counts,
  ec2,
  fleetContext,
  id,
  installWindow,
  instance,
  lacking,
  patch,
  patchState,
  run,
  without,
} from '../support.ts';
import { codes, reason } from './explained.ts';

/* What reasons claim is what facts show: neither more, nor less. */

describe('runs of windows', () => {
  const started = lacking([patch()], { ec2: ec2({ launchedAt: '2026-11-21T07:00:00.000Z' }) });
  const unread = (status: 'SUCCESS' | 'FAILED') => ({
    windows: [installWindow({ executions: [without(run(status, []), 'tasks')] })],
  });

  it('that nobody looked into may have patched what was started since', () => {
    expect(codes(started, unread('SUCCESS'))).toEqual(['missing']);
    const within = instance({ ec2: ec2({ state: 'stopped', stateChangedAt: '2026-11-21T04:00:00.000Z' }) });
    expect(codes(within, unread('SUCCESS'))).toEqual(['stopped']);
    const before = instance({ ec2: ec2({ state: 'stopped', stateChangedAt: '2026-11-21T01:59:59.000Z' }) });
    expect(codes(before, unread('SUCCESS'))).toEqual(['stopped', 'stopped-during-window']);
  });

  it('that still last may reach what was started since', () => {
    const running = { ...without(run('FAILED', []), 'endedAt'), status: 'IN_PROGRESS' as const };
    expect(codes(started, { windows: [installWindow({ executions: [running] })] })).toEqual(['missing']);
  });

  const [installTask] = installWindow().tasks ?? [];
  const [installed] = run('SUCCESS', []).tasks ?? [];
  const scanTask = { ...installTask, windowTaskId: 'task-scan', operation: 'Scan' } as NonNullable<typeof installTask>;
  const scanAndInstall = (
    scan: 'Failed' | 'Cancelled',
    status: 'FAILED' | 'TIMED_OUT',
  ): { windows: WindowFacts[] } => ({
    windows: [
      installWindow({
        tasks: [scanTask, installTask as NonNullable<typeof installTask>],
        executions: [
          {
            ...run(status, []),
            tasks: [
              { ...installed, invocations: [{ instanceId: id, status: 'Success' }] } as NonNullable<typeof installed>,
              {
                ...installed,
                windowTaskId: 'task-scan',
                taskExecutionId: 'task-execution-2',
                status,
                invocations: [{ instanceId: id, status: scan, responseCode: 156 }],
              } as NonNullable<typeof installed>,
            ],
          },
        ],
      }),
    ],
  });

  it('that scan and install are told apart', () => {
    expect(codes(lacking([patch()]), scanAndInstall('Failed', 'FAILED'))).toEqual(['missing']);
    expect(codes(lacking([patch()]), scanAndInstall('Cancelled', 'TIMED_OUT'))).toEqual(['missing']);
  });

  it('that failed to scan explain why a report is stale, unless the node reported since', () => {
    const old = instance({ patchState: patchState({ operationEndedAt: '2026-11-10T02:00:00.000Z' }) });
    expect(reason('stale', old, scanAndInstall('Failed', 'FAILED'))).toMatchObject({
      why: 'what it reported is too old to count: its last scan ended 14 days before, at 2026-11-10T02:00:00.000Z; the last scan failed: the node could not download from the S3 buckets of AWS',
      next: 'let it reach S3 on port 443, and allow the patch buckets in its role and in the endpoint policy',
    });
    const odd = instance({ patchState: patchState({ counts: without(counts(), 'missing') }) });
    expect(reason('unknown', odd, scanAndInstall('Failed', 'FAILED')).why).toBe(
      'whether it is patched is not known: its scan does not tell MissingCount',
    );
  });

  it('that were skipped are past once the window ran again', () => {
    const skipped = { ...run('SKIPPED_OVERLAPPING', []), startedAt: '2026-11-14T02:00:00.000Z' };
    expect(codes(instance(), { windows: [installWindow({ executions: [run('SUCCESS', []), skipped] })] })).toEqual([
      'compliant',
    ]);
  });

  it('of a disabled window are not all, where another one may install', () => {
    const maybe = without(installWindow({ windowId: 'mw-00000000000000002' }), 'targets');
    expect(codes(instance(), { windows: [installWindow({ enabled: false }), maybe] })).not.toContain('window-disabled');
  });

  it('are enabled where the window is made', () => {
    const other = installWindow({ windowId: 'mw-00000000000000002', windowName: 'by-hand', enabled: false });
    expect(reason('window-disabled', instance(), { windows: [other] })).toMatchObject({
      next: 'enable the window where it is made',
      command: 'aws ssm update-maintenance-window --window-id mw-00000000000000002 --enabled --region eu-central-1',
    });
    const ours = reason('window-disabled', instance(), { windows: [installWindow({ enabled: false })] });
    expect(ours).not.toHaveProperty('command');
  });

  it('stay closed after a freeze until it is lifted', () => {
    const freeze = {
      name: 'autumn',
      from: '2026-10-01T00:00:00.000Z',
      to: '2026-11-20T00:00:00.000Z',
      reason: 'sales',
      closed: ['prod/install'],
    };
    const fleet = fleetContext({ freezes: [freeze], files: [{ file: "fleets/acme's.yaml", sha256: '0' }] });
    expect(reason('window-frozen', instance(), { windows: [installWindow({ enabled: false })] }, fleet)).toEqual({
      code: 'window-frozen',
      why: 'the freeze autumn is over, and has its window still closed',
      evidence: [
        'the freeze lasts from 2026-10-01T00:00:00.000Z to 2026-11-20T00:00:00.000Z',
        'it has closed window acme-install',
      ],
      next: 'lift the freeze, and deploy the change',
      command: "npx patchfleet freeze autumn --lift --fleet 'fleets/acme'\\''s.yaml'",
    });
  });
});
