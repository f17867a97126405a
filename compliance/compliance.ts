import { grouped } from '../core/grouped.ts';
import type { FleetContext } from './fleet-context.ts';
import { FleetTally } from './fleet-tally.ts';
import { hidesInstances } from './gaps.ts';
import { byInstanceId, type InstanceReference, type InstanceReport } from './instance-report.ts';
import { type JudgedPlace, PlaceJudge } from './judge.ts';
import { type Judging, judgePlaces } from './judging.ts';
import { PatchCatalog } from './patch-catalog.ts';
import type { PatchLookup } from './patch-lookup.ts';
import { inOrder, keysOfAvailable } from './patch-names.ts';
import { settle } from './patch-silence.ts';
import { instanceKey, placeKey } from './place-index.ts';
import { type ComplianceReport, controls, type Evidence, type Finding, notes, type PlaceReport } from './report.ts';
import { type Settings, settingsOf } from './settings.ts';
import type { PatchStateSource, ReadRequest } from './source.ts';
import type { Details } from './source-evidence.ts';
import { totalsOf } from './totals.ts';
import { type EarlierState, firstSeenIn, trendSince } from './trend.ts';
import { hiddenInstances, untoldPlaces } from './unseen.ts';
import { windowOrder } from './windows/window-report.ts';

export interface ReportOptions {
  /** What the fleet file and outputs say; `noFleet` without. */
  readonly fleet: FleetContext;
  /** The instant that everything is told for, ISO-8601. */
  readonly asOf: string;
  /** When the report is made, ISO-8601. */
  readonly madeAt: string;
  readonly toolVersion: string;
  /** Milliseconds after which a scan says nothing any more. @default 7 days */
  readonly staleAfterMs?: number;
  /** Which patches a source lists one by one. @default 'noncompliant' */
  readonly details?: Details;
  /** Keys of tags to group by. @default none */
  readonly tagKeys?: readonly string[];
  /** `KB…` or `CVE-…` to look up. @default none */
  readonly patch?: string;
  /** The trend is told since it. @default no trend */
  readonly since?: EarlierState;
  /** Further snapshots that ages are taken from. @default none */
  readonly earlier?: readonly EarlierState[];
  /**
   * Whether places and declared instances of the fleet that the source says nothing about are told as unknown: not of an
   * earlier snapshot, which was not asked for them. @default true
   */
  readonly tellUntold?: boolean;
  /** Called as places are judged. @default nobody is told */
  readonly onPlace?: (place: PlaceReport) => void;
}

/** A report without a fleet file: no rings, deadlines or waivers. */
export const noFleet: FleetContext = { files: [], rings: [], places: [], waivers: [], freezes: [] };

const weekMs = 7 * 86_400_000;

/** Reads a source place by place and judges it. Throws only what the source throws. */
export async function complianceReport(source: PatchStateSource, options: ReportOptions): Promise<ComplianceReport> {
  const { fleet, details = 'noncompliant', since, earlier = [], patch, tagKeys = [] } = options;
  const { staleAfterMs = weekMs, tellUntold = true } = options;
  const firstSeen = firstSeenIn(since === undefined ? earlier : [since, ...earlier]);
  const settings = settingsOf(options.asOf, staleAfterMs, firstSeen);
  const catalog = new PatchCatalog();
  const withDeadline = fleet.rings.flatMap(({ name, patchWithinDays }) =>
    patchWithinDays === undefined ? [] : [name],
  );
  const tally = new FleetTally(tagKeys, new Set(withDeadline));
  const places: JudgedPlace[] = [];
  const take = (judged: JudgedPlace) => {
    places.push(judged);
    tally.add(judged.instances);
    options.onPlace?.(judged.place);
  };
  const asked = patch !== undefined && { patch };
  const request: ReadRequest = { details, ...asked };
  const judging: Judging = { fleet, settings, options: { tagKeys, tellUntold, ...asked } };
  const judged = { catalog, take };
  await (source.judge?.(request, judging, judged) ?? judgePlaces(source.places(request), judging, judged));
  const told = places.map(({ place }) => place);
  for (const facts of tellUntold ? untoldPlaces(fleet, told, settings.asOf) : []) {
    const unseen = new PlaceJudge(facts, fleet, settings, catalog, judging.options);
    unseen.add(facts.instances);
    take(unseen.judged());
  }
  const evidence = evidenceOf(source, places, settings, options);
  return assemble(places, catalog, tally, evidence, options);
}

function evidenceOf(
  source: PatchStateSource,
  places: readonly JudgedPlace[],
  { asOf }: Settings,
  { fleet, madeAt, toolVersion, staleAfterMs = weekMs, since, earlier = [] }: ReportOptions,
): Evidence {
  return {
    madeAt: new Date(madeAt).toISOString(),
    asOf,
    staleAfterHours: staleAfterMs / 3_600_000,
    toolVersion,
    sources: [source.evidence()],
    earlier: [...(since === undefined ? [] : [since]), ...earlier].flatMap(({ sources }) => sources),
    ...(fleet.fleet !== undefined && { fleet: fleet.fleet }),
    ...(fleet.commit !== undefined && { commit: fleet.commit }),
    files: fleet.files,
    permissions: [...new Set(places.flatMap(({ permissions }) => permissions))].sort(),
    controls,
    notes,
  };
}

