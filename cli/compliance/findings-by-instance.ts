import { type ComplianceReport, type Finding, type InstanceReference, instanceKey } from '../../compliance/index.ts';
import { grouped } from '../../core/grouped.ts';

/** What tells an instance from every other one: ids are unique in a region only. */
export function keyOf(instance: InstanceReference): string {
  return instanceKey(instance, instance.instanceId);
}

/** What was found about each instance, for formats that tell of one after the other. */
export function findingsByInstance({ findings }: ComplianceReport): ReadonlyMap<string, readonly Finding[]> {
  return grouped(findings, keyOf);
}
