import type { Bucket } from './buckets.ts';
import { countsAvailable, type Deficit, listedIn, openDeficits } from './deficits.ts';
import type { Gap, InstanceFacts } from './facts.ts';
import { describeGap } from './gaps.ts';
import type { PatchCounts } from './patch-facts.ts';
import { daysBetween, type Settings } from './settings.ts';
import type { Subject } from './subject.ts';

/** `gone` is no bucket: what was terminated needs no patches, and is not counted. */
export interface Verdict {
  readonly bucket: Bucket | 'gone';
  /** Why, as a sentence without its end. */
  readonly why: string;
  /** What could not be read, where that is why it is unknown. */
  readonly gap?: Gap;
}

type Judge = (subject: Subject, settings: Settings, deficits: readonly Deficit[]) => Verdict | undefined;

/**
 * The first bucket that holds. Each step either settles it or passes on to the next; where what a step needs was not
 * read or not reported, the instance is unknown: nothing absent is ever taken for good.
 */
export function verdictOf(subject: Subject, settings: Settings, deficits: readonly Deficit[] | undefined): Verdict {
  for (const judge of judges) {
    const verdict = judge(subject, settings, deficits ?? []);
    if (verdict !== undefined) return verdict;
  }
  const did = subject.instance.patchState?.operation === 'Install' ? 'install left' : 'scan found';
  return { bucket: 'compliant', why: `the last ${did} nothing that it lacks` };
}

const judges: readonly Judge[] = [exists, runs, isManaged, wasScanned, isFresh, isComplete, hasNothingOpen];

function exists({ index, instance }: Subject): Verdict | undefined {
  const { ec2, managed, declaredAs, instanceId } = instance;
  if (ec2?.state === 'terminated' || ec2?.state === 'shutting-down') return gone(`EC2 says that it is ${ec2.state}`);
  if (ec2 !== undefined || instanceId.startsWith('mi-')) return undefined;
  const gap = index.gap('ec2-instances', instanceId);
  if (gap !== undefined) return unknown(`EC2 could not be asked: ${describeGap(gap)}`, gap);
  if (declaredAs !== undefined) return unknown('a stack declares it, and EC2 does not know it');
  if (managed?.pingStatus === 'Online') return unknown('its agent is online, and EC2 does not know it');
  // For an hour EC2 lists what was terminated. From then on only time tells it from what has lost its connection.
  const heardAt = managed?.lastPingAt;
  if (heardAt === undefined) return unknown('EC2 does not list it, and when its agent was last heard of is not known');
  const { observedAt } = index.facts;
  const heard = `EC2 does not list it, and its agent was last heard of at ${heardAt}`;
  return daysBetween(heardAt, observedAt) < 1 ? unknown(`${heard}, less than a day before ${observedAt}`) : gone(heard);
}

function runs({ instance: { ec2 } }: Subject): Verdict | undefined {
  if (ec2?.state !== 'stopped' && ec2?.state !== 'stopping') return undefined;
  const since = ec2.stateChangedAt === undefined ? '' : ` since ${ec2.stateChangedAt}`;
  return { bucket: 'stopped', why: `EC2 says that it is ${ec2.state}${since}` };
}

function isManaged({ index, instance }: Subject): Verdict | undefined {
  if (instance.managed !== undefined) return undefined;
  const gap = index.gap('managed-instances', instance.instanceId);
  if (gap !== undefined) return unknown(`Systems Manager could not be asked about it: ${describeGap(gap)}`, gap);
  return { bucket: 'not-managed', why: 'Systems Manager does not know it' };
}

function wasScanned({ index, instance }: Subject): Verdict | undefined {
  if (instance.patchState !== undefined) return undefined;
  const gap = index.gap('patch-states', instance.instanceId);
  if (gap !== undefined) return unknown(`its patch state could not be read: ${describeGap(gap)}`, gap);
  return { bucket: 'never-scanned', why: 'it never reported a patch state, or none in the last 30 days' };
}

/** When the last scan or install ended, or began where its end is not known: to be told, and never to prove anything. */
export function lastReportAt({ patchState }: InstanceFacts): string | undefined {
  return patchState?.operationEndedAt ?? patchState?.operationStartedAt;
}

/** More than a day later: less is what a date without a time may mean, and while AWS is read, too, nodes report. */
export function isLater(at: string, asOf: string): boolean {
  return at > asOf && daysBetween(asOf, at) >= 1;
}

/** What a report that is later leaves unknown. */
export function reportedSince(at: string, asOf: string): string {
  return `it has reported since, at ${at}: how it was at ${asOf} nobody can say`;
}

function isFresh({ instance }: Subject, { asOf, staleBefore }: Settings): Verdict | undefined {
  const at = instance.patchState?.operationEndedAt;
  if (at === undefined) return unknown('its last scan has no end, which is what a scan that failed reports');
  if (isLater(at, asOf)) return unknown(reportedSince(at, asOf));
  if (at >= staleBefore) return undefined;
  const days = daysBetween(at, asOf);
  return { bucket: 'stale', why: `its last scan ended ${days} day${days === 1 ? '' : 's'} before, at ${at}` };
}

