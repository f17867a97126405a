import { describe, expect, it } from '@jest/globals';
import type { InstanceFacts, PlaceFacts } from '../../compliance/facts.ts';
import type { PatchCounts, PatchState } from '../../compliance/patch-facts.ts';
import { indexPlace } from '../../compliance/place-index.ts';
import { subjectOf } from '../../compliance/subject.ts';
import {
  asOf,
  counts,
  ec2,
  fleetContext,
  id,
  instance,
  lacking,
  ownBaseline,
  patch,
  patchState,
  place,
  settings,
  verdict,
  waiver,
  without,
} from './support.ts';

const denied = { reason: 'access-denied', message: 'not authorized' } as const;

describe('the bucket of an instance', () => {
  it.each<[bucket: string, why: string, facts: InstanceFacts, ofPlace?: Partial<PlaceFacts>]>([
    ['compliant', 'the last scan found nothing that it lacks', instance()],
    ['gone', 'EC2 says that it is terminated', instance({ ec2: ec2({ state: 'terminated' }) })],
    [
      'stopped',
      'EC2 says that it is stopped since 2026-11-20T18:00:00.000Z',
      instance({ ec2: ec2({ state: 'stopped', stateChangedAt: '2026-11-20T18:00:00.000Z' }) }),
    ],
    ['not-managed', 'Systems Manager does not know it', without(instance(), 'managed', 'patchState')],
    [
      'never-scanned',
      'it never reported a patch state, or none in the last 30 days',
      without(instance(), 'patchState', 'patches'),
    ],
    [
      'stale',
      'its last scan ended 8 days before, at 2026-11-16T05:59:59.000Z',
      instance({ patchState: patchState({ operationEndedAt: '2026-11-16T05:59:59.000Z' }) }),
    ],
    ['failed', '1 patch could not be installed', lacking([patch({ state: 'FAILED' }), patch({ title: 'b:0:1' })])],
    ['missing', '2 patches are missing', lacking([patch(), patch({ title: 'b:0:1' })])],
    ['rejected-installed', '1 patch is installed and rejected', lacking([patch({ state: 'INSTALLED_REJECTED' })])],
    ['pending-reboot', '1 patch waits for a reboot', lacking([patch({ state: 'INSTALLED_PENDING_REBOOT' })])],
    // What is absent is unknown.
    [
      'unknown',
      'EC2 could not be asked: access is denied: not authorized',
      without(instance(), 'ec2'),
      { gaps: [{ area: 'ec2-instances', ...denied }] },
    ],
    [
      'unknown',
      'Systems Manager could not be asked about it: access is denied: not authorized',
      without(instance(), 'managed'),
      { gaps: [{ area: 'managed-instances', ...denied }] },
    ],
    [
      'unknown',
      'its patch state could not be read: access is denied: not authorized',
      without(instance(), 'patchState'),
      { gaps: [{ area: 'patch-states', instanceIds: [id], ...denied }] },
    ],
    [
      'unknown',
      'its scan does not tell FailedCount, InstalledRejectedCount',
      instance({ patchState: patchState({ counts: without(counts(), 'failed', 'installedRejected') }) }),
    ],
    [
      'unknown',
      'its last scan has no end, which is what a scan that failed reports',
      instance({ patchState: without(patchState(), 'operationEndedAt', 'operationStartedAt') }),
    ],
    [
      'unknown',
      'its last scan has no end, which is what a scan that failed reports',
      instance({ patchState: without(patchState(), 'operationEndedAt') }),
    ],
    [
      'unknown',
      `it has reported since, at 2026-12-24T06:00:00.000Z: how it was at ${asOf} nobody can say`,
      instance({ patchState: patchState({ operationEndedAt: '2026-12-24T06:00:00.000Z' }) }),
    ],
    [
      'unknown',
      '1 patch is in a state that this version does not know',
      instance({ patches: [patch({ state: 'UNKNOWN' })] }),
    ],
    [
      'unknown',
      'AWS calls it non-compliant, and its counts do not say why',
      instance({ patchState: patchState({ counts: counts({ securityNonCompliant: 1 }) }) }),
    ],
    [
      'unknown',
      'a stack declares it, and EC2 does not know it',
      without(instance({ declaredAs: 'web' }), 'ec2', 'managed'),
    ],
    ['unknown', 'its agent is online, and EC2 does not know it', without(instance(), 'ec2')],
  ])('is %s: %s', (bucket, why, facts, ofPlace = {}) => {
    expect(verdict(place([facts], ofPlace))).toMatchObject({ bucket, why });
  });

  it('asks nobody but Systems Manager about a node outside EC2', () => {
    const hybrid = without(instance({ instanceId: 'mi-00000000000000001' }), 'ec2');
    expect(verdict(place([hybrid], { gaps: [{ area: 'ec2-instances', ...denied }] })).bucket).toBe('compliant');
  });

  it('is stopped, whatever could not be read about its patches', () => {
    const facts = without(instance({ ec2: ec2({ state: 'stopping' }) }), 'managed', 'patchState', 'patches');
    expect(verdict(place([facts], { gaps: [{ area: 'patch-states', ...denied }] }))).toEqual({
      bucket: 'stopped',
      why: 'EC2 says that it is stopping',
    });
  });

  it('does not change with a gap that is about another instance, or about something else', () => {
    const facts = without(instance(), 'patchState', 'patches');
    const gaps = [
      { area: 'patch-states', instanceIds: ['i-00000000000000002'], ...denied },
      { area: 'windows', ...denied },
    ] as const;
    expect(verdict(place([facts], { gaps })).bucket).toBe('never-scanned');
  });

  it('is stale only when more than the given time has passed', () => {
    const ended = (operationEndedAt: string) => place([instance({ patchState: patchState({ operationEndedAt }) })]);
    expect(verdict(ended('2026-11-17T06:00:00.000Z')).bucket).toBe('compliant');
    expect(verdict(ended('2026-11-17T05:59:59.999Z')).bucket).toBe('stale');
    const day = settings(86_400_000);
    expect(verdict(ended('2026-11-23T05:59:59.999Z'), fleetContext(), day)).toEqual({
      bucket: 'stale',
      why: 'its last scan ended 1 day before, at 2026-11-23T05:59:59.999Z',
    });
  });

  it('never adds the counts of AWS that overlap', () => {
    const facts = lacking([
      patch(),
      patch({ title: 'b:0:1', state: 'FAILED' }),
      patch({ title: 'c:0:1', state: 'FAILED' }),
    ]);
    const state = {
      ...patchState(),
      counts: { ...facts.patchState?.counts, criticalNonCompliant: 2, securityNonCompliant: 2 },
    };
    expect(verdict(place([{ ...facts, patchState: state }])).why).toBe('2 patches could not be installed');
  });

  it('believes whichever of count and list tells of more', () => {
    const counted = instance({ patches: [], patchState: patchState({ counts: counts({ missing: 2 }) }) });
    expect(verdict(place([counted])).why).toBe('2 patches are missing');
    const listed = instance({ patches: [patch()], patchState: patchState({ counts: counts() }) });
    expect(verdict(place([listed])).why).toBe('1 patch is missing');
  });
});

