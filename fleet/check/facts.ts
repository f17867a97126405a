import { emergencyWindows } from '../emergency.ts';
import type { FilePath } from '../file-violation.ts';
import { type RingWindow as WindowOfRing, windowsOfRing } from '../ring-windows.ts';
import type {
  Fleet,
  FleetAccount,
  FleetAssignment,
  FleetBaseline,
  FleetInstance,
  FleetPatchGroup,
  FleetRing,
} from '../schema/index.ts';

type Keyed<Value> = Readonly<Record<string, Value>>;

/** A part of the fleet and where it stands. */
export interface Declared<Value> {
  readonly path: FilePath;
  readonly value: Value;
}

/** One account and region. What it has of its own, or takes over, was declared as a whole in one place of the file. */
export interface Place {
  readonly account: FleetAccount;
  readonly region: string;
  /** Of the region where the account says something about it, otherwise of the account. */
  readonly path: FilePath;
  readonly assignments?: AssignmentSet;
  readonly instances?: Declared<Keyed<FleetInstance>>;
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
  readonly assignmentSets: readonly AssignmentSet[];
  readonly instanceSets: readonly Declared<Keyed<FleetInstance>>[];
  readonly tagSets: readonly Declared<Keyed<string>>[];
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
  const assignmentSets: AssignmentSet[] = [];
  const instanceSets: Declared<Keyed<FleetInstance>>[] = [];
  const tagSets: Declared<Keyed<string>>[] = [];

  /** What `defaults`, an account or a region declares. */
  const declared = (path: FilePath, holder: Holder) => {
    const assignments = holder?.assignments && assigned([...path, 'assignments'], holder.assignments);
    const instances = holder?.instances && { path: [...path, 'instances'], value: holder.instances };
    if (assignments !== undefined) assignmentSets.push(assignments);
    if (instances !== undefined) instanceSets.push(instances);
    if (holder?.tags !== undefined) tagSets.push({ path: [...path, 'tags'], value: holder.tags });
    return { ...(assignments && { assignments }), ...(instances && { instances }) };
  };

  const defaults = declared(['defaults'], fleet.defaults);
  const defaultRegions = regionsOf(fleet.defaults?.regions, (path, holder) => declared(['defaults', ...path], holder));
  const places = fleet.accounts.flatMap((account, index) => {
    const path: FilePath = ['accounts', index];
    const own = { ...defaults, ...declared(path, account) };
    const ofRegion = (steps: FilePath, holder: Holder) => declared([...path, ...steps], holder);
    const regions = account.regions === undefined ? defaultRegions : regionsOf(account.regions, ofRegion);
    return regions.map(({ region, path: steps, ...ofPlace }): Place => {
      const placePath = account.regions === undefined ? path : [...path, ...steps];
      return { account, region, path: placePath, ...own, ...ofPlace };
    });
  });

  const single = fleet.accounts.length === 1 && places.length === 1;
  const current = fleet.accounts.some(({ account }) => account === 'current');
  return {
    fleet,
    baselines,
    patchGroups,
    rings,
    assignmentSets,
    instanceSets,
    tagSets,
    places,
    single,
    current,
  };
}

type Holder = Pick<FleetAccount, 'assignments' | 'instances' | 'tags'> | null | undefined;
type OfPlace = Pick<Place, 'assignments' | 'instances'>;

function regionsOf(regions: FleetAccount['regions'], declared: (path: FilePath, holder: Holder) => OfPlace) {
  if (regions === undefined) return [];
  if (Array.isArray(regions)) return [...new Set(regions)].map((region) => ({ region, path: [] as FilePath }));
  return Object.entries(regions)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([region, holder]) => {
      const path: FilePath = ['regions', region];
      return { region, path, ...declared(path, holder) };
    });
}

function ringOf(fleet: Fleet, ring: FleetRing, path: FilePath): Ring {
  const windows = windowsOfRing(ring).map((window) => ({ ...window, path: [...path, ...window.steps] }));
  const emergencies = emergencyWindows(fleet, ring.name).map(({ key, path: at, window }) => {
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