const deciding = [
  'failed',
  'missing',
  'installedRejected',
  'installedPendingReboot',
] as const satisfies readonly (keyof PatchCounts)[];

function isComplete({ instance }: Subject): Verdict | undefined {
  const counts = instance.patchState?.counts;
  if (deciding.some((count) => counts?.[count] === undefined)) {
    const absent = deciding.filter((count) => counts?.[count] === undefined);
    return unknown(`its scan does not tell ${absent.map((count) => countNames[count]).join(', ')}`);
  }
  let odd = 0;
  for (const { state } of instance.patches ?? []) if (state === 'UNKNOWN') odd += 1;
  return odd > 0 ? unknown(`${patches(odd)} ${are(odd)} in a state that this version does not know`) : undefined;
}

const countNames: Readonly<Record<(typeof deciding)[number], string>> = {
  failed: 'FailedCount',
  missing: 'MissingCount',
  installedRejected: 'InstalledRejectedCount',
  installedPendingReboot: 'InstalledPendingRebootCount',
};

function hasNothingOpen(subject: Subject, _: Settings, deficits: readonly Deficit[]): Verdict | undefined {
  const counts = subject.instance.patchState?.counts ?? {};
  const open = openDeficits(counts, deficits, countsAvailable(subject) === 'yes');
  const missing = open.missing + open.available;
  if (open.failed > 0) return { bucket: 'failed', why: `${patches(open.failed)} could not be installed` };
  if (missing > 0) return { bucket: 'missing', why: `${patches(missing)} ${are(missing)} missing` };
  const rejected = open['rejected-installed'];
  if (rejected > 0)
    return { bucket: 'rejected-installed', why: `${patches(rejected)} ${are(rejected)} installed and rejected` };
  const pending = open['pending-reboot'];
  if (pending > 0)
    return { bucket: 'pending-reboot', why: `${patches(pending)} ${pending === 1 ? 'waits' : 'wait'} for a reboot` };
  const unseen = listInstalled(subject.instance) ?? contradicted(subject, deficits) ?? availableUnknown(subject);
  if (unseen !== undefined) return unseen;
  if (deficits.length > 0) return { bucket: 'waived', why: `all that it lacks is waived: ${patches(deficits.length)}` };
  return undefined;
}

/**
 * An install tells what it could not install, and only a scan what is missing: one that was given a list leaves out all
 * that its baseline approves and the list does not have.
 */
export function installedListOnly({ patchState }: InstanceFacts): boolean {
  return patchState?.operation === 'Install' && patchState.installOverrideList !== undefined;
}

function listInstalled(instance: InstanceFacts): Verdict | undefined {
  if (!installedListOnly(instance)) return undefined;
  return unknown('its last install was of a list, and does not tell what else is missing: no scan has followed');
}

/**
 * AWS calls more patches non-compliant than are known to be. The three counts overlap: none is added, and each alone is
 * what there is at the least.
 */
function contradicted(subject: Subject, deficits: readonly Deficit[]): Verdict | undefined {
  const { counts = {} } = subject.instance.patchState ?? {};
  const { criticalNonCompliant = 0, securityNonCompliant = 0, otherNonCompliant = 0 } = counts;
  if (Math.max(criticalNonCompliant, securityNonCompliant, otherNonCompliant) <= listedIn(deficits)) return undefined;
  const { availableSecurityUpdate: waiting = 0 } = counts;
  if (waiting > 0 && securityNonCompliant >= waiting && countsAvailable(subject) === 'unknown')
    return {
      bucket: 'missing',
      why: `${awaitingApproval(waiting)}, and its baseline counts that`,
    };
  return unknown('AWS calls it non-compliant, and its counts do not say why');
}

/** Those that count are among SecurityNonCompliantCount, too: fewer there than wait for approval are none of them. */
function availableUnknown(subject: Subject): Verdict | undefined {
  const counted = countsAvailable(subject);
  if (counted === 'no') return undefined;
  const { availableSecurityUpdate: waiting, securityNonCompliant: security } =
    subject.instance.patchState?.counts ?? {};
  if (waiting === undefined)
    return security === undefined ? unknown('its scan does not tell AvailableSecurityUpdateCount') : undefined;
  if (counted === 'yes' || waiting === 0 || (security !== undefined && security < waiting)) return undefined;
  return unknown(
    `${awaitingApproval(waiting)}, and whether its baseline counts that could not be read`,
    subject.index.gap('baselines'),
  );
}

function awaitingApproval(count: number): string {
  return `${patches(count)} for security ${count === 1 ? 'waits' : 'wait'} for approval`;
}

function patches(count: number): string {
  return count === 1 ? '1 patch' : `${count} patches`;
}

function are(count: number): string {
  return count === 1 ? 'is' : 'are';
}

function unknown(why: string, gap?: Gap): Verdict {
  return { bucket: 'unknown', why, ...(gap !== undefined && { gap }) };
}

function gone(why: string): Verdict {
  return { bucket: 'gone', why };
}
