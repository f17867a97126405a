/** How many resources a plan changes, by what happens to them, and how many outputs. */
export interface PlannedChanges {
  readonly create: number;
  readonly update: number;
  readonly replace: number;
  readonly delete: number;
  readonly outputs: number;
}

interface Change {
  readonly actions: readonly string[];
}

/** As `terraform show -json` has it. */
export interface Plan {
  readonly resource_changes?: readonly { readonly change: Change }[];
  readonly output_changes?: Readonly<Record<string, Change>>;
}

export function countChanges({ resource_changes: resources = [], output_changes: outputs = {} }: Plan): PlannedChanges {
  const count = (...wanted: string[]) =>
    resources.filter(({ change }) => wanted.includes(change.actions.join('+'))).length;
  return {
    create: count('create'),
    update: count('update'),
    replace: count('delete+create', 'create+delete'),
    delete: count('delete'),
    outputs: Object.values(outputs).filter(({ actions }) => actions.join() !== 'no-op').length,
  };
}

/** `2 to create, 1 to update`. Outputs follow their resources, and are told where they change alone. */
export function describeChanges({ outputs, ...resources }: PlannedChanges): string {
  const words = Object.entries(resources).filter(([, count]) => count > 0);
  if (words.length > 0) return words.map(([action, count]) => `${count} to ${action}`).join(', ');
  return outputs > 0 ? 'no changes but to outputs' : 'no changes';
}
