import { describe, expect, it } from '@jest/globals';
import {
  availablePatchOf,
  baselineIdOf,
  countOf,
  cveIdsOf,
  executionStatusOf,
  instantOf,
  invocationStatusOf,
  patchFactsOf,
  patchStateNameOf,
  patchStateOf,
} from '../../compliance/normalise.ts';
import { operatingSystemOf, platformOf } from '../../compliance/operating-system.ts';
import { patchStates } from '../../compliance/patch-facts.ts';

describe('what AWS writes', () => {
  it.each([
    ['2024-03-12T09:00-05:00', '2024-03-12T14:00:00.000Z'],
    ['2024-03-12T09:00Z', '2024-03-12T09:00:00.000Z'],
    [1_700_000_000, '2023-11-14T22:13:20.000Z'],
    [new Date('2026-11-24T06:00:00Z'), '2026-11-24T06:00:00.000Z'],
    [0, undefined],
    [new Date(0), undefined],
    ['1970-01-01T00:00:00.0000000Z', undefined],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('is an instant or none: %p', (written, instant) => {
    expect(instantOf(written)).toBe(instant);
  });

  it('is a state in either spelling', () => {
    expect(patchStates.map((state) => patchStateNameOf(state))).toEqual(patchStates);
    expect(
      [
        'Installed',
        'InstalledOther',
        'InstalledPendingReboot',
        'InstalledRejected',
        'Missing',
        'Failed',
        'NotApplicable',
        'AvailableSecurityUpdate',
      ].map((state) => patchStateNameOf(state)),
    ).toEqual(patchStates);
    expect([patchStateNameOf('Superseded'), patchStateNameOf(undefined)]).toEqual(['UNKNOWN', 'UNKNOWN']);
  });

  it('is a count or none', () => {
    expect([0, 7, -1, Number.NaN, undefined].map((count) => countOf(count))).toEqual([
      0,
      7,
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('is the id of a baseline, whether alone or in an ARN', () => {
    const arn = 'arn:aws:ssm:us-east-1:075727635805:patchbaseline/pb-0c10e65780EXAMPLE';
    expect([baselineIdOf(arn), baselineIdOf('pb-1')]).toEqual(['pb-0c10e65780EXAMPLE', 'pb-1']);
  });

  it('is a list of CVEs, joined or not', () => {
    expect(cveIdsOf('CVE-2026-2, cve-2026-1,CVE-2026-2')).toEqual(['CVE-2026-1', 'CVE-2026-2']);
    expect(cveIdsOf(['CVE-2026-3'])).toEqual(['CVE-2026-3']);
    expect([cveIdsOf(''), cveIdsOf(undefined)]).toEqual([undefined, undefined]);
  });

  it('is a status with and without spaces', () => {
    expect(['Delivery Timed Out', 'DeliveryTimedOut', 'Terminated', 'Rate Exceeded'].map(invocationStatusOf)).toEqual([
      'DeliveryTimedOut',
      'DeliveryTimedOut',
      'Terminated',
      'Unknown',
    ]);
    expect([executionStatusOf('SKIPPED_OVERLAPPING'), executionStatusOf('NEW')]).toEqual([
      'SKIPPED_OVERLAPPING',
      undefined,
    ]);
  });
});

describe('a patch state', () => {
  it('keeps absent what is absent, and what an agent writes for it', () => {
    expect(
      patchStateOf({
        BaselineId: 'arn:aws:ssm:us-east-1:075727635805:patchbaseline/pb-1',
        PatchGroup: '',
        Operation: 'Install',
        OperationStartTime: new Date(0),
        OperationEndTime: new Date('2026-11-24T02:03:00Z'),
        MissingCount: 0,
        UnreportedNotApplicableCount: -1,
      }),
    ).toEqual({
      baselineId: 'pb-1',
      operation: 'Install',
      operationEndedAt: '2026-11-24T02:03:00.000Z',
      counts: { missing: 0 },
    });
  });
});

describe('a patch', () => {
  it('has no blank parts', () => {
    expect(
      patchFactsOf({
        Title: 'kernel.x86_64:0:1',
        KBId: 'kernel.x86_64',
        Classification: ' ',
        Severity: '',
        State: 'InstalledOther',
        InstalledTime: new Date(0),
      }),
    ).toEqual({ patchId: 'kernel.x86_64', title: 'kernel.x86_64:0:1', state: 'INSTALLED_OTHER' });
  });

  it('is listed with the severity of its system', () => {
    expect(
      availablePatchOf('WINDOWS', {
        KbNumber: 'KB5034441',
        MsrcSeverity: 'Critical',
        ReleaseDate: new Date('2026-11-10T18:00:00Z'),
        AdvisoryIds: [],
      }),
    ).toEqual({
      operatingSystem: 'WINDOWS',
      kbId: 'KB5034441',
      severity: 'Critical',
      releasedAt: '2026-11-10T18:00:00.000Z',
    });
  });
});

describe('the operating system of a node', () => {
  it.each([
    ['Microsoft Windows Server 2022 Datacenter', '10.0.20348', 'WINDOWS'],
    ['Amazon Linux', '2023', 'AMAZON_LINUX_2023'],
    ['Amazon Linux', '2', 'AMAZON_LINUX_2'],
    ['Amazon Linux AMI', '2018.03', 'AMAZON_LINUX'],
    ['Amazon Linux', '', undefined],
    ['Ubuntu', '24.04', 'UBUNTU'],
    ['Debian GNU/Linux', '12', 'DEBIAN'],
    ['Raspbian GNU/Linux', '11', 'RASPBIAN'],
    ['Red Hat Enterprise Linux', '9.4', 'REDHAT_ENTERPRISE_LINUX'],
    ['CentOS Stream', '9', 'CENTOS'],
    ['Rocky Linux', '9.4', 'ROCKY_LINUX'],
    ['AlmaLinux', '9.4', 'ALMA_LINUX'],
    ['Oracle Linux Server', '8.9', 'ORACLE_LINUX'],
    ['SLES', '15.6', 'SUSE'],
    ['macOS', '15.1', 'MACOS'],
    ['Plan 9', '4', undefined],
  ])('is known by %s %s', (platformName, platformVersion, system) => {
    expect(operatingSystemOf({ pingStatus: 'Online', platformName, platformVersion })).toBe(system);
  });

  it('is Windows where the agent says no more', () => {
    expect(operatingSystemOf({ pingStatus: 'Online', platformType: 'Windows' })).toBe('WINDOWS');
    expect(operatingSystemOf({ pingStatus: 'Online', platformType: 'Linux' })).toBeUndefined();
    expect(operatingSystemOf(undefined)).toBeUndefined();
  });

  it('is told for each type, name and version of an agent, whichever came before', () => {
    const online = { pingStatus: 'Online' } as const;
    expect(platformOf({ ...online, platformType: 'Linux' })).toEqual({
      operatingSystem: undefined,
      inWords: undefined,
    });
    expect(platformOf({ ...online, platformType: 'Windows' }).operatingSystem).toBe('WINDOWS');
    const amazon = { ...online, platformType: 'Linux', platformName: 'Amazon Linux' } as const;
    expect(platformOf({ ...amazon, platformVersion: '2' })).toEqual({
      operatingSystem: 'AMAZON_LINUX_2',
      inWords: 'Amazon Linux 2',
    });
    expect(platformOf({ ...amazon, platformVersion: '2023' }).operatingSystem).toBe('AMAZON_LINUX_2023');
    expect(platformOf({ ...amazon, platformName: 'Ubuntu', platformVersion: '2' }).operatingSystem).toBe('UBUNTU');
    expect(platformOf({ ...amazon, platformVersion: '2' })).toBe(platformOf({ ...amazon, platformVersion: '2' }));
  });
});
