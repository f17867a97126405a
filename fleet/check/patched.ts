import { error, quoted } from '../../core/problem.ts';
import type { FilePath, FileViolation } from '../file-violation.ts';
import type { FleetAssignment, FleetAutoScalingGroup, FleetInstance } from '../schema/index.ts';
import type { Assigned, FleetFacts, Place } from './facts.ts';

type Tags = Readonly<Record<string, string>>;

/** What a stack makes, and the tags that its instances carry. */
interface Made {
  readonly path: FilePath;
  readonly patchGroup: string;
  readonly tags: Tags;
}

/**
 * An instance that no window of its account and region reaches would only be made: because no assignment there has its
 * patch group, or because those that do target other tags. Each is told once, for the first place that has it.
 */
export function checkPatched(facts: FleetFacts): FileViolation[] {
  const told = new Set<string>();
  return facts.places.flatMap((place) =>
    madeIn(facts, place).flatMap((made) => {
      const violation = violationOf(place, made);
      const id = violation?.at.join(' ');
      if (violation === undefined || id === undefined || told.has(id)) return [];
      told.add(id);
      return violation;
    }),
  );
}

function madeIn({ fleet, patchGroups }: FleetFacts, place: Place): Made[] {
  const { instances, autoScalingGroups, tags } = place;
  return [instances, autoScalingGroups].flatMap((set) => {
    if (set === undefined) return [];
    return Object.entries<FleetInstance | FleetAutoScalingGroup>(set.value).flatMap(([key, made]) => {
      const group = patchGroups.get(made.patchGroup);
      if (group === undefined) return [];
      const groupTag = { [fleet.patchGroupTagKey ?? 'PatchGroup']: group.name };
      const carried = { ...tags, ...made.tags, ...groupTag, Name: made.name };
      return { path: [...set.path, key, 'patchGroup'], patchGroup: made.patchGroup, tags: carried };
    });
  });
}

function violationOf({ account, region, assignments }: Place, made: Made): FileViolation | undefined {
  if (assignments === undefined) return undefined;
  const where = account.account === 'current' ? region : `account ${quoted(account.account)}, ${region}`;
  const ofGroup = assignments.value.filter(({ groups }) => groups.includes(made.patchGroup));
  if (ofGroup.length === 0) {
    const message = `patchGroup must be one that an assignment of ${where} patches, got ${quoted(made.patchGroup)}`;
    return { ...error('fleet/instance-patched', message, 'add the patch group to an assignment there'), at: made.path };
  }
  if (assignments.value.some((assigned) => reaches(assigned, made, ofGroup.includes(assigned)))) return undefined;
  const wanted = ofGroup.map(({ name, assignment }) => `${quoted(name)} targets ${inWords(assignment)}`).join(', ');
  const carried = Object.entries(made.tags).map(([key, value]) => `${key} = ${value}`);
  const message = `patchGroup must be one whose windows in ${where} reach the instance, got ${quoted(made.patchGroup)}: assignment ${wanted}, and it carries ${carried.sort().join(', ')}`;
  const fix = 'give it the tags, or leave targets out to reach the patch group';
  return { ...error('fleet/instance-patched', message, fix), at: made.path };
}

/** Whether the windows of an assignment reach an instance. Who is in a resource group is not known here. */
function reaches({ assignment: { targets } }: Assigned, { tags }: Made, isOfGroup: boolean): boolean {
  if (targets === undefined) return isOfGroup;
  if ('resourceGroup' in targets) return true;
  return Object.entries(targets.tags).every(
    ([key, values]) => Object.hasOwn(tags, key) && values.includes(`${tags[key]}`),
  );
}

function inWords({ targets }: FleetAssignment): string {
  const entries = targets !== undefined && 'tags' in targets ? Object.entries(targets.tags) : [];
  return entries.map(([key, values]) => `${key} = ${values.join(' or ')}`).join(' and ') || 'nothing';
}