function assemble(
  judged: readonly JudgedPlace[],
  catalog: PatchCatalog,
  tally: FleetTally,
  evidence: Evidence,
  { fleet, since, patch }: ReportOptions,
): ComplianceReport {
  const places = [...judged].sort((a, b) => compare(placeKey(a.place), placeKey(b.place)));
  const seen = places.flatMap(({ instances }) => instances);
  const gone = places.flatMap((place) => place.gone).sort(byInstance);
  const unseen = since === undefined ? [] : hidden(since, places);
  tally.add(unseen);
  // Those of a place come sorted, and there may be very many.
  const instances = unseen.length === 0 ? seen : [...seen, ...unseen].sort(byInstance);
  const unseenIn = grouped(unseen, placeKey);
  const placeReports = places.map((judged) => withUnseen(judged, unseenIn.get(placeKey(judged.place)) ?? []));
  const statuses = { read: 0, partly: 0, unknown: 0 };
  for (const { status } of placeReports) statuses[status] += 1;
  const rings = fleet.rings.map(({ name }) => name);
  return {
    version: 1,
    evidence,
    complete: placeReports.every(({ status }) => status === 'read'),
    ...tally.counted(rings, (key) => catalog.severityOf(key)),
    patches: catalog.sorted(),
    instances,
    gone,
    findings: places.flatMap(({ findings }) => findings).sort(byFinding),
    places: placeReports,
    placeTotals: statuses,
    windows: places.flatMap(({ windows }) => windows).sort(windowOrder),
    waivers: fleet.waivers,
    ...(since !== undefined && {
      trend: trendSince(since, instances, new Set(places.map(({ place }) => placeKey(place)))),
    }),
    ...(patch !== undefined && { patch: lookupOf(patch, places, unseen, evidence.asOf) }),
  };
}

/** What an earlier snapshot has in places of which nobody can say now which instances are there. */
function hidden(since: EarlierState, places: readonly JudgedPlace[]): InstanceReport[] {
  const unread = new Map(
    places.flatMap(({ place }) => {
      const gap = place.gaps.find(hidesInstances);
      return gap === undefined ? [] : [[placeKey(place), gap.message] as const];
    }),
  );
  if (unread.size === 0) return [];
  const known = new Set(
    places.flatMap((place) => [...place.instances, ...place.gone]).map((one) => instanceKey(one, one.instanceId)),
  );
  return hiddenInstances(since, unread, known).map(({ lacks: _, unlisted: __, installOfList: ___, ...instance }) => ({
    ...instance,
    bucket: 'unknown' as const,
  }));
}

/** Counts them in their place, too: its numbers are those of its instances. */
function withUnseen({ place, instances }: JudgedPlace, unseen: readonly InstanceReport[]): PlaceReport {
  return unseen.length === 0 ? place : { ...place, totals: totalsOf([...instances, ...unseen]) };
}

function lookupOf(
  asked: string,
  places: readonly JudgedPlace[],
  unseen: readonly InstanceReport[],
  asOf: string,
): PatchLookup {
  const available = inOrder(places.flatMap((place) => place.asked));
  const answers = [
    ...places
      .flatMap((place) => place.answers)
      .map((answer) => (answer.kind === 'silent' ? settle(answer, available, asOf) : answer)),
    ...unseen.map(({ account, region, instanceId, why }) => ({
      kind: 'unknown' as const,
      instance: { account, region, instanceId, why },
    })),
  ];
  type Answer = (typeof answers)[number];
  const of = <Kind extends Answer['kind']>(kind: Kind) =>
    answers
      .filter((answer): answer is Extract<Answer, { kind: Kind }> => answer.kind === kind)
      .map(({ instance }) => instance as Extract<Answer, { kind: Kind }>['instance'])
      .sort(byInstance);
  const exposed = of('exposed');
  const released = available.flatMap(({ releasedAt }) => releasedAt ?? []).sort()[0];
  const keys = [...available.flatMap(keysOfAvailable), ...exposed.map((one) => one.patch)];
  return {
    asked: asked.toUpperCase(),
    patches: [...new Set(keys)].sort(),
    ...(released !== undefined && { releasedAt: released }),
    exposed,
    pendingReboot: of('pendingReboot'),
    installed: of('installed'),
    notExposed: of('notExposed'),
    unknown: of('unknown'),
  };
}

function byInstance(a: InstanceReference, b: InstanceReference): number {
  return compare(a.account, b.account) || compare(a.region, b.region) || byInstanceId(a, b);
}

function byFinding(a: Finding, b: Finding): number {
  return compare(a.code, b.code) || byInstance(a, b);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
