import { describe, expect, it } from '@jest/globals';
import { problemsWithFilters } from './sound-baseline.ts';

const where = 'approvalRules[0]';
const byFamily = {
  WINDOWS: 'product, productFamily, classification, msrcSeverity, patchSet',
  SUSE: 'product, classification, severity',
  MACOS: 'product, classification',
} as const;

describe('the keys of filters', () => {
  it.each([
    [
      'WINDOWS',
      { msrcSeverity: ['Critical'], productFamily: ['Windows'], patchSet: ['OS'], classification: ['Tools'] },
    ],
    ['REDHAT_ENTERPRISE_LINUX', { severity: ['Medium'], classification: ['Bugfix'] }],
    ['MACOS', { product: ['macOS'], classification: ['Security'] }],
  ])('of %s pass', (system, filters) => {
    expect(problemsWithFilters(filters, system)).toEqual([]);
  });

  it.each([
    ['WINDOWS', 'severity', 'use msrcSeverity there'],
    ['WINDOWS', 'priority', 'use msrcSeverity there'],
    ['SUSE', 'msrcSeverity', 'use severity there'],
    ['SUSE', 'priority', 'use severity there'],
    ['SUSE', 'patchSet', 'remove patchSet'],
    ['MACOS', 'severity', 'remove severity'],
    ['WINDOWS', 'PRODUCT', 'did you mean "product"?'],
    ['WINDOWS', 'MSRC_SEVERITY', 'did you mean "msrcSeverity"?'],
    ['SUSE', 'approveAfterDay', 'did you mean "approveAfterDays"?'],
    ['SUSE', 'constructor', 'remove constructor'],
  ] as const)('of %s do not include %s', (system, key, fix) => {
    expect(problemsWithFilters({ [key]: ['Important'] }, system)).toEqual([
      `${where} must filter ${system} by ${byFamily[system]}, got ${key}; ${fix} [patch-baseline/filter-key]`,
    ]);
  });

  it.each(['UBUNTU', 'DEBIAN', 'RASPBIAN'])('of %s are product and priority', (system) => {
    const days = `${where}.approveAfterDays 7 has no effect on ${system}: its repositories carry no reliable release dates; set it to 0, and stagger the maintenance windows instead [patch-baseline/apt-approve-after-days]`;
    expect(problemsWithFilters({ product: ['*'], priority: ['Required'] }, system)).toEqual([days]);
    expect(problemsWithFilters({ severity: ['Important'], classification: ['Security'] }, system)).toEqual([
      `${where} must filter ${system} by product, priority, got severity; use priority there [patch-baseline/filter-key]`,
      `${where} must filter ${system} by product, priority, got classification; remove classification [patch-baseline/filter-key]`,
      days,
    ]);
  });

  it('are at least one', () => {
    expect(problemsWithFilters({})).toEqual([
      `${where} must have at least one filter, got none; use product: ["*"] for all products [patch-baseline/rule-has-filter]`,
    ]);
  });
});

