import { grouped } from '../core/grouped.ts';
import { approvalOf, patchToApprove } from './approval.ts';
import type { InstanceReference } from './instance-report.ts';
import { comparePackages, type PackageVersion, packageVersionOf } from './package-version.ts';
import type { AvailablePatch, BaselineContent, OperatingSystem, PatchFacts } from './patch-facts.ts';
import { keysOfAvailable } from './patch-names.ts';

/**
 * Does not list the patch. What that means hangs on when its baseline approved it, and so on when it was released: another
 * place may know.
 */
export interface Silent {
  readonly kind: 'silent';
  readonly instance: InstanceReference;
  readonly operatingSystem: OperatingSystem | undefined;
  readonly scannedAt: string;
  readonly content: BaselineContent | undefined;
  /** What it lists instead. */
  readonly listed: readonly PatchFacts[];
}

/** Where an instance stands that is not known to lack the patch. */
export type Settled =
  | { readonly kind: 'pendingReboot' | 'installed' | 'notExposed'; readonly instance: InstanceReference }
  | { readonly kind: 'unknown'; readonly instance: InstanceReference & { readonly why: string } };

export const installedStates: ReadonlySet<PatchFacts['state']> = new Set([
  'INSTALLED',
  'INSTALLED_OTHER',
  'INSTALLED_REJECTED',
]);

/**
 * What the silence of a node comes to: it lists what its baseline approved when it was scanned, and nothing else.
 * `available` are the patches that were asked for, as any place lists them.
 */
export function settle(
  { instance, operatingSystem, scannedAt: at, content, listed }: Silent,
  available: readonly AvailablePatch[],
  asOf: string,
): Settled {
  const unknown = (why: string) => ({ kind: 'unknown' as const, instance: { ...instance, why } });
  const ofSystem = available.filter((patch) => patch.operatingSystem === operatingSystem);
  if (ofSystem.length === 0)
    return unknown('AWS lists no such patch for its operating system, so whether it needs it is not known');
  const versions = otherVersions(ofSystem, listed);
  const doubt = doubtIn(versions);
  if (doubt !== undefined) return unknown(doubt);
  for (const kind of ['pendingReboot', 'installed'] as const)
    if (versions.some((version) => version.kind === kind)) return { kind, instance };
  for (const patch of ofSystem) {
    const [key = ''] = keysOfAvailable(patch);
    const approval = approvalOf(patchToApprove(patch, key), content, asOf);
    if (approval.status === 'approved') {
      const doubt = whyNotLookedFor(key, approval.at ?? patch.releasedAt, content?.modifiedAt, at);
      if (doubt === undefined) continue;
      return unknown(doubt);
    }
    if (approval.status === 'waiting') return unknown(`its baseline does not look for ${key} before ${approval.at}`);
    if (approval.status === 'rejected') return unknown(`its baseline rejects ${key}, and does not look for it`);
    if (approval.status === 'not-approved')
      return unknown(`its baseline does not approve ${key}, and does not look for it: ${approval.by}`);
    return unknown(`whether its baseline approves ${key} is not known: ${approval.by}`);
  }
  return { kind: 'notExposed', instance };
}

/**
 * Why a node is not known to have all packages that were asked for, whatever it has of them; absent where nothing says so.
 * Of packages that it lists in just the version that was asked for, `exact`, it is known.
 */
export function doubtOf(
  available: readonly AvailablePatch[],
  operatingSystem: OperatingSystem | undefined,
  listed: readonly PatchFacts[],
  exact: readonly PatchFacts[],
): string | undefined {
  const packageOf = ({ title }: PatchFacts) => packageVersionOf(title)?.name ?? '';
  const known = new Set(exact.map(packageOf));
  const others = listed.filter((patch) => !known.has(packageOf(patch)));
  const ofSystem = available.filter((patch) => patch.operatingSystem === operatingSystem);
  return doubtIn(otherVersions(ofSystem, others));
}

/** The first by its words, as packages come in any order. */
function doubtIn(versions: readonly Standing[]): string | undefined {
  return versions.flatMap(({ kind, why }) => (kind === 'unknown' ? why : [])).sort()[0];
}

/** Why a scan may not have looked for a patch that the baseline approves; absent where it did. */
function whyNotLookedFor(
  key: string,
  approvedAt: string | undefined,
  modifiedAt: string | undefined,
  scannedAt: string,
): string | undefined {
  const scan = `its last scan, at ${scannedAt}`;
  if (modifiedAt !== undefined && modifiedAt > scannedAt)
    return `${scan}, was before its baseline was changed, at ${modifiedAt}`;
  if (approvedAt !== undefined && approvedAt > scannedAt) return `${scan}, was before its baseline approved ${key}`;
  if (modifiedAt === undefined)
    return `${scan}, may have been before its baseline was changed: when that was is not known`;
  if (approvedAt === undefined) return `${scan}, may have been before ${key} was released: when that was is not known`;
  return undefined;
}

interface Standing {
  readonly kind: 'installed' | 'pendingReboot' | 'unknown';
  readonly why: string;
}

/** Where a node stands by other versions than those that were asked for, package by package. */
function otherVersions(available: readonly AvailablePatch[], listed: readonly PatchFacts[]): Standing[] {
  const asked = grouped(
    available.flatMap(keysOfAvailable).flatMap((key) => packageVersionOf(key) ?? []),
    ({ name }) => name,
  );
  const found = grouped(
    listed.flatMap(({ title, state }) => {
      const version = packageVersionOf(title);
      return version !== undefined && asked.has(version.name) ? [{ ...version, title, state }] : [];
    }),
    ({ name }) => name,
  );
  return [...found].map(([name, versions]): Standing => {
    const reached = versions.filter((version) => reaches(version, asked.get(name) ?? []));
    const [title] = versions.map((version) => version.title).sort();
    if (reached.some(({ state }) => installedStates.has(state))) return { kind: 'installed', why: '' };
    if (reached.some(({ state }) => state === 'INSTALLED_PENDING_REBOOT')) return { kind: 'pendingReboot', why: '' };
    return { kind: 'unknown', why: `it lists another version of the package: ${title}` };
  });
}

/**
 * A package may be fixed in several streams, each with a version of its own: one that lies between two of them is before or
 * after the fix of its own stream, and which one that is nobody tells.
 */
function reaches(version: PackageVersion, fixed: readonly PackageVersion[]): boolean {
  return (
    fixed.some((one) => comparePackages(version, one) === 0) || fixed.every((one) => comparePackages(version, one) > 0)
  );
}
