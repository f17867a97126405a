import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** What a simulated AWS was asked, by call. */
interface Asked {
  readonly counts: Readonly<Record<string, number>>;
  /** Requests that its models do not know. */
  readonly unfaithful: readonly string[];
}

const entry = '__tests__/support/aws/bench-endpoint.ts';

/**
 * Starts a simulated AWS as a process of its own, and makes it the one that the SDK asks here. What it returns ends it, and
 * tells how often each call was made; it fails where one was none that AWS knows.
 */
export async function startSimulatedAws(args: {
  readonly instances: number;
  readonly latencyMs: number;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
}): Promise<() => Promise<Asked['counts']>> {
  const { instances, latencyMs, accounts, regions } = args;
  const endpoint = spawn(
    process.execPath,
    ['bin/run.mjs', entry, `${instances}`, `${latencyMs}`, accounts.join(','), regions.join(',')],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const lines = createInterface({ input: endpoint.stdout })[Symbol.asyncIterator]();
  const told = async () => JSON.parse((await lines.next()).value ?? '{}');
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  Object.assign(process.env, await told(), {
    AWS_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/nowhere/config',
    AWS_SHARED_CREDENTIALS_FILE: '/nowhere/credentials',
  });
  return async () => {
    endpoint.stdin.end();
    const { counts, unfaithful }: Asked = await told();
    if (unfaithful.length > 0) throw new Error(unfaithful.join('\n'));
    return counts;
  };
}