describe('security updates of Windows that wait for approval', () => {
  const facts = lacking([
    patch({ patchId: 'KB5034441', title: 'Security Update', state: 'AVAILABLE_SECURITY_UPDATE' }),
  ]);
  const content = {
    approvalRules: [],
    approvedPatches: [],
    rejectedPatches: [],
    rejectedPatchesAction: 'BLOCK' as const,
  };
  const judgedBy = (availableSecurityUpdatesComplianceStatus: 'COMPLIANT' | 'NON_COMPLIANT') =>
    place([facts], {
      baselines: [
        {
          baselineId: ownBaseline,
          baselineName: 'acme-windows',
          operatingSystem: 'WINDOWS',
          owner: 'Self',
          isDefault: false,
          content: { ...content, availableSecurityUpdatesComplianceStatus },
        },
      ],
    });

  it('count where the baseline says that they do', () => {
    expect(verdict(judgedBy('NON_COMPLIANT')).why).toBe('1 patch is missing');
    expect(verdict(judgedBy('COMPLIANT')).bucket).toBe('compliant');
  });

  it('count where the baseline was not read, and AWS calls the node non-compliant', () => {
    const state = patchState({ counts: counts({ availableSecurityUpdate: 2, securityNonCompliant: 2 }) });
    expect(verdict(place([instance({ patchState: state })]))).toEqual({
      bucket: 'missing',
      why: '2 patches for security wait for approval, and its baseline counts that',
    });
  });

  const windows = { pingStatus: 'Online', platformType: 'Windows' } as const;
  const counting = (change: PatchCounts, ...absent: (keyof PatchCounts)[]) =>
    instance({ managed: windows, patches: [], patchState: patchState({ counts: without(counts(change), ...absent) }) });

  it('are not known to count where neither the baseline nor how many are non-compliant is', () => {
    expect(verdict(place([counting({ availableSecurityUpdate: 5 }, 'securityNonCompliant')]))).toEqual({
      bucket: 'unknown',
      why: '5 patches for security wait for approval, and whether its baseline counts that could not be read',
    });
    expect(verdict(place([counting({ availableSecurityUpdate: 5 })])).bucket).toBe('compliant');
  });

  it('are not taken for none where the node tells no number, and its baseline counts them', () => {
    const untold = counting({}, 'securityNonCompliant');
    const unknown = { bucket: 'unknown', why: 'its scan does not tell AvailableSecurityUpdateCount' };
    const by = (status: 'COMPLIANT' | 'NON_COMPLIANT', of: InstanceFacts) =>
      verdict({ ...judgedBy(status), instances: [of] });
    expect(by('NON_COMPLIANT', untold)).toEqual(unknown);
    expect(by('COMPLIANT', untold).bucket).toBe('compliant');
    expect(by('NON_COMPLIANT', counting({})).bucket).toBe('compliant');
    expect(verdict(place([untold]))).toEqual(unknown);
  });
});

