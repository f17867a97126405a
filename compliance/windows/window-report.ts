import type { InstanceFacts } from '../facts.ts';
import type { WindowContext } from '../fleet-context.ts';
import { type PlaceIndex, placeKey } from '../place-index.ts';
import type { Settings } from '../settings.ts';
import { targetedBy } from '../targeting.ts';
import type { WindowExecutionFacts, WindowFacts } from '../window-facts.ts';
import { freezeAt, type NextRuns, nextRunsOf } from './next-runs.ts';
import { RunTally } from './run-tally.ts';
import type { WindowRun } from './window-run.ts';

export interface WindowReport {
  readonly account: string;
  readonly region: string;
  readonly windowId: string;
  readonly windowName: string;
  /** Of the assignment that made it; absent where the fleet does not know it. */
  readonly ring?: string;
  /** Of its tasks; absent where they were not read. */
  readonly operations?: readonly ('Scan' | 'Install')[];
  readonly enabled?: boolean;
  readonly schedule?: string;
  readonly timezone: string;
  readonly next: readonly NextRun[];
  readonly nextFrom: NextRuns['from'];
  /** As far as they were read, newest first; absent where they were not. */
  readonly runs?: readonly WindowRun[];
  /** Present where older runs were left out: there are too many. */
  readonly olderRunsUnread?: true;
  /** Runs that were skipped because the one before still ran, among `runs`. */
  readonly overlapping: number;
}

export interface NextRun {
  readonly at: string;
  /** Name of the freeze in which it lies. */
  readonly frozenBy?: string;
}

const nextCount = 3;

/** Tells of one window when it runs next, and what became of its runs: instance by instance of its place. */
export class WindowTally {
  /** Newest first; absent where they were not read. */
  private readonly runs: readonly RunTally[] | undefined;
  private readonly last: RunTally | undefined;

  constructor(
    private readonly window: WindowFacts,
    private readonly index: PlaceIndex,
  ) {
    this.runs = window.executions && [...window.executions].sort(newestFirst).map((run) => new RunTally(run));
    this.last = this.runs?.find(({ execution }) => didSomething(execution));
  }

  /** An instance of the place, which may be one that the last run should have reached and did not. */
  add(instance: InstanceFacts): void {
    // Whom the last run did not reach at all is known while targets are those of today: of older runs it is not.
    if (this.last?.isSilentOn(instance.instanceId) && shouldHaveRun(this.window, this.last.execution, instance))
      this.last.addUnreached(instance.instanceId);
  }

  report({ asOf }: Settings): WindowReport {
    const { window, index } = this;
    const { account, region } = index.facts.place;
    const { windowId, windowName, enabled, schedule, tasks } = window;
    const ring = ringOfWindow(window, index);
    const next = nextRunsOf(window, asOf, nextCount);
    const runs = this.runs?.map((run) => run.run());
    const operations =
      tasks && (['Scan', 'Install'] as const).filter((name) => tasks.some((t) => t.operation === name));
    return {
      account,
      region,
      windowId,
      windowName,
      ...(ring !== undefined && { ring }),
      ...(operations !== undefined && { operations }),
      ...(enabled !== undefined && { enabled }),
      ...(schedule !== undefined && { schedule }),
      timezone: window.timezone ?? 'UTC',
      next: next.at.map((at) => {
        const freeze = freezeAt(index.fleet.freezes, ring, at);
        return { at, ...(freeze !== undefined && { frozenBy: freeze.name }) };
      }),
      nextFrom: next.from,
      ...(runs && { runs }),
      ...(window.olderExecutionsUnread && { olderRunsUnread: true }),
      overlapping: runs?.filter(({ status }) => status === 'SKIPPED_OVERLAPPING').length ?? 0,
    };
  }
}

/** One that was skipped because the one before still ran reached nobody. */
function didSomething({ status }: Pick<WindowRun, 'status'>): boolean {
  return status !== 'SKIPPED_OVERLAPPING';
}

/** The newest run that did something. */
export function lastRunOf<Run extends Pick<WindowRun, 'status'>>({
  runs,
}: {
  readonly runs?: readonly Run[] | undefined;
}): Run | undefined {
  return runs?.find(didSomething);
}

/** The ring of the assignment that made a window. */
export function ringOfWindow(window: WindowFacts, { context }: PlaceIndex): string | undefined {
  return context?.assignments.find(({ windows }) => windows.some((known) => isWindow(known, window)))?.ring;
}

/** What the fleet says about a window. */
export function contextOfWindow(window: WindowFacts, { context }: PlaceIndex): WindowContext | undefined {
  return context?.assignments.flatMap(({ windows }) => windows).find((known) => isWindow(known, window));
}

/** By its id, or its name where there are no outputs. */
function isWindow(known: WindowContext, { windowId, windowName }: WindowFacts): boolean {
  return known.windowId === undefined ? known.windowName === windowName : known.windowId === windowId;
}

function newestFirst(a: WindowExecutionFacts, b: WindowExecutionFacts): number {
  const key = (run: WindowExecutionFacts) => `${run.startedAt ?? ''} ${run.windowExecutionId}`;
  return key(a) < key(b) ? 1 : key(a) > key(b) ? -1 : 0;
}

/** Whether a run of a window should have reached an instance: one that was not on by its end is not among its targets. */
export function shouldHaveRun(
  window: WindowFacts,
  { startedAt, endedAt = startedAt }: WindowExecutionFacts,
  instance: InstanceFacts,
): boolean {
  const { state, launchedAt } = instance.ec2 ?? {};
  if (state === 'stopped' || state === 'stopping') return false;
  if (launchedAt !== undefined && endedAt !== undefined && launchedAt >= endedAt) return false;
  return targetedBy(window, instance) === 'yes';
}

/** Windows are told in the order of their places and ids. */
export function windowOrder(a: WindowReport, b: WindowReport): number {
  const key = (window: WindowReport) => `${placeKey(window)} ${window.windowId}`;
  return key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0;
}
