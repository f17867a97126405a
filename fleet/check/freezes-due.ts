import { describeRate, formatInZone, parseScheduleExpression } from '../../calendar/index.ts';
import { error, quoted, type Violation } from '../../core/problem.ts';
import { at, type FilePath, type FileViolation } from '../file-violation.ts';
import { type ConcernedWindow, concernedWindows, type InstallWindows, type Stretch } from '../freezes.ts';
import type { FleetFreeze } from '../schema/index.ts';

/** How long before a freeze its windows must be closed, in days of 24 hours: time to review and deploy it. */
const noticeDays = 7;

/** How long before a freeze it is told that windows will have to be closed, in days of 24 hours. */
const outlookDays = 31;

const dayMs = 86_400_000;

/** A freeze whose dates can be made out. */
export interface SoundFreeze {
  readonly path: FilePath;
  readonly freeze: FleetFreeze;
  readonly stretch: Stretch;
}

/** Whether windows are closed by the time that a freeze is near, and opened again when it is over. */
export function checkFreezesDue(
  windows: InstallWindows,
  freezes: readonly SoundFreeze[],
  asOf: string | undefined,
): FileViolation[] {
  const now = new Date(asOf ?? Number.NaN).getTime();
  if (Number.isNaN(now)) return [];
  return freezes.flatMap((sound) => at(sound.path, now < sound.stretch.to ? due(windows, sound, now) : over(sound)));
}

/** What runs from now on; runs of the freeze that are over cannot be helped. */
function due(windows: InstallWindows, { freeze, stretch }: SoundFreeze, now: number): Violation[] {
  if (now < stretch.from - outlookDays * dayMs) return [];
  const ahead = { from: Math.max(stretch.from, now), to: stretch.to };
  const open = concernedWindows(windows, freeze, ahead).filter(({ window }) => window.window.enabled !== false);
  if (open.length === 0) return [];
  const zoned = (instant: number) => formatInZone(new Date(instant), freeze.timezone ?? 'UTC');
  const when = now < stretch.from ? `begins at ${zoned(stretch.from)}` : `lasts until ${zoned(stretch.to)}`;
  const are = open.length === 1 ? '1 install window is' : `${open.length} install windows are`;
  const message = `freeze ${quoted(freeze.name)} ${when}, and ${are} open: ${firstOf(open.map((window) => describe(window, zoned)))}`;
  const command = `npx patchfleet freeze ${freeze.name} --apply`;
  const mustBeClosed = stretch.from - noticeDays * dayMs;
  if (now >= mustBeClosed) return [error('fleet/freeze-closes-windows', message, command)];
  return [
    { ...error('fleet/freeze-ahead', message, `by ${zoned(mustBeClosed)}, ${command}`), severity: 'info' as const },
  ];
}

/** `late/install (2026-12-22T22:00:00+01:00 to 2026-12-23T01:00:00+01:00)`. */
function describe({ name, run, window }: ConcernedWindow, zoned: (instant: number) => string): string {
  if (run !== undefined) return `${name} (${zoned(run.start)} to ${zoned(run.end)})`;
  const { schedule } = window.window;
  const { expression } = parseScheduleExpression(typeof schedule === 'string' ? schedule : '');
  const rate = expression?.kind === 'rate' ? describeRate(expression) : 'from creation';
  return `${name} (${rate}, at times that the file does not tell)`;
}

function over({ freeze, stretch }: SoundFreeze): Violation[] {
  const ended = `freeze ${quoted(freeze.name)} ended at ${formatInZone(new Date(stretch.to), freeze.timezone ?? 'UTC')}`;
  const closed = freeze.closed ?? [];
  if (closed.length === 0) {
    const message = `${ended}, and nothing is closed for it any more`;
    return [{ ...error('fleet/freeze-is-over', message, 'delete it'), severity: 'info' as const }];
  }
  const are = closed.length === 1 ? 'a window that it closed is' : `${closed.length} windows that it closed are`;
  const message = `${ended}, and ${are} still closed: ${firstOf(closed)}`;
  return [error('fleet/freeze-opens-windows', message, `npx patchfleet freeze ${freeze.name} --lift`)];
}

function firstOf(names: readonly string[]): string {
  return names.length <= 5 ? names.join(', ') : `${names.slice(0, 4).join(', ')} and ${names.length - 4} more`;
}
