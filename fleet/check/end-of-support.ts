import { checkEndOfSupport } from '../../core/end-of-support.ts';
import type { FilePath, FileViolation } from '../file-violation.ts';
import { images } from '../images.ts';
import type { FleetAutoScalingGroup, FleetInstance } from '../schema/index.ts';
import type { FleetFacts } from './facts.ts';

/** Operating systems whose support ends: each once, where the file first names it. */
export function checkSupport(
  { baselines, instanceSets, autoScalingGroupSets }: FleetFacts,
  asOf: string | undefined,
): FileViolation[] {
  if (asOf === undefined) return [];
  const named: (readonly [product: string | undefined, at: FilePath])[] = [
    ...sorted(baselines).flatMap(([key, { operatingSystem, approvalRules }]) => [
      [operatingSystem, ['baselines', key, 'operatingSystem']] as const,
      ...(approvalRules ?? []).flatMap((rule, index) =>
        (rule.product ?? []).map(
          (product, position) => [product, ['baselines', key, 'approvalRules', index, 'product', position]] as const,
        ),
      ),
    ]),
    ...[...instanceSets, ...autoScalingGroupSets].flatMap(({ path, value }) =>
      sorted(Object.entries<FleetInstance | FleetAutoScalingGroup>(value)).map(
        ([key, { image }]) => [images[image].product, [...path, key, 'image']] as const,
      ),
    ),
  ];
  const seen = new Set<string>();
  const said = new Set<string>();
  return named.flatMap(([product, at]) => {
    if (product === undefined || seen.has(product)) return [];
    seen.add(product);
    return checkEndOfSupport([product], asOf)
      .filter(({ message }) => !said.has(message))
      .map((violation) => {
        said.add(violation.message);
        return { ...violation, at };
      });
  });
}

function sorted<Value>(entries: Iterable<[string, Value]>): [string, Value][] {
  return [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
}