describe('the values of a filter', () => {
  const values = (count: number) => ({
    patchSet: ['APPLICATION'],
    productFamily: Array.from({ length: count }, (_, index) => `v${index}`),
  });

  it('are 1 to 20', () => {
    for (const count of [1, 20]) expect(problemsWithFilters(values(count), 'WINDOWS')).toEqual([]);
    expect(problemsWithFilters(values(0), 'WINDOWS')).toEqual([
      `${where}.productFamily must hold 1 to 20 entries, got 0; add one [patch-baseline/filter-value-count]`,
    ]);
    expect(problemsWithFilters(values(21), 'WINDOWS')).toEqual([
      `${where}.productFamily must hold 1 to 20 entries, got 21; remove some [patch-baseline/filter-value-count]`,
    ]);
  });

  it('are of 1 to 64 characters', () => {
    expect(problemsWithFilters({ productFamily: ['Windows', `Windows${'v'.repeat(57)}`] }, 'WINDOWS')).toEqual([]);
    expect(problemsWithFilters({ productFamily: ['', 'v'.repeat(65), 5, null] }, 'WINDOWS')).toEqual([
      `${where}.productFamily must be 1 to 64 characters, got ""; change ${where}.productFamily [patch-baseline/filter-value-length]`,
      `${where}.productFamily must be 1 to 64 characters, got 65 characters: "${'v'.repeat(65)}"; change ${where}.productFamily [patch-baseline/filter-value-length]`,
      `${where}.productFamily must be 1 to 64 characters, got 5; change ${where}.productFamily [patch-baseline/filter-value-length]`,
      `${where}.productFamily must be 1 to 64 characters, got null; change ${where}.productFamily [patch-baseline/filter-value-length]`,
    ]);
  });

  it.each(['All', 'all', 'ALL'])("are not the console's word %s", (value) => {
    expect(problemsWithFilters({ product: [value] })).toEqual([
      `${where}.product must not be the console's word "${value}": AWS refuses it when it is applied; use "*" for all [patch-baseline/filter-value-all]`,
    ]);
  });

  it('are a list', () => {
    expect(problemsWithFilters({ product: 'AmazonLinux2023', severity: null })).toEqual([
      `${where}.product must be a list, got "AmazonLinux2023"; write a list [patch-baseline/filter-value-count]`,
      `${where}.severity must be a list, got null; write a list [patch-baseline/filter-value-count]`,
    ]);
  });

  it('may be known later, all or one', () => {
    expect(problemsWithFilters({ product: undefined, severity: [undefined, 'Critical'] })).toEqual([]);
  });
});

const windowsClassifications =
  'CriticalUpdates, DefinitionUpdates, Drivers, FeaturePacks, SecurityUpdates, ServicePacks, Tools, UpdateRollups, Updates, Upgrades';

describe('values that AWS is not known to take', () => {
  it.each([
    ['WINDOWS', 'classification', 'Security', `WINDOWS: ${windowsClassifications}`, undefined],
    ['WINDOWS', 'msrcSeverity', 'critical', 'WINDOWS: Critical, Important, Moderate, Low, Unspecified', 'Critical'],
    ['WINDOWS', 'patchSet', 'APPLICATIONS', 'WINDOWS: OS, APPLICATION', 'APPLICATION'],
    [
      'AMAZON_LINUX_2',
      'classification',
      'Feature',
      'AMAZON_LINUX_2: Security, Bugfix, Enhancement, Recommended, Newpackage',
      undefined,
    ],
    ['CENTOS', 'severity', 'Moderate', 'CENTOS: Critical, Important, Medium, Low', undefined],
    ['SUSE', 'severity', 'Medium', 'SUSE: Critical, Important, Moderate, Low', undefined],
    ['ORACLE_LINUX', 'severity', 'Medium', 'ORACLE_LINUX: Critical, Important, Moderate, Low', undefined],
    ['SUSE', 'classification', 'Bugfix', 'SUSE: Security, Recommended, Optional, Feature, Document, Yast', undefined],
  ])('of %s are warned of: %s %s', (system, key, value, known, meant) => {
    const fix = meant === undefined ? 'look it up with aws ssm describe-patch-properties' : `did you mean "${meant}"?`;
    expect(problemsWithFilters({ [key]: [value] }, system)).toEqual([
      `${where}.${key} "${value}" is none of the values known for ${known}; ${fix} [patch-baseline/filter-value-known]`,
    ]);
  });

  it('of apt systems are warned of', () => {
    expect(problemsWithFilters({ priority: ['Necessary'] }, 'DEBIAN')[0]).toBe(
      `${where}.priority "Necessary" is none of the values known for DEBIAN: Required, Important, Standard, Optional, Extra; look it up with aws ssm describe-patch-properties [patch-baseline/filter-value-known]`,
    );
  });

  it.each(['ROCKY_LINUX', 'ALMA_LINUX'])('of %s are not: AWS publishes none', (system) => {
    expect(problemsWithFilters({ severity: ['Moderate'], classification: ['New'], product: ['x'] }, system)).toEqual(
      [],
    );
  });

  it('of Raspbian are not either', () => {
    expect(problemsWithFilters({ priority: ['Necessary'], product: ['Raspbian'] }, 'RASPBIAN')).toEqual([
      `${where}.approveAfterDays 7 has no effect on RASPBIAN: its repositories carry no reliable release dates; set it to 0, and stagger the maintenance windows instead [patch-baseline/apt-approve-after-days]`,
    ]);
  });

  it('do not include the asterisk', () => {
    expect(problemsWithFilters({ severity: ['*'], classification: ['*'], product: ['*'] })).toEqual([]);
  });
});

