import { error, quoted, type Violation } from '../../core/problem.ts';
import { checkCount, checkText, listOf } from '../../core/value-checks.ts';
import { familyOf, type OperatingSystem } from './operating-system.ts';

/*
 * How patches are named in approved and rejected lists, by operating system.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-approved-rejected-package-name-formats.html
 */

interface NameFormat {
  readonly allowed: string;
  readonly fits: (name: string) => boolean;
  /** What the author may have meant. */
  readonly fix?: (name: string) => string | undefined;
}

const longestName = 100;
const cve = /^CVE-\d{4}-\d{4,}$/;
/** `RHSA-2017:0864`, `ALAS-2018-123`, `ALAS2023-2025-123`, `ELSA-2024-1234`. */
const advisory = /^[A-Z]{4}\d*-\d{4}[:-]\d+$/;
const bugzilla = /^\d+$/;
const windowsName = /^(KB\d+|MS\d\d-\d{3})$/i;
const packageName = /^[A-Za-z0-9*][\w.+:~^*-]*$/;

function atMostOneWildcard(name: string): boolean {
  return name.indexOf('*') === name.lastIndexOf('*');
}

/** A CVE, an advisory or a Bugzilla number: what can be approved on Linux, and not rejected. */
export function isIssueId(name: string): boolean {
  return cve.test(name) || advisory.test(name) || bugzilla.test(name);
}

function isPackage(name: string): boolean {
  return packageName.test(name) && atMostOneWildcard(name) && !windowsName.test(name) && !/^CVE-/i.test(name);
}

function formatOf(system: OperatingSystem, list: 'approved' | 'rejected'): NameFormat {
  const family = familyOf(system);
  if (family === 'windows') {
    return {
      allowed: 'KB ids (KB2032276) or bulletins (MS10-048)',
      fits: (name) => /^(KB\d{5,8}|MS\d{2}-\d{3})$/.test(name),
      fix: (name) => (/^(kb)?\d{5,8}$/i.test(name) ? `write KB${name.replace(/\D/g, '')}` : undefined),
    };
  }
  if (family === 'macos') {
    return {
      allowed: 'whole names without wildcards (XProtectPlistConfigData)',
      fits: (name) => /^[^*\p{Cc}]+$/u.test(name),
    };
  }
  if (family === 'apt') {
    return {
      allowed: 'package names without architecture or version (openssl)',
      fits: (name) => /^[a-z0-9][a-z0-9+.-]+$/.test(name),
    };
  }
  if (system === 'SUSE') {
    const allowed = 'whole names with at most one * (SUSE-SLE-Example-Package-12-2018-123)';
    return { allowed, fits: (name) => isPackage(name) && !isIssueId(name) };
  }
  return list === 'approved'
    ? {
        allowed: 'package names with at most one *, CVE ids, advisories (ALAS2023-2025-123) or Bugzilla numbers',
        fits: (name) => isPackage(name) || isIssueId(name),
        fix: (name) => (cve.test(name.toUpperCase()) ? `write ${name.toUpperCase()}` : undefined),
      }
    : {
        allowed: 'package names with at most one *, and no CVE id, advisory or Bugzilla number',
        fits: (name) => isPackage(name) && !isIssueId(name),
      };
}

/**
 * Whether a list of approved patches takes a name, and may mean something by it: `KB5034441` goes to Windows alone,
 * though macOS knows names of any form; CVE ids, advisories and Bugzilla numbers to yum and dnf.
 */
export function takesApprovedPatch(system: OperatingSystem, name: string): boolean {
  const family = familyOf(system);
  if (windowsName.test(name) && family !== 'windows') return false;
  const isIssue = isIssueId(name) || /^CVE-/i.test(name);
  if (isIssue && (family !== 'rpm' || system === 'SUSE')) return false;
  return name.length <= longestName && formatOf(system, 'approved').fits(name);
}

/** The same of rejected patches, which are KB ids and bulletins on Windows and names of packages elsewhere. */
export function takesRejectedPatch(system: OperatingSystem, name: string): boolean {
  if (isIssueId(name) || (windowsName.test(name) && familyOf(system) !== 'windows')) return false;
  return name.length <= longestName && formatOf(system, 'rejected').fits(name);
}

/** How an operating system names the patches that are rejected: `KB ids (KB2032276) or bulletins (MS10-048)`. */
export function rejectedPatchNames(system: OperatingSystem): string {
  return formatOf(system, 'rejected').allowed;
}

/** One of the two lists. `system` is `undefined` where it is not known. */
export function checkPatchNames(
  list: 'approved' | 'rejected',
  system: OperatingSystem | undefined,
  names: readonly (string | undefined)[] | undefined,
): Violation[] {
  const field = `${list}Patches`;
  const format = system === undefined ? undefined : formatOf(system, list);
  return [
    ...checkCount(field, names, { rule: 'patch-baseline/patch-count', max: 50 }),
    ...listOf(names).flatMap((name) => {
      const length = checkText(field, name, { rule: 'patch-baseline/patch-name-length', min: 1, max: longestName });
      if (length.length > 0 || name === undefined || format === undefined || format.fits(name)) return length;
      const message = `${field} of ${system} must hold ${format.allowed}, got ${quoted(name)}`;
      const fix = format.fix?.(name) ?? 'name the patch as the operating system does';
      return [error('patch-baseline/patch-name-format', message, fix)];
    }),
  ];
}
