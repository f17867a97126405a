import { describe, expect, it } from '@jest/globals';
import { expand } from '../../fleet/expand.ts';
import type { Fleet, FleetAssignment } from '../../fleet/schema/index.ts';
import { fleetOfAssignments, validAccount, validAssignment } from '../fleet/support.ts';
import { synthesisedStacks } from '../support/walkthrough.ts';

/** Servers outside EC2 that the window roles of a fleet may reach, in one region and in two. */
function reached(assignment: Partial<FleetAssignment>, window: NonNullable<Fleet['roles']>['window']): string[][] {
  const one = fleetOfAssignments({ default: validAssignment(assignment) }, { roles: { window } });
  const { assignments } = one.accounts[0] as Fleet['accounts'][number];
  const two = { ...one, accounts: [validAccount({ ...(assignments && { assignments }) })] };
  return [one, two].map((fleet) => {
    const text = Object.values(synthesisedStacks(expand(fleet))).join('\n');
    return [...new Set(text.match(/ssm:[\w-]+:[^:]*:managed-instance\/\*/g))]
      .map((arn) => arn.split(':')[1] ?? '')
      .sort();
  });
}

describe('servers outside EC2', () => {
  it('may be patched where the role of windows says so', () => {
    expect(reached({}, { managedInstances: true })).toEqual([['eu-central-1'], ['eu-central-1', 'us-east-1']]);
    expect(reached({}, {})).toEqual([[], []]);
  });

  it('may be patched where targets name them, in fleets of one stack and of several', () => {
    const of = (resourceTypes: string[]) => ({ patchGroups: [], targets: { resourceGroup: 'shop', resourceTypes } });
    expect(reached(of(['AWS::SSM::ManagedInstance']), {})).toEqual([['eu-central-1'], ['eu-central-1', 'us-east-1']]);
    expect(reached(of(['AWS::EC2::Instance']), {})).toEqual([[], []]);
  });
});
