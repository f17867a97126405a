import type { fromNodeProviderChain } from '@aws-sdk/credential-providers';

/** The SDK, whose packages take half a second to load: only what really asks AWS does. */
export async function loadSdk() {
  const [ssm, ec2, sts, credentials] = await Promise.all([
    import('@aws-sdk/client-ssm'),
    import('@aws-sdk/client-ec2'),
    import('@aws-sdk/client-sts'),
    import('@aws-sdk/credential-providers'),
  ]);
  return { ssm, ec2, sts, credentials };
}

export type Sdk = Awaited<ReturnType<typeof loadSdk>>;

export type Credentials = Awaited<ReturnType<ReturnType<typeof fromNodeProviderChain>>>;
