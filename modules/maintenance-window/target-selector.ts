import { listOf } from '../../core/value-checks.ts';
import type { PatchGroup } from '../patch-group/index.ts';
import { sortedTexts } from '../tf/tokens.ts';

/** One condition of a selection, in AWS's words: `tag:PatchGroup`, `tag-key`, `InstanceIds`, `resource-groups:Name`. */
export interface SelectorEntry {
  readonly key: string;
  readonly values: readonly string[];
}

/**
 * Which nodes a target stands for. All conditions must hold, any value of a condition is enough.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-maintenance-assign-targets.html
 */
export class TargetSelector {
  /** The nodes of a patch group, by the tag key the group uses. */
  static patchGroup(group: PatchGroup): TargetSelector {
    return TargetSelector.tags({ [group.tagKey]: [group.groupName] });
  }

  /** Nodes that carry every tag with one of its values; at most 5 tags, 50 values each. */
  static tags(tags: Readonly<Record<string, readonly string[]>>): TargetSelector {
    return new TargetSelector(
      'INSTANCE',
      Object.entries({ ...tags }).map(([key, values]) => entry(`tag:${key}`, values)),
    );
  }

  /** Nodes that carry every tag key, whatever its value; at most 5. */
  static tagKeys(keys: readonly string[]): TargetSelector {
    return new TargetSelector('INSTANCE', [entry('tag-key', keys)]);
  }

  /** Nodes by id, `i-…` and `mi-…`; at most 50. */
  static instanceIds(ids: readonly string[]): TargetSelector {
    return new TargetSelector('INSTANCE', [entry('InstanceIds', ids)]);
  }

  /** The nodes of a resource group, limited to some resource types such as `AWS::EC2::Instance` if given. */
  static resourceGroup(name: string, resourceTypes: readonly string[] = []): TargetSelector {
    const types = resourceTypes.length === 0 ? [] : [entry('resource-groups:ResourceTypeFilters', resourceTypes)];
    return new TargetSelector('RESOURCE_GROUP', [entry('resource-groups:Name', [name]), ...types]);
  }

  /** Whether it names nodes outside EC2, which have permissions of their own. Nobody knows what tags will match. */
  get namesManagedInstances(): boolean {
    const values = this.entries.flatMap((selected) => listOf(selected.values));
    return values.some((value) => /^mi-|^AWS::SSM::ManagedInstance$/.test(value));
  }

  private constructor(
    readonly resourceType: 'INSTANCE' | 'RESOURCE_GROUP',
    readonly entries: readonly SelectorEntry[],
  ) {
    this.entries = [...entries].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  }
}

function entry(key: string, values: readonly string[]): SelectorEntry {
  // What is no list is left for the checks to report.
  return { key, values: Array.isArray(values) ? sortedTexts(values) : values };
}
