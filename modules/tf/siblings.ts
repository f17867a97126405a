import { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';

/** The constructs of one kind that stand before another in its stack, in the order they were made. */
export function constructsBefore<Kind extends IConstruct>(
  construct: IConstruct,
  kind: (candidate: IConstruct) => candidate is Kind,
): Kind[] {
  const all = TerraformStack.of(construct).node.findAll().filter(kind);
  const position = (all as readonly IConstruct[]).indexOf(construct);
  return position === -1 ? all : all.slice(0, position);
}
