import { checkEndOfSupport } from '../../core/end-of-support.ts';
import { error, quoted, type Violation, warning } from '../../core/problem.ts';
import { checkSystemsManagerName, checkTags } from '../../core/resource-checks.ts';
import { checkCount, checkOneOf, checkText } from '../../core/value-checks.ts';
import { complianceLevels } from './approval-rule.ts';
import { type ApprovalRuleFacts, checkApprovalRule } from './approval-rule-checks.ts';
import { checkGlobalFilters } from './filter-checks.ts';
import { familyOf, type OperatingSystem, operatingSystems } from './operating-system.ts';
import type { FilterFacts } from './patch-filters.ts';
import { checkPatchNames } from './patch-name-checks.ts';

type Texts = readonly (string | undefined)[];

/** A patch baseline as plain data. What is absent is not given, or known only when Terraform applies. */
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
  readonly tags?: Readonly<Record<string, unknown>> | undefined;
}

export interface PatchSourceFacts {
  readonly name?: string | undefined;
  readonly products?: Texts | undefined;
  readonly configuration?: string | undefined;
}

/**
 * Every rule of a patch baseline. `asOf` (an ISO date) adds the warnings about the end of support.
 * @see https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_CreatePatchBaseline.html
 */
export function checkPatchBaseline(baseline: PatchBaselineFacts, asOf?: string): Violation[] {
  const system = baseline.operatingSystem;
  return [
    ...checkSystemsManagerName('baselineName', baseline.baselineName, 'patch-baseline/name'),
    ...checkText('description', baseline.description, { rule: 'patch-baseline/description-length', min: 1, max: 1024 }),
    ...checkOneOf('operatingSystem', system, operatingSystems, 'patch-baseline/operating-system'),
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
    ...checkApproves(baseline),
    ...checkContradictions(baseline),
    ...checkTags(baseline.tags),
    ...(system === undefined || !operatingSystems.includes(system) ? [] : checkForSystem(baseline, system, asOf)),
  ];
}

function checkForSystem(baseline: PatchBaselineFacts, system: OperatingSystem, asOf: string | undefined): Violation[] {
  const rules = baseline.approvalRules ?? [];
  return [
    ...checkCount('approvalRules', rules, { rule: 'patch-baseline/rule-count', max: 10 }),
    ...rules.flatMap((rule, index) => checkApprovalRule(`approvalRules[${index}]`, system, rule)),
    ...checkPatchNames('approved', system, baseline.approvedPatches),
    ...checkPatchNames('rejected', system, baseline.rejectedPatches),
    ...checkGlobalFilters(system, baseline.globalFilters ?? {}),
    ...checkSources(system, baseline.sources ?? []),
    ...checkSystemOnlyOptions(baseline, system),
    ...checkEndOfSupport(
      rules.flatMap((rule) => rule.filters?.product ?? []),
      asOf,
    ),
  ];
}

/** A baseline with neither rules nor approved patches approves nothing: nodes would report themselves compliant. */
function checkApproves(baseline: PatchBaselineFacts): Violation[] {
  const approving = (baseline.approvalRules?.length ?? 0) + (baseline.approvedPatches?.length ?? 1);
  if (approving > 0) return [];
  const message = 'approvalRules or approvedPatches must approve something, got neither';
  return [
    error(
      'patch-baseline/approves-something',
      message,
      'add an approval rule, such as those of ApprovalRule.awsDefault',
    ),
  ];
}

/** AWS lets a rejection win, so an approval of the same patch is a mistake. */
function checkContradictions(baseline: PatchBaselineFacts): Violation[] {
  const rejected = new Set(baseline.rejectedPatches);
  return (baseline.approvedPatches ?? [])
    .filter((name) => name !== undefined && rejected.has(name))
    .map((name) =>
      error(
        'patch-baseline/approved-or-rejected',
        `${quoted(name)} must not be both approved and rejected: AWS rejects it`,
        'take it out of one list',
      ),
    );
}

