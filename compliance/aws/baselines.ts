import {
  DescribePatchBaselinesCommand,
  DescribePatchGroupsCommand,
  GetPatchBaselineCommand,
  type GetPatchBaselineResult,
  type PatchBaselineIdentity,
} from '@aws-sdk/client-ssm';
import { baselineIdOf, instantOf, present } from '../normalise.ts';
import type { ApprovalRuleFacts, BaselineContent, BaselineFacts, PatchGroupFacts } from '../patch-facts.ts';
import { eachPage } from './pages.ts';
import type { PlaceSession } from './place-session.ts';

/** A baseline, and the name by which AWS wants to be asked for it: an ARN for its own. */
export interface ListedBaseline {
  readonly facts: BaselineFacts;
  readonly requestId: string;
}

/** Every baseline, ours, AWS's and the defaults, still without content: by id. */
export async function readBaselines({ ssm, ask, gaps }: PlaceSession): Promise<Map<string, ListedBaseline>> {
  const found = new Map<string, ListedBaseline>();
  await gaps.around({ area: 'baselines' }, () =>
    eachPage(
      (token) =>
        ask('ssm:DescribePatchBaselines', (options) =>
          ssm.send(new DescribePatchBaselinesCommand({ MaxResults: 100, ...token }), options),
        ),
      ({ BaselineIdentities: identities = [] }) => {
        for (const identity of identities) {
          const listed = listedOf(identity);
          if (listed.facts.baselineId !== '') found.set(listed.facts.baselineId, listed);
          else gaps.addInvalid({ area: 'baselines' }, 'Systems Manager sent a baseline without an id');
        }
      },
    ),
  );
  return found;
}

function listedOf(identity: PatchBaselineIdentity): ListedBaseline {
  const requestId = identity.BaselineId ?? '';
  return {
    requestId,
    facts: {
      baselineId: baselineIdOf(requestId),
      baselineName: identity.BaselineName ?? '',
      operatingSystem: identity.OperatingSystem ?? '',
      // AWS lists its own by their ARNs.
      owner: requestId.startsWith('arn:') ? 'AWS' : 'Self',
      isDefault: identity.DefaultBaseline ?? false,
    },
  };
}

/** What each group resolves to. */
export async function readPatchGroups({ ssm, ask, gaps }: PlaceSession): Promise<PatchGroupFacts[]> {
  const found = new Map<string, Map<string, string>>();
  await gaps.around({ area: 'patch-groups' }, () =>
    eachPage(
      (token) =>
        ask('ssm:DescribePatchGroups', (options) =>
          ssm.send(new DescribePatchGroupsCommand({ MaxResults: 100, ...token }), options),
        ),
      ({ Mappings = [] }) => {
        for (const { PatchGroup: group, BaselineIdentity: baseline } of Mappings) {
          if (group === undefined || baseline?.BaselineId === undefined) continue;
          const baselines = found.get(group) ?? new Map<string, string>();
          found.set(group, baselines.set(baseline.OperatingSystem ?? '', baselineIdOf(baseline.BaselineId)));
        }
      },
    ),
  );
  const sorted = <Value>(entries: Map<string, Value>) => [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted(found).map(([groupName, baselines]) => ({
    groupName,
    baselines: sorted(baselines).map(([operatingSystem, baselineId]) => ({ operatingSystem, baselineId })),
  }));
}

/** The content of those baselines that judge something here; the others stay without. */
export async function withContent(
  { ssm, ask, gaps }: PlaceSession,
  listed: ReadonlyMap<string, ListedBaseline>,
  wanted: ReadonlySet<string>,
): Promise<BaselineFacts[]> {
  const baselines = [...listed.values()].map(async ({ facts, requestId }): Promise<BaselineFacts> => {
    if (!wanted.has(facts.baselineId)) return facts;
    let content: BaselineContent | undefined;
    await gaps.around({ area: 'baselines' }, async () => {
      content = contentOf(
        await ask('ssm:GetPatchBaseline', (options) =>
          ssm.send(new GetPatchBaselineCommand({ BaselineId: requestId }), options),
        ),
      );
    });
    return content === undefined ? facts : { ...facts, content };
  });
  return (await Promise.all(baselines)).sort((a, b) => (a.baselineId < b.baselineId ? -1 : 1));
}

function contentOf(baseline: GetPatchBaselineResult): BaselineContent {
  return present<BaselineContent>({
    modifiedAt: instantOf(baseline.ModifiedDate),
    approvalRules: (baseline.ApprovalRules?.PatchRules ?? []).map((rule) =>
      present<ApprovalRuleFacts>({
        filters: Object.fromEntries(
          (rule.PatchFilterGroup?.PatchFilters ?? []).map(({ Key = '', Values = [] }) => [Key, Values]),
        ),
        approveAfterDays: rule.ApproveAfterDays,
        approveUntilDate: rule.ApproveUntilDate,
      }),
    ),
    approvedPatches: baseline.ApprovedPatches ?? [],
    rejectedPatches: baseline.RejectedPatches ?? [],
    rejectedPatchesAction: baseline.RejectedPatchesAction ?? 'ALLOW_AS_DEPENDENCY',
    availableSecurityUpdatesComplianceStatus: baseline.AvailableSecurityUpdatesComplianceStatus,
  });
}
