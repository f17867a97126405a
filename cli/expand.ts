import type { Deployment } from '../fleet/deployment.ts';
import type { FleetFile } from './read-fleet.ts';
import { chosenDeployments } from './select.ts';
import { aligned } from './table.ts';
import type { Terminal } from './terminal.ts';

export const expandFormats = ['table', 'json', 'github-matrix'] as const;

/** Lists the deployments of a fleet, for people and for CI. */
export async function expand(
  terminal: Terminal,
  options: FleetFile & {
    readonly format: (typeof expandFormats)[number];
    readonly only: readonly string[];
  },
): Promise<number> {
  const deployments = await chosenDeployments(terminal, options);
  if (deployments === undefined) return 2;
  terminal.out(formatted(deployments, options.format));
  return 0;
}

function formatted(deployments: readonly Deployment[], format: (typeof expandFormats)[number]): string {
  if (format === 'json') return JSON.stringify({ version: 1, deployments: deployments.map(summary) }, null, 2);
  if (format === 'github-matrix') return JSON.stringify({ include: deployments.map(matrixEntry) });
  const header = ['STACK', 'ACCOUNT', 'REGION', 'RINGS', 'AFTER'];
  const rows = deployments.map((deployment) => {
    const { stack, account, accountName: name, region, rings, dependsOn: after } = summary(deployment);
    return [
      stack,
      name === null ? account : `${account} ${name}`,
      region,
      rings.join(', ') || '-',
      after.join(', ') || '-',
    ];
  });
  return aligned([header, ...rows]).join('\n');
}

function summary(deployment: Deployment) {
  return {
    stack: deployment.stackId,
    kind: deployment.kind,
    account: deployment.account,
    accountName: deployment.accountName ?? null,
    region: deployment.region,
    rings: deployment.kind === 'regional' ? deployment.rings : [],
    dependsOn: deployment.kind === 'regional' ? deployment.dependsOn : [],
  };
}

/** Values of a matrix are texts: GitHub compares and prints them as such. */
function matrixEntry(deployment: Deployment) {
  const { stack, kind, account, region, rings } = summary(deployment);
  return { stack, kind, account, region, rings: rings.join(',') };
}
