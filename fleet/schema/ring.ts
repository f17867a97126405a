import * as z from 'zod';
import { key, text } from './values.ts';

const schedule = z
  .union([
    text,
    z.strictObject({
      patchTuesday: z
        .strictObject({
          plusDays: z.number().describe('Days after the second Tuesday of the month, 0 to 20.'),
          at: text.describe('Time of day, `HH:MM`, in quotes.'),
        })
        .describe('Every month, counted from the day on which Microsoft releases patches.'),
    }),
  ])
  .meta({
    id: 'schedule',
    description:
      'When it opens: `cron(…)`, `rate(…)` or `at(…)` in the words of AWS, or a day counted from Patch Tuesday.',
  });

const notification = z
  .strictObject({
    topicArn: text.describe('ARN of a standard SNS topic, of any account; `{account}` and `{region}` are filled in.'),
    roleArn: text.describe(
      'ARN of the role with which Run Command publishes, of the account of the window; `{account}` is filled in.',
    ),
    events: z
      .array(z.enum(['All', 'InProgress', 'Success', 'TimedOut', 'Cancelled', 'Failed']))
      .optional()
      .describe('What is told. Default: TimedOut, Cancelled and Failed.'),
    type: z
      .enum(['Command', 'Invocation'])
      .optional()
      .describe('One message for each command, or for each node. Default: Command.'),
  })
  .meta({ id: 'notification', description: 'Who is told how a command ends.' });

const output = z
  .strictObject({
    s3BucketName: text
      .optional()
      .describe('A bucket that exists; `{account}` and `{region}` are filled in. Default: none.'),
    s3KeyPrefix: text
      .optional()
      .describe(
        'Prefix of the keys in the bucket, behind which `/scan` or `/install` is put; 500 characters with it. Default: `patch-manager`.',
      ),
    cloudWatchLogGroupName: text
      .optional()
      .describe('A log group that exists, or that nodes may create. Default: none.'),
  })
  .meta({ id: 'output', description: 'Where the output of commands goes.' });

const window = {
  schedule,
  timezone: text.optional().describe('IANA name, such as `Europe/Berlin`. Default: UTC.'),
  offset: z.number().optional().describe('Days after the day that cron names, 0 to 6. Default: 0.'),
  startDate: text
    .optional()
    .describe('First instant it may open, such as `2026-12-01T00:00:00+01:00`. Default: when it is created.'),
  endDate: text.optional().describe('Instant after which it opens no more. Default: none.'),
  duration: z.number().optional().describe('Hours it stays open, 1 to 24. Default: 3.'),
  cutoff: z.number().optional().describe('Hours before its end after which no task starts. Default: 1.'),
  enabled: z.boolean().optional().describe('Whether it opens at all. Default: true.'),
  maxConcurrency: text.describe('Nodes at a time, `"2"` or `"10%"`. No default fits every fleet.'),
  maxErrors: text.describe('The task stops at one error more than this, `"1"` or `"5%"`.'),
  cutoffBehavior: z
    .enum(['CONTINUE_TASK', 'CANCEL_TASK'])
    .optional()
    .describe('What becomes of a task that runs at the cutoff. Default: CONTINUE_TASK.'),
  deliveryTimeoutSeconds: z
    .number()
    .optional()
    .describe('Seconds that a node has to take the command, 30 to 2592000. Default: 3600, decided by AWS.'),
  stepTimeoutSeconds: z
    .number()
    .optional()
    .describe('Seconds that a node may take, 1 to 36000. Default: what the document of AWS says.'),
  output: output
    .optional()
    .describe(
      'Where the output of commands goes. Default: nowhere; the first 48,000 characters stay in Systems Manager.',
    ),
  notification: notification.optional().describe('Who is told how a command ends. Default: nobody.'),
};

const scan = z
  .strictObject(window)
  .meta({ id: 'scan', description: 'When nodes report what they miss. Nothing is installed.' });