describe('names of products', () => {
  it.each([
    ['WINDOWS', ['Windows10LTSB', 'Windows8.1', 'WindowsServer2012R2', 'WindowsServer2025']],
    ['AMAZON_LINUX', ['AmazonLinux2012.03', 'AmazonLinux2018.03']],
    ['AMAZON_LINUX_2', ['AmazonLinux2', 'AmazonLinux2.0']],
    ['AMAZON_LINUX_2022', ['AmazonLinux2022']],
    ['AMAZON_LINUX_2023', ['AmazonLinux2023', 'Amazon Linux 2023 2023.8.20250808']],
    ['REDHAT_ENTERPRISE_LINUX', ['RedhatEnterpriseLinux6.10', 'RedhatEnterpriseLinux8']],
    ['CENTOS', ['CentOS6.5', 'CentOS8.1']],
    ['SUSE', ['Suse12.0', 'Suse15.6']],
    ['ORACLE_LINUX', ['OracleLinux8.9']],
    ['MACOS', ['macOS14']],
  ])('of %s pass', (system, product) => {
    expect(problemsWithFilters({ product }, system)).toEqual([]);
  });

  it.each([
    ['AMAZON_LINUX_2023', 'AmazonLinux2', 'AmazonLinux2023'],
    ['AMAZON_LINUX_2', 'AmazonLinux2023', 'AmazonLinux2'],
    ['REDHAT_ENTERPRISE_LINUX', 'RedHatEnterpriseLinux8', 'RedhatEnterpriseLinux9.4'],
    ['SUSE', 'SLES15.5', 'Suse15.5'],
  ])('of %s are not written like %s', (system, product, example) => {
    expect(problemsWithFilters({ product: [product] }, system)).toEqual([
      `${where}.product "${product}" is not written like the products known for ${system}, such as ${example}; look it up with aws ssm describe-patch-properties [patch-baseline/filter-value-known]`,
    ]);
  });

  it.each([
    ['UBUNTU', 'Ubuntu22.04', 'Ubuntu2204', 'Ubuntu22.04'],
    ['DEBIAN', 'Debian12', 'Debian 12', 'Debian12'],
  ])('of %s are written like %s, not %s', (system, good, bad, example) => {
    const warning = `${where}.product "${bad}" is not written like the products known for ${system}, such as ${example}; look it up with aws ssm describe-patch-properties [patch-baseline/filter-value-known]`;
    expect(problemsWithFilters({ product: [good] }, system)).not.toContain(warning);
    expect(problemsWithFilters({ product: [bad] }, system)).toContain(warning);
  });

  it('of Windows may be meant to be of an application', () => {
    expect(problemsWithFilters({ product: ['Silverlight'] }, 'WINDOWS')).toEqual([
      `${where}.product "Silverlight" is not written like the products known for WINDOWS, such as WindowsServer2022; look it up with aws ssm describe-patch-properties; of an application? set patchSet: ["APPLICATION"] [patch-baseline/filter-value-known]`,
    ]);
  });
});
