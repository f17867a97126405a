import { error, quoted, type Violation } from '../../core/problem.ts';
import { checkTags } from '../../core/resource-checks.ts';
import { checkText } from '../../core/value-checks.ts';
import { patchGroupTagKeys } from '../patch-group/checks.ts';

type Tags = Readonly<Record<string, unknown>>;

/** The tags of an instance, by where they come from. A value is absent where only Terraform knows it. */
export interface InstanceTagFacts {
  readonly instanceName?: string | undefined;
  /** The one tag of the patch group. */
  readonly patchGroupTag?: Tags | undefined;
  readonly tags?: Tags | undefined;
  readonly instanceMetadataTags?: boolean | undefined;
}

/** `nameField` is the property that the tag `Name` comes from. */
export function checkInstanceTags(instance: InstanceTagFacts, nameField = 'instanceName'): Violation[] {
  const { tags = {}, patchGroupTag = {}, instanceName } = instance;
  // The name and the patch group are checked where they were given; here they only count.
  const counted = { Name: undefined, ...Object.fromEntries(Object.keys(patchGroupTag).map((key) => [key, undefined])) };
  return [
    ...checkText(nameField, instanceName, { rule: 'compute/instance-name', min: 1, max: 256 }),
    ...checkTags({ ...tags, ...counted }),
    ...checkSameValue(tags, { Name: instanceName }, nameField, 'compute/name-tag'),
    ...checkSameValue(tags, patchGroupTag, 'patchGroup', 'compute/patch-group-tag'),
    ...checkOnePatchGroup({ ...tags, ...patchGroupTag }),
    ...(instance.instanceMetadataTags === true
      ? Object.keys({ ...tags, ...counted }).flatMap((key) => checkMetadataKey(key))
      : []),
  ];
}

/** A tag that another property sets must not be given with another value. */
function checkSameValue(tags: Tags, wanted: Tags, property: string, rule: string): Violation[] {
  return Object.entries(wanted)
    .filter(([key, value]) => value !== undefined && Object.hasOwn(tags, key))
    .filter(([key, value]) => tags[key] !== undefined && tags[key] !== value)
    .map(([key, value]) => {
      const message = `tags[${quoted(key)}] must be ${quoted(value)} as ${property} says, got ${quoted(tags[key])}`;
      return error(rule, message, 'remove it from tags');
    });
}

/** Both keys name groups alike, and a node is in one group only. */
function checkOnePatchGroup(tags: Tags): Violation[] {
  const [first, second] = patchGroupTagKeys.map((key) => (Object.hasOwn(tags, key) ? tags[key] : undefined));
  if (first === undefined || second === undefined || first === second) return [];
  const message = `tags must name one patch group, got PatchGroup = ${quoted(first)} and Patch Group = ${quoted(second)}`;
  return [error('compute/one-patch-group', message, 'keep one of them')];
}

/**
 * Instance metadata shows a tag as a path, so its key must fit into one.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/work-with-tags-in-IMDS.html
 */
function checkMetadataKey(key: string): Violation[] {
  if (/^[\w+\-=.,:@]+$/.test(key) && !['.', '..', '_index'].includes(key)) return [];
  const message = `tag key ${quoted(key)} must hold only letters, digits, + - = . , _ : @ and not be ".", ".." or "_index" while instanceMetadataTags is true: EC2 refuses the launch`;
  const rename = key === 'Patch Group' ? 'use PatchGroup as key' : 'rename it';
  return [error('compute/metadata-tag-key', message, `${rename}, or leave instanceMetadataTags out`)];
}
