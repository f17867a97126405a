import * as z from 'zod';
import { text } from './values.ts';

/** Where states are kept; one of the four. */
export const backend = z
  .union([
    z
      .strictObject({ local: z.strictObject({}) })
      .describe('A file `terraform.STACK.tfstate` beside `cdktf.out`, for trying things out.'),
    z
      .strictObject({
        s3: z.strictObject({
          bucket: text.describe('A bucket that exists, with versioning.'),
          region: text.describe('Region of the bucket.'),
          keyPrefix: text
            .optional()
            .describe('What the key begins with; the id of the stack and `.tfstate` follow. Default: `patchfleet/`.'),
          kmsKeyId: text
            .optional()
            .describe('ARN of the KMS key that encrypts the state. Default: none, the bucket decides.'),
          assumeRoleArn: text
            .optional()
            .describe('ARN of a role that may use the bucket. Default: none, the credentials of Terraform.'),
        }),
      })
      .describe('An S3 bucket: encrypted, locked by a file beside the state.'),
    z
      .strictObject({
        remote: z.strictObject({
          organization: text.describe('Name of the organization.'),
          hostname: text.optional().describe('Host of Terraform Enterprise. Default: `app.terraform.io`.'),
          workspacePrefix: text
            .optional()
            .describe('What the name of each workspace begins with; the id of the stack follows. Default: none.'),
        }),
      })
      .describe('HCP Terraform: one workspace a stack.'),
    z
      .strictObject({
        http: z.strictObject({
          address: text.describe('Address of a state; `{stack}` is filled in.'),
          lockAddress: text
            .optional()
            .describe('Address that locks it; `{stack}` is filled in. Default: none, states are not locked.'),
          unlockAddress: text
            .optional()
            .describe('Address that unlocks it; `{stack}` is filled in. Default: none, states are not locked.'),
        }),
      })
      .describe('A server that speaks Terraform’s HTTP protocol.'),
  ])
  .describe('Where Terraform keeps the states, one for each stack. Default: `local`.');

export type FleetBackend = z.infer<typeof backend>;
