import * as z from 'zod';
import { key, text } from './values.ts';

/** Patches that some rings go without for a while. */
export const waiver = z
  .strictObject({
    patches: z
      .array(text)
      .describe(
        'Names of patches, as `rejectedPatches` takes them: `KB5034441` of Windows, package names such as `docker*` of Linux.',
      ),
    rings: z.array(key).describe('Names of the rings whose baselines reject them.'),
    baselines: z
      .array(key)
      .optional()
      .describe('Keys of the baselines that reject them. Default: all whose operating system knows such names.'),
    owner: text.describe('Who answers for it.'),
    reason: text.describe('Why the patches are not installed.'),
    ticket: text.describe('Where it was decided, such as `OPS-4711` or an address.'),
    expires: text.describe(
      'Last day on which it holds, `YYYY-MM-DD`, a day of UTC. `validate` warns from 14 days before, and fails afterwards; until it is removed, the patches stay rejected.',
    ),
  })
  .describe(
    'Patches that are rejected until a day, which is how a single patch is delayed: Systems Manager knows no other way.',
  );

export type FleetWaiver = z.infer<typeof waiver>;
