import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { partitionOf } from '../../core/partition.ts';
import type { Action } from './actions.ts';
import { failureOf, NoEntry } from './failure.ts';
import { HeldCredentials } from './held-credentials.ts';
import type { AwsSourceOptions } from './options.ts';
import { credentialsOf } from './profile.ts';
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
  /** What was asked of AWS until now to come in. */
  readonly asked: () => readonly Action[];
  /** Replaces credentials that AWS calls expired, unless somebody just has. False where they cannot be replaced. */
  readonly renew: (expired: Credentials | undefined) => Promise<boolean>;
}

type Way = Pick<AwsSourceOptions['places'][number], 'profile' | 'assumeRoleArn' | 'region'>;

/** Every way in is opened once, however many regions are behind it. */
export class Accounts {
  private readonly entries = new Map<string, Entry>();

  constructor(
    private readonly session: Session,
    private readonly profile: string | undefined,
    private readonly now: () => Date,
  ) {}

  /** Into the account of a place. */
  enter(way: Way): Entry {
    const { assumeRoleArn: role } = way;
    return role === undefined ? this.asker(way) : this.entry(way, () => this.roleEntry(way, role));
  }

  /** Into the account of whoever asks, who may then assume a role. */
  asker({ profile, region }: Way): Entry {
    const way = { region, ...(profile !== undefined && { profile }) };
    return this.entry(way, () => this.profileEntry(way));
  }

  private entry({ profile = this.profile, assumeRoleArn, region }: Way, make: () => Entry): Entry {
    // Credentials are of one partition. Where places of two are entered by the same, each asks in its own.
    const key = JSON.stringify([profile, assumeRoleArn, partitionOf(region).name]);
    const entry = this.entries.get(key) ?? make();
    this.entries.set(key, entry);
    return entry;
  }

  private profileEntry({ profile = this.profile, region }: Way): Entry {
    const { interruption } = this.session;
    const load = credentialsOf(profile, this.session.innerClients(profile, region));
    const held = new HeldCredentials(
      () =>
        interruption.during(load).catch((error) => {
          throw noCredentials(error, profile);
        }),
      this.now,
    );
    const credentials = () => held.current();
    const asked = new Set<Action>();
    let identity: Promise<Identity> | undefined;
    return {
      credentials,
      identity: () => (identity ??= this.identify({ credentials, asked, profile, region })),
      asked: () => [...asked],
      renew: async () => false,
    };
  }

  private roleEntry({ profile = this.profile, region }: Way, roleArn: string): Entry {
    const base = this.asker({ region, ...(profile !== undefined && { profile }) });
    const asked = new Set<Action>();
    const asking = { credentials: base.credentials, asked, profile, region };
    const held = new HeldCredentials(() => this.assume(asking, roleArn), this.now);
    const credentials = () => held.current();
    return {
      credentials,
      identity: async () => identityOf((await held.current()).arn),
      asked: () => [...base.asked(), ...asked],
      renew: async (expired) => {
        await held.drop(expired ?? {});
        return true;
      },
    };
  }

  private async identify({ credentials, asked, profile, region }: Asking): Promise<Identity> {
    const { askAtOnce } = this.session;
    await credentials();
    try {
      const client = this.session.sts(credentials, profile, region);
      const { Account: account, Arn: arn } = await askAtOnce((options) => {
        asked.add('sts:GetCallerIdentity');
        return client.send(new GetCallerIdentityCommand({}), options);
      });
      if (account === undefined || arn === undefined) throw new Error('AWS did not say whose credentials these are');
      return { account, arn };
    } catch (error) {
      throw refused(error, 'no-credentials', whose(profile));
    }
  }

  private async assume({ credentials, asked, profile, region }: Asking, roleArn: string) {
    const { askAtOnce } = this.session;
    await credentials();
    try {
      const client = this.session.sts(credentials, profile, region);
      const { Credentials: assumed, AssumedRoleUser: user } = await askAtOnce((options) => {
        asked.add('sts:AssumeRole');
        return client.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'patchfleet' }), options);
      });
      const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = assumed ?? {};
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

/** With what STS is asked. */
interface Asking {
  readonly credentials: Entry['credentials'];
  /** Takes what is asked. */
  readonly asked: Set<Action>;
  readonly profile: string | undefined;
  /** Of the place. */
  readonly region: string;
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
