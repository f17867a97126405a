import * as z from 'zod';
import { key, text } from './values.ts';

/** A time in which nothing is installed. */
export const freeze = z
  .strictObject({
    name: key.describe('Named by `npx patchfleet freeze NAME`.'),
    from: text.describe(
      'When it begins: a day, such as `2026-12-18`, from its first moment on, or an instant with its offset, such as `2026-12-18T18:00:00+01:00`.',
    ),
    to: text.describe(
      'When it ends: a day, which is frozen to its last moment, or an instant with its offset. At most 366 days later.',
    ),
    timezone: text
      .optional()
      .describe('IANA name of the zone in which days begin and end, such as `Europe/Berlin`. Default: UTC.'),
    rings: z.array(key).optional().describe('Names of the rings that are frozen. Default: all.'),
    reason: text.describe('Why, for people.'),
    closed: z
      .array(text)
      .optional()
      .describe(
        'Install windows that `freeze NAME --apply` has closed, as `RING/WINDOW`; `--lift` opens these and no other. Written by the command. Default: none.',
      ),
  })
  .describe(
    'A time in which no install may start or still run. Windows are closed and opened by `npx patchfleet freeze`, as a change of the file that is reviewed and deployed.',
  );

export type FleetFreeze = z.infer<typeof freeze>;
