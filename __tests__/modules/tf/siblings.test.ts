import { describe, expect, it } from '@jest/globals';
import { TerraformStack, Testing } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { constructsBefore } from '../../../modules/tf/siblings.ts';

class Part extends Construct {}

const isPart = (construct: IConstruct): construct is Part => construct instanceof Part;
const pathsBefore = (construct: IConstruct) => constructsBefore(construct, isPart).map(({ node }) => node.path);

describe('constructsBefore', () => {
  it('gives those of one kind before a construct, in the order of the tree', () => {
    const stack = new TerraformStack(Testing.app(), 'Test');
    const group = new Construct(stack, 'Group');
    const first = new Part(stack, 'First');
    const last = new Part(stack, 'Last');
    new Part(group, 'Inner');
    expect(pathsBefore(first)).toEqual(['Test/Group/Inner']);
    expect(pathsBefore(last)).toEqual(['Test/Group/Inner', 'Test/First']);
  });

  it('gives every one of a kind that the construct is not of', () => {
    const stack = new TerraformStack(Testing.app(), 'Test');
    new Part(stack, 'First');
    expect(pathsBefore(new Construct(stack, 'Other'))).toEqual(['Test/First']);
  });

  it('looks at one stack only', () => {
    const app = Testing.app();
    const stack = new TerraformStack(app, 'One');
    new Part(new TerraformStack(stack, 'Nested'), 'Inner');
    new Part(new TerraformStack(app, 'Two'), 'Elsewhere');
    expect(pathsBefore(new Part(stack, 'Last'))).toEqual([]);
  });
});
