import * as z from 'zod';
import { account, defaults, patterns } from './account.ts';
import { backend } from './backend.ts';
import { baseline, patchGroup } from './baseline.ts';
import { emergency } from './emergency.ts';
import { freeze } from './freeze.ts';
import { retired } from './retired.ts';
import { ring } from './ring.ts';
import { key, text } from './values.ts';
import { waiver } from './waiver.ts';

const role = z
  .strictObject({
    path: text.optional().describe('IAM path, such as `/patching/`. Default: `/`.'),
    permissionsBoundary: text
      .optional()
      .describe('ARN of the policy that bounds the role; `{account}` is filled in. Default: none.'),
  })
  .meta({ id: 'role', description: 'A role that the fleet makes.' });

const windowRole = role
  .extend({
    managedInstances: z
      .boolean()
      .optional()
      .describe(
        'Whether windows may also patch servers outside EC2 (`mi-…`), which are found by their tags as instances are. They may in any case where targets name `AWS::SSM::ManagedInstance`. Default: false.',
      ),
  })
  .meta({ id: 'windowRole', description: 'A role of windows that the fleet makes.' });

const existingRole = z
  .strictObject({
    arn: text.describe(
      'Its ARN, of the account that uses it; `{account}` is filled in. See to its permissions yourself.',
    ),
  })
  .meta({ id: 'existingRole', description: 'A role that exists.' });

const roles = z
  .strictObject({
    window: z
      .union([windowRole, existingRole, z.literal('service-linked')])
      .optional()
      .describe(
        'The role with which windows run their tasks: made, brought by its ARN, or `service-linked`, the one of AWS. Default: made.',
      ),
    instance: z
      .union([role, existingRole])
      .optional()
      .describe(
        'The role of the instances that the file declares: made, or brought by its ARN. Default: made where there are any.',
      ),
  })
  .describe('The IAM roles that windows and instances use.');

/** The fleet file: the one source of its types, of `fleet.schema.json` and of the reference page. */
export const fleetSchema = z
  .strictObject({
    version: z.literal(1).describe('Version of the file format.'),
    fleet: key.describe(
      'Name of the fleet, which the names of its roles, baselines and windows begin with. Changing it replaces the roles.',
    ),
    backend: backend.optional(),
    patchGroupTagKey: z
      .enum(['PatchGroup', 'Patch Group'])
      .optional()
      .describe('Key of the tag that names the patch group of a node. Default: `PatchGroup`.'),
    baselines: z
      .record(key, baseline)
      .describe('What is approved, by key. The key is part of Terraform addresses: another one replaces the baseline.'),
    patchGroups: z
      .record(key, patchGroup)
      .describe('Nodes that are patched alike, by key. The key is part of Terraform addresses.'),
    rings: z.array(ring).describe('When nodes are patched, in the order in which the rings are patched.'),
    freezes: z.array(freeze).optional().describe('Times in which nothing is installed. Default: none.'),
    waivers: z.array(waiver).optional().describe('Patches that some rings go without for a while. Default: none.'),
    emergencies: z
      .array(emergency)
      .optional()
      .describe('Patches that cannot wait for the next window of their rings. Default: none.'),
    roles: roles.optional().describe('The IAM roles that windows and instances use. Default: both are made.'),
    defaults: defaults.optional().describe('What every account has that does not say otherwise. Default: nothing.'),
    patterns: patterns
      .optional()
      .describe('What accounts have that do not say otherwise, by globs of their names and numbers. Default: none.'),
    accounts: z.array(account).describe('Every account of the fleet.'),
    retired: z
      .array(retired)
      .optional()
      .describe(
        'What left the fleet and was taken down; `validate --against` refuses what vanished without a word. Default: none.',
      ),
  })
  .describe('How a fleet of servers is patched.');

/** A fleet as its file says it, defaults not yet applied. */
export type Fleet = z.infer<typeof fleetSchema>;

export type { FleetAccount, FleetAssignment, FleetPattern } from './account.ts';
export type { FleetBackend } from './backend.ts';
export type { FleetBaseline, FleetPatchGroup } from './baseline.ts';
export type { FleetEmergency } from './emergency.ts';
export type { FleetFreeze } from './freeze.ts';
export type { FleetAutoScalingGroup, FleetInstance } from './instance.ts';
export type { FleetRetired } from './retired.ts';
export type { FleetBusinessHours, FleetInstall, FleetRing, FleetScan } from './ring.ts';
export type { FleetWaiver } from './waiver.ts';
