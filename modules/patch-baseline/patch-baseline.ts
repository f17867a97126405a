import { SsmDefaultPatchBaseline } from '@cdktf/provider-aws/lib/ssm-default-patch-baseline/index.js';
import { SsmPatchBaseline } from '@cdktf/provider-aws/lib/ssm-patch-baseline/index.js';
import { Construct, type IConstruct } from 'constructs';
import type { Violation } from '../../core/problem.ts';
import { addCheck } from '../tf/construct-checks.ts';
import { constructsBefore } from '../tf/siblings.ts';
import { known, sortedTexts } from '../tf/tokens.ts';
import type { ApprovalRule, ComplianceLevel } from './approval-rule.ts';
import { checkAmongBaselines, checkImportedBaseline, checkPatchBaseline, type PatchBaselineFacts } from './checks.ts';
import type { FamilyOf, OperatingSystem } from './operating-system.ts';
import { filterKey, type GlobalFilters } from './patch-filters.ts';

export interface IPatchBaseline extends IConstruct {
  /** `pb-…`. */
  readonly baselineId: string;
  readonly operatingSystem: OperatingSystem;
  /** Where it is not the region of the stack's provider. */
  readonly region?: string;
}

/** A repository that nodes install patches from. Where sources are given they replace the node's own repositories. */
export interface PatchSource {
  /** 3 to 50 letters, digits, _ - . */
  readonly name: string;
  /** Versions of the operating system it is for, such as `Ubuntu22.04`; 1 to 20. */
  readonly products: readonly string[];
  /** What the package manager's file says, 1 to 1024 characters; one line for apt. It may hold secrets: Terraform hides it. */
  readonly configuration: string;
}

export interface PatchBaselineProps<System extends OperatingSystem> {
  /** 3 to 128 letters, digits, _ - . */
  readonly baselineName: string;
  /** Changing it replaces the baseline. */
  readonly operatingSystem: System;
  /** 1 to 1024 characters. @default - none */
  readonly description?: string;
  /** At most 10. @default - none: `approvedPatches` alone */
  readonly approvalRules?: readonly ApprovalRule<FamilyOf<System>>[];
  /** Patches approved by name, whatever the rules say; at most 50. @default - none */
  readonly approvedPatches?: readonly string[];
  /** How bad it is when one of `approvedPatches` is missing. @default UNSPECIFIED */
  readonly approvedPatchesComplianceLevel?: ComplianceLevel;
  /** Linux only: `approvedPatches` include updates that are not security updates. @default false */
  readonly approvedPatchesEnableNonSecurity?: boolean;
  /** Patches never installed, whatever approves them; at most 50. @default - none */
  readonly rejectedPatches?: readonly string[];
  /**
   * What becomes of a rejected patch that another one depends on, or that is installed already: `ALLOW_AS_DEPENDENCY`
   * installs it then, `BLOCK` never does and reports it where it is installed. @default ALLOW_AS_DEPENDENCY
   */
  readonly rejectedPatchesAction?: 'ALLOW_AS_DEPENDENCY' | 'BLOCK';
  /** At most 4 keys. AWS's API and Terraform's documentation disagree on their effect. @default - none */
  readonly globalFilters?: GlobalFilters;
  /** Linux only; at most 20. @default - none: the repositories set up on each node */
  readonly sources?: readonly PatchSource[];
  /**
   * Windows only: how a security update counts that is available but not approved. @default COMPLIANT
   */
  readonly availableSecurityUpdatesComplianceStatus?: 'COMPLIANT' | 'NON_COMPLIANT';
  /**
   * Makes it the account's default for its operating system in this region: nodes without a patch group use it. There
   * is one default per account and region, so set it in one stack. Removing it restores AWS's own. @default false
   */
  readonly registerAsDefault?: boolean;
  /** @default - none but the provider's default tags */
  readonly tags?: Readonly<Record<string, string>>;
  /** @default - the region of the stack's provider */
  readonly region?: string;
}

/**
 * Which patches are approved on one operating system.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-predefined-and-custom-patch-baselines.html
 */
