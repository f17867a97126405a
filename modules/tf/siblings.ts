import { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';

/** The constructs of one kind that stand before another in the tree of its stack; those of nested stacks are not its. */
export function constructsBefore<Kind extends IConstruct>(
  construct: IConstruct,
  kind: (candidate: IConstruct) => candidate is Kind,
): Kind[] {
  const stack = TerraformStack.of(construct);
  const all = stack.node
    .findAll()
    .filter(kind)
    .filter((candidate) => TerraformStack.of(candidate) === stack);
  const position = (all as readonly IConstruct[]).indexOf(construct);
  return position === -1 ? all : all.slice(0, position);
}
