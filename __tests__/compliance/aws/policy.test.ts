import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Endpoint } from '../../support/aws/endpoint.ts';
import { placesOf, readFrom } from '../../support/aws/reading.ts';
import { simulateFleet } from '../../support/aws/simulate.ts';
import { root } from '../../support/command.ts';
import '../../support/one-realm.ts';

/* The policy that is documented, what the code can ask, what it says it asks, and what it asks are one list. */

interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
}

const { Statement: statements } = JSON.parse(readFileSync(join(root, 'docs', 'compliance-policy.json'), 'utf8')) as {
  readonly Statement: readonly Statement[];
};
const allowed = statements.flatMap(({ Action }) => Action).sort();

const directory = join(root, 'compliance', 'aws');
const sources = readdirSync(directory).map((name) => readFileSync(join(directory, name), 'utf8'));

describe('the policy', () => {
  it('only allows, and only reads', () => {
    expect(statements.map(({ Effect }) => Effect)).toEqual(['Allow', 'Allow', 'Allow']);
    expect(allowed.filter((action) => !/^(\w+:(Describe|Get|List)[A-Z]\w+|sts:AssumeRole)$/.test(action))).toEqual([]);
  });

  it('allows each command that the code imports, and no other', () => {
    const services = { 'client-ssm': 'ssm', 'client-ec2': 'ec2', 'client-sts': 'sts' } as const;
    const imported = sources.flatMap((source) =>
      [...source.matchAll(/import (?:type )?\{([^}]*)\} from '@aws-sdk\/(client-\w+)'/g)].flatMap(
        ([, names = '', from = '']) =>
          [...names.matchAll(/\b(\w+)Command\b/g)].map(([, name]) => `${services[from as 'client-ssm']}:${name}`),
      ),
    );
    expect(imported.sort()).toEqual(allowed);
  });

  it('is all that clients are used for: no command is made but by a name that is imported', () => {
    for (const source of sources) {
      expect(source).not.toMatch(/\bnew (SSM|EC2|STS)\(/);
      expect(source).not.toMatch(/import \* as \w+ from '@aws-sdk/);
      expect(source).not.toMatch(/@aws-sdk\/[\w-]+\/|lib-|paginate[A-Z]|waitUntil[A-Z]/);
    }
  });

  it('allows what the code says of each call, and no other', () => {
    const [declared = ''] = sources.filter((source) => source.includes('export type Action ='));
    expect([...declared.matchAll(/'(\w+:\w+)'/g)].map(([, action]) => action).sort()).toEqual(allowed);
  });

  it('allows what is really sent, and all of it is', async () => {
    const fleet = simulateFleet({ accounts: ['111111111111', '222222222222'], instances: 120 });
    await Endpoint.during({ fleet }, async (endpoint) => {
      const { places } = await readFrom(endpoint, placesOf(fleet));
      expect(Object.keys(endpoint.counts).sort()).toEqual(allowed);
      const told = new Set(places.flatMap(({ permissions }) => permissions));
      expect([...told].sort()).toEqual(allowed);
    });
  });
});
