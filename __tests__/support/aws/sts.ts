import type { AssumeRoleRequest, AssumeRoleResponse, GetCallerIdentityResponse } from '@aws-sdk/client-sts';
import type { Service } from './sdk-model.ts';
import { refusals, ServiceError } from './service-error.ts';

/** Who signs a request. */
export interface Session {
  readonly account: string;
  readonly arn: string;
  /** Absent for keys that do not expire. */
  readonly token?: string;
  calls: number;
}

const prefix = 'SIMULATEDKEY';

/** Keys of an account for the environment of the SDK; there is nothing secret about them. */
export function keysOf(account: string): Record<string, string> {
  return { AWS_ACCESS_KEY_ID: `${prefix}${account}`, AWS_SECRET_ACCESS_KEY: 'simulated' };
}

/** The keys and roles of all accounts. */
export class Sessions {
  private readonly byKey = new Map<string, Session>();
  private made = 0;

  /** Who signed: nothing else of a signature is looked at. */
  identify(service: Service, accessKeyId: string, token: string | undefined): Session {
    const known = this.byKey.get(accessKeyId);
    if (known !== undefined && known.token === token) return known;
    const account = accessKeyId.startsWith(prefix) ? accessKeyId.slice(prefix.length) : '';
    if (!/^\d{12}$/.test(account) || token !== undefined) throw refusals.unknownClient[service]();
    const session = { account, arn: `arn:aws:iam::${account}:user/patcher`, calls: 0 };
    this.byKey.set(accessKeyId, session);
    return session;
  }

  assumeRole({ RoleArn, RoleSessionName, DurationSeconds = 3600 }: AssumeRoleRequest, now: Date): AssumeRoleResponse {
    const [, account, role] = /^arn:aws[\w-]*:iam::(\d{12}):role\/(.+)$/.exec(RoleArn ?? '') ?? [];
    if (account === undefined || role === undefined) throw new ServiceError('ValidationError', `${RoleArn} is invalid`);
    const AccessKeyId = `SIMULATEDROLE${account}N${++this.made}`;
    const token = `token-${this.made}`;
    const arn = `arn:aws:sts::${account}:assumed-role/${role.split('/').at(-1)}/${RoleSessionName}`;
    this.byKey.set(AccessKeyId, { account, arn, token, calls: 0 });
    return {
      Credentials: {
        AccessKeyId,
        SecretAccessKey: 'simulated',
        SessionToken: token,
        Expiration: new Date(now.getTime() + DurationSeconds * 1000),
      },
      AssumedRoleUser: { AssumedRoleId: `AROASIMULATED:${RoleSessionName}`, Arn: arn },
    };
  }
}

export function getCallerIdentity({ account, arn }: Session): GetCallerIdentityResponse {
  return { UserId: 'AIDASIMULATED', Account: account, Arn: arn };
}
