import { error, quoted } from '../../core/problem.ts';
import { checkPatchNames, takesApprovedPatch } from '../../modules/patch-baseline/patch-name-checks.ts';
import { approvedInEmergencies } from '../emergency.ts';
import type { FilePath, FileViolation } from '../file-violation.ts';
import type { FleetBaseline, FleetEmergency } from '../schema/index.ts';
import type { FleetFacts } from './facts.ts';
import { listed } from './in-file.ts';

/** As many patches as one list of a baseline may approve by name. */
const most = 50;

/** Patches of an emergency: a baseline of its rings must take each of them, reject none, and have room for all. */
export function checkEmergencyPatches(facts: FleetFacts, emergency: FleetEmergency, path: FilePath): FileViolation[] {
  const { patches } = emergency;
  const at: FilePath = [...path, 'patches'];
  const none = error('fleet/emergency-patches', 'patches must name at least one patch, got none', 'name one');
  if (patches.length === 0) return [{ ...none, at }];
  const baselines = baselinesOf(facts, emergency);
  return [
    ...patches.flatMap((patch, index) => checkPatch(patch, patches.indexOf(patch) < index, baselines, [...at, index])),
    ...checkCounts(facts, emergency, baselines, at),
    ...checkWaivers(facts, emergency, at),
  ];
}

type Baselines = ReadonlyMap<string, FleetBaseline>;

/** Those that the rings use. */
function baselinesOf({ assignmentSets, baselines }: FleetFacts, { rings }: FleetEmergency): Baselines {
  const keys = new Set(
    assignmentSets
      .flatMap((set) => set.value)
      .filter(({ assignment }) => rings.includes(assignment.ring))
      .flatMap((assigned) => assigned.baselines),
  );
  return new Map([...baselines].filter(([key]) => keys.has(key)));
}

function checkPatch(patch: string, isAgain: boolean, baselines: Baselines, at: FilePath): FileViolation[] {
  const again = `patches must list each entry once, got ${quoted(patch)} again`;
  if (isAgain) return [{ ...error('fleet/listed-once', again, 'remove one of them'), at }];
  const taking = [...baselines].filter(([, { operatingSystem }]) => takesApprovedPatch(operatingSystem, patch));
  if (taking.length === 0) {
    const systems = [...new Set([...baselines.values()].map(({ operatingSystem }) => operatingSystem))].sort();
    const message = `patches must have names that a baseline of the rings takes (${listed(systems) || 'they use none'}), got ${quoted(patch)}`;
    // What a system says of a slip of the pen, such as a KB id without KB.
    const meant = systems.flatMap((system) => checkPatchNames('approved', system, [patch])).map(({ fix }) => fix);
    const fix =
      meant.find((each) => each?.startsWith('write ')) ??
      'name the patch as the operating system does, or leave it out';
    return [{ ...error('fleet/emergency-patch-taken', message, fix), at }];
  }
  return taking
    .filter(([, { rejectedPatches = [] }]) => rejectedPatches.includes(patch))
    .map(([key]) => {
      const message = `patches must name nothing that is rejected, got ${quoted(patch)}, which baseline ${quoted(key)} rejects: AWS would not install it`;
      return { ...error('fleet/emergency-rejected', message, 'take it out of rejectedPatches'), at };
    });
}

function checkCounts(
  facts: FleetFacts,
  { rings }: FleetEmergency,
  baselines: Baselines,
  at: FilePath,
): FileViolation[] {
  return [...baselines].flatMap(([key, { approvedPatches = [], operatingSystem }]) =>
    rings.flatMap((ring) => {
      const added = approvedInEmergencies(facts.fleet, ring, operatingSystem);
      const count = new Set([...approvedPatches, ...added]).size;
      if (count <= most || added.length === 0) return [];
      const message = `baseline ${quoted(key)} must approve at most ${most} patches by name in ring ${quoted(ring)}, got ${count} with those of emergencies`;
      return [{ ...error('fleet/emergency-patch-count', message, 'delete what is done, or name fewer'), at }];
    }),
  );
}

function checkWaivers({ fleet }: FleetFacts, { patches, rings }: FleetEmergency, at: FilePath): FileViolation[] {
  return (fleet.waivers ?? []).flatMap((waiver) =>
    patches
      .filter((patch) => waiver.patches.includes(patch) && waiver.rings.some((ring) => rings.includes(ring)))
      .map((patch) => {
        const message = `patches must name nothing that is rejected, got ${quoted(patch)}, which a waiver rejects until ${waiver.expires}: AWS would not install it`;
        return { ...error('fleet/emergency-rejected', message, 'take it out of the waiver'), at };
      }),
  );
}
