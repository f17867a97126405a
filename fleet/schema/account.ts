import * as z from 'zod';
import { accountId, key, region, tags, text } from './values.ts';

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
        'Nodes to patch. Their baselines still come from their patch groups. Default: the nodes that carry the tags of the patch groups.',
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

const instance = z
  .strictObject({
    name: text.describe('Value of the tag `Name`.'),
    image: z
      .enum([
        'windows-server-2016',
        'windows-server-2019',
        'windows-server-2022',
        'windows-server-2025',
        'amazon-linux-2',
        'amazon-linux-2023',
        'ubuntu-22.04',
        'ubuntu-24.04',
        'debian-12',
      ])
      .describe('A public image of AWS or of the system’s maker. Another one replaces the instance.'),
    instanceType: text
      .optional()
      .describe('Type of the instance. Default: `t3.large` for Windows, `t3.small` for Linux.'),
    patchGroup: key.describe('A key of `patchGroups`, whose tag the instance carries.'),
    subnetId: text.optional().describe('A subnet with a route to Systems Manager. Default: one of the default VPC.'),
    vpcId: text.optional().describe('The VPC of the subnet, given together with it. Default: the default VPC.'),
  })
  .meta({ id: 'instance', description: 'An instance made by the stack.' });

const assignments = z.record(key, assignment);
const instances = z.record(key, instance);

/** What can be said of one region, of an account and of all of them; `above` holds where nothing is said. */
function placeUnder(above: string) {
  return {
    assignments: assignments
      .optional()
      .describe(
        `Assignments by name. The name is part of Terraform addresses and of the names of resources; \`default\` is left out of both. Default: ${above}.`,
      ),
    tags: tags.optional().describe(`Tags of every resource. Default: ${above}; all levels add up.`),
    instances: instances.optional().describe(`Instances to make, by key. Default: ${above}.`),
  };
}

/** How Terraform gets into an account. */
function credentialsUnder(above: string) {
  return {
    assumeRoleArn: text
      .optional()
      .describe(`ARN of a role that Terraform assumes; \`{account}\` and \`{name}\` are filled in. Default: ${above}.`),
    profile: text
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
      .describe('A list of regions, or a map of regions with what differs there. Default: those of `defaults`.'),
    ...credentialsUnder('what `defaults` says'),
    ...placeUnder('what `defaults` says'),
  })
  .meta({ id: 'account', description: 'An account, and what runs there.' });

export const defaults = z
  .strictObject({
    regions: regions.optional().describe('Regions of accounts that name none. Default: none.'),
    ...credentialsUnder('none'),
    ...placeUnder('none'),
  })
  .describe('What every account has that does not say otherwise.');

export type FleetAccount = z.infer<typeof account>;
export type FleetAssignment = z.infer<typeof assignment>;
export type FleetInstance = z.infer<typeof instance>;
