import { describe, expect, it } from '@jest/globals';
import type { FleetBaseline } from '../../../fleet/schema/index.ts';
import { fleetOfRing, installWindow, problemsOf, scanWindow, validAccount, validFleet } from '../support.ts';

describe('the windows of a ring', () => {
  const ring = (scan: Parameters<typeof scanWindow>[0], install: Parameters<typeof installWindow>[0], asOf?: string) =>
    problemsOf(
      fleetOfRing({ scan: scanWindow(scan), install: installWindow(install) }),
      asOf === undefined ? {} : { asOf },
    );

  it('may follow each other at once', () => {
    expect(ring({}, { schedule: 'cron(0 3 ? * TUE *)' })).toEqual([]);
  });

  it('must not overlap', () => {
    expect(ring({}, { schedule: 'cron(30 2 ? * TUE *)', duration: 2 })).toEqual([
      'warning rings[0].install: install of ring "early" must not overlap with scan, both are open at 2026-01-06T02:30:00Z: scan from 2026-01-06T00:00:00Z to 2026-01-06T03:00:00Z, install from 2026-01-06T02:30:00Z to 2026-01-06T04:30:00Z; move one of them, or shorten the one that opens first [fleet/runs-overlap]',
    ]);
  });

  it('are compared from the day that is given', () => {
    expect(ring({}, { schedule: 'cron(30 2 ? * TUE *)' }, '2026-11-23')).toEqual([
      expect.stringContaining('both are open at 2026-11-24T02:30:00Z:'),
    ]);
    expect(ring({}, { schedule: 'cron(30 2 ? * TUE *)' }, '2026-11-24T03:00:00Z')).toEqual([
      expect.stringContaining('both are open at 2026-12-01T02:30:00Z:'),
    ]);
  });

  it('are compared as instants, also where daylight saving brings them together', () => {
    // In Berlin 04:00 is 03:00 UTC in winter and 02:00 in summer.
    expect(ring({}, { schedule: 'cron(0 4 ? * SUN *)', timezone: 'Europe/Berlin' })).toEqual([
      expect.stringContaining('both are open at 2026-03-29T02:00:00Z: scan from 2026-03-29T00:00:00Z'),
    ]);
  });

  it.each([
    [{ enabled: false }, {}],
    [{}, { enabled: false }],
    [{ endDate: '2026-01-02T00:00:00Z' }, { startDate: '2026-02-01T00:00:00Z' }],
    [{}, { schedule: 'at(2020-01-01T00:00:00)' }],
  ])('do not overlap when one never meets the other: %j, %j', (scan, install) => {
    expect(ring(scan, { schedule: 'cron(0 0 ? * TUE *)', ...install })).toEqual([]);
  });

  it('meet with days counted from Patch Tuesday and with an offset', () => {
    const patchTuesday = { plusDays: 8, at: '01:00' };
    expect(ring({ schedule: { patchTuesday } }, { schedule: 'cron(0 1 ? * TUE#3 *)', offset: 1 })).toEqual([
      expect.stringContaining('both are open at 2026-01-21T01:00:00Z:'),
    ]);
  });

  it('are compared among several installs as well', () => {
    const install = [installWindow(), installWindow({ name: 'second', schedule: 'cron(0 6 ? * TUE *)' })];
    expect(problemsOf(fleetOfRing({ install }))).toEqual([
      expect.stringMatching(
        /^warning rings\[0\]\.install\[1\]: install-second of ring "early" must not overlap with install,/,
      ),
    ]);
  });

  it('of a schedule that is refused are not compared', () => {
    expect(ring({ schedule: 'cron(0 0 * * * *)' }, {})).toHaveLength(1);
    expect(ring({ timezone: 'Nowhere' }, {})).toHaveLength(1);
    expect(ring({ endDate: 'never' }, {})).toHaveLength(1);
  });
});

describe('the end of support', () => {
  const windows = (product: string): FleetBaseline => ({
    operatingSystem: 'WINDOWS',
    approvalRules: [{ product: ['WindowsServer2022', product], approveAfterDays: 7 }],
  });
  const old =
    'Windows Server 2016 leaves support on 2027-01-12, 50 days after 2026-11-23; plan its replacement [end-of-support/operating-system]';

  it('needs a day', () => {
    const fleet = validFleet({ baselines: { ...validFleet().baselines, windows: windows('WindowsServer2016') } });
    expect(problemsOf(fleet)).toEqual([]);
    expect(problemsOf(fleet, { asOf: '2020-01-01' })).toEqual([]);
  });

  it('is said once for each product, where it is first named', () => {
    const baselines = {
      ...validFleet().baselines,
      windows: windows('WindowsServer2016'),
      another: windows('WindowsServer2016'),
      'amazon-linux': {
        operatingSystem: 'AMAZON_LINUX_2',
        approvalRules: [{ product: ['AmazonLinux2'], approveAfterDays: 7 }],
      } as FleetBaseline,
    };
    const instances = { one: { name: 'One', image: 'windows-server-2016' as const, patchGroup: 'files' } };
    const accounts = [validAccount({ instances })];
    expect(problemsOf(validFleet({ baselines, accounts }), { asOf: '2026-11-23' })).toEqual([
      'warning baselines.amazon-linux.operatingSystem: Amazon Linux 2 left support on 2026-06-30, 146 days before 2026-11-23: no new patches, and nodes still report themselves compliant; plan its replacement [end-of-support/operating-system]',
      `warning baselines.another.approvalRules[0].product[1]: ${old}`,
    ]);
    expect(problemsOf(validFleet({ accounts }), { asOf: '2026-11-23' })).toEqual([
      `warning accounts[0].instances.one.image: ${old}`,
    ]);
  });
});
