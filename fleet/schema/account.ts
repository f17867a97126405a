import * as z from 'zod';
import { autoScalingGroup, instance } from './instance.ts';
import { accountGlob, accountId, key, region, tags, text } from './values.ts';

const tagValues = z.array(text);

const targets = z
  .union([
    z.strictObject({
      tags: z
        .record(z.string(), tagValues)
        .describe('Nodes that carry every one of these tags with one of its values.'),
    }),
    z.strictObject({
      resourceGroup: text.describe('Name of a resource group, whose members are the nodes.'),
      resourceTypes: z
        .array(text)
        .optional()
        .describe('Of its members only these, such as `AWS::EC2::Instance`. Default: all.'),
    }),
  ])
  .meta({ id: 'targets', description: 'Nodes by their tags, or as the members of a resource group.' });

const assignment = z
  .strictObject({
    ring: key.describe(
      'Name of a ring. Moving to a ring with windows of the same names changes resources in place and replaces none.',
    ),
    patchGroups: z.array(key).describe('Keys of `patchGroups`, at most 20.'),
    targets: targets
      .optional()
      .describe(
        'Nodes to patch. Their baselines still come from their patch groups. No two targets of an account and region may install on the same nodes. Default: the nodes that carry the tags of the patch groups.',
      ),
    approveAfterDays: z
      .number()
      .optional()
      .describe('Days after release that patches are approved, 0 to 360. Default: the number of the ring.'),
    nodes: z
      .record(key, z.number())
      .optional()
      .describe(
        'How many nodes there are in each account and region, by patch group (`selected` where `targets` are given); it is used to see whether all fit into a window, not deployed. Default: the instances that the file declares.',
      ),
  })
  .meta({ id: 'assignment', description: 'Which patch groups are patched, and in which ring.' });

const assignments = z.record(key, assignment);
const instances = z.record(key, instance);
const autoScalingGroups = z.record(key, autoScalingGroup);

/** What can be said of one region, of an account, of some and of all of them; `above` holds where nothing is said. */
function placeUnder(above: string) {
  return {
    assignments: assignments
      .optional()
      .describe(
        `Assignments by name. The name is part of Terraform addresses and of the names of resources; \`default\` is left out of both. Default: ${above}.`,
      ),
    tags: tags.optional().describe(`Tags of every resource. Default: ${above}; all levels add up.`),
    instances: instances.optional().describe(`Instances to make, by key. Default: ${above}.`),
    autoScalingGroups: autoScalingGroups.optional().describe(`Auto Scaling groups to make, by key. Default: ${above}.`),
  };
}

/** How Terraform gets into an account. */
function credentialsUnder(above: string) {
  return {
    assumeRoleArn: text
      .optional()
      .describe(`ARN of a role that Terraform assumes; \`{account}\` and \`{name}\` are filled in. Default: ${above}.`),
    profile: z
      .string()
      .regex(/./, 'must be the name of a profile, or be left out')
      .optional()
      .describe(
        `Profile of the AWS configuration that Terraform uses; \`{account}\` and \`{name}\` are filled in. Default: ${above}.`,
      ),
  };
}

const regionPlace = z
  .strictObject(placeUnder('what the account says'))
  .meta({ id: 'place', description: 'What differs in one region.' });

const regions = z
  .union([z.array(region), z.record(region, regionPlace.nullable())])
  .meta({ id: 'regions', description: 'A list of regions, or a map of regions with what differs there.' });

export const account = z
  .strictObject({
    account: z
      .union([accountId, z.literal('current')])
      .describe('Its number in quotes, or `current`: whatever the credentials say.'),
    name: key.optional().describe('A name for people, and for `{name}`. Default: none.'),
    stackId: text.optional().describe('Id of the only stack, with `current` only. Default: `current-` and the region.'),
    regions: regions
      .optional()
      .describe(
        'A list of regions, or a map of regions with what differs there. Default: those of patterns, then of `defaults`.',
      ),
    ...credentialsUnder('what patterns say, then `defaults`'),
    ...placeUnder('what patterns say, then `defaults`'),
  })
  .meta({ id: 'account', description: 'An account, and what runs there.' });

/** Far more than anyone reads, and few enough to be matched with every account at once. */
const most = { patterns: 50, globs: 50 };

const pattern = z
  .strictObject({
    accounts: z
      .array(accountGlob)
      .min(1, 'must hold at least one glob')
      .max(most.globs, `must hold at most ${most.globs} globs`)
      .describe('Globs of names or numbers of accounts, 1 to 50, such as `shop-*`, `team-0[1-4]` or `"1111*"`.'),
    regions: regions
      .optional()
      .describe('Regions of accounts that name none. Default: those of later patterns, then of `defaults`.'),
    ...credentialsUnder('what later patterns say, then `defaults`'),
    ...placeUnder('what later patterns say, then `defaults`'),
  })
  .meta({ id: 'pattern', description: 'What accounts have whose name or number it matches.' });

export const patterns = z.array(pattern).max(most.patterns, `must hold at most ${most.patterns} patterns`);

export const defaults = z
  .strictObject({
    regions: regions.optional().describe('Regions of accounts that name none. Default: none.'),
    ...credentialsUnder('none'),
    ...placeUnder('none'),
  })
  .describe('What every account has that does not say otherwise.');

export type FleetAccount = z.infer<typeof account>;
export type FleetAssignment = z.infer<typeof assignment>;
export type FleetPattern = z.infer<typeof pattern>;