function checkSystemOnlyOptions(baseline: PatchBaselineFacts, system: OperatingSystem): Violation[] {
  const family = familyOf(system);
  const linux = family === 'apt' || family === 'rpm';
  const status = baseline.availableSecurityUpdatesComplianceStatus;
  const nonSecurity = baseline.approvedPatchesEnableNonSecurity === true;
  const installsNonSecurity =
    nonSecurity || (baseline.approvalRules ?? []).some((rule) => rule.enableNonSecurity !== false);
  return [
    ...(nonSecurity && !linux
      ? [
          error(
            'patch-baseline/non-security-linux-only',
            `approvedPatchesEnableNonSecurity must be left out for ${system}: it is for Linux`,
            'remove it',
          ),
        ]
      : []),
    ...checkOneOf(
      'availableSecurityUpdatesComplianceStatus',
      status,
      ['COMPLIANT', 'NON_COMPLIANT'],
      'patch-baseline/available-security-updates',
    ),
    ...(status !== undefined && family !== 'windows'
      ? [
          error(
            'patch-baseline/available-security-updates',
            `availableSecurityUpdatesComplianceStatus must be left out for ${system}: it is for Windows`,
            'remove it',
          ),
        ]
      : []),
    ...(system === 'CENTOS' && !installsNonSecurity && baseline.approvalRules !== undefined
      ? [
          warning(
            'patch-baseline/centos-non-security',
            'CentOS Stream publishes no security data, so this baseline patches nothing',
            'set enableNonSecurity: true',
          ),
        ]
      : []),
  ];
}

/** @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-alternative-source-repository.html */
function checkSources(system: OperatingSystem, sources: readonly PatchSourceFacts[]): Violation[] {
  const family = familyOf(system);
  if (sources.length > 0 && (family === 'windows' || family === 'macos')) {
    return [
      error(
        'patch-baseline/sources-linux-only',
        `sources must be left out for ${system}: they are for Linux`,
        'remove them',
      ),
    ];
  }
  return [
    ...checkCount('sources', sources, { rule: 'patch-baseline/source-count', max: 20 }),
    ...sources.flatMap((source, index) => checkSource(`sources[${index}]`, family === 'apt', source)),
    ...sources.flatMap((source, index) =>
      source.name !== undefined && sources.findIndex((other) => other.name === source.name) < index
        ? [
            error(
              'patch-baseline/source-name-unique',
              `sources[${index}].name must be unique, got ${quoted(source.name)} again`,
              'rename it',
            ),
          ]
        : [],
    ),
  ];
}

function checkSource(where: string, apt: boolean, source: PatchSourceFacts): Violation[] {
  const { configuration } = source;
  return [
    ...checkText(`${where}.name`, source.name, {
      rule: 'patch-baseline/source-name',
      min: 3,
      max: 50,
      pattern: /^[\w.-]+$/,
      allowed: 'letters, digits, _ - .',
    }),
    ...checkCount(`${where}.products`, source.products, { rule: 'patch-baseline/source-products', min: 1, max: 20 }),
    ...(source.products ?? []).flatMap((product) =>
      checkText(`${where}.products`, product, { rule: 'patch-baseline/source-products', min: 1, max: 128 }),
    ),
    ...checkText(`${where}.configuration`, configuration, {
      rule: 'patch-baseline/source-configuration',
      min: 1,
      max: 1024,
    }),
    ...(apt && configuration?.trim().includes('\n') === true
      ? [
          error(
            'patch-baseline/source-configuration',
            `${where}.configuration must be one line for apt, got ${configuration.trim().split('\n').length}`,
            'write it like "deb https://example.com focal main"',
          ),
        ]
      : []),
  ];
}

/** What the baselines of one account and region must not be together; `before` counts those of the same stack. */
export function checkAmongBaselines(before: {
  readonly baselines: number;
  readonly defaultsOfSystem: number;
  readonly registerAsDefault: boolean;
  readonly operatingSystem: OperatingSystem;
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
    ...(before.registerAsDefault && before.defaultsOfSystem > 0
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
