import * as z from 'zod';
import { key, text } from './values.ts';

/** Patches that cannot wait for the next window of a ring. */
export const emergency = z
  .strictObject({
    name: key.describe('Part of Terraform addresses and of names, as in the window `emergency-NAME`.'),
    patches: z
      .array(text)
      .describe(
        'What is approved at once: `KB5034441` for Windows; `CVE-2026-1234` or an advisory for yum and dnf. Each goes to the baselines whose operating system knows such names.',
      ),
    rings: z.array(key).describe('Names of the rings that are patched.'),
    at: text.describe('When the window opens, once: `YYYY-MM-DDThh:mm`, by the clocks of `timezone`.'),
    timezone: text.optional().describe('IANA name, such as `Europe/Berlin`. Default: UTC.'),
    expires: text.describe('Last day on which it may stand in the file, `YYYY-MM-DD`. `validate` fails afterwards.'),
    duration: z.number().optional().describe('Hours the window stays open, 1 to 24. Default: 3.'),
    cutoff: z.number().optional().describe('Hours before its end after which no task starts. Default: 1.'),
    maxConcurrency: text.describe('Nodes at a time, `"2"` or `"10%"`. No default fits every fleet.'),
    maxErrors: text.describe('Each task stops at one error more than this, `"1"` or `"5%"`.'),
    rebootOption: z
      .enum(['RebootIfNeeded', 'NoReboot'])
      .optional()
      .describe('`RebootIfNeeded` reboots whenever anything was installed, needed or not. Default: RebootIfNeeded.'),
    reason: text.optional().describe('For people; it is deployed nowhere. Default: none.'),
  })
  .describe(
    'A window that opens once, scans, and installs what is approved with these patches added. What else is approved by then is installed as well. Hooks, output, notification and timeouts are those of the first install window of each ring.',
  );

export type FleetEmergency = z.infer<typeof emergency>;
