import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { failureOf, NoEntry } from './failure.ts';
import type { AwsSourceOptions } from './options.ts';
import type { Credentials, Session } from './session.ts';

/** Whose credentials these are. */
export interface Identity {
  readonly account: string;
  readonly arn: string;
}

/** A way into an account: credentials of a profile, or of a role that they assume. */
export interface Entry {
  /** Called for every request: the SDK must not keep what may have been renewed. */
  readonly credentials: () => Promise<Credentials>;
  /** Fails with NoEntry where the credentials are no good. */
  readonly identity: () => Promise<Identity>;
  readonly assumesRole: boolean;
  /** Replaces credentials that AWS calls expired, unless somebody just has. False where they cannot be replaced. */
  readonly renew: (expired: Credentials | undefined) => Promise<boolean>;
}

type Way = Pick<AwsSourceOptions['places'][number], 'profile' | 'assumeRoleArn'>;

/** Before its end, a role is assumed anew: a slow call must not outlive its credentials. */
const marginMs = 5 * 60_000;

/** Every way in is opened once, however many regions are behind it. */
export class Accounts {
  private readonly entries = new Map<string, Entry>();

  constructor(
    private readonly session: Session,
    private readonly profile: string | undefined,
    private readonly now: () => Date,
  ) {}

  enter({ profile = this.profile, assumeRoleArn }: Way): Entry {
    const key = JSON.stringify([profile, assumeRoleArn]);
    let entry = this.entries.get(key);
    if (entry === undefined) {
      entry = assumeRoleArn === undefined ? this.profileEntry(profile) : this.roleEntry(profile, assumeRoleArn);
      this.entries.set(key, entry);
    }
    return entry;
  }

  private profileEntry(profile: string | undefined): Entry {
    const chain = fromNodeProviderChain(profile === undefined ? {} : { profile });
    let credentials: Promise<Credentials> | undefined;
    let identity: Promise<Identity> | undefined;
    const load = () => {
      credentials ??= chain().catch((error) => {
        throw noCredentials(error, profile);
      });
      return credentials;
    };
    const current = async () => {
      const loaded = await load();
      if (!this.endsSoon(loaded)) return loaded;
      credentials = undefined;
      return load();
    };
    return {
      credentials: current,
      identity: () => (identity ??= this.identify(current, profile)),
      assumesRole: false,
      renew: async () => false,
    };
  }

  private roleEntry(profile: string | undefined, roleArn: string): Entry {
    const base = this.enter({ ...(profile !== undefined && { profile }) });
    let assumed: Promise<Credentials & { readonly arn: string }> | undefined;
    const assume = () => {
      assumed ??= this.assume(base, profile, roleArn);
      return assumed;
    };
    const current = async () => {
      const credentials = await assume();
      if (!this.endsSoon(credentials)) return credentials;
      assumed = undefined;
      return assume();
    };
    return {
      credentials: current,
      identity: async () => identityOf((await current()).arn),
      assumesRole: true,
      renew: async (expired) => {
        const held = await assume().catch(() => undefined);
        if (held === undefined || held.sessionToken === expired?.sessionToken) assumed = undefined;
        return true;
      },
    };
  }

  private endsSoon({ expiration }: Credentials): boolean {
    return expiration !== undefined && expiration.getTime() - this.now().getTime() < marginMs;
  }

  private async identify(credentials: Entry['credentials'], profile: string | undefined): Promise<Identity> {
    const { askAtOnce } = this.session;
    await credentials();
    try {
      const client = await this.session.sts(credentials, profile);
      const { Account: account, Arn: arn } = await askAtOnce((options) =>
        client.send(new GetCallerIdentityCommand({}), options),
      );
      if (account === undefined || arn === undefined) throw new Error('AWS did not say whose credentials these are');
      return { account, arn };
    } catch (error) {
      throw refused(error, 'no-credentials', whose(profile));
    }
  }

  private async assume(base: Entry, profile: string | undefined, roleArn: string) {
    const { askAtOnce } = this.session;
    await base.credentials();
    try {
      const client = await this.session.sts(base.credentials, profile);
      const { Credentials: credentials, AssumedRoleUser: user } = await askAtOnce((options) =>
        client.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'patchfleet' }), options),
      );
      const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = credentials ?? {};
      if (AccessKeyId === undefined || SecretAccessKey === undefined || SessionToken === undefined)
        throw new Error('AWS sent no credentials');
      return {
        accessKeyId: AccessKeyId,
        secretAccessKey: SecretAccessKey,
        sessionToken: SessionToken,
        ...(Expiration !== undefined && { expiration: Expiration }),
        arn: user?.Arn ?? roleArn,
      };
    } catch (error) {
      throw refused(error, 'role-not-assumed', roleArn);
    }
  }
}

/** The account of an ARN of STS or IAM. */
function identityOf(arn: string): Identity {
  return { account: arn.split(':')[4] ?? '', arn };
}

function whose(profile: string | undefined): string {
  return profile === undefined ? 'the credentials of the environment' : `the credentials of profile ${profile}`;
}

function noCredentials(error: unknown, profile: string | undefined): NoEntry {
  const { reason, message } = failureOf(error);
  return new NoEntry(
    reason === 'expired-credentials' ? reason : 'no-credentials',
    `${whose(profile)} cannot be loaded: ${message}`,
  );
}

/** That AWS refuses means what `refusal` says; anything else, such as no answer, keeps its own reason. */
function refused(error: unknown, refusal: 'no-credentials' | 'role-not-assumed', subject: string): NoEntry {
  const { reason, message } = failureOf(error);
  const says = ['access-denied', 'region-disabled', 'failed'].includes(reason) ? refusal : reason;
  return new NoEntry(says, `${subject}: ${message}`);
}
