import type { Bucket } from './buckets.ts';
import { deficitsOf } from './deficits.ts';
import type { Judged } from './explain/reason.ts';
import { findingsOf } from './explain/rules.ts';
import type { InstanceFacts, ManagedFacts, PlaceFacts } from './facts.ts';
import type { FleetContext, PlaceContext } from './fleet-context.ts';
import { describeGap, leftUnknown } from './gaps.ts';
import type { InstanceReference, InstanceReport } from './instance-report.ts';
import type { PatchCatalog } from './patch-catalog.ts';
import type { AvailablePatch } from './patch-facts.ts';
import { availableAsked, type LookupAnswer, lookUp } from './patch-lookup.ts';
import { inOrder } from './patch-names.ts';
import { indexPlace, type PlaceIndex, sameText } from './place-index.ts';
import type { Finding, GapReport, PlaceReport } from './report.ts';
import type { Settings } from './settings.ts';
import { type Subject, subjectOf } from './subject.ts';
import { totalsOf } from './totals.ts';
import { lastReportAt, verdictOf } from './verdict.ts';
import { type WindowReport, windowReports } from './windows/window-report.ts';

/** What one place comes to. Nothing of its facts is kept but what a report shows. */
export interface JudgedPlace {
  readonly context: PlaceContext | undefined;
  readonly place: PlaceReport;
  readonly instances: readonly InstanceReport[];
  readonly gone: readonly InstanceReference[];
  readonly findings: readonly Finding[];
  readonly windows: readonly WindowReport[];
  readonly permissions: readonly string[];
  readonly answers: readonly LookupAnswer[];
  /** What AWS lists here of the patches that were asked for. */
  readonly asked: readonly AvailablePatch[];
}

export interface JudgeOptions {
  /** Keys of tags to keep of each instance, to group by. */
  readonly tagKeys: readonly string[];
  /** `KB…` or `CVE-…` to look up. @default none */
  readonly patch?: string;
}

/** One instance of a place, judged. */
export function judge(index: PlaceIndex, instance: InstanceFacts, settings: Settings): Judged {
  const subject = subjectOf(index, instance);
  const deficits = deficitsOf(subject, settings);
  return { subject, deficits, verdict: verdictOf(subject, settings, deficits), settings };
}

/** Judges every instance of a place, and adds the patches they lack to the catalog. */
export function judgePlace(
  facts: PlaceFacts,
  fleet: FleetContext,
  settings: Settings,
  catalog: PatchCatalog,
  options: JudgeOptions,
): JudgedPlace {
  const index = indexPlace(facts, fleet);
  const instances: InstanceReport[] = [];
  const gone: InstanceReference[] = [];
  const findings: Finding[] = [];
  const answers: LookupAnswer[] = [];
  const subjects: Subject[] = [];
  const asked = options.patch === undefined ? [] : inOrder(availableAsked(options.patch, facts.availablePatches));
  for (const instance of facts.instances) {
    const judged = judge(index, instance, settings);
    const { subject, verdict, deficits } = judged;
    const reference = { account: facts.place.account, region: facts.place.region, instanceId: instance.instanceId };
    if (verdict.bucket === 'gone') {
      gone.push(reference);
      continue;
    }
    subjects.push(subject);
    instances.push(rowOf(judged, verdict.bucket, reference, options.tagKeys));
    catalog.add(instance.patches ?? [], deficits ?? [], index);
    for (const reason of findingsOf(judged)) findings.push({ ...reference, ...reason });
    const answer = options.patch === undefined ? undefined : lookUp(options.patch, asked, judged, reference);
    if (answer !== undefined) answers.push(answer);
  }
  return {
    context: index.context,
    place: placeReport(facts, index, instances),
    instances,
    gone,
    findings,
    windows: windowReports(index, subjects, settings),
    permissions: facts.permissions,
    answers,
    asked,
  };
}

type Row = { -readonly [Key in keyof InstanceReport]: InstanceReport[Key] };

/** Parts are added one by one in one order: there are very many rows, and engines share the shape of such objects. */
function rowOf(
  { subject, verdict, deficits }: Judged,
  bucket: Bucket,
  { account, region, instanceId }: InstanceReference,
  tagKeys: readonly string[],
): InstanceReport {
  const { index, instance, ring, groupName, operatingSystem, expected } = subject;
  const { ec2, managed, patchState, declaredAs } = instance;
  const row: Row = { account, region, instanceId, bucket, why: sameText(index, verdict.why) };
  const name = ec2?.tags.Name ?? managed?.computerName;
  if (name !== undefined && name !== '') row.name = name;
  if (ring !== undefined) row.ring = ring.name;
  if (groupName !== undefined) row.patchGroup = groupName;
  if (operatingSystem !== undefined) row.operatingSystem = operatingSystem;
  const platform = platformOf(managed);
  if (platform !== undefined) row.platform = sameText(index, platform);
  if (declaredAs !== undefined) row.declaredAs = declaredAs;
  if (tagKeys.length > 0 && ec2 !== undefined) row.tags = tagsOf(ec2.tags, tagKeys);
  const reportedAt = lastReportAt(instance);
  if (reportedAt !== undefined) row.reportedAt = sameText(index, reportedAt);
  if (patchState !== undefined) {
    row.operation = patchState.operation;
    row.counts = patchState.counts;
    row.baselineId = sameText(index, patchState.baselineId);
  }
  if (expected !== undefined) row.expectedBaselineId = expected.baselineId;
  if (deficits !== undefined) row.deficits = deficits;
  return row;
}

function platformOf(managed: ManagedFacts | undefined): string | undefined {
  const { platformName, platformVersion } = managed ?? {};
  if (platformName === undefined) return platformVersion;
  return platformVersion === undefined ? platformName : `${platformName} ${platformVersion}`;
}

function tagsOf(tags: Readonly<Record<string, string>>, keys: readonly string[]): Record<string, string> {
  return Object.fromEntries(keys.filter((key) => Object.hasOwn(tags, key)).map((key) => [key, tags[key] as string]));
}

function placeReport(facts: PlaceFacts, { context }: PlaceIndex, instances: readonly InstanceReport[]): PlaceReport {
  const { place, observedAt, gaps } = facts;
  const told = gaps.map((gap): GapReport => {
    const about = (gap.instanceIds ?? gap.windowIds)?.length;
    return {
      area: gap.area,
      reason: gap.reason,
      message: describeGap(gap),
      unknown: leftUnknown(gap.area),
      ...(about !== undefined && { about }),
    };
  });
  const key = (gap: GapReport) => `${gap.area} ${gap.reason} ${gap.message} ${gap.about ?? ''}`;
  return {
    account: place.account,
    ...(context?.accountName !== undefined && { accountName: context.accountName }),
    region: place.region,
    observedAt,
    status: gaps.some(({ area }) => area === 'place') ? 'unknown' : gaps.length > 0 ? 'partly' : 'read',
    totals: totalsOf(instances),
    gaps: told.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0)),
  };
}
