import { describe, expect, it } from '@jest/globals';
import { explain } from '../../../compliance/explain/index.ts';
import type { PlaceFacts } from '../../../compliance/facts.ts';
import {
  counts,
  ec2,
  fleetContext,
  id,
  installWindow,
  instance,
  lacking,
  otherBaseline,
  patch,
  patchState,
  place,
  run,
  settings,
  waiver,
  without,
} from '../support.ts';
import { codes, denied, reason } from './explained.ts';

/* What reasons claim is what facts show: neither more, nor less. */

const hybrid = 'mi-00000000000000001';

describe('an instance that has reported since', () => {
  const later = instance({ patchState: patchState({ operationEndedAt: '2026-12-24T06:00:00.000Z' }) });

  it('is unknown at an earlier instant, and needs no scan but a snapshot of then', () => {
    expect(reason('unknown', later)).toMatchObject({
      why: 'whether it is patched is not known: it has reported since, at 2026-12-24T06:00:00.000Z: how it was at 2026-11-24T06:00:00.000Z nobody can say',
      next: 'leave --as-of out, or read a snapshot of then',
    });
  });
});

describe('several reasons', () => {
  const stopped = instance({ ec2: ec2({ state: 'stopped', stateChangedAt: '2026-11-20T18:00:00.000Z' }) });
  const lost = { pingStatus: 'ConnectionLost', platformName: 'Amazon Linux', platformVersion: '2023' } as const;
  const withRun = (...of: Parameters<typeof run>) => ({ windows: [installWindow({ executions: [run(...of)] })] });

  it('are told of one cause once: what was stopped did not answer, and had no turn', () => {
    const only = ['stopped', 'stopped-during-window'];
    expect(codes(stopped, withRun('TIMED_OUT', []))).toEqual(only);
    expect(codes(stopped, withRun('FAILED', [{ instanceId: id, status: 'Undeliverable' }]))).toEqual(only);
    expect(codes({ ...stopped, managed: lost }, withRun('TIMED_OUT', []))).toEqual(only);
  });

  it('are all told, causes before effects', () => {
    const facts = lacking([patch(), patch({ title: 'curl', patchId: 'curl', state: 'FAILED' })], {
      ec2: ec2({ tags: {} }),
      managed: lost,
      patchState: patchState({
        baselineId: otherBaseline,
        operationEndedAt: '2026-11-01T00:00:00.000Z',
        counts: counts({ missing: 1, failed: 1, installedPendingReboot: 1 }),
      }),
    });
    expect(codes(facts)).toEqual([
      'agent-offline',
      'no-patch-group',
      'not-targeted',
      'stale',
      'overwritten',
      'failed',
      'missing',
      'pending-reboot',
    ]);
    // No command reaches it.
    expect(reason('stale', facts)).not.toHaveProperty('command');
    expect(reason('stale', facts).next).toBe(
      'bring its agent online, then scan it, and see why its scan window does not reach it',
    );
  });

  it('are not told of what is waived, but of the rest', () => {
    const facts = lacking([patch(), patch({ title: 'curl', patchId: 'curl' })]);
    const fleet = fleetContext({ waivers: [waiver] });
    expect(reason('missing', facts, {}, fleet)).toMatchObject({
      why: '1 approved patch is missing',
      evidence: ['curl'],
    });
    expect(reason('waived', facts, {}, fleet).why).toBe('some of what it lacks is waived');
  });

  it('by which a window stays closed are those that last the longest', () => {
    const freeze = { from: '2026-11-01T00:00:00.000Z', reason: 'sales', closed: ['prod/install'] };
    const short = { ...freeze, name: 'short', to: '2026-11-20T00:00:00.000Z' };
    const long = { ...freeze, name: 'long', to: '2026-12-20T00:00:00.000Z' };
    for (const freezes of [
      [short, long],
      [long, short],
    ])
      expect(
        reason('window-frozen', instance(), { windows: [installWindow({ enabled: false })] }, fleetContext({ freezes }))
          .why,
      ).toBe('the freeze long keeps its window from installing: sales');
  });
});

