import { EC2Client } from '@aws-sdk/client-ec2';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import type { fromNodeProviderChain } from '@aws-sdk/credential-providers';
import pLimit, { type LimitFunction } from 'p-limit';
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
  private readonly stsClients = new Map<Provider, Promise<STSClient>>();

  constructor(
    readonly interruption: Interruption,
    private readonly options: AwsSourceOptions,
    /** A region to ask STS in where the surroundings name none: AWS lets nobody switch it off. */
    private readonly mainRegion: string,
  ) {
    const { timeouts = defaults.timeouts, concurrency = defaults.concurrency } = options;
    this.turns = pLimit(concurrency.overall);
    const agent = { maxSockets: concurrency.overall };
    this.first = new STSClient({
      region: mainRegion,
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

  sts(credentials: Provider, profile: string | undefined): Promise<STSClient> {
    let client = this.stsClients.get(credentials);
    if (client === undefined) {
      client = this.makeSts(credentials, profile);
      this.stsClients.set(credentials, client);
    }
    return client;
  }

  private async makeSts(credentials: Provider, profile: string | undefined): Promise<STSClient> {
    const configuration = this.configuration(credentials, profile);
    const client = new STSClient(configuration);
    const region = await client.config.region().catch(() => undefined);
    if (region !== undefined) return client;
    return new STSClient({ ...configuration, region: this.mainRegion });
  }

  private configuration(credentials: Provider, profile: string | undefined) {
    const { retry = defaults.retry } = this.options;
    return {
      // Else each client would keep its own copy, and go on with credentials that were renewed.
      credentials: Object.assign(() => credentials(), { memoized: true }),
      ...(profile !== undefined && { profile }),
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
