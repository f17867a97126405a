import { checkEndOfSupport } from '../../core/end-of-support.ts';
import { error, quoted, type Violation, warning } from '../../core/problem.ts';
import { checkSystemsManagerName, checkTags } from '../../core/resource-checks.ts';
import { checkBoolean, checkCount, checkGiven, checkOneOf, checkText, listOf } from '../../core/value-checks.ts';
import { complianceLevels } from './approval-rule.ts';
import { type ApprovalRuleFacts, checkApprovalRule } from './approval-rule-checks.ts';
import { checkGlobalFilters } from './filter-checks.ts';
import { familyOf, type OperatingSystem, operatingSystems } from './operating-system.ts';
import type { FilterFacts } from './patch-filters.ts';
import { checkPatchNames } from './patch-name-checks.ts';
import { checkSources, type PatchSourceFacts } from './source-checks.ts';

type Texts = readonly (string | undefined)[];

/**
 * A patch baseline as plain data. A key that is absent is not given; one that is there with `undefined` is known only
 * when Terraform applies.
 */
export interface PatchBaselineFacts {
  readonly baselineName?: string | undefined;
  readonly description?: string | undefined;
  readonly operatingSystem?: OperatingSystem | undefined;
  readonly approvalRules?: readonly ApprovalRuleFacts[] | undefined;
  readonly approvedPatches?: Texts | undefined;
  readonly approvedPatchesComplianceLevel?: string | undefined;
  readonly approvedPatchesEnableNonSecurity?: boolean | undefined;
  readonly rejectedPatches?: Texts | undefined;
  readonly rejectedPatchesAction?: string | undefined;
  readonly globalFilters?: FilterFacts | undefined;
  readonly sources?: readonly PatchSourceFacts[] | undefined;
  readonly availableSecurityUpdatesComplianceStatus?: string | undefined;
  readonly registerAsDefault?: boolean | undefined;
  readonly tags?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Every rule of a patch baseline. `asOf` (an ISO date) adds the warnings about the end of support.
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreatePatchBaseline.html
 */
export function checkPatchBaseline(baseline: PatchBaselineFacts, asOf?: string): Violation[] {
  const { operatingSystem } = baseline;
  const system = operatingSystems.find((known) => known === operatingSystem);
  const nonSecurity = baseline.approvedPatchesEnableNonSecurity;
  return [
    ...checkGiven(baseline, 'baselineName', 'patch-baseline/name'),
    ...checkSystemsManagerName('baselineName', baseline.baselineName, 'patch-baseline/name'),
    ...checkText('description', baseline.description, { rule: 'patch-baseline/description-length', min: 1, max: 1024 }),
    ...checkGiven(baseline, 'operatingSystem', 'patch-baseline/operating-system'),
    ...checkOneOf('operatingSystem', operatingSystem, operatingSystems, 'patch-baseline/operating-system'),
    ...checkOneOf(
      'approvedPatchesComplianceLevel',
      baseline.approvedPatchesComplianceLevel,
      complianceLevels,
      'patch-baseline/compliance-level',
    ),
    ...checkOneOf(
      'rejectedPatchesAction',
      baseline.rejectedPatchesAction,
      ['ALLOW_AS_DEPENDENCY', 'BLOCK'],
      'patch-baseline/rejected-patches-action',
    ),
    ...checkOneOf(
      'availableSecurityUpdatesComplianceStatus',
      baseline.availableSecurityUpdatesComplianceStatus,
      ['COMPLIANT', 'NON_COMPLIANT'],
      'patch-baseline/available-security-updates',
    ),
    ...checkBoolean('approvedPatchesEnableNonSecurity', nonSecurity, 'patch-baseline/true-or-false'),
    ...checkBoolean('registerAsDefault', baseline.registerAsDefault, 'patch-baseline/true-or-false'),
    ...checkApproves(baseline),
    ...checkCount('approvalRules', baseline.approvalRules, { rule: 'patch-baseline/rule-count', max: 10 }),
    ...listOf(baseline.approvalRules).flatMap((rule, index) =>
      checkApprovalRule(`approvalRules[${index}]`, system, rule),
    ),
    ...checkPatchNames('approved', system, baseline.approvedPatches),
    ...checkPatchNames('rejected', system, baseline.rejectedPatches),
    ...checkContradictions(baseline),
    ...checkSources(system, baseline.sources),
    ...checkTags(baseline.tags),
    ...(system === undefined ? [] : checkForSystem(baseline, system, asOf)),
  ];
}

function checkForSystem(baseline: PatchBaselineFacts, system: OperatingSystem, asOf: string | undefined): Violation[] {
  const family = familyOf(system);
  const linux = family === 'apt' || family === 'rpm';
  const products = listOf(baseline.approvalRules).flatMap((rule) => listOf(rule?.filters?.product));
  return [
    ...checkGlobalFilters(system, baseline.globalFilters),
    ...(baseline.approvedPatchesEnableNonSecurity === true && !linux
      ? [
          error(
            'patch-baseline/non-security-linux-only',
            `approvedPatchesEnableNonSecurity must be left out for ${system}: it is for Linux`,
            'remove it',
          ),
        ]
      : []),
    ...('availableSecurityUpdatesComplianceStatus' in baseline && family !== 'windows'
      ? [
          error(
            'patch-baseline/available-security-updates',
            `availableSecurityUpdatesComplianceStatus must be left out for ${system}: it is for Windows`,
            'remove it',
          ),
        ]
      : []),
    ...checkEndOfSupport([system, ...products], asOf),
  ];
}

/** A baseline with neither rules nor approved patches approves nothing: nodes would report themselves compliant. */
function checkApproves({ approvalRules, ...baseline }: PatchBaselineFacts): Violation[] {
  const later = 'approvedPatches' in baseline && baseline.approvedPatches === undefined;
  if (later || listOf(approvalRules).length + listOf(baseline.approvedPatches).length > 0) return [];
  return [
    error(
      'patch-baseline/approves-something',
      'approvalRules or approvedPatches must approve something, got neither',
      'add an approval rule, such as those of ApprovalRule.awsDefault',
    ),
  ];
}

function checkContradictions(baseline: PatchBaselineFacts): Violation[] {
  const rejected = listOf(baseline.rejectedPatches);
  return [...new Set(listOf(baseline.approvedPatches))]
    .filter((name) => name !== undefined && rejected.includes(name))
    .map((name) =>
      warning(
        'patch-baseline/approved-or-rejected',
        `${quoted(name)} is both approved and rejected: AWS rejects it`,
        'take it out of one list',
      ),
    );
}

/** What the baselines of one account and region must not be together; `before` counts those of the same stack. */
export function checkAmongBaselines(before: {
  readonly baselines: number;
  readonly defaultsOfSystem: number;
  readonly registerAsDefault: boolean;
  readonly operatingSystem?: OperatingSystem | undefined;
}): Violation[] {
  return [
    ...(before.baselines === 50
      ? [
          error(
            'patch-baseline/quota',
            'a region must hold at most 50 patch baselines, this is the 51st',
            'share baselines between patch groups',
          ),
        ]
      : []),
    ...(before.registerAsDefault && before.operatingSystem !== undefined && before.defaultsOfSystem > 0
      ? [
          error(
            'patch-baseline/one-default',
            `registerAsDefault must be set on one baseline of ${before.operatingSystem}, another has it already`,
            'keep it on one',
          ),
        ]
      : []),
  ];
}

/** The id of a baseline made elsewhere. @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_RegisterPatchBaselineForPatchGroup.html */
export function checkImportedBaseline(baseline: { readonly baselineId?: unknown; readonly operatingSystem?: unknown }) {
  const { baselineId, operatingSystem } = baseline;
  const arn = /^(arn:aws[a-z-]*:ssm:[a-z0-9-]+:\d{12}:patchbaseline\/)?pb-[0-9a-f]{17}$/;
  const fits = baselineId === undefined || (typeof baselineId === 'string' && arn.test(baselineId));
  return [
    ...(fits
      ? []
      : [
          error(
            'patch-baseline/baseline-id',
            `baselineId must be pb- and 17 hexadecimal digits, or an ARN that ends so, got ${quoted(baselineId)}`,
            "AWS's own baselines need the whole ARN",
          ),
        ]),
    ...checkOneOf('operatingSystem', operatingSystem, operatingSystems, 'patch-baseline/operating-system'),
  ];
}
