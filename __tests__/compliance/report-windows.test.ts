import { describe, expect, it } from '@jest/globals';
import { complianceAsReport } from '../../cli/compliance/report.ts';
import { explain } from '../../compliance/explain/index.ts';
import { lastRunOf } from '../../compliance/windows/window-report.ts';
import { renderText } from '../../report/index.ts';
import {
  ec2,
  fleetContext,
  id,
  installWindow,
  instance,
  lacking,
  patch,
  place,
  reportOn as report,
  run,
  settings,
} from './support.ts';

const second = 'i-00000000000000002';

const third = 'i-00000000000000003';

describe('windows of a report', () => {
  it('tell runs to come, and who was skipped by those that were', async () => {
    const execution = run('TIMED_OUT', [
      { instanceId: id, status: 'Success' },
      { instanceId: second, status: 'Cancelled' },
    ]);
    const freeze = {
      name: 'sales',
      from: '2026-12-04T00:00:00.000Z',
      to: '2026-12-06T00:00:00.000Z',
      reason: '',
      closed: [],
    };
    const made = await report(
      [
        place([instance(), instance({ instanceId: second }), instance({ instanceId: third })], {
          windows: [
            installWindow({ executions: [execution, { windowExecutionId: 'x', status: 'SKIPPED_OVERLAPPING' }] }),
          ],
        }),
      ],
      { fleet: fleetContext({ freezes: [freeze] }) },
    );
    expect(made.windows[0]).toMatchObject({
      windowName: 'acme-install',
      ring: 'prod',
      operations: ['Install'],
      next: [
        { at: '2026-11-28T02:00:00.000Z' },
        { at: '2026-12-05T02:00:00.000Z', frozenBy: 'sales' },
        { at: '2026-12-12T02:00:00.000Z' },
      ],
      nextFrom: 'schedule',
      overlapping: 1,
    });
    expect(made.windows[0]?.runs?.[0]).toMatchObject({
      status: 'TIMED_OUT',
      results: { succeeded: 1, 'cut-off': 2, failed: 0 },
      skipped: [
        { instanceId: second, result: 'cut-off' },
        { instanceId: third, result: 'cut-off' },
      ],
    });
  });

  it('call what still ran at the cutoff cut off, and expect nothing of what is stopped or a window that is disabled', async () => {
    const cut = run('TIMED_OUT', [{ instanceId: id, status: 'InProgress' }]);
    const stopped = instance({ instanceId: second, ec2: ec2({ state: 'stopped', tags: { PatchGroup: 'web' } }) });
    const windows = [installWindow({ executions: [cut], enabled: false })];
    const [window] = (await report([place([instance(), stopped], { windows })])).windows;
    expect(window?.runs?.[0]?.skipped).toEqual([{ instanceId: id, result: 'cut-off' }]);
    expect([window?.next, window?.nextFrom]).toEqual([[], 'disabled']);
  });

  it('have no last run that began after the instant that all is told for', async () => {
    const later = {
      ...run('SUCCESS', [{ instanceId: id, status: 'Success' }]),
      windowExecutionId: 'later',
      startedAt: '2026-11-24T06:00:01.000Z',
    };
    const earlier = run('FAILED', [{ instanceId: id, status: 'Failed', responseCode: 156 }]);
    const facts = place([lacking([patch({ state: 'FAILED' })])], {
      windows: [installWindow({ executions: [later, earlier] })],
    });
    const [window] = (await report([facts])).windows;
    expect(window?.runs?.map(({ windowExecutionId }) => windowExecutionId)).toEqual(['execution-1']);
    const { reasons = [] } = explain(facts, id, fleetContext(), settings()) ?? {};
    expect(reasons.find(({ code }) => code === 'failed')?.evidence).toContain('exit code 156');
  });

  it('expect nothing of what was started after the run, or is about to stop', async () => {
    const cut = run('TIMED_OUT', [{ instanceId: id, status: 'Success' }]);
    const launched = (instanceId: string, launchedAt: string) => instance({ instanceId, ec2: ec2({ launchedAt }) });
    const nodes = [
      launched(second, '2026-11-21T04:59:59.000Z'),
      launched(third, '2026-11-21T05:00:00.000Z'),
      instance({ instanceId: 'i-00000000000000004', ec2: ec2({ state: 'stopping' }) }),
    ];
    const made = await report([place(nodes, { windows: [installWindow({ executions: [cut] })] })]);
    expect(made.windows[0]?.runs?.[0]?.skipped).toEqual([{ instanceId: second, result: 'cut-off' }]);
  });

  it('tell whom the last run did not reach, though the one after it was skipped', async () => {
    const threshold = run('FAILED', [
      { instanceId: id, status: 'Terminated' },
      { instanceId: second, status: 'Undeliverable' },
    ]);
    const skipped = {
      windowExecutionId: 'x',
      status: 'SKIPPED_OVERLAPPING',
      startedAt: '2026-11-22T02:00:00.000Z',
    } as const;
    const nodes = [id, second, third].map((instanceId) => instance({ instanceId }));
    const made = await report([place(nodes, { windows: [installWindow({ executions: [threshold, skipped] })] })]);
    const [window] = made.windows;
    expect(window?.runs?.map(({ status }) => status)).toEqual(['SKIPPED_OVERLAPPING', 'FAILED']);
    expect(window?.overlapping).toBe(1);
    expect(lastRunOf(window ?? {})?.skipped).toEqual([
      { instanceId: id, result: 'error-threshold' },
      { instanceId: second, result: 'unreachable' },
      { instanceId: third, result: 'not-run' },
    ]);
    const text = renderText(complianceAsReport(made, 'ring'), { width: 200 });
    expect(text).toContain(
      '  2026-11-21 02:00 UTC  FAILED: 1 error threshold, 1 unreachable, 1 not run; 1 skipped while the one before still ran  ',
    );
    expect(text).toMatch(/^ {2}i-00000000000000001 .* 2026-11-21 02:00 UTC {2}error threshold$/m);
  });

  it('have the next run that AWS tells where a rate counts from a moment that AWS alone knows', async () => {
    const rate = installWindow({ schedule: 'rate(7 days)', nextExecutionAt: '2026-11-30T00:00:00.000Z' });
    const broken = installWindow({ windowId: 'mw-2', schedule: 'cron(0 2 ? * SAT *)', timezone: 'Mars/Phobos' });
    const made = await report([place([instance()], { windows: [rate, broken] })]);
    expect(made.windows.map(({ next, nextFrom }) => [next, nextFrom])).toEqual([
      [[{ at: '2026-11-30T00:00:00.000Z' }], 'aws'],
      [[], 'unknown'],
    ]);
  });
});
