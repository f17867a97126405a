import * as z from 'zod';
import { key, tags, text } from './values.ts';

const image = z.enum([
  'windows-server-2016',
  'windows-server-2019',
  'windows-server-2022',
  'windows-server-2025',
  'amazon-linux-2',
  'amazon-linux-2023',
  'ubuntu-22.04',
  'ubuntu-24.04',
  'debian-12',
]);

const instanceType = text
  .optional()
  .describe('Type of the instance. Default: `t3.large` for Windows, `t3.small` for Linux.');

const ownTags = tags
  .optional()
  .describe('Its own tags, beside `Name`, that of its patch group and those of the place. Default: none.');

export const instance = z
  .strictObject({
    name: text.describe('Value of the tag `Name`.'),
    image: image.describe('A public image of AWS or of the system’s maker. Another one replaces the instance.'),
    instanceType,
    patchGroup: key.describe('A key of `patchGroups`, whose tag the instance carries.'),
    tags: ownTags,
    subnetId: text.optional().describe('A subnet with a route to Systems Manager. Default: one of the default VPC.'),
    vpcId: text.optional().describe('The VPC of the subnet, given together with it. Default: the default VPC.'),
  })
  .meta({ id: 'instance', description: 'An instance made by the stack.' });

export const autoScalingGroup = z
  .strictObject({
    name: text.describe(
      'Name of the group and of its launch template, and value of the tag `Name` of its instances. Another one replaces the group.',
    ),
    image: image.describe(
      'A public image of AWS or of the system’s maker. Whatever the group launches starts from the newest.',
    ),
    instanceType,
    patchGroup: key.describe('A key of `patchGroups`, whose tag every instance carries from its launch on.'),
    tags: ownTags,
    minSize: z.number().describe('Fewest instances, from 0.'),
    maxSize: z.number().describe('Most instances, from `minSize`.'),
    desiredCapacity: z
      .number()
      .optional()
      .describe('Instances to keep, and to go back to on every deployment. Default: what scaling decides.'),
    subnetIds: z.array(text).describe('Subnets with a route to Systems Manager.'),
    vpcId: text.describe('The VPC of the subnets.'),
  })
  .meta({
    id: 'autoScalingGroup',
    description: 'An Auto Scaling group and its launch template, made by the stack.',
  });

export type FleetInstance = z.infer<typeof instance>;
export type FleetAutoScalingGroup = z.infer<typeof autoScalingGroup>;