describe('what is not known', () => {
  it('is told with who must do what', () => {
    const facts = without(instance(), 'ec2', 'managed', 'patchState', 'patches');
    expect(reason('unknown', facts, { gaps: [denied('ec2-instances')] })).toMatchObject({
      evidence: ['EC2 instances could not be read at 2026-11-24T05:59:00.000Z'],
      next: 'allow whoever asks what docs/compliance-policy.json allows, and ask again',
    });
    expect(reason('unknown', { ...facts, declaredAs: 'web' }).next).toBe(
      'see that its account and region are right; where it was terminated, plan the stack: Terraform makes it anew',
    );
    const listed = patchState({ operation: 'Install', installOverrideList: 's3://acme/emergency.yaml' });
    expect(reason('unknown', instance({ patchState: listed }))).toMatchObject({
      evidence: expect.arrayContaining(['InstallOverrideList s3://acme/emergency.yaml']),
      next: 'scan it, and ask again',
    });
    const waiting = patchState({ counts: without(counts({ availableSecurityUpdate: 1 }), 'securityNonCompliant') });
    expect(reason('unknown', instance({ patchState: waiting }), { gaps: [denied('baselines')] })).toMatchObject({
      evidence: expect.arrayContaining(['patch baselines could not be read at 2026-11-24T05:59:00.000Z']),
      next: 'allow whoever asks what docs/compliance-policy.json allows, and ask again',
    });
    expect(reason('unknown', instance({ patchState: patchState({ counts: {} }) })).command).toBe(
      `aws ssm send-command --document-name AWS-RunPatchBaseline --parameters Operation=Scan --instance-ids ${id} --region eu-central-1`,
    );
  });

  it('is told by what decided it, and not by what else could not be read', () => {
    const untold = counts({ availableSecurityUpdate: 1, securityNonCompliant: 1 });
    const facts = instance({
      managed: { pingStatus: 'Online', platformType: 'Windows', platformName: 'Windows Server 2022' },
      patchState: patchState({ counts: without(untold, 'failed') }),
    });
    expect(reason('unknown', facts, { gaps: [denied('baselines')] })).toEqual({
      code: 'unknown',
      why: 'whether it is patched is not known: its scan does not tell FailedCount',
      evidence: [
        'Scan judged by pb-00000000000000001',
        'last report ended at 2026-11-24T02:03:00.000Z',
        'ping status Online',
      ],
      next: 'scan it, and ask again',
      command: `aws ssm send-command --document-name AWS-RunPatchBaseline --parameters Operation=Scan --instance-ids ${id} --region eu-central-1`,
    });
  });

  it('of the place and of the instance is listed, and not what concerns others', () => {
    const other = { ...denied('patches'), instanceIds: ['i-00000000000000009'] };
    const own = { ...denied('patches'), instanceIds: [id] };
    const unread = (gaps: PlaceFacts['gaps']) =>
      explain(place([instance()], { gaps }), id, fleetContext(), settings())?.unread;
    expect(unread([denied('windows'), own, other])).toEqual([
      'which patches are missing, and for how long: access is denied: no',
      'who is patched when: access is denied: no',
    ]);
    expect(unread([other])).toEqual([]);
  });

  it('is not claimed of nodes outside EC2: nobody says that they run', () => {
    const facts = { ...without(instance(), 'ec2', 'managed', 'patchState', 'patches'), instanceId: hybrid };
    expect(reason('unmanaged', facts)).toEqual({
      code: 'unmanaged',
      why: 'Systems Manager does not know it',
      evidence: ['no agent with this id is registered here'],
      next: 'register it again with a hybrid activation',
    });
    const starting = instance({ ec2: ec2({ state: 'pending' }) });
    expect(reason('unmanaged', without(starting, 'managed', 'patchState', 'patches')).why).toBe(
      'it is starting, and Systems Manager does not know it',
    );
  });

  it('is which baseline counts, of several that have the name in the fleet file and no outputs', () => {
    const nameless = fleetContext(
      {},
      {
        assignments: [
          {
            name: 'default',
            ring: 'prod',
            patchGroups: [
              {
                groupName: 'web',
                baselines: [{ operatingSystem: 'AMAZON_LINUX_2023', baselineName: 'acme-linux' }],
              },
            ],
            windows: [],
          },
        ],
      },
    );
    const facts = instance({ patchState: patchState({ baselineId: otherBaseline }) });
    const { baselines } = place([]);
    expect(codes(facts, {}, nameless)).toContain('overwritten');
    const twins = baselines.map((one) => ({ ...one, baselineName: 'acme-linux' }));
    expect(codes(facts, { baselines: twins }, nameless)).not.toContain('overwritten');
  });

  it('is told for the same reason in whichever order gaps come', () => {
    const facts = without(instance(), 'patchState', 'patches');
    const gaps = [denied('patch-states'), { ...denied('patch-states'), reason: 'throttled' as const }];
    const why = 'whether it is patched is not known: its patch state could not be read: access is denied: no';
    expect(reason('unknown', facts, { gaps }).why).toBe(why);
    expect(reason('unknown', facts, { gaps: [...gaps].reverse() }).why).toBe(why);
  });

  it('of one run is told by another that began together', () => {
    const failing = run('FAILED', [{ instanceId: id, status: 'Undeliverable' }]);
    const silent = { ...run('SUCCESS', []), windowExecutionId: 'execution-2' };
    for (const executions of [
      [failing, silent],
      [silent, failing],
    ])
      expect(codes(lacking([patch()]), { windows: [installWindow({ executions })] })).toEqual([
        'unreachable-in-window',
        'missing',
      ]);
  });

  it('is not blamed on other scans where the node was tagged anew since its last report', () => {
    const facts = instance({ patchState: patchState({ baselineId: otherBaseline, patchGroup: 'old' }) });
    expect(reason('overwritten', facts).next).toBe('scan it: its patch group was another one when it was scanned last');
  });
});
