import { error, quoted, type Violation } from '../../core/problem.ts';
import { checkEc2Tags, mostTags } from '../../core/resource-checks.ts';
import { checkText } from '../../core/value-checks.ts';
import { patchGroupTagKeys } from '../patch-group/checks.ts';

type Tags = Readonly<Record<string, unknown>>;

/** The tags of an instance, by where they come from. A value is absent where only Terraform knows it. */
export interface InstanceTagFacts {
  readonly instanceName?: string | undefined;
  /** The one tag of the patch group. */
  readonly patchGroupTag?: Tags | undefined;
  readonly tags?: Tags | undefined;
  /** What the provider gives it beside those, where none of them has the key. */
  readonly defaultTags?: Tags | undefined;
  readonly instanceMetadataTags?: boolean | undefined;
}

/** `nameField` is the property that the tag `Name` comes from. */
export function checkInstanceTags(instance: InstanceTagFacts, nameField = 'instanceName'): Violation[] {
  const { tags = {}, patchGroupTag = {}, defaultTags = {}, instanceName } = instance;
  // The name and the patch group are checked where they were given; here they only count.
  const counted = { Name: undefined, ...Object.fromEntries(Object.keys(patchGroupTag).map((key) => [key, undefined])) };
  return [
    ...checkText(nameField, instanceName, { rule: 'compute/instance-name', min: 1, max: 256 }),
    ...checkEc2Tags({ ...tags, ...counted }),
    ...checkSameValue(tags, { Name: instanceName }, nameField, 'compute/name-tag'),
    ...checkSameValue(tags, patchGroupTag, 'patchGroup', 'compute/patch-group-tag'),
    ...checkOnePatchGroup({ ...tags, ...patchGroupTag }),
    ...checkTagsTogether(instance, defaultTags),
    ...(instance.instanceMetadataTags === true
      ? Object.keys({ ...defaultTags, ...tags, ...counted }).flatMap((key) => checkMetadataKey(key))
      : []),
  ];
}

/** What only comes about with the tags that it gets from elsewhere. `own` and `others` are what the two are called. */
export function checkTagsTogether(
  { tags = {}, patchGroupTag = {} }: InstanceTagFacts,
  otherTags: Tags,
  { own, others }: { readonly own: string; readonly others: string } = {
    own: 'tags',
    others: "the provider's default tags",
  },
): Violation[] {
  const ownTags = { ...tags, Name: undefined, ...patchGroupTag };
  const together = { ...otherTags, ...ownTags };
  const foreignKey = patchGroupTagKeys.find((key) => !Object.hasOwn(ownTags, key));
  const count = Object.keys(together).length;
  const isTooMany = count > mostTags && Object.keys(ownTags).length <= mostTags;
  const tooMany = `${own} must hold at most ${mostTags} entries with ${others}, got ${count}`;
  return [
    ...(isTooMany ? [error('tags/count', tooMany, 'remove some')] : []),
    ...(checkOnePatchGroup(ownTags).length === 0 ? checkOnePatchGroup(together, own, ` with ${others}`) : []).map(
      (violation) => ({ ...violation, fix: `remove ${foreignKey} from ${others}` }),
    ),
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
function checkOnePatchGroup(tags: Tags, own = 'tags', others = ''): Violation[] {
  const [first, second] = patchGroupTagKeys.map((key) => (Object.hasOwn(tags, key) ? tags[key] : undefined));
  if (first === undefined || second === undefined || first === second) return [];
  const message = `${own} must name one patch group${others}, got PatchGroup = ${quoted(first)} and Patch Group = ${quoted(second)}`;
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
