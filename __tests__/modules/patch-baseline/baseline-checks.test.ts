import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OperatingSystem } from '../../../modules/patch-baseline/index.ts';
import { problemsWith } from './sound-baseline.ts';

const systems =
  'WINDOWS, AMAZON_LINUX, AMAZON_LINUX_2, AMAZON_LINUX_2022, AMAZON_LINUX_2023, UBUNTU, REDHAT_ENTERPRISE_LINUX, SUSE, CENTOS, ORACLE_LINUX, DEBIAN, MACOS, RASPBIAN, ROCKY_LINUX, ALMA_LINUX';

describe('baselineName', () => {
  it('passes every name that AWS takes', () => {
    const names = fc.stringMatching(/^[a-zA-Z0-9_\-.]{3,128}$/);
    fc.assert(fc.property(names, (baselineName) => expect(problemsWith({ baselineName })).toEqual([])));
  });

  it('refuses any other, in one line without control characters', () => {
    const others = fc
      .string({ unit: 'binary', maxLength: 140 })
      .filter((text) => !/^[a-zA-Z0-9_\-.]{3,128}$/.test(text));
    fc.assert(
      fc.property(others, (baselineName) => {
        const [problem, ...more] = problemsWith({ baselineName });
        expect(more).toEqual([]);
        expect(problem).toMatch(/^baselineName must be 3 to 128 characters .*\[patch-baseline\/name\]$/);
        expect(problem).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
      }),
    );
  });

  it('refuses a name that is too short, with what is allowed', () => {
    expect(problemsWith({ baselineName: 'ab' })).toEqual([
      'baselineName must be 3 to 128 characters of letters, digits, _ - ., got "ab"; change baselineName [patch-baseline/name]',
    ]);
  });
});

describe('description', () => {
  it('passes 1 and 1024 characters', () => {
    for (const length of [1, 1024]) expect(problemsWith({ description: 'd'.repeat(length) })).toEqual([]);
  });

  it('refuses none and 1025', () => {
    expect(problemsWith({ description: '' })).toEqual([
      'description must be 1 to 1024 characters, got ""; change description [patch-baseline/description-length]',
    ]);
    expect(problemsWith({ description: 'd'.repeat(1025) })).toEqual([
      `description must be 1 to 1024 characters, got 1025 characters: "${'d'.repeat(76)}...; change description [patch-baseline/description-length]`,
    ]);
  });
});

describe('operatingSystem', () => {
  it.each(Object.keys(OperatingSystem))('passes %s', (operatingSystem) => {
    const approvalRules = [{ filters: { product: ['*'] }, approveAfterDays: 0, enableNonSecurity: undefined }];
    expect(problemsWith({ approvalRules }, operatingSystem)).toEqual([]);
  });

  it('refuses another, and asks whether a near miss was meant', () => {
    expect(problemsWith({}, 'windows')).toEqual([
      `operatingSystem must be one of ${systems}, got "windows"; did you mean "WINDOWS"? [patch-baseline/operating-system]`,
    ]);
    expect(problemsWith({}, 'FEDORA')).toEqual([
      `operatingSystem must be one of ${systems}, got "FEDORA"; use one of them [patch-baseline/operating-system]`,
    ]);
  });
});

describe('values from a list', () => {
  it.each(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL', 'UNSPECIFIED'])('pass the level %s', (level) => {
    expect(problemsWith({ approvedPatchesComplianceLevel: level })).toEqual([]);
  });

  it('refuse another level', () => {
    expect(problemsWith({ approvedPatchesComplianceLevel: 'SEVERE' })).toEqual([
      'approvedPatchesComplianceLevel must be one of CRITICAL, HIGH, MEDIUM, LOW, INFORMATIONAL, UNSPECIFIED, got "SEVERE"; use one of them [patch-baseline/compliance-level]',
    ]);
  });

  it('pass both actions on rejected patches, and refuse another', () => {
    for (const action of ['ALLOW_AS_DEPENDENCY', 'BLOCK']) {
      expect(problemsWith({ rejectedPatchesAction: action })).toEqual([]);
    }
    expect(problemsWith({ rejectedPatchesAction: 'Block' })).toEqual([
      'rejectedPatchesAction must be one of ALLOW_AS_DEPENDENCY, BLOCK, got "Block"; did you mean "BLOCK"? [patch-baseline/rejected-patches-action]',
    ]);
  });

  it('refuse a status of available updates that is none', () => {
    expect(problemsWith({ availableSecurityUpdatesComplianceStatus: 'OK' }, 'WINDOWS')).toEqual([
      'availableSecurityUpdatesComplianceStatus must be one of COMPLIANT, NON_COMPLIANT, got "OK"; use one of them [patch-baseline/available-security-updates]',
    ]);
  });
});

