import { type Deficit, deficitsOf } from './deficits.ts';
import type { Judged } from './explain/reason.ts';
import { findingsOf } from './explain/rules.ts';
import type { InstanceFacts, PlaceFacts } from './facts.ts';
import type { FleetContext, PlaceContext } from './fleet-context.ts';
import { describeGap, leftUnknown } from './gaps.ts';
import type { InstanceReference, InstanceReport } from './instance-report.ts';
import type { PatchCatalog } from './patch-catalog.ts';
import { availableAsked, type LookupAnswer, lookUp } from './patch-lookup.ts';
import { keysOfAvailable } from './patch-names.ts';
import { indexPlace, type PlaceIndex } from './place-index.ts';
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
  /** Keys of the patches that were asked for, and when they were released. */
  readonly asked: readonly { readonly patch: string; readonly releasedAt?: string }[];
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
  for (const instance of facts.instances) {
    const judged = judge(index, instance, settings);
    const { subject, verdict, deficits } = judged;
    const reference = { account: facts.place.account, region: facts.place.region, instanceId: instance.instanceId };
    if (verdict.bucket === 'gone') {
      gone.push(reference);
      continue;
    }
    subjects.push(subject);
    instances.push({
      ...reference,
      bucket: verdict.bucket,
      why: verdict.why,
      ...describe(subject, deficits, options.tagKeys),
    });
    catalog.add(instance.patches ?? [], deficits ?? [], index);
    for (const reason of findingsOf(judged)) findings.push({ ...reference, ...reason });
    const answer = options.patch === undefined ? undefined : lookUp(options.patch, judged, reference);
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
    asked: options.patch === undefined ? [] : askedOf(options.patch, facts),
  };
}

function describe(subject: Subject, deficits: readonly Deficit[] | undefined, tagKeys: readonly string[]) {
  const { instance, ring, groupName, operatingSystem, expected } = subject;
  const { ec2, managed, patchState, declaredAs } = instance;
  const name = ec2?.tags.Name ?? managed?.computerName;
  const platform = [managed?.platformName, managed?.platformVersion].filter((part) => part !== undefined).join(' ');
  const reportedAt = lastReportAt(instance);
  const tags = tagKeys.flatMap((key) => {
    const value = ec2 !== undefined && Object.hasOwn(ec2.tags, key) ? ec2.tags[key] : undefined;
    return value === undefined ? [] : [[key, value] as const];
  });
  return {
    ...(name !== undefined && name !== '' && { name }),
    ...(ring !== undefined && { ring: ring.name }),
    ...(groupName !== undefined && { patchGroup: groupName }),
    ...(operatingSystem !== undefined && { operatingSystem }),
    ...(platform !== '' && { platform }),
    ...(declaredAs !== undefined && { declaredAs }),
    ...(tags.length > 0 && { tags: Object.fromEntries(tags) }),
    ...(patchState !== undefined && {
      operation: patchState.operation,
      counts: patchState.counts,
      baselineId: patchState.baselineId,
    }),
    ...(reportedAt !== undefined && { reportedAt }),
    ...(expected !== undefined && { expectedBaselineId: expected.baselineId }),
    ...(deficits !== undefined && { deficits }),
  };
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

function askedOf(patch: string, { availablePatches }: PlaceFacts) {
  return availableAsked(patch, availablePatches).flatMap((available) =>
    keysOfAvailable(available).map((key) => ({
      patch: key,
      ...(available.releasedAt !== undefined && { releasedAt: available.releasedAt }),
    })),
  );
}
