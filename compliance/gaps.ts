import type { Area, Gap } from './facts.ts';

/** Tells for an area, and an instance or a window of it, why it could not be read. */
export type GapLookup = (area: Area, id?: string) => Gap | undefined;

/** Looks gaps up by instance or window: a place may have one for each of thousands. */
export function gapLookup(gaps: readonly Gap[]): GapLookup {
  if (gaps.length === 0) return () => undefined;
  const ofPlace = new Map<Area, Gap>();
  const ofId = new Map<string, Gap>();
  // Of several about one thing the first is told, in whichever order they come.
  for (const gap of [...gaps].sort(byReason)) {
    const ids = gap.instanceIds ?? gap.windowIds;
    if (ids === undefined) setFirst(ofPlace, gap.area, gap);
    else for (const id of ids) setFirst(ofId, `${gap.area} ${id}`, gap);
  }
  return (area, id) =>
    ofPlace.get('place') ?? ofPlace.get(area) ?? (id === undefined ? undefined : ofId.get(`${area} ${id}`));
}

function setFirst<Key>(gaps: Map<Key, Gap>, key: Key, gap: Gap): void {
  if (!gaps.has(key)) gaps.set(key, gap);
}

/** The order in which gaps of one area are told. */
function byReason(a: Gap, b: Gap): number {
  const key = ({ reason, message }: Gap) => `${reason} ${message}`;
  return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0;
}

const reasons: Readonly<Record<Gap['reason'], string>> = {
  'access-denied': 'access is denied',
  'no-credentials': 'there are no credentials',
  'expired-credentials': 'the credentials have expired',
  'role-not-assumed': 'the role could not be assumed',
  'region-disabled': 'the region is not enabled',
  throttled: 'AWS throttled every attempt',
  'timed-out': 'no answer came in time',
  unreachable: 'the endpoint could not be reached',
  interrupted: 'it was interrupted',
  'invalid-answer': 'the answer made no sense',
  failed: 'the call failed',
};

export const gapReasons = Object.keys(reasons) as readonly Gap['reason'][];

/** `access is denied: User … is not authorized to perform …`. */
export function describeGap({ reason, message }: Gap): string {
  return message === '' ? reasons[reason] : `${reasons[reason]}: ${message}`;
}

const listing: ReadonlySet<Area> = new Set(['place', 'ec2-instances', 'managed-instances']);

/** Whether it keeps from knowing which instances are there. */
export function hidesInstances({ area, about }: { readonly area: Area; readonly about?: number }): boolean {
  return listing.has(area) && about === undefined;
}

/** The first that does, in the order in which reports tell them. */
export function hidingGap(gaps: readonly Gap[]): Gap | undefined {
  const key = (gap: Gap) => `${gap.area} ${gap.reason} ${describeGap(gap)}`;
  return gaps
    .filter((gap) => listing.has(gap.area) && aboutHowMany(gap) === undefined)
    .sort((a, b) => (key(a) < key(b) ? -1 : 1))[0];
}

/** From the gravest on: what comes first leaves most unknown. */
const words: Readonly<Record<Area, readonly [what: string, unknown: string]>> = {
  place: ['anything', 'every instance there'],
  'ec2-instances': ['EC2 instances', 'which instances exist, and whether they run'],
  'managed-instances': ['managed nodes', 'whether instances are managed'],
  'patch-states': ['patch states', 'whether instances are patched'],
  patches: ['patches of instances', 'which patches are missing, and for how long'],
  baselines: ['patch baselines', 'which baseline counts, and what it approves'],
  'patch-groups': ['patch groups', 'which baseline counts for a group'],
  'available-patches': ['available patches', 'when patches were released'],
  windows: ['maintenance windows', 'who is patched when'],
  'window-executions': ['executions of windows', 'what became of the last runs'],
};

/** In the same order. */
export const areas = Object.keys(words) as readonly Area[];

export function areaInWords(area: Area): string {
  return words[area][0];
}

/** What a gap leaves unknown. */
export function leftUnknown(area: Area): string {
  return words[area][1];
}

/** How many instances or windows a gap is about; undefined: all of the place. */
export function aboutHowMany({ instanceIds, windowIds }: Gap): number | undefined {
  return (instanceIds ?? windowIds)?.length;
}

/** Whether less could be read than at another time: the gravest area in which they differ decides. */
export function leavesMoreUnknown(gaps: readonly Gap[], than: readonly Gap[]): boolean {
  for (const area of areas) {
    const [now, before] = [extentOf(gaps, area), extentOf(than, area)];
    if (now !== before) return now > before;
  }
  return false;
}

/** Of how many instances or windows an area could not be read. */
function extentOf(gaps: readonly Gap[], area: Area): number {
  let extent = 0;
  for (const gap of gaps) if (gap.area === area) extent += aboutHowMany(gap) ?? Number.POSITIVE_INFINITY;
  return extent;
}
