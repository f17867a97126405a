import { EC2Client } from '@aws-sdk/client-ec2';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import type { Endpoint } from './endpoint.ts';
import { keysOf } from './sts.ts';

/** The SDK's own clients of an endpoint, as they are without any of our code. */
export function clientsOf(
  endpoint: Endpoint,
  { account = '111111111111', region = 'eu-west-1', maxAttempts = 1 } = {},
) {
  const keys = keysOf(account);
  const configuration = {
    endpoint: endpoint.url,
    region,
    maxAttempts,
    credentials: {
      accessKeyId: keys.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: keys.AWS_SECRET_ACCESS_KEY ?? '',
    },
  };
  return {
    ssm: new SSMClient(configuration),
    ec2: new EC2Client(configuration),
    sts: new STSClient(configuration),
  };
}