describe('an install that was given a list', () => {
  const installed = (change: Partial<PatchState> = {}, patches: InstanceFacts['patches'] = []) =>
    instance({
      patches,
      patchState: patchState({ operation: 'Install', installOverrideList: 's3://acme/emergency.yaml', ...change }),
    });
  const unknown = {
    bucket: 'unknown',
    why: 'its last install was of a list, and does not tell what else is missing: no scan has followed',
  };

  it('does not tell what else is missing, so nothing makes it compliant, or waived', () => {
    expect(verdict(place([installed()]))).toEqual(unknown);
    const waived = fleetContext({ waivers: [waiver] });
    const lacks = installed({ counts: counts({ failed: 1 }) }, [patch({ state: 'FAILED' })]);
    expect(verdict(place([lacks]), waived)).toEqual(unknown);
  });

  it('tells what it could not install', () => {
    expect(verdict(place([installed({ counts: counts({ failed: 1 }) })])).bucket).toBe('failed');
  });

  it('is known again after a scan, or an install of all that is approved', () => {
    expect(verdict(place([installed({ operation: 'Scan' })])).bucket).toBe('compliant');
    expect(verdict(place([instance({ patchState: patchState({ operation: 'Install' }) })]))).toEqual({
      bucket: 'compliant',
      why: 'the last install left nothing that it lacks',
    });
  });
});

describe('the baseline that counts', () => {
  const expectedOf = (facts: InstanceFacts) => subjectOf(indexPlace(place([facts]), fleetContext()), facts).expected;

  it('is not guessed where neither tags nor a report tell the patch group', () => {
    const outside = without(instance({ instanceId: 'mi-00000000000000001' }), 'ec2', 'patches');
    expect(expectedOf(outside)?.baselineId).toBe(ownBaseline);
    expect(expectedOf(without(outside, 'patchState'))).toBeUndefined();
  });
});
