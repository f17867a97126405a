import { type Bucket, outcomeOfBucket } from './buckets.ts';
import { type Deficit, deficitsOf, unlistedOf } from './deficits.ts';
import type { Judged } from './explain/reason.ts';
import { findingsOf } from './explain/rules.ts';
import type { InstanceFacts, Place, PlaceFacts } from './facts.ts';
import type { FleetContext } from './fleet-context.ts';
import { aboutHowMany, describeGap, leftUnknown } from './gaps.ts';
import { byInstanceId, type InstanceReference, type InstanceReport } from './instance-report.ts';
import { kept } from './kept.ts';
import type { PatchCatalog } from './patch-catalog.ts';
import type { AvailablePatch, PatchFacts } from './patch-facts.ts';
import { availableAsked, type LookupAnswer, lookUp } from './patch-lookup.ts';
import { inOrder } from './patch-names.ts';
import { indexPlace, type PlaceIndex } from './place-index.ts';
import type { Finding, GapReport, PlaceReport } from './report.ts';
import type { Settings } from './settings.ts';
import { subjectOf } from './subject.ts';
import { totalsOf } from './totals.ts';
import { installedListOnly, lastReportAt, type Verdict, verdictOf } from './verdict.ts';
import { withRunsUntil } from './windows/known-runs.ts';
import { type WindowReport, WindowTally } from './windows/window-report.ts';

/** What one place comes to. Nothing of its facts is kept but what a report shows. */
export interface JudgedPlace {
  readonly place: PlaceReport;
  /** Sorted by id. */
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
  /** Whether declared instances that the facts do not have are judged as well. */
  readonly tellUntold: boolean;
  /** `KB…` or `CVE-…` to look up. @default none */
  readonly patch?: string;
}

/** One instance of a place, judged. */
export function judge(index: PlaceIndex, instance: InstanceFacts, settings: Settings): Judged {
  const subject = subjectOf(index, instance);
  const listed = deficitsOf(subject, settings);
  const verdict = verdictOf(subject, settings, listed);
  const deficits = listed === undefined || isProven(verdict) ? listed : unproven(listed, index);
  return { subject, deficits, verdict, settings };
}

/** Whether the node is known to lack what it listed last: else nothing is overdue on it, nor in time. */
function isProven({ bucket }: Verdict): boolean {
  const outcome = bucket === 'gone' ? 'unproven' : outcomeOfBucket[bucket];
  return outcome === 'compliant' || outcome === 'noncompliant';
}

function unproven(deficits: readonly Deficit[], index: PlaceIndex): readonly Deficit[] {
  return kept(index.unprovenDeficits, deficits, () => deficits.map(ofUnknownDeadline));
}

function ofUnknownDeadline(deficit: Deficit): Deficit {
  return deficit.deadline === undefined ? deficit : { ...deficit, deadline: 'unknown' };
}

/** Judges the instances of a place as they come, and adds the patches they lack to the catalog. */
export class PlaceJudge {
  readonly place: Place;
  private readonly index: PlaceIndex;
  private readonly asked: readonly AvailablePatch[];
  private readonly windows: readonly WindowTally[];
  private readonly instances: InstanceReport[] = [];
  private readonly gone: InstanceReference[] = [];
  private readonly findings: Finding[] = [];
  private readonly answers: LookupAnswer[] = [];
  /** Keys of declared instances that have not come yet, by id: a snapshot may have been taken without outputs. */
  private readonly untold: Map<string, string>;
  /** What nodes lack, and how many lack just that, as far as the catalog does not have it yet. */
  private readonly lacking = new Map<readonly Deficit[], Lacking>();

  /** Instances are judged once they are added: of a large place they come in parts. */
  constructor(
    facts: PlaceFacts,
    fleet: FleetContext,
    private readonly settings: Settings,
    private readonly catalog: PatchCatalog,
    private readonly options: JudgeOptions,
  ) {
    const { patch } = options;
    this.place = facts.place;
    this.index = indexPlace(withRunsUntil(facts, settings.asOf), fleet);
    this.asked = patch === undefined ? [] : inOrder(availableAsked(patch, facts.availablePatches));
    this.windows = this.index.windows.map((window) => new WindowTally(window, this.index));
    const declared = options.tellUntold ? (this.index.context?.declared ?? {}) : {};
    this.untold = new Map(Object.entries(declared).map(([key, id]) => [id, key]));
  }

  add(instances: readonly InstanceFacts[]): void {
    for (const instance of instances) this.addOne(this.withDeclared(instance));
  }

