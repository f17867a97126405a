import { describe, expect, it } from '@jest/globals';
import { checkEndOfSupport } from '../../core/end-of-support.ts';
import { formatViolation } from '../../core/problem.ts';

const warnings = (products: unknown[], asOf?: string) =>
  checkEndOfSupport(products as string[], asOf).map((violation) => {
    expect(violation.severity).toBe('warning');
    return formatViolation(violation);
  });

const rule = 'plan its replacement [end-of-support/operating-system]';

describe('checkEndOfSupport', () => {
  it('says nothing where no day is given: synthesis depends on none', () => {
    expect(warnings(['WindowsServer2012', 'AmazonLinux2'])).toEqual([]);
  });

  it('begins 365 days before the last day, and not one earlier', () => {
    expect(warnings(['WindowsServer2016'], '2026-01-11')).toEqual([]);
    expect(warnings(['WindowsServer2016'], '2026-01-12')).toEqual([
      `Windows Server 2016 leaves support on 2027-01-12, 365 days after 2026-01-12; ${rule}`,
    ]);
  });

  it('counts the days within the last year', () => {
    expect(warnings(['AmazonLinux2'], '2026-06-29')).toEqual([
      `Amazon Linux 2 leaves support on 2026-06-30, 1 day after 2026-06-29; ${rule}`,
    ]);
    expect(warnings(['AmazonLinux2'], '2026-06-30')).toEqual([
      `Amazon Linux 2 leaves support on 2026-06-30, 0 days after 2026-06-30; ${rule}`,
    ]);
  });

  it('tells after the last day what compliance no longer means', () => {
    expect(warnings(['AmazonLinux2'], '2026-07-01')).toEqual([
      `Amazon Linux 2 left support on 2026-06-30, 1 day before 2026-07-01: no new patches, and nodes still report themselves compliant; ${rule}`,
    ]);
    expect(warnings(['WindowsServer2012R2'], '2026-10-10')).toEqual([
      `Windows Server 2012 R2 left support on 2023-10-10, 1096 days before 2026-10-10: no new patches, and nodes still report themselves compliant; ${rule}`,
    ]);
  });

  it.each([
    ['WindowsServer2012', 'Windows Server 2012', '2023-10-10'],
    ['WindowsServer2012R2', 'Windows Server 2012 R2', '2023-10-10'],
    ['WindowsServer2016', 'Windows Server 2016', '2027-01-12'],
    ['WindowsServer2019', 'Windows Server 2019', '2029-01-09'],
    ['WindowsServer2022', 'Windows Server 2022', '2031-10-14'],
    ['AMAZON_LINUX', 'Amazon Linux 1', '2023-12-31'],
    ['AMAZON_LINUX_2', 'Amazon Linux 2', '2026-06-30'],
    ['AmazonLinux2', 'Amazon Linux 2', '2026-06-30'],
    ['AmazonLinux2.0', 'Amazon Linux 2', '2026-06-30'],
  ])('knows that %s is %s, which ends on %s', (product, name, lastDay) => {
    expect(warnings([product], lastDay)).toEqual([
      `${name} leaves support on ${lastDay}, 0 days after ${lastDay}; ${rule}`,
    ]);
  });

  it('takes an instant for its day', () => {
    expect(warnings(['AmazonLinux2'], '2026-06-29T23:59:59Z')).toEqual([
      `Amazon Linux 2 leaves support on 2026-06-30, 1 day after 2026-06-29; ${rule}`,
    ]);
  });

  it('warns once of one operating system, whatever its names', () => {
    expect(warnings(['AMAZON_LINUX_2', 'AmazonLinux2', 'AmazonLinux2.0', 'AmazonLinux2'], '2026-06-30')).toHaveLength(
      1,
    );
  });

  it.each(['WindowsServer2031', '*', 'constructor', '__proto__', '', undefined, null, 5, {}, Object.create(null)])(
    'knows nothing of %p',
    (product) => {
      expect(warnings([product], '2050-01-01')).toEqual([]);
    },
  );

  it('says nothing of a day that is none', () => {
    expect(warnings(['AmazonLinux2'], 'today')).toEqual([]);
  });
});
