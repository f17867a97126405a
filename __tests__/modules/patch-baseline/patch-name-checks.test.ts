import { describe, expect, it } from '@jest/globals';
import { operatingSystems } from '../../../modules/patch-baseline/operating-system.ts';
import { takesApprovedPatch } from '../../../modules/patch-baseline/patch-name-checks.ts';
import { problemsWith } from './sound-baseline.ts';

type List = 'approvedPatches' | 'rejectedPatches';

/** Problems with the names alone: the rule of the baseline has its own on apt systems. */
function problemsWithNames(list: List, system: string, ...names: unknown[]): string[] {
  return problemsWith({ [list]: names }, system).filter((problem) => !problem.startsWith('approvalRules'));
}

function refusal(
  list: List,
  system: string,
  allowed: string,
  name: string,
  fix = 'name the patch as the operating system does',
) {
  return `${list} of ${system} must hold ${allowed}, got "${name}"; ${fix} [patch-baseline/patch-name-format]`;
}

const lists: List[] = ['approvedPatches', 'rejectedPatches'];

describe('patches of Windows', () => {
  const allowed = 'KB ids (KB2032276) or bulletins (MS10-048)';

  it.each(lists)('in %s are KB ids and bulletins', (list) => {
    expect(problemsWithNames(list, 'WINDOWS', 'KB2032276', 'KB12345', 'KB12345678', 'MS10-048')).toEqual([]);
  });

  it.each([
    ['2032276', 'write KB2032276'],
    ['kb2032276', 'write KB2032276'],
  ])('are meant by %s', (name, fix) => {
    expect(problemsWithNames('approvedPatches', 'WINDOWS', name)).toEqual([
      refusal('approvedPatches', 'WINDOWS', allowed, name, fix),
    ]);
  });

  it.each(['KB1234', 'KB123456789', 'MS10-48', 'openssl', 'KB*', 'KB2032276 '])('are not %s', (name) => {
    for (const list of lists) {
      expect(problemsWithNames(list, 'WINDOWS', name)).toEqual([refusal(list, 'WINDOWS', allowed, name)]);
    }
  });
});

describe.each(['AMAZON_LINUX_2023', 'REDHAT_ENTERPRISE_LINUX', 'CENTOS', 'ORACLE_LINUX', 'ROCKY_LINUX', 'ALMA_LINUX'])(
  'patches of %s',
  (system) => {
    const packages = [
      'dbus',
      'dbus.x86_64',
      'dbus-1.12.28-1.amzn2023.0.1',
      'dbus-1:1.12.28-1.amzn2023.0.1.x86_64',
      '1:dbus-1.12.28-1.amzn2023.0.1.x86_64',
      'dbus*',
      'dbus-*:1.12.28-1.amzn2023.0.1.x86_64',
      'libstdc++',
      'kernel-5.10.0~rc1^git',
    ];
    const issues = [
      '1234567',
      'CVE-2018-1234567',
      'RHSA-2017:0864',
      'ALAS-2018-123',
      'ALAS2023-2025-123',
      'ELSA-2024-1234',
    ];

    it('are approved by package, Bugzilla number, CVE id or advisory', () => {
      const named = problemsWithNames('approvedPatches', system, ...packages, ...issues);
      expect(named).toEqual([]);
    });

    it('are rejected by package alone', () => {
      expect(problemsWithNames('rejectedPatches', system, ...packages)).toEqual([]);
      expect(problemsWithNames('rejectedPatches', system, ...issues)).toEqual(
        issues.map((name) =>
          refusal(
            'rejectedPatches',
            system,
            'package names with at most one *, and no CVE id, advisory or Bugzilla number',
            name,
          ),
        ),
      );
    });

    it.each(['lib*ssl*', 'open ssl', 'openssl;rm', 'CVE-2018-12', 'KB2032276', 'MS10-048', '-openssl'])(
      'are not %s',
      (name) => {
        expect(problemsWithNames('approvedPatches', system, name)).toEqual([
          refusal(
            'approvedPatches',
            system,
            'package names with at most one *, CVE ids, advisories (ALAS2023-2025-123) or Bugzilla numbers',
            name,
          ),
        ]);
      },
    );

    it('are meant by CVE ids in small letters', () => {
      expect(problemsWithNames('approvedPatches', system, 'cve-2018-1234')).toEqual([
        refusal(
          'approvedPatches',
          system,
          'package names with at most one *, CVE ids, advisories (ALAS2023-2025-123) or Bugzilla numbers',
          'cve-2018-1234',
          'write CVE-2018-1234',
        ),
      ]);
    });
  },
);

