import type { RegionalDeployment } from '../../fleet/deployment.ts';
import { Random } from './random.ts';

/** What is the matter with a node; most are healthy. */
const kinds = [
  ['healthy', 62],
  ['fails', 4],
  ['fails-since-lately', 2],
  ['mended-lately', 3],
  ['waits-for-reboot', 4],
  ['stopped', 5],
  ['unmanaged', 3],
  ['never-scanned', 3],
  ['offline', 3],
  ['overwritten', 2],
  ['without-group', 2],
  ['old-agent', 2],
  ['scan-failed', 1],
  ['has-rejected', 2],
  ['keeps-docker', 3],
  ['new', 3],
  ['terminated', 2],
  ['outside-ec2', 2],
] as const;

export type Kind = (typeof kinds)[number][0];

export interface Node {
  readonly instanceId: string;
  readonly name: string;
  readonly kind: Kind;
  readonly system: 'WINDOWS' | 'AMAZON_LINUX_2023' | 'UBUNTU';
  readonly groupName: string;
  readonly team: string;
  readonly declaredAs?: string;
}

/** The nodes of a place. The first ones have one of each kind, so that a small fleet shows them all. */
export function nodesOf(deployment: RegionalDeployment, count: number, seed: string): Node[] {
  const random = new Random(`${seed} ${deployment.stackId}`);
  const offset = Math.floor(random.next() * kinds.length);
  return Array.from({ length: count }, (_, index): Node => {
    const system = random.weighted([
      ['WINDOWS', 4],
      ['AMAZON_LINUX_2023', 4],
      ['UBUNTU', 2],
    ] as const);
    const kind =
      index < kinds.length
        ? (kinds[(index + offset) % kinds.length] as (typeof kinds)[number])[0]
        : random.weighted(kinds);
    const prefix = kind === 'outside-ec2' ? 'mi' : 'i';
    return {
      instanceId: `${prefix}-${random.hex(`node ${index}`)}`,
      name: `${system === 'WINDOWS' ? 'files' : 'web'}-${String(index + 1).padStart(2, '0')}`,
      kind,
      // Docker is on Amazon Linux only, and so is what the baseline rejects.
      system: kind === 'keeps-docker' || kind === 'has-rejected' ? 'AMAZON_LINUX_2023' : system,
      groupName: system === 'WINDOWS' && kind !== 'keeps-docker' && kind !== 'has-rejected' ? 'files' : 'web',
      team: random.pick(['shop', 'search', 'billing']),
      ...(kind === 'healthy' && index < 3 && { declaredAs: `node-${index + 1}` }),
    };
  });
}
