import { type ComplianceReport, type Finding, type InstanceReference, instanceKey } from '../../compliance/index.ts';

/** What tells an instance from every other one: ids are unique in a region only. */
export function keyOf(instance: InstanceReference): string {
  return instanceKey(instance, instance.instanceId);
}

/** What was found about each instance, for formats that tell of one after the other. */
export function findingsByInstance({ findings }: ComplianceReport): ReadonlyMap<string, readonly Finding[]> {
  const byInstance = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = keyOf(finding);
    const known = byInstance.get(key);
    if (known === undefined) byInstance.set(key, [finding]);
    else known.push(finding);
  }
  return byInstance;
}
