import { error, quoted, type Violation } from '../core/problem.ts';
import type { OperatingSystem } from './patch-facts.ts';

/** The Terraform output `patch_manager` of a regional stack, as far as it is read here. */
export interface StackOutput {
  readonly account_id: string;
  readonly region: string;
  readonly baselines: Readonly<
    Record<string, { readonly id: string; readonly name: string; readonly operating_system: OperatingSystem }>
  >;
  readonly patch_groups: readonly {
    readonly name: string;
    readonly tag_key: string;
    readonly baseline_ids: readonly string[];
  }[];
  readonly windows: Readonly<Record<string, { readonly id: string; readonly name: string }>>;
  readonly instances: Readonly<Record<string, string>>;
}

const rule = 'compliance/stack-output';

/**
 * Reads what `terraform output -json` printed for a stack, or the bare value of `patch_manager`. A stack without that
 * output, such as the global one, has none.
 */
export function readStackOutput(value: unknown): {
  readonly output?: StackOutput;
  readonly violations: readonly Violation[];
} {
  const fix = 'run terraform output -json in the directory of the stack, and give its output';
  if (!isRecord(value))
    return { violations: [error(rule, `outputs must be a map by name, got ${quoted(value)}`, fix)] };
  const wrapped = value.patch_manager;
  const output = isRecord(wrapped) && 'value' in wrapped ? wrapped.value : (wrapped ?? value);
  if (wrapped === undefined && !('account_id' in value)) {
    const foreign = Object.entries(value).find(([, one]) => !isRecord(one) || !('value' in one));
    if (foreign === undefined) return { violations: [] };
    const message = `outputs must be what Terraform prints, each with its value, got ${quoted(foreign[0])} without`;
    return { violations: [error(rule, message, fix)] };
  }
  if (isRecord(output) && output.version !== 1) {
    const message = `patch_manager must be of version 1, got ${quoted(output.version)}`;
    return {
      violations: [error(rule, message, 'use the version of patchfleet that deployed the stack, or a newer one')],
    };
  }
  if (!isStackOutput(output))
    return {
      violations: [error(rule, 'patch_manager must be what a stack of a fleet puts out, got another value', fix)],
    };
  return { output, violations: [] };
}

function isStackOutput(value: unknown): value is StackOutput {
  if (!isRecord(value)) return false;
  const { account_id, region, baselines, patch_groups, windows, instances } = value;
  const texts = (map: unknown, ...keys: readonly string[]) =>
    isRecord(map) &&
    Object.values(map).every((one) => isRecord(one) && keys.every((key) => typeof one[key] === 'string'));
  return (
    typeof account_id === 'string' &&
    typeof region === 'string' &&
    texts(baselines, 'id', 'name', 'operating_system') &&
    texts(windows, 'id', 'name') &&
    isRecord(instances) &&
    Object.values(instances).every((id) => typeof id === 'string') &&
    Array.isArray(patch_groups) &&
    patch_groups.every(
      (group) => isRecord(group) && typeof group.name === 'string' && Array.isArray(group.baseline_ids),
    )
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
