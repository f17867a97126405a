import type { EC2Client } from '@aws-sdk/client-ec2';
import type { SSMClient } from '@aws-sdk/client-ssm';
import pLimit from 'p-limit';
import type { Entry } from './accounts.ts';
import type { Action } from './actions.ts';
import { FailedCall, InvalidAnswer, isExpired } from './failure.ts';
import type { Gaps } from './gaps.ts';
import { type AwsSourceOptions, defaults } from './options.ts';
import type { Send, Session } from './session.ts';

/** How often one call may get new credentials: AWS also says `expired` where clocks differ. */
const mostRenewals = 3;

/** Sends one call when its turn comes, and notes what is permitted by that. */
type Ask = <Answer>(action: Action, send: Send<Answer>) => Promise<Answer>;

/** What the readers of one place work with. */
export interface PlaceSession {
  readonly ssm: SSMClient;
  readonly ec2: EC2Client;
  readonly ask: Ask;
  readonly gaps: Gaps;
  readonly permissions: Set<Action>;
}

/**
 * AWS always sends a list, be it an empty one. The SDK makes an answer of nothing of many that are none, such as a proxy's,
 * which must not be taken for no instances at all.
 */
function notEmpty<Answer>(answer: Answer): Answer {
  if (Object.keys(answer as object).every((key) => key === '$metadata'))
    throw new InvalidAnswer('an answer without anything in it');
  return answer;
}

/** One place, behind a way in: its calls take turns among themselves and with those of all places. */
export function enterPlace(
  session: Session,
  entry: Entry,
  {
    region,
    profile,
    gaps,
    options,
  }: {
    readonly region: string;
    readonly profile: string | undefined;
    readonly gaps: Gaps;
    readonly options: AwsSourceOptions;
  },
): PlaceSession {
  const turns = pLimit((options.concurrency ?? defaults.concurrency).perPlace);
  const permissions = new Set<Action>(entry.asked());
  const ask: Ask = (action, send) =>
    turns(async () => {
      permissions.add(action);
      for (let renewals = 0; ; renewals++) {
        const used = await entry.credentials();
        try {
          return notEmpty(await session.ask(send));
        } catch (error) {
          if (!isExpired(error) || renewals === mostRenewals || !(await entry.renew(used)))
            throw new FailedCall(action, error);
        }
      }
    });
  return { ...session.clientsOf(entry.credentials, region, profile), ask, gaps, permissions };
}
