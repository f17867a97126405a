import { fromIni, fromNodeProviderChain } from '@aws-sdk/credential-providers';
import { NoEntry } from './failure.ts';
import type { Credentials } from './session.ts';

/** Options of the clients that the SDK makes itself, such as to assume the role of a profile. */
type InnerClients = Pick<NonNullable<Parameters<typeof fromIni>[0]>, 'clientConfig' | 'parentClientConfig'>;

/** Where the SDK's message names a profile that it found nothing in. It may be the `source_profile` of another one. */
const nothingIn = /^Could not resolve credentials using profile: \[(.*)\] in /;

/**
 * Loads credentials: of a profile that is named, from nothing else. The chain of the SDK goes on to those of the machine
 * where there is no such profile, and whoever mistypes one would read another account.
 */
export function credentialsOf(profile: string | undefined, inner: InnerClients): () => Promise<Credentials> {
  if (profile === undefined) return fromNodeProviderChain(inner);
  const load = fromIni({ ...inner, profile });
  return async () => {
    try {
      return await load();
    } catch (error) {
      const [, name] = nothingIn.exec((error as Error).message) ?? [];
      if (name === undefined) throw error;
      const { AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE } = process.env;
      const [config, shared] = [
        AWS_CONFIG_FILE || '~/.aws/config',
        AWS_SHARED_CREDENTIALS_FILE || '~/.aws/credentials',
      ];
      throw new NoEntry('no-credentials', `neither ${config} nor ${shared} has credentials for a profile ${name}`);
    }
  };
}