  judged(): JudgedPlace {
    const { index, settings, instances, gone, findings, answers, asked } = this;
    for (const [instanceId, declaredAs] of this.untold) this.addOne({ instanceId, declaredAs });
    this.catalogue();
    instances.sort(byInstanceId);
    return {
      place: placeReport(index.facts, index, instances),
      instances,
      gone,
      findings,
      windows: this.windows.map((window) => window.report(settings)),
      permissions: index.facts.permissions,
      answers,
      asked,
    };
  }

  private withDeclared(instance: InstanceFacts): InstanceFacts {
    const declaredAs = this.untold.get(instance.instanceId);
    if (declaredAs === undefined) return instance;
    this.untold.delete(instance.instanceId);
    return instance.declaredAs === undefined ? { ...instance, declaredAs } : instance;
  }

  private addOne(instance: InstanceFacts): void {
    const { index, settings, options, place } = this;
    const judged = judge(index, instance, settings);
    const { verdict, deficits } = judged;
    const reference = { account: place.account, region: place.region, instanceId: instance.instanceId };
    if (verdict.bucket === 'gone') {
      this.gone.push(reference);
      return;
    }
    this.instances.push(rowOf(judged, verdict.bucket, reference, options.tagKeys));
    if (deficits !== undefined && deficits.length > 0) this.addLacking(instance.patches ?? [], deficits);
    for (const window of this.windows) window.add(instance);
    for (const reason of findingsOf(judged)) this.findings.push({ ...reference, ...reason });
    const answer = options.patch === undefined ? undefined : lookUp(options.patch, this.asked, judged, reference);
    if (answer !== undefined) this.answers.push(answer);
  }

  private addLacking(patches: readonly PatchFacts[], deficits: readonly Deficit[]): void {
    const known = this.lacking.get(deficits);
    if (known !== undefined) {
      known.nodes += 1;
      return;
    }
    if (this.lacking.size >= mostLacking) this.catalogue();
    this.lacking.set(deficits, { patches, nodes: 1 });
  }

  private catalogue(): void {
    for (const [deficits, { patches, nodes }] of this.lacking) this.catalog.add(patches, deficits, this.index, nodes);
    this.lacking.clear();
  }
}

interface Lacking {
  readonly patches: readonly PatchFacts[];
  nodes: number;
}

/** A large place may have nodes that share nothing. */
const mostLacking = 250;

/** With every part, be it `undefined`: there are very many rows, and engines keep objects of one shape in the least memory. */
type Row = { readonly [Key in keyof Required<InstanceReport>]: InstanceReport[Key] | undefined };

function rowOf(
  { subject, verdict, deficits }: Judged,
  bucket: Bucket,
  { account, region, instanceId }: InstanceReference,
  tagKeys: readonly string[],
): InstanceReport {
  const { instance, platform, ring, groupName, operatingSystem, expected } = subject;
  const { ec2, managed, patchState, declaredAs } = instance;
  const name = ec2?.tags.Name ?? managed?.computerName;
  const row: Row = {
    account,
    region,
    instanceId,
    bucket,
    why: verdict.why,
    name: name === '' ? undefined : name,
    ring: ring?.name,
    patchGroup: groupName,
    operatingSystem,
    platform: platform?.inWords,
    declaredAs,
    tags: tagKeys.length > 0 && ec2 !== undefined ? tagsOf(ec2.tags, tagKeys) : undefined,
    operation: patchState?.operation,
    reportedAt: lastReportAt(instance),
    counts: patchState?.counts,
    // Of two texts that are the same, the one that all nodes share.
    baselineId: patchState?.baselineId === expected?.baselineId ? expected?.baselineId : patchState?.baselineId,
    expectedBaselineId: expected?.baselineId,
    deficits,
    unlisted: unlistedOf(subject, deficits) || undefined,
    installOfList: installedListOnly(instance) || undefined,
  };
  return row as InstanceReport;
}

function tagsOf(tags: Readonly<Record<string, string>>, keys: readonly string[]): Record<string, string> {
  return Object.fromEntries(keys.filter((key) => Object.hasOwn(tags, key)).map((key) => [key, tags[key] as string]));
}

function placeReport(facts: PlaceFacts, { context }: PlaceIndex, instances: readonly InstanceReport[]): PlaceReport {
  const { place, observedAt, gaps } = facts;
  const told = gaps.map((gap): GapReport => {
    const about = aboutHowMany(gap);
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
