import type { ApprovalRuleFacts, AvailablePatch, BaselineContent, PatchFacts } from './patch-facts.ts';
import { namesPatch } from './patch-names.ts';
import { dayMs } from './settings.ts';

/** Whether a baseline approves a patch. `at` is an instant in UTC. */
export type Approval =
  | { readonly status: 'approved'; readonly at?: string; readonly by: string }
  | { readonly status: 'waiting'; readonly at: string; readonly by: string }
  | { readonly status: 'rejected'; readonly by: string }
  | { readonly status: 'not-approved'; readonly by: string }
  | { readonly status: 'unknown'; readonly by: string };

/** A patch as a baseline looks at it: what AWS lists of it, and what nodes say about it. */
export interface PatchToApprove
  extends Pick<PatchFacts, 'patchId' | 'title' | 'classification' | 'severity' | 'cveIds'> {
  readonly product?: string;
  readonly productFamily?: string;
  readonly releasedAt?: string;
}

/** A listed patch, by the name that nodes would use. */
export function patchToApprove(patch: AvailablePatch, key: string): PatchToApprove {
  const { title = key, name, kbId, arch, epoch: _, version: __, release: ___, operatingSystem: ____, ...rest } = patch;
  return { patchId: kbId ?? (arch === undefined ? (name ?? key) : `${name}.${arch}`), title, ...rest };
}

/** What a baseline says about a patch at an instant. Rejection is stronger than any approval, as it is in AWS. */
export function approvalOf(patch: PatchToApprove, content: BaselineContent | undefined, asOf: string): Approval {
  if (content === undefined) return { status: 'unknown', by: 'the baseline was not read' };
  const rejected = content.rejectedPatches.find((pattern) => namesPatch(pattern, patch));
  if (rejected !== undefined) return { status: 'rejected', by: `rejectedPatches: ${rejected}` };
  const named = content.approvedPatches.find((pattern) => namesPatch(pattern, patch));
  if (named !== undefined) return { status: 'approved', by: `approvedPatches: ${named}` };
  const answers = content.approvalRules.map((rule) => ruleSays(rule, patch, asOf));
  const of = <Status extends Approval['status']>(status: Status) =>
    answers.filter((answer): answer is Extract<Approval, { status: Status }> => answer?.status === status);
  const earliest = <Answer extends { readonly at?: string }>(all: readonly Answer[]) =>
    [...all].sort((a, b) => ((a.at ?? '') < (b.at ?? '') ? -1 : 1))[0];
  return (
    earliest(of('approved')) ??
    of('unknown')[0] ??
    earliest(of('waiting')) ??
    of('not-approved')[0] ?? { status: 'not-approved', by: 'no rule matches it' }
  );
}

/** Absent where the rule is not about the patch. */
function ruleSays(rule: ApprovalRuleFacts, patch: PatchToApprove, asOf: string): Approval | undefined {
  const matches = matchesFilters(rule, patch);
  if (matches === 'no') return undefined;
  if (matches === 'unknown') return { status: 'unknown', by: 'what its rules look at is not known of the patch' };
  const { approveUntilDate, approveAfterDays = 0 } = rule;
  const { releasedAt } = patch;
  if (approveUntilDate !== undefined) {
    const by = `approveUntilDate ${approveUntilDate}`;
    if (releasedAt === undefined) return { status: 'unknown', by: 'its release date is not known' };
    return releasedAt.slice(0, 10) <= approveUntilDate
      ? { status: 'approved', at: releasedAt, by }
      : { status: 'not-approved', by };
  }
  const by = `approveAfterDays ${approveAfterDays}`;
  if (releasedAt === undefined)
    return approveAfterDays === 0
      ? { status: 'approved', by }
      : { status: 'unknown', by: 'its release date is not known' };
  const at = new Date(Date.parse(releasedAt) + approveAfterDays * dayMs).toISOString();
  return { status: at <= asOf ? 'approved' : 'waiting', at, by };
}

const looked: Readonly<Record<string, keyof PatchToApprove>> = {
  PRODUCT: 'product',
  PRODUCT_FAMILY: 'productFamily',
  CLASSIFICATION: 'classification',
  SEVERITY: 'severity',
  MSRC_SEVERITY: 'severity',
  PRIORITY: 'severity',
};

function matchesFilters({ filters }: ApprovalRuleFacts, patch: PatchToApprove): 'yes' | 'no' | 'unknown' {
  const answers = Object.entries(filters).map(([key, values]) => {
    // The set of a Windows patch, system or applications, is told by nobody; its product decides as well.
    if (values.includes('*') || key === 'PATCH_SET') return 'yes';
    const part = looked[key];
    const value = part === undefined ? undefined : patch[part];
    if (typeof value !== 'string') return key === 'SEVERITY' && patch.classification !== undefined ? 'yes' : 'unknown';
    return values.some((wanted) => wanted.toLowerCase() === value.toLowerCase()) ? 'yes' : 'no';
  });
  return answers.includes('no') ? 'no' : answers.includes('unknown') ? 'unknown' : 'yes';
}
