import { describe, expect, it } from '@jest/globals';
import { checkPatchBaseline } from '../../../modules/patch-baseline/checks.ts';
import { problemsWith, problemsWithRule, soundBaseline } from './sound-baseline.ts';

const timeless = (changes: object) => ({ approvalRules: [{ filters: { product: ['*'] }, ...changes }] });
const where = 'approvalRules[0]';

describe('the time of approval', () => {
  it.each([0, 7, 30, 31, 360])('may be %d days after release', (approveAfterDays) => {
    expect(problemsWithRule({ approveAfterDays })).toEqual([]);
  });

  it.each([
    [-1, '-1'],
    [361, '361'],
    [1.5, '1.5'],
    ['7', '"7"'],
    [null, 'null'],
    [Number.NaN, 'NaN'],
  ])('may not be %p days after release', (approveAfterDays, got) => {
    expect(problemsWithRule({ approveAfterDays })).toEqual([
      `${where}.approveAfterDays must be a whole number of days from 0 to 360, got ${got}; set ${where}.approveAfterDays within the range [patch-baseline/approve-after-days]`,
    ]);
  });

  it.each(['2026-03-31', '2028-02-29', '1999-12-31'])('may be the day %s', (approveUntilDate) => {
    expect(problemsWith(timeless({ approveUntilDate }))).toEqual([]);
  });

  it.each([
    ['2026-02-30', '"2026-02-30"'],
    ['2027-02-29', '"2027-02-29"'],
    ['2026-13-01', '"2026-13-01"'],
    ['2026-3-1', '"2026-3-1"'],
    ['2026-03-31T00:00:00Z', '"2026-03-31T00:00:00Z"'],
    ['2026-03-31\n', '"2026-03-31\\n"'],
    ['tomorrow', '"tomorrow"'],
    ['', '""'],
    [20260331, '20260331'],
    [null, 'null'],
  ])('may not be the day %j', (approveUntilDate, got) => {
    expect(problemsWith(timeless({ approveUntilDate }))).toEqual([
      `${where}.approveUntilDate must be a day written YYYY-MM-DD, got ${got}; write it like 2026-03-31 [patch-baseline/approve-until-date]`,
    ]);
  });

  it('must not be both', () => {
    expect(problemsWithRule({ approveUntilDate: '2026-03-31' })).toEqual([
      `${where} must have approveAfterDays or approveUntilDate, got both: AWS would use the date alone; remove one of them [patch-baseline/one-approval-time]`,
    ]);
  });

  it('must be one of them, or else Terraform approves at once', () => {
    expect(problemsWith(timeless({}))).toEqual([
      `${where} must have approveAfterDays or approveUntilDate, got neither: Terraform would approve at once; set approveAfterDays [patch-baseline/one-approval-time]`,
    ]);
  });

  it('may be known later', () => {
    expect(problemsWith(timeless({ approveAfterDays: undefined }))).toEqual([]);
    expect(problemsWith(timeless({ approveUntilDate: undefined }))).toEqual([]);
  });
});

describe('the time of approval on apt systems', () => {
  it.each(['UBUNTU', 'DEBIAN', 'RASPBIAN'])('of %s may be left out, and be no day', (system) => {
    expect(problemsWith(timeless({}), system)).toEqual([]);
    expect(problemsWith(timeless({ approveAfterDays: 0 }), system)).toEqual([]);
    expect(problemsWith(timeless({ approveUntilDate: '2026-03-31' }), system)).toEqual([
      `${where}.approveUntilDate must be left out for ${system}: its repositories carry no reliable release dates; remove it; every published patch is approved at once [patch-baseline/apt-approve-until-date]`,
    ]);
  });

  it('warns of days that have no effect', () => {
    expect(problemsWith(timeless({ approveAfterDays: 1 }), 'UBUNTU')).toEqual([
      `${where}.approveAfterDays 1 has no effect on UBUNTU: its repositories carry no reliable release dates; set it to 0, and stagger the maintenance windows instead [patch-baseline/apt-approve-after-days]`,
    ]);
  });
});

