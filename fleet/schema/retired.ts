import * as z from 'zod';
import { accountId, key, region, text } from './values.ts';

/** What was in the file once, so that its absence is no accident. */
export const retired = z
  .strictObject({
    account: z.union([accountId, z.literal('current')]).describe('Its number in quotes, or `current`.'),
    stackId: text
      .optional()
      .describe('Id of the stack that is gone, with `current` only, which may have had several. Default: all.'),
    regions: z
      .array(z.union([region, z.literal('global')]))
      .optional()
      .describe(
        'Regions that are gone; `global` for the stack of the roles, where those that it made are brought along now. Default: all, and the account with them.',
      ),
    assignments: z
      .array(key)
      .optional()
      .describe('Assignments that are gone from those regions, whose stacks remain. Default: the stacks are gone.'),
    reason: text.optional().describe('For people. Default: none.'),
  })
  .describe('An account, regions or assignments that left the fleet. What only leaves the file would go on patching.');

export type FleetRetired = z.infer<typeof retired>;
