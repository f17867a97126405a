import type { AwsSourceOptions } from '../../../compliance/aws/options.ts';
import { awsSource } from '../../../compliance/aws/source.ts';
import type { PlaceFacts } from '../../../compliance/facts.ts';
import type { ReadRequest } from '../../../compliance/source.ts';
import type { SourceEvidence } from '../../../compliance/source-evidence.ts';
import type { Endpoint } from './endpoint.ts';
import type { SimulatedFleet } from './fleet.ts';
import { keysOf } from './sts.ts';

export const asOf = new Date('2026-11-23T12:00:00Z');

/** The environment of a user of the endpoint, whatever is configured on this machine. */
export function environmentOf(endpoint: Pick<Endpoint, 'url'>, account = '111111111111'): Record<string, string> {
  return {
    ...keysOf(account),
    AWS_ENDPOINT_URL: endpoint.url,
    AWS_REGION: 'eu-west-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/nowhere/config',
    AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  };
}

let others: Promise<unknown> = Promise.resolve();

/** Works in another environment. The SDK reads the one of the process, so only one can be in use at a time. */
export function inEnvironment<Result>(
  environment: Readonly<Record<string, string | undefined>>,
  work: () => Promise<Result>,
): Promise<Result> {
  const mine = others.then(() => alone(environment, work));
  others = mine.catch(() => undefined);
  return mine;
}

async function alone<Result>(
  environment: Readonly<Record<string, string | undefined>>,
  work: () => Promise<Result>,
): Promise<Result> {
  const before = { ...process.env };
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  for (const [name, value] of Object.entries(environment)) if (value !== undefined) process.env[name] = value;
  try {
    return await work();
  } finally {
    for (const name of Object.keys(process.env)) delete process.env[name];
    Object.assign(process.env, before);
  }
}

/** The places of a fleet as its file would name them: in other accounts than ours by a role. */
export function placesOf({ places }: SimulatedFleet, home = '111111111111'): AwsSourceOptions['places'] {
  return places.map(({ account, region }) => ({
    account,
    region,
    declared: {},
    ...(account !== home && { assumeRoleArn: `arn:aws:iam::${account}:role/patchfleet-reader` }),
  }));
}

export type ReadingOptions = Partial<AwsSourceOptions> & Partial<ReadRequest>;

export interface Reading {
  readonly places: readonly PlaceFacts[];
  readonly evidence: SourceEvidence;
}

/** Reads everything from an endpoint. Retries wait as little as the SDK allows, since they are many here. */
export async function readFrom(
  endpoint: Pick<Endpoint, 'url'>,
  places: AwsSourceOptions['places'],
  { details = 'noncompliant', patch, except, ...options }: ReadingOptions = {},
): Promise<Reading> {
  return inEnvironment(environmentOf(endpoint), async () => {
    const source = awsSource({
      places,
      toolVersion: '0.0.0',
      now: () => asOf,
      retry: { mode: 'standard', maxAttempts: 8 },
      timeouts: { connectMs: 10_000, answerMs: 20_000 },
      ...options,
    });
    const found: PlaceFacts[] = [];
    const request = { details, ...(patch !== undefined && { patch }), ...(except !== undefined && { except }) };
    for await (const place of source.places(request)) found.push(place);
    const key = ({ place }: PlaceFacts) => `${place.account} ${place.region}`;
    return { places: found.sort((a, b) => (key(a) < key(b) ? -1 : 1)), evidence: source.evidence() };
  });
}
