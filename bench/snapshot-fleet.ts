import { readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { accountNumber, regions } from './fleet.ts';

/** The fleet of the example snapshots with so many accounts, each in four regions. */
export function snapshotFleetText(accounts: number): string {
  const example = parse(readFileSync('examples/snapshots/fleet.yaml', 'utf8')) as {
    readonly defaults: object;
    readonly rings: readonly { readonly name: string }[];
  };
  return stringify({
    ...example,
    accounts: Array.from({ length: accounts }, (_, number) => ({
      account: accountNumber(number),
      regions,
      assignments: {
        default: { ring: example.rings[number % example.rings.length]?.name, patchGroups: ['web', 'files'] },
      },
    })),
  });
}