describe('the time of approval on Windows', () => {
  it('warns when updates may be withdrawn before they are approved', () => {
    expect(problemsWithRule({ approveAfterDays: 30 }, 'WINDOWS')).toEqual([]);
    expect(problemsWithRule({ approveAfterDays: 31 }, 'WINDOWS')).toEqual([
      `${where}.approveAfterDays 31 may never install a patch: Microsoft withdraws superseded updates after about 30 days; use at most 30 days [patch-baseline/windows-superseded]`,
    ]);
  });
});

describe('the options of a rule', () => {
  it('take each compliance level, and refuse another', () => {
    for (const complianceLevel of ['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL', 'UNSPECIFIED']) {
      expect(problemsWithRule({ complianceLevel })).toEqual([]);
    }
    expect(problemsWithRule({ complianceLevel: 'critical' })).toEqual([
      `${where}.complianceLevel must be one of CRITICAL, HIGH, MEDIUM, LOW, INFORMATIONAL, UNSPECIFIED, got "critical"; did you mean "CRITICAL"? [patch-baseline/compliance-level]`,
    ]);
  });

  it.each(['WINDOWS', 'MACOS'])('refuse non-security updates on %s', (system) => {
    expect(problemsWithRule({ enableNonSecurity: false }, system)).toEqual([]);
    expect(problemsWithRule({ enableNonSecurity: true }, system)).toEqual([
      `${where}.enableNonSecurity must be left out for ${system}: it is for Linux; remove it [patch-baseline/non-security-linux-only]`,
    ]);
  });

  it.each(['UBUNTU', 'SUSE', 'CENTOS'])('allow non-security updates on %s', (system) => {
    expect(problemsWithRule({ enableNonSecurity: true, approveAfterDays: 0 }, system)).toEqual([]);
  });

  it('warn that CentOS Stream has no security updates to approve', () => {
    expect(problemsWithRule({ enableNonSecurity: undefined }, 'CENTOS')).toEqual([]);
    expect(problemsWithRule({ enableNonSecurity: false }, 'CENTOS')).toEqual([
      `${where} approves nothing: CentOS Stream's repositories do not say which updates are for security; set enableNonSecurity: true [patch-baseline/centos-non-security]`,
    ]);
  });
});

describe('the family of a rule', () => {
  it.each([
    ['WINDOWS', 'windows'],
    ['SUSE', 'rpm'],
    ['UBUNTU', 'apt'],
    ['MACOS', 'macos'],
  ])('of %s is %s', (system, family) => {
    expect(problemsWithRule({ family, approveAfterDays: 0 }, system)).toEqual([]);
  });

  it('must be that of the operating system, and then its filters go unsaid', () => {
    expect(problemsWithRule({ family: 'windows', filters: { msrcSeverity: ['Critical'] } }, 'SUSE')).toEqual([
      `${where} must be a rule for rpm, the family of SUSE, got one for windows; make it with ApprovalRule.rpm [patch-baseline/rule-family]`,
    ]);
  });
});

describe('the severity of a problem', () => {
  const severities = (operatingSystem: string, rule: object) =>
    checkPatchBaseline({
      ...soundBaseline(operatingSystem),
      approvalRules: [{ filters: { product: ['*'] }, ...rule }],
      approvedPatches: ['KB2032276'],
      rejectedPatches: ['KB2032276'],
    })
      .filter(({ rule: id }) => id !== 'patch-baseline/patch-name-format')
      .map(({ severity, rule: id }) => `${severity} ${id}`);

  it('is a warning where AWS accepts it', () => {
    const risky = { approveAfterDays: 31, filters: { classification: ['New'], product: ['Office'] } };
    expect(severities('WINDOWS', risky).sort()).toEqual([
      'warning patch-baseline/approved-or-rejected',
      'warning patch-baseline/filter-value-known',
      'warning patch-baseline/filter-value-known',
      'warning patch-baseline/windows-superseded',
    ]);
    expect(severities('UBUNTU', { approveAfterDays: 3 })).toContain('warning patch-baseline/apt-approve-after-days');
    expect(severities('CENTOS', { approveAfterDays: 3, enableNonSecurity: false })).toContain(
      'warning patch-baseline/centos-non-security',
    );
  });

  it('is an error where AWS refuses it, or does something else', () => {
    expect(severities('UBUNTU', { approveUntilDate: '2026-03-31' })).toContain(
      'error patch-baseline/apt-approve-until-date',
    );
    expect(severities('SUSE', {})).toContain('error patch-baseline/one-approval-time');
  });
});
