import { EC2Client } from '@aws-sdk/client-ec2';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import type { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import pLimit, { type LimitFunction } from 'p-limit';
import { partitionOf } from '../../core/partition.ts';
import type { Interruption } from './interruption.ts';
import { type AwsSourceOptions, defaults } from './options.ts';

export type Send<Answer> = (options: { readonly abortSignal: AbortSignal }) => Promise<Answer>;

/** Keys that sign requests, and when they end. */
export type Credentials = Awaited<ReturnType<ReturnType<typeof fromNodeProviderChain>>>;

type Provider = () => Promise<Credentials>;

/** What all clients share while places are read: connections, turns, and the end of it. */
export class Session {
  private readonly turns: LimitFunction;
  /** The SDK makes connections with a client: all others share those of this one. */
  private readonly first: STSClient;
  private readonly stsClients = new Map<Provider, STSClient>();

  constructor(
    readonly interruption: Interruption,
    private readonly options: AwsSourceOptions,
  ) {
    const { timeouts = defaults.timeouts, concurrency = defaults.concurrency } = options;
    this.turns = pLimit(concurrency.overall);
    const agent = { maxSockets: concurrency.overall };
    this.first = new STSClient({
      requestHandler: {
        connectionTimeout: timeouts.connectMs,
        requestTimeout: timeouts.answerMs,
        throwOnRequestTimeout: true,
        socketTimeout: timeouts.answerMs,
        httpAgent: agent,
        httpsAgent: agent,
      },
    });
  }

  /** Sends a call when its turn comes. */
  readonly ask = <Answer>(send: Send<Answer>): Promise<Answer> => this.turns(() => this.askAtOnce(send));

  /** For credentials, which calls that have their turn wait for. */
  readonly askAtOnce = async <Answer>(send: Send<Answer>): Promise<Answer> => {
    const { signal } = this.interruption;
    signal.throwIfAborted();
    return send({ abortSignal: signal });
  };

  /** Clients of one place. The SDK itself reads `AWS_ENDPOINT_URL` and its kin. */
  clientsOf(credentials: Provider, region: string, profile: string | undefined) {
    const configuration = { ...this.configuration(credentials, profile), region };
    return {
      ssm: new SSMClient(configuration),
      ec2: new EC2Client(configuration),
    };
  }

  /** One client for each way in, which asks in the partition of a place. */
  sts(credentials: Provider, profile: string | undefined, placeRegion: string): STSClient {
    let client = this.stsClients.get(credentials);
    if (client === undefined) {
      client = new STSClient({
        ...this.configuration(credentials, profile),
        region: this.stsRegion(profile, placeRegion),
      });
      this.stsClients.set(credentials, client);
    }
    return client;
  }

  /**
   * For clients that the SDK makes itself, to load the credentials of a profile. Nobody else can end what they ask, nor
   * close their connections.
   */
  innerClients(profile: string | undefined, placeRegion: string) {
    const { requestHandler: shared, ...ways } = this.ways();
    const { signal } = this.interruption;
    const handle: typeof shared.handle = (request, options) =>
      shared.handle(request, { ...options, abortSignal: signal });
    const requestHandler = Object.assign(Object.create(shared), { handle });
    return {
      clientConfig: { ...ways, requestHandler },
      // All that the SDK looks at for web identity.
      parentClientConfig: { region: this.stsRegion(profile, placeRegion), requestHandler },
    };
  }

  /**
   * Where STS is asked: in the region that is configured, unless that is of another partition, where nobody knows the
   * credentials, or there is none.
   */
  private stsRegion(profile: string | undefined, placeRegion: string): () => Promise<string> {
    const { name, mainRegion } = partitionOf(placeRegion);
    const { config } = new STSClient({ ...(profile !== undefined && { profile }) });
    return async () => {
      const configured = await config.region().catch(() => undefined);
      return configured !== undefined && partitionOf(configured).name === name ? configured : mainRegion;
    };
  }

  private configuration(credentials: Provider, profile: string | undefined) {
    return {
      ...this.ways(),
      // Else each client would keep its own copy, and go on with credentials that were renewed.
      credentials: Object.assign(() => credentials(), { memoized: true }),
      ...(profile !== undefined && { profile }),
    };
  }

  /** How every client asks. */
  private ways() {
    const { retry = defaults.retry } = this.options;
    return {
      retryMode: retry.mode,
      maxAttempts: retry.maxAttempts,
      customUserAgent: `patchfleet/${this.options.toolVersion}`,
      requestHandler: this.first.config.requestHandler,
    };
  }

  /** Closes every connection. */
  end(): void {
    this.first.destroy();
  }
}