export class PatchBaseline<System extends OperatingSystem = OperatingSystem>
  extends Construct
  implements IPatchBaseline
{
  /** A baseline that exists, AWS's own among them. */
  static fromBaselineId(
    scope: Construct,
    id: string,
    baselineId: string,
    operatingSystem: OperatingSystem,
  ): IPatchBaseline {
    return new ImportedPatchBaseline(scope, id, baselineId, operatingSystem);
  }

  readonly baselineId: string;
  readonly baselineName: string;
  readonly operatingSystem: System;
  readonly registeredAsDefault: boolean;
  readonly region?: string;

  constructor(scope: Construct, id: string, props: PatchBaselineProps<System>) {
    super(scope, id);
    this.baselineName = props.baselineName;
    this.operatingSystem = props.operatingSystem;
    this.registeredAsDefault = props.registerAsDefault === true;
    if (props.region !== undefined) this.region = props.region;
    const facts = factsOf(props);
    addCheck(this, (asOf) => [...checkPatchBaseline(facts, asOf), ...this.checkAmongOthers()]);
    // What has errors is never written. It is not rendered either: the framework would stumble over malformed values.
    const sound = checkPatchBaseline(facts).every((violation) => violation.severity !== 'error');
    const region = props.region === undefined ? {} : { region: props.region };
    const baseline = new SsmPatchBaseline(this, 'Resource', {
      ...region,
      name: props.baselineName,
      ...(sound && renderBaseline(props)),
    });
    this.baselineId = baseline.id;
    if (this.registeredAsDefault) {
      // Not `Default`: the framework leaves that id out of addresses, and two of them could meet.
      new SsmDefaultPatchBaseline(this, 'Registration', {
        ...region,
        baselineId: baseline.id,
        operatingSystem: props.operatingSystem,
      });
    }
  }

  private checkAmongOthers(): Violation[] {
    const others = constructsBefore(this, (other): other is PatchBaseline => other instanceof PatchBaseline).filter(
      (other) => other.region === this.region,
    );
    return checkAmongBaselines({
      baselines: others.length,
      defaultsOfSystem: others.filter((o) => o.registeredAsDefault && o.operatingSystem === this.operatingSystem)
        .length,
      registerAsDefault: this.registeredAsDefault,
      operatingSystem: known(this.operatingSystem) as OperatingSystem | undefined,
    });
  }
}

class ImportedPatchBaseline extends Construct implements IPatchBaseline {
  constructor(
    scope: Construct,
    id: string,
    readonly baselineId: string,
    readonly operatingSystem: OperatingSystem,
  ) {
    super(scope, id);
    addCheck(this, () =>
      checkImportedBaseline({ baselineId: known(baselineId), operatingSystem: known(operatingSystem) }),
    );
  }
}

function factsOf(props: PatchBaselineProps<OperatingSystem>): PatchBaselineFacts {
  const { approvalRules, registerAsDefault, ...rest } = props;
  return {
    ...known(rest),
    // What is no ApprovalRule has no props, and is refused as it is.
    ...(approvalRules !== undefined && {
      approvalRules: Array.isArray(approvalRules)
        ? approvalRules.map((rule) => known(rule?.props ?? rule))
        : approvalRules,
    }),
    // Whether there is a registration cannot wait until Terraform applies.
    registerAsDefault,
  } as PatchBaselineFacts;
}

function renderBaseline(props: PatchBaselineProps<OperatingSystem>) {
  const { operatingSystem, availableSecurityUpdatesComplianceStatus: status } = props;
  return {
    operatingSystem,
    ...(props.description !== undefined && { description: props.description }),
    approvalRule: renderRules(props.approvalRules ?? []),
    approvedPatches: sortedTexts(props.approvedPatches ?? []),
    approvedPatchesComplianceLevel: props.approvedPatchesComplianceLevel ?? 'UNSPECIFIED',
    approvedPatchesEnableNonSecurity: props.approvedPatchesEnableNonSecurity ?? false,
    rejectedPatches: sortedTexts(props.rejectedPatches ?? []),
    // The provider keeps the last value of this and of the next one once they are gone from the code.
    rejectedPatchesAction: props.rejectedPatchesAction ?? 'ALLOW_AS_DEPENDENCY',
    ...((operatingSystem === 'WINDOWS' || status !== undefined) && {
      availableSecurityUpdatesComplianceStatus: status ?? 'COMPLIANT',
    }),
    globalFilter: renderFilters({ ...props.globalFilters }),
    source: renderSources(props.sources ?? []),
    ...(props.tags !== undefined && { tags: { ...props.tags } }),
  };
}

/** Terraform keeps rules, filters and values in order, AWS does not: sorted, so that moving one never makes a diff. */
function renderRules(rules: readonly ApprovalRule[]) {
  const rendered = rules.map(({ props }) => ({
    patchFilter: renderFilters(props.filters),
    ...(props.approveAfterDays !== undefined && { approveAfterDays: props.approveAfterDays }),
    ...(props.approveUntilDate !== undefined && { approveUntilDate: props.approveUntilDate }),
    complianceLevel: props.complianceLevel,
    enableNonSecurity: props.enableNonSecurity ?? false,
  }));
  return sortedBy(rendered, (rule) => JSON.stringify(rule));
}

function renderFilters(filters: Readonly<Record<string, readonly string[] | undefined>>) {
  const entries = Object.entries(filters).flatMap(([property, values]) =>
    values === undefined ? [] : [{ key: filterKey(property), values: sortedTexts(values) }],
  );
  return sortedBy(entries, (filter) => filter.key);
}

function renderSources(sources: readonly PatchSource[]) {
  const rendered = sources.map((source) => ({ ...source, products: sortedTexts(source.products) }));
  return sortedBy(rendered, (source) => source.name);
}

function sortedBy<Item>(items: readonly Item[], key: (item: Item) => string): Item[] {
  return [...items].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}
