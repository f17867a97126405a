import { emergencyWindows } from '../emergency.ts';
import type { FilePath } from '../file-violation.ts';
import { type AccountPlaces, type Declared, type Place as FleetPlace, placesOf } from '../places.ts';
import { type RingWindow as WindowOfRing, windowsOfRing } from '../ring-windows.ts';
import type {
  Fleet,
  FleetAssignment,
  FleetAutoScalingGroup,
  FleetBaseline,
  FleetInstance,
  FleetPatchGroup,
  FleetRing,
} from '../schema/index.ts';

type Keyed<Value> = Readonly<Record<string, Value>>;

/** One account and region, with its assignments looked up. */
export interface Place extends Omit<FleetPlace, 'assignments'> {
  readonly assignments?: AssignmentSet;
}

/** The assignments of an account and region: whatever they make together, they make in each place that has them. */
export interface AssignmentSet extends Declared<readonly Assigned[]> {}

/** An assignment with what it refers to, as far as that exists. */
export interface Assigned {
  readonly name: string;
  readonly path: FilePath;
  readonly assignment: FleetAssignment;
  readonly ring?: Ring;
  /** Keys of patch groups, each once. */
  readonly groups: readonly string[];
  /** Keys of the baselines of those, each once. */
  readonly baselines: readonly string[];
}

export interface Ring {
  readonly path: FilePath;
  readonly ring: FleetRing;
  readonly windows: readonly RingWindow[];
  /** Those that emergencies add: each opens once, scans and installs. */
  readonly emergencies: readonly RingWindow[];
}

export type RingWindow = WindowOfRing & { readonly path: FilePath };

/** The fleet, with what several checks look up in it. */
export interface FleetFacts {
  readonly fleet: Fleet;
  readonly baselines: ReadonlyMap<string, FleetBaseline>;
  readonly patchGroups: ReadonlyMap<string, FleetPatchGroup>;
  readonly rings: readonly Ring[];
  /** What is declared anywhere, whether a place takes it or not. */
  readonly assignmentSets: readonly AssignmentSet[];
  readonly instanceSets: readonly Declared<Keyed<FleetInstance>>[];
  readonly autoScalingGroupSets: readonly Declared<Keyed<FleetAutoScalingGroup>>[];
  readonly tagSets: readonly Declared<Keyed<string>>[];
  readonly accounts: readonly AccountPlaces[];
  readonly places: readonly Place[];
  /** A fleet of one account and region keeps its roles in that one stack. */
  readonly single: boolean;
  /** Whether an account is whatever the credentials say. */
  readonly current: boolean;
}

export function factsOf(fleet: Fleet): FleetFacts {
  const baselines = new Map(Object.entries(fleet.baselines));
  const patchGroups = new Map(Object.entries(fleet.patchGroups));
  const rings = fleet.rings.map((ring, index) => ringOf(fleet, ring, ['rings', index]));
  const assigned = assigner(baselines, patchGroups, rings);
  const { accounts, said, tagSets } = placesOf(fleet);
  const setOf = new Map(
    said.flatMap(({ assignments }) =>
      assignments === undefined ? [] : [[assignments, assigned(assignments.path, assignments.value)] as const],
    ),
  );
  const places = accounts.flatMap((account) =>
    account.places.map(({ assignments, ...place }): Place => {
      const set = assignments && setOf.get(assignments);
      return { ...place, ...(set && { assignments: set }) };
    }),
  );

  const single = fleet.accounts.length === 1 && places.length === 1;
  const current = fleet.accounts.some(({ account }) => account === 'current');
  return {
    fleet,
    baselines,
    patchGroups,
    rings,
    assignmentSets: [...setOf.values()],
    instanceSets: said.flatMap(({ instances }) => instances ?? []),
    autoScalingGroupSets: said.flatMap(({ autoScalingGroups }) => autoScalingGroups ?? []),
    tagSets,
    accounts,
    places,
    single,
    current,
  };
}

function ringOf(fleet: Fleet, ring: FleetRing, path: FilePath): Ring {
  const windows = windowsOfRing(ring).map((window) => ({ ...window, path: [...path, ...window.steps] }));
  const emergencies = emergencyWindows(fleet, ring).map(({ key, path: at, window }) => {
    return { key, steps: [], operation: 'Install' as const, window, path: at };
  });
  return { path, ring, windows, emergencies };
}

/** Accounts tend to repeat each other: the baselines of the same patch groups are looked up once. */
function assigner(
  baselines: FleetFacts['baselines'],
  patchGroups: FleetFacts['patchGroups'],
  rings: readonly Ring[],
): (path: FilePath, assignments: Keyed<FleetAssignment>) => AssignmentSet {
  const ringByName = new Map([...rings].reverse().map((ring) => [ring.ring.name, ring]));
  const known = new Map<string, Pick<Assigned, 'groups' | 'baselines'>>();
  const lookedUp = (keys: readonly string[]) => {
    const id = keys.join(' ');
    const before = known.get(id);
    if (before !== undefined) return before;
    const groups = [...new Set(keys)].filter((key) => patchGroups.has(key));
    const used = new Set(groups.flatMap((key) => patchGroups.get(key)?.baselines ?? []));
    const found = { groups, baselines: [...used].filter((key) => baselines.has(key)) };
    known.set(id, found);
    return found;
  };
  return (path, assignments) => ({
    path,
    value: Object.entries(assignments)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, assignment]): Assigned => {
        const ring = ringByName.get(assignment.ring);
        const rest = lookedUp(assignment.patchGroups);
        return { name, path: [...path, name], assignment, ...(ring && { ring }), ...rest };
      }),
  });
}