const install = z
  .strictObject({
    name: key
      .optional()
      .describe(
        'Tells several install windows of a ring apart; part of Terraform addresses and of names. Default: none, for one of them.',
      ),
    ...window,
    rebootOption: z
      .enum(['RebootIfNeeded', 'NoReboot'])
      .optional()
      .describe('`RebootIfNeeded` reboots whenever anything was installed, needed or not. Default: RebootIfNeeded.'),
    hooks: z
      .strictObject({
        preInstall: text.optional().describe('Runs before patching. Default: none.'),
        postInstall: text.optional().describe('Runs after patching, before a reboot. Default: none.'),
        onExit: text.optional().describe('Runs last, after a reboot. Default: none.'),
      })
      .optional()
      .describe('Names of command documents that run on each node around patching. Default: none.'),
    minutesPerNode: z
      .number()
      .optional()
      .describe(
        'Minutes that patching one node takes, a reboot included; it is used to see whether all nodes fit into the window, not deployed. Default: 30.',
      ),
    installOverrideList: text
      .optional()
      .describe(
        '`https://…` or `s3://…` of a list that is installed instead of what the baseline approves; `{account}` and `{region}` are filled in. Default: none.',
      ),
  })
  .meta({ id: 'install', description: 'When nodes install what is approved, and reboot.' });

const businessHours = z
  .strictObject({
    days: z
      .array(z.enum(['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN']))
      .optional()
      .describe('Days on which the hours begin. Default: Monday to Friday.'),
    from: text.describe('Time of day, `HH:MM`, in quotes.'),
    to: text.describe(
      'Time of day, `HH:MM`, in quotes, up to `"24:00"`. On the next day where it is not after `from`, such as from `"22:00"` to `"06:00"`.',
    ),
    timezone: text.optional().describe('IANA name, such as `Europe/Berlin`. Default: that of each install window.'),
  })
  .meta({ id: 'businessHours', description: 'Hours in which no install window may be open.' });

export const ring = z
  .strictObject({
    name: key.describe('Named by assignments, and part of no address.'),
    description: text.optional().describe('For people; it is deployed nowhere. Default: none.'),
    critical: z
      .boolean()
      .optional()
      .describe(
        'Terraform refuses to destroy its baselines and windows while the file has them. Terraform does not guard what leaves the file or changes its key: `validate --against` does. Default: false.',
      ),
    approveAfterDays: z
      .number()
      .optional()
      .describe(
        'Days after release that patches are approved in the ring, 0 to 360. Default: the number of each rule.',
      ),
    approveUntilDates: z
      .record(key, z.array(text))
      .optional()
      .describe(
        'Pins what the ring approves: for a key of `baselines`, a day `YYYY-MM-DD` for each of its rules, which approve what was released up to it, instead of any delay. Written by `npx patchfleet promote`. Default: none, delays decide.',
      ),
    soakDays: z
      .number()
      .optional()
      .describe(
        'Days that a patch must have spent in the ring before this one. It is checked and reported, not deployed. Default: none.',
      ),
    patchWithinDays: z
      .number()
      .optional()
      .describe(
        'Days after release by which the ring must have a patch. It is checked and reported, not deployed. Default: none.',
      ),
    businessHours: businessHours
      .optional()
      .describe('Hours in which no install window may be open. It is checked, not deployed. Default: none.'),
    scan: scan.optional().describe('When nodes report what they miss. Default: none, installs report alone.'),
    install: z
      .union([install, z.array(install)])
      .optional()
      .describe(
        'When nodes install what is approved: one window, or a list of them. Default: none, the ring only scans.',
      ),
  })
  .meta({ id: 'ring', description: 'When and how carefully a part of the fleet is patched.' });

export type FleetBusinessHours = z.infer<typeof businessHours>;
export type FleetRing = z.infer<typeof ring>;
export type FleetScan = z.infer<typeof scan>;
export type FleetInstall = z.infer<typeof install>;
