import type { FilePath } from './file-violation.ts';
import { expressionOf } from './glob.ts';
import type {
  Fleet,
  FleetAccount,
  FleetAssignment,
  FleetAutoScalingGroup,
  FleetInstance,
  FleetPattern,
} from './schema/index.ts';
import { sortedEntries } from './sorted.ts';

type Keyed<Value> = Readonly<Record<string, Value>>;

/** A part of the fleet and where it stands. */
export interface Declared<Value> {
  readonly path: FilePath;
  readonly value: Value;
}

/** What a region, an account, a pattern or the defaults say of a place. */
export interface Said {
  readonly assignments?: Declared<Keyed<FleetAssignment>>;
  readonly instances?: Declared<Keyed<FleetInstance>>;
  readonly autoScalingGroups?: Declared<Keyed<FleetAutoScalingGroup>>;
}

/** One account and region. Each part is what the first of region, account, patterns and defaults says that says it. */
export interface Place extends Said {
  readonly account: FleetAccount;
  readonly region: string;
  /** Of the region where the account itself says something about it, otherwise of the account. */
  readonly path: FilePath;
  /** Those of defaults, patterns, account and region together; where they differ, the more special one. */
  readonly tags: Keyed<string>;
}

export interface AccountPlaces {
  readonly account: FleetAccount;
  readonly path: FilePath;
  readonly assumeRoleArn?: string;
  readonly profile?: string;
  /** Without those of regions. */
  readonly tags: Keyed<string>;
  /** Sorted by region. */
  readonly places: readonly Place[];
  /** The patterns about it, in the order of the file. */
  readonly patterns: readonly FleetPattern[];
}

export interface Places {
  readonly accounts: readonly AccountPlaces[];
  /** Everything that is said anywhere in the fleet, whether a place takes it or not. */
  readonly said: readonly Said[];
  readonly tagSets: readonly Declared<Keyed<string>>[];
}

/** What may say something of places. */
type Holder = Pick<FleetAccount, 'assignments' | 'instances' | 'autoScalingGroups' | 'tags'>;

/** The same for a whole account. */
type AccountHolder = Holder & Pick<FleetAccount, 'regions' | 'assumeRoleArn' | 'profile'>;

interface Region extends Said {
  readonly region: string;
  /** From whoever lists the regions. */
  readonly steps: FilePath;
  readonly tags?: Keyed<string>;
}

interface Source {
  readonly holder: AccountHolder;
  readonly said: Said;
  readonly regions?: readonly Region[];
}

/** Every account in each of its regions, with patterns and defaults applied: for the checks and for what is deployed alike. */
export function placesOf(fleet: Fleet): Places {
  const said: Said[] = [];
  const tagSets: Declared<Keyed<string>>[] = [];

  const told = (path: FilePath, holder: Holder): Said => {
    const parts = partsOf(path, holder);
    said.push(parts);
    if (holder.tags !== undefined) tagSets.push({ path: [...path, 'tags'], value: holder.tags });
    return parts;
  };
  const sourceOf = (path: FilePath, holder: AccountHolder): Source => {
    const own = told(path, holder);
    if (holder.regions === undefined) return { holder, said: own };
    const regions = regionsOf(holder.regions).map(([region, holderOfRegion]): Region => {
      if (holderOfRegion === undefined) return { region, steps: [] };
      const steps = ['regions', region];
      const { tags } = holderOfRegion;
      return { region, steps, ...told([...path, ...steps], holderOfRegion), ...(tags && { tags }) };
    });
    return { holder, said: own, regions };
  };

  const defaults = sourceOf(['defaults'], fleet.defaults ?? {});
  const patterns = (fleet.patterns ?? []).map((value, index) => {
    const path: FilePath = ['patterns', index];
    return { value, expression: expressionOf(value.accounts), source: sourceOf(path, value) };
  });
  const accounts = fleet.accounts.map((account, index): AccountPlaces => {
    const path: FilePath = ['accounts', index];
    const matching = patterns.filter(({ expression }) => isAbout(expression, account));
    const own = sourceOf(path, account);
    const sources = [own, ...matching.map(({ source }) => source), defaults];
    const about = matching.map(({ value }) => value);
    return { ...accountPlaces(account, path, own, sources), patterns: about };
  });
  return { accounts, said, tagSets };
}

/** A pattern is about an account whose name or number it matches. */
export function isAbout(expression: RegExp, { account, name }: FleetAccount): boolean {
  return expression.test(account) || (name !== undefined && expression.test(name));
}

/** `sources` in the order in which they are asked. */
function accountPlaces(
  account: FleetAccount,
  path: FilePath,
  own: Source,
  sources: readonly Source[],
): Omit<AccountPlaces, 'patterns'> {
  const lastFirst = [...sources].reverse();
  const parts: Said = Object.assign({}, ...lastFirst.map(({ said }) => said));
  const tags: Keyed<string> = Object.assign({}, ...lastFirst.map(({ holder }) => holder.tags));
  const regions = sources.find((source) => source.regions !== undefined)?.regions ?? [];
  const assumeRoleArn = sources.find(({ holder }) => holder.assumeRoleArn !== undefined)?.holder.assumeRoleArn;
  const profile = sources.find(({ holder }) => holder.profile !== undefined)?.holder.profile;
  return {
    account,
    path,
    ...(assumeRoleArn !== undefined && { assumeRoleArn }),
    ...(profile !== undefined && { profile }),
    tags,
    places: regions.map(({ region, steps, tags: ofRegion, ...ofPlace }) => ({
      ...parts,
      ...ofPlace,
      account,
      region,
      path: own.regions === undefined ? path : [...path, ...steps],
      tags: ofRegion === undefined ? tags : { ...tags, ...ofRegion },
    })),
  };
}

function partsOf(path: FilePath, { assignments, instances, autoScalingGroups }: Holder): Said {
  return {
    ...(assignments && { assignments: { path: [...path, 'assignments'], value: assignments } }),
    ...(instances && { instances: { path: [...path, 'instances'], value: instances } }),
    ...(autoScalingGroups && { autoScalingGroups: { path: [...path, 'autoScalingGroups'], value: autoScalingGroups } }),
  };
}

/** Regions in order, each once, with what is said of it, nothing where it is only listed. */
function regionsOf(regions: NonNullable<FleetAccount['regions']>): [region: string, holder: Holder | undefined][] {
  if (Array.isArray(regions)) return [...new Set(regions)].sort().map((region) => [region, undefined]);
  return sortedEntries(regions).map(([region, holder]) => [region, holder ?? {}]);
}