describe('options of some operating systems', () => {
  it('allow a status of available updates on Windows alone', () => {
    for (const status of ['COMPLIANT', 'NON_COMPLIANT']) {
      expect(problemsWith({ availableSecurityUpdatesComplianceStatus: status }, 'WINDOWS')).toEqual([]);
    }
    expect(problemsWith({ availableSecurityUpdatesComplianceStatus: 'COMPLIANT' }, 'UBUNTU').slice(-1)).toEqual([
      'availableSecurityUpdatesComplianceStatus must be left out for UBUNTU: it is for Windows; remove it [patch-baseline/available-security-updates]',
    ]);
  });

  it('refuse a status that is known later, where there can be none', () => {
    expect(problemsWith({ availableSecurityUpdatesComplianceStatus: undefined }, 'SUSE')).toEqual([
      'availableSecurityUpdatesComplianceStatus must be left out for SUSE: it is for Windows; remove it [patch-baseline/available-security-updates]',
    ]);
  });

  it.each(['WINDOWS', 'MACOS'])('refuse approved non-security updates on %s', (system) => {
    expect(problemsWith({ approvedPatchesEnableNonSecurity: false }, system)).toEqual([]);
    expect(problemsWith({ approvedPatchesEnableNonSecurity: true }, system)).toEqual([
      `approvedPatchesEnableNonSecurity must be left out for ${system}: it is for Linux; remove it [patch-baseline/non-security-linux-only]`,
    ]);
  });

  it.each(['SUSE', 'AMAZON_LINUX_2'])('allow approved non-security updates on %s', (system) => {
    expect(problemsWith({ approvedPatchesEnableNonSecurity: true }, system)).toEqual([]);
  });
});

describe('what a baseline approves', () => {
  const nothing =
    'approvalRules or approvedPatches must approve something, got neither; add an approval rule, such as those of ApprovalRule.awsDefault [patch-baseline/approves-something]';

  it('must be something', () => {
    expect(problemsWith({ approvalRules: [] })).toEqual([nothing]);
    expect(problemsWith({ approvalRules: [], approvedPatches: [] })).toEqual([nothing]);
    expect(problemsWith({ approvalRules: undefined, rejectedPatches: ['docker'] })).toEqual([nothing]);
  });

  it('may be a list of patches, even one that is known later', () => {
    expect(problemsWith({ approvalRules: [], approvedPatches: ['docker'] })).toEqual([]);
    expect(problemsWith({ approvalRules: [], approvedPatches: undefined })).toEqual([]);
  });

  it('takes 10 rules and not one more', () => {
    const rules = (count: number) => ({
      approvalRules: Array.from({ length: count }, () => ({ filters: { product: ['*'] }, approveAfterDays: 7 })),
    });
    expect(problemsWith(rules(10))).toEqual([]);
    expect(problemsWith(rules(11))).toEqual([
      'approvalRules must hold at most 10 entries, got 11; remove some [patch-baseline/rule-count]',
    ]);
  });
});

describe('global filters', () => {
  it('take products, classifications, severities and patch ids', () => {
    const globalFilters = { product: ['*'], classification: ['Security'], msrcSeverity: ['Critical'], patchId: ['a'] };
    expect(problemsWith({ globalFilters })).toEqual([]);
  });

  it('refuse another, with the nearest they take', () => {
    const allowed = 'globalFilters must use product, classification, msrcSeverity, patchId';
    expect(problemsWith({ globalFilters: { severity: ['Critical'], PATCH_ID: ['a'] } })).toEqual([
      `${allowed}, got severity; remove severity [patch-baseline/global-filter-key]`,
      `${allowed}, got PATCH_ID; did you mean "patchId"? [patch-baseline/global-filter-key]`,
    ]);
  });

  it('check the values as those of a rule', () => {
    expect(problemsWith({ globalFilters: { product: ['All'], patchId: [] } })).toEqual([
      'globalFilters.product must not be the console\'s word "All": AWS refuses it when it is applied; use "*" for all [patch-baseline/filter-value-all]',
      'globalFilters.patchId must hold 1 to 20 entries, got 0; add one [patch-baseline/filter-value-count]',
    ]);
  });
});

describe('end of support', () => {
  const rule = 'plan its replacement [end-of-support/operating-system]';

  it('is looked up by the products of the rules', () => {
    const approvalRules = [{ filters: { product: ['WindowsServer2016', '*'] }, approveAfterDays: 7 }];
    expect(problemsWith({ approvalRules }, 'WINDOWS')).toEqual([]);
    expect(problemsWith({ approvalRules }, 'WINDOWS', '2026-01-11')).toEqual([]);
    expect(problemsWith({ approvalRules }, 'WINDOWS', '2026-11-23')).toEqual([
      `Windows Server 2016 leaves support on 2027-01-12, 50 days after 2026-11-23; ${rule}`,
    ]);
    expect(problemsWith({ approvalRules }, 'WINDOWS', '2027-01-13')).toEqual([
      `Windows Server 2016 left support on 2027-01-12, 1 day before 2027-01-13: no new patches, and nodes still report themselves compliant; ${rule}`,
    ]);
  });

  it('is looked up by the operating system where all of it ends', () => {
    expect(problemsWith({}, 'AMAZON_LINUX_2', '2026-06-30')).toEqual([
      `Amazon Linux 2 leaves support on 2026-06-30, 0 days after 2026-06-30; ${rule}`,
    ]);
  });
});

describe('tags', () => {
  it('are checked as those of every resource', () => {
    expect(problemsWith({ tags: { 'aws:name': 'web' } })).toEqual([
      'tag key "aws:name" must not begin with aws:; AWS keeps that prefix; rename it [tags/reserved-key]',
    ]);
  });
});
