import { describe, expect, it } from '@jest/globals';
import type { InstanceFacts, PlaceFacts } from '../../../compliance/facts.ts';
import {
  ec2,
  fleetContext,
  id,
  installWindow,
  instance,
  lacking,
  otherBaseline,
  patch,
  patchState,
  run,
  windowId,
  without,
} from '../support.ts';
import { codes, ranFrom, reason, seen, windowReasons, withRun } from './explained.ts';

const [assignment] = fleetContext().places[0]?.assignments ?? [];
if (assignment === undefined) throw new Error('a fleet without an assignment');

describe('a reason why it is not patched', () => {
  it('not-targeted', () => {
    const facts = instance({ ec2: ec2({ tags: { PatchGroup: 'batch' } }) });
    expect(reason('not-targeted', facts)).toEqual({
      code: 'not-targeted',
      why: 'no maintenance window is known to install anything on it',
      evidence: [
        'windows that install here: acme-install (tag:PatchGroup=web)',
        'its patch group is batch, by the tag PatchGroup',
      ],
      next: 'give it the tags that a window targets, or let an assignment target it',
    });
    expect(reason('not-targeted', instance(), { windows: [] }).evidence[0]).toBe(
      'no window here runs a patch document',
    );
  });

  it("not-targeted names documents of one's own that a window runs on it: they may patch", () => {
    const target = { key: 'WindowTargetIds', values: ['target-web'] };
    const own = { windowTaskId: 'own', taskArn: 'acme-patch', taskType: 'RUN_COMMAND', targets: [target] } as const;
    const windows = [installWindow({ tasks: [own] })];
    expect(reason('not-targeted', instance(), { windows }).evidence).toEqual([
      'no window here runs a patch document',
      'window acme-install runs acme-patch on it, whatever that does',
      'its patch group is web, by the tag PatchGroup',
    ]);
    const other = instance({ ec2: ec2({ tags: { PatchGroup: 'batch' } }) });
    expect(reason('not-targeted', other, { windows }).evidence).toEqual([
      'no window here runs a patch document',
      'its patch group is batch, by the tag PatchGroup',
    ]);
  });

  it('not-targeted is not said where a window may target it', () => {
    const unread = without(installWindow(), 'targets');
    expect(codes(instance({ ec2: ec2({ tags: { PatchGroup: 'batch' } }) }), { windows: [unread] })).not.toContain(
      'not-targeted',
    );
  });

  it('targeting-unknown, and never not-targeted, of a node outside EC2, whose tags are not read', () => {
    const outside = without(lacking([patch()], { instanceId: 'mi-00000000000000001' }), 'ec2');
    const byTags = fleetContext({}, { assignments: [{ ...assignment, targets: { tags: { Role: ['web'] } } }] });
    const ungrouped = { ...outside, patchState: without(outside.patchState ?? patchState(), 'patchGroup') };
    expect(reason('targeting-unknown', ungrouped, {}, byTags)).toEqual({
      code: 'targeting-unknown',
      why: 'whether a maintenance window installs on it is not known',
      evidence: [
        'windows that may: acme-install',
        'its tags are not known: those of nodes outside EC2 are not read',
        'its ring is not known either: an assignment may target its tags',
      ],
      next: 'look its tags and the targets of the windows up in Systems Manager',
    });
    expect(codes(outside)).not.toContain('not-targeted');
    expect(reason('targeting-unknown', outside).evidence).toContain('it reported the patch group web');
    expect(reason('missing', outside).next).toBe('see whether a window installs on it, or let one');
    expect(codes(instance())).not.toContain('targeting-unknown');
  });

  it('targeting-unknown where a window, EC2 or the members of a resource group were not read', () => {
    const evidence = (facts: InstanceFacts, ofPlace: Partial<PlaceFacts>) =>
      reason('targeting-unknown', facts, ofPlace).evidence;
    const gap = { reason: 'throttled', message: 'Rate exceeded' } as const;
    expect(evidence(instance(), { windows: [], gaps: [{ area: 'windows', ...gap }] })).toEqual([
      'maintenance windows could not be read: AWS throttled every attempt: Rate exceeded',
    ]);
    // What its tasks do, and on which nodes, is not known, whatever targets it has.
    const unread = without(installWindow(), 'tasks');
    expect(
      evidence(instance(), { windows: [unread], gaps: [{ area: 'windows', windowIds: [windowId], ...gap }] }),
    ).toEqual([
      'windows that may: acme-install',
      `window acme-install (${windowId}) could not be read: AWS throttled every attempt: Rate exceeded`,
    ]);
    expect(evidence(without(instance(), 'ec2'), { gaps: [{ area: 'ec2-instances', ...gap }] })[1]).toBe(
      'its tags are not known: EC2 could not be asked: AWS throttled every attempt: Rate exceeded',
    );
    const [target] = installWindow().targets ?? [];
    const group = { ...target, windowTargetId: 'target-web', resourceType: 'RESOURCE_GROUP', targets: [] } as const;
    expect(evidence(instance(), { windows: [installWindow({ targets: [group] })] })).toEqual([
      'windows that may: acme-install',
      'members of resource groups are not read',
    ]);
  });

  it('window-disabled, unless another window installs on it', () => {
    const disabled = installWindow({ enabled: false });
    expect(reason('window-disabled', instance(), { windows: [disabled] }).evidence).toEqual([
      `window acme-install (${windowId}) is disabled`,
    ]);
    const second = installWindow({ windowId: 'mw-00000000000000002' });
    expect(codes(instance(), { windows: [disabled, second] })).not.toContain('window-disabled');
  });

  it('window-frozen, by the freeze that closed it or in which its next run lies', () => {
    const freeze = {
      name: 'year-end',
      from: '2026-11-25T00:00:00.000Z',
      to: '2027-01-07T00:00:00.000Z',
      reason: 'sales',
      closed: [],
    };
    expect(reason('window-frozen', instance(), {}, fleetContext({ freezes: [freeze] }))).toEqual({
      code: 'window-frozen',
      why: 'the freeze year-end lies over the next run of its window: sales',
      evidence: [
        'the freeze lasts from 2026-11-25T00:00:00.000Z to 2027-01-07T00:00:00.000Z',
        'the next run of window acme-install is at 2026-11-28T02:00:00.000Z',
        'the window is still open: until the freeze is applied and deployed, it installs',
      ],
      next: 'apply the freeze and deploy it, so that the window is closed in time, and wait for its end',
      command: 'npx patchfleet freeze year-end --apply',
    });
    const closing = fleetContext({ freezes: [{ ...freeze, closed: ['prod/install'] }] });
    const disabled = { windows: [installWindow({ enabled: false })] };
    expect(reason('window-frozen', instance(), disabled, closing)).toEqual({
      code: 'window-frozen',
      why: 'the freeze year-end keeps its window from installing: sales',
      evidence: [
        'the freeze lasts from 2026-11-25T00:00:00.000Z to 2027-01-07T00:00:00.000Z',
        'it has closed window acme-install',
      ],
      next: 'wait for its end, then lift it and deploy the change; to end it sooner, set its to first',
    });
    expect(codes(instance(), disabled, closing)).not.toContain('window-disabled');
    const others = fleetContext({ freezes: [{ ...freeze, rings: ['dev'] }] });
    expect(codes(instance(), {}, others)).not.toContain('window-frozen');
  });

  it('window-overlapping', () => {
    expect(reason('window-overlapping', instance(), withRun(run('SKIPPED_OVERLAPPING', []))).evidence).toEqual([
      'window acme-install skipped the run of 2026-11-21T02:00:00.000Z',
    ]);
  });

  it('stopped-during-window, where it stopped before or started after', () => {
    const stopped = instance({ ec2: ec2({ state: 'stopped', stateChangedAt: '2026-11-20T18:00:00.000Z' }) });
    expect(reason('stopped-during-window', stopped, withRun(run('SUCCESS', [])))).toEqual({
      code: 'stopped-during-window',
      why: 'it did not run while its window installed patches',
      evidence: [`${ranFrom}: SUCCESS`, 'EC2 says that it stopped at 2026-11-20T18:00:00.000Z'],
      next: 'let it run while the window is open',
    });
    const started = lacking([patch()], { ec2: ec2({ launchedAt: '2026-11-21T07:00:00.000Z' }) });
    const unreached = run('FAILED', [{ instanceId: id, status: 'Undeliverable' }]);
    expect(codes(started, withRun(unreached))).toEqual(['stopped-during-window', 'missing']);
  });

  it('stopped-during-window is not said of what was patched, or ran', () => {
    const started = lacking([patch()], { ec2: ec2({ launchedAt: '2026-11-21T07:00:00.000Z' }) });
    expect(codes(started, withRun(run('SUCCESS', [{ instanceId: id, status: 'Success' }])))).toEqual(['missing']);
    expect(codes(lacking([patch()]), withRun(run('SUCCESS', [])))).toEqual(['missing']);
  });

  it('cutoff-reached, whether it was cancelled or its turn never came', () => {
    const cancelled = run('TIMED_OUT', [{ instanceId: id, status: 'Cancelled' }]);
    expect(reason('cutoff-reached', lacking([patch()]), withRun(cancelled)).evidence).toEqual([
      `${ranFrom}: TIMED_OUT`,
      '3 hours long, no task starts in the last 1 hour',
      'invocation Cancelled',
    ]);
    const others = run('TIMED_OUT', [{ instanceId: 'i-00000000000000002', status: 'Success' }]);
    expect(codes(lacking([patch()]), withRun(others))).toContain('cutoff-reached');
    const byHand = run('FAILED', [{ instanceId: id, status: 'Cancelled' }]);
    expect(codes(lacking([patch()]), withRun(byHand))).not.toContain('cutoff-reached');
  });

  it('error-threshold', () => {
    const stopped = run('FAILED', [
      { instanceId: 'i-00000000000000003', status: 'Failed', responseCode: 1 },
      { instanceId: 'i-00000000000000002', status: 'ExecutionTimedOut' },
      { instanceId: id, status: 'Terminated' },
    ]);
    expect(reason('error-threshold', lacking([patch()]), withRun(stopped))).toEqual({
      code: 'error-threshold',
      why: 'its window stopped after too many errors on other nodes, before its turn came',
      evidence: [`${ranFrom}: FAILED`, 'maxErrors 1', 'failed on i-00000000000000002, i-00000000000000003'],
      next: 'mend the nodes that failed before it opens next, or raise maxErrors',
    });
  });

  it('unreachable-in-window', () => {
    const unreached = run('FAILED', [{ instanceId: id, status: 'DeliveryTimedOut' }]);
    expect(reason('unreachable-in-window', lacking([patch()]), withRun(unreached)).evidence).toEqual([
      `${ranFrom}: FAILED`,
      'invocation DeliveryTimedOut',
    ]);
  });

  it('the last run alone, of whichever window', () => {
    const earlier = {
      ...run('FAILED', [{ instanceId: id, status: 'Terminated' }]),
      startedAt: '2026-11-14T02:00:00.000Z',
    };
    const later = run('SUCCESS', [{ instanceId: id, status: 'Success' }]);
    expect(codes(lacking([patch()]), withRun(earlier, later))).toEqual(['missing']);
  });

  it.each([
    ['failed', run('FAILED', [{ instanceId: id, status: 'Failed', responseCode: 1 }])],
    ['cutoff-reached', run('TIMED_OUT', [])],
    ['error-threshold', run('FAILED', [{ instanceId: id, status: 'Terminated' }])],
    ['unreachable-in-window', run('FAILED', [{ instanceId: id, status: 'Undeliverable' }])],
  ] as const)('%s no more, once it has reported that it lacks nothing', (code, execution) => {
    const reported = (operationEndedAt: string, overrides = {}) =>
      instance({ patchState: patchState({ operationEndedAt, ...overrides }) });
    expect(codes(reported('2026-11-21T05:00:01.000Z'), withRun(execution))).toEqual(['compliant']);
    expect(codes(reported('2026-11-21T05:00:00.000Z'), withRun(execution))).toContain(code);
    expect(codes(lacking([patch()]), withRun(execution))).toContain(code);
    // What its own baseline would find nobody has looked for.
    expect(codes(reported('2026-11-24T02:03:00.000Z', { baselineId: otherBaseline }), withRun(execution))).toContain(
      code,
    );
    const lasting = without(execution, 'endedAt');
    expect(codes(reported('2026-11-24T02:03:00.000Z'), withRun(lasting))).toContain(code);
  });

  it('stopped-during-window no more, once it has reported that it lacks nothing', () => {
    const started = instance({ ec2: ec2({ launchedAt: '2026-11-21T07:00:00.000Z' }) });
    expect(codes(started, withRun(run('FAILED', [{ instanceId: id, status: 'Undeliverable' }])))).toEqual([
      'compliant',
    ]);
  });

  it('has been seen for every code of a window', () => {
    expect(windowReasons.filter((code) => !seen.has(code))).toEqual([]);
  });
});
