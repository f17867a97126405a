import { SsmPatchGroup } from '@cdktf/provider-aws/lib/ssm-patch-group/index.js';
import { Construct } from 'constructs';
import { listOf } from '../../core/value-checks.ts';
import type { IPatchBaseline } from '../patch-baseline/index.ts';
import { addCheck } from '../tf/construct-checks.ts';
import { constructsBefore } from '../tf/siblings.ts';
import { known } from '../tf/tokens.ts';
import {
  checkAmongGroups,
  checkPatchGroup,
  type GroupBaselineFacts,
  isGroupBaseline,
  type PatchGroupFacts,
  type patchGroupTagKeys,
} from './checks.ts';

/**
 * The key of the tag whose value names a node's patch group. `PatchGroup` works everywhere; `Patch Group` cannot be
 * used where instance metadata shows tags.
 */
export type PatchGroupTagKey = (typeof patchGroupTagKeys)[number];

export interface PatchGroupProps {
  /** Value of the tag: 1 to 256 letters, digits, spaces, _ . : / = + - @. Changing it replaces the registrations. */
  readonly groupName: string;
  /** One baseline for each operating system that nodes of the group run. */
  readonly baselines: readonly IPatchBaseline[];
  /** Both keys name groups alike; targets look for one of them. @default "PatchGroup" */
  readonly tagKey?: PatchGroupTagKey;
  /** @default - the region of each baseline */
  readonly region?: string;
}

/**
 * Registers a patch group on the baselines that its nodes use. It makes nothing on nodes: they join by carrying the tag
 * `tagKey` = `groupName`. A node whose operating system has no baseline here uses the default baseline.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/patch-manager-patch-groups.html
 */
export class PatchGroup extends Construct {
  readonly groupName: string;
  readonly tagKey: PatchGroupTagKey;
  readonly baselines: readonly IPatchBaseline[];
  private readonly facts: PatchGroupFacts;

  constructor(scope: Construct, id: string, props: PatchGroupProps) {
    super(scope, id);
    this.groupName = props.groupName;
    this.tagKey = props.tagKey ?? 'PatchGroup';
    this.baselines = listOf(props.baselines).filter(isGroupBaseline);
    const registrations = new Construct(this, 'Baselines');
    for (const baseline of this.baselines) {
      // A second baseline for an operating system is reported below; until then it must not end in a framework error.
      if (registrations.node.tryFindChild(baseline.operatingSystem) !== undefined) continue;
      const region = props.region ?? baseline.region;
      new SsmPatchGroup(registrations, baseline.operatingSystem, {
        patchGroup: props.groupName,
        baselineId: baseline.baselineId,
        ...(region !== undefined && { region }),
      });
    }
    const { baselines, ...plain } = props;
    this.facts = {
      ...known({ ...plain, tagKey: this.tagKey }),
      baselines: Array.isArray(baselines) ? baselines.map(factsOf) : baselines,
    };
    addCheck(this, () => [
      ...checkPatchGroup(this.facts),
      ...checkAmongGroups(
        this.facts,
        constructsBefore(this, (other): other is PatchGroup => other instanceof PatchGroup).map((group) => group.facts),
      ),
    ]);
  }

  /** The tag a node carries to be in the group. */
  get tag(): Readonly<Record<string, string>> {
    return { [this.tagKey]: this.groupName };
  }

  /** The same as the `tag` block of an Auto Scaling group, which gives it to every instance that it launches. */
  get propagatedTag(): { readonly key: string; readonly value: string; readonly propagateAtLaunch: true } {
    return { key: this.tagKey, value: this.groupName, propagateAtLaunch: true };
  }

  /** The same as an entry of `tagSpecifications` of a launch template; add other tags of instances to its `tags`. */
  get instanceTagSpecification(): { readonly resourceType: 'instance'; readonly tags: Record<string, string> } {
    return { resourceType: 'instance', tags: { ...this.tag } };
  }
}

/** The id stays as it is: it is not read, only told apart from others. */
function factsOf(baseline: IPatchBaseline | undefined): GroupBaselineFacts {
  const { baselineId, operatingSystem, region } = baseline ?? {};
  return { baselineId, operatingSystem: known(operatingSystem), region: known(region) };
}