describe.each(['UBUNTU', 'DEBIAN', 'RASPBIAN'])('patches of %s', (system) => {
  const allowed = 'package names without architecture or version (openssl)';

  it.each(lists)('in %s are bare package names', (list) => {
    expect(problemsWithNames(list, system, 'openssl', 'libstdc++6', 'g++', '0ad', 'linux-image-5.4.0')).toEqual([]);
  });

  it.each(['openssl:amd64', 'openssl=1.1.1', 'openssl_1.1.1_amd64', 'OpenSSL', 'openssl*', 'x', 'CVE-2018-1234'])(
    'are not %s',
    (name) => {
      for (const list of lists)
        expect(problemsWithNames(list, system, name)).toEqual([refusal(list, system, allowed, name)]);
    },
  );
});

describe('patches of SUSE', () => {
  const allowed = 'whole names with at most one * (SUSE-SLE-Example-Package-12-2018-123)';

  it.each(lists)('in %s are whole names', (list) => {
    const names = ['SUSE-SLE-Example-Package-12-2018-123', 'SUSE-SLE-Example-Package-*', 'example-1.0-1.x86_64.rpm'];
    expect(problemsWithNames(list, 'SUSE', ...names)).toEqual([]);
  });

  it.each(['SUSE-*-Example-*', 'CVE-2018-1234', 'RHSA-2017:0864', '1234567'])('are not %s', (name) => {
    for (const list of lists)
      expect(problemsWithNames(list, 'SUSE', name)).toEqual([refusal(list, 'SUSE', allowed, name)]);
  });
});

describe('patches of macOS', () => {
  const allowed = 'whole names without wildcards (XProtectPlistConfigData)';

  it.each(lists)('in %s are whole names, spaces among them', (list) => {
    expect(problemsWithNames(list, 'MACOS', 'XProtectPlistConfigData', 'Command Line Tools for Xcode-14.2')).toEqual(
      [],
    );
  });

  it.each(['XProtect*', '*'])('are not %s', (name) => {
    for (const list of lists)
      expect(problemsWithNames(list, 'MACOS', name)).toEqual([refusal(list, 'MACOS', allowed, name)]);
  });

  it('have no control characters', () => {
    expect(problemsWithNames('approvedPatches', 'MACOS', 'XProtect\u0007')).toEqual([
      refusal('approvedPatches', 'MACOS', allowed, 'XProtect\\u0007'),
    ]);
  });
});

describe('lists of patches', () => {
  it.each(lists)('hold 50 names in %s and not one more', (list) => {
    const names = (count: number) => Array.from({ length: count }, (_, index) => `package${index}`);
    expect(problemsWithNames(list, 'SUSE', ...names(50))).toEqual([]);
    expect(problemsWithNames(list, 'SUSE', ...names(51))).toEqual([
      `${list} must hold at most 50 entries, got 51; remove some [patch-baseline/patch-count]`,
    ]);
  });

  it.each(lists)('hold names of 1 to 100 characters in %s', (list) => {
    expect(problemsWithNames(list, 'SUSE', 'x', 'x'.repeat(100))).toEqual([]);
    expect(problemsWithNames(list, 'SUSE', '', 'x'.repeat(101))).toEqual([
      `${list} must be 1 to 100 characters, got ""; change ${list} [patch-baseline/patch-name-length]`,
      `${list} must be 1 to 100 characters, got 101 characters: "${'x'.repeat(76)}...; change ${list} [patch-baseline/patch-name-length]`,
    ]);
  });

  it('may hold names that are known later', () => {
    expect(problemsWithNames('approvedPatches', 'SUSE', undefined, 'openssl')).toEqual([]);
  });

  it('that contradict each other are warned of, once for each name', () => {
    const changes = {
      approvedPatches: ['docker', 'kernel', 'docker', undefined],
      rejectedPatches: ['docker', undefined],
    };
    expect(problemsWith(changes)).toEqual([
      '"docker" is both approved and rejected: AWS rejects it; take it out of one list [patch-baseline/approved-or-rejected]',
    ]);
  });
});

describe('the systems that take a name and may mean something by it', () => {
  const apt = ['UBUNTU', 'DEBIAN', 'RASPBIAN'];
  const dnf = operatingSystems.filter((system) => ![...apt, 'WINDOWS', 'MACOS', 'SUSE'].includes(system));

  it.each([
    ['KB5034441', ['WINDOWS']],
    ['MS10-048', ['WINDOWS']],
    ['CVE-2026-1234', dnf],
    ['ALAS2023-2025-123', dnf],
    ['RHSA-2017:0864', dnf],
    ['1234567', dnf],
    ['openssl', operatingSystems.filter((system) => system !== 'WINDOWS')],
    ['kernel*', [...dnf, 'SUSE']],
    ['XProtectPlistConfigData', [...dnf, 'SUSE', 'MACOS']],
    ['kb5034441', []],
    ['CVE-2026-1', []],
    ['cve-2026-1234', []],
    ['', []],
    ['x'.repeat(101), []],
  ])('of %s', (name, systems) => {
    expect(operatingSystems.filter((system) => takesApprovedPatch(system, name)).sort()).toEqual([...systems].sort());
  });
});
