// Asks the calendar two questions, and the naive way, too: a walk from minute to minute with a look at the clock of the
// zone. Writes how many seconds of processor time each took to minute-walk.json in CDKTF_OUTDIR: a machine that is busy
// slows a tenth of a second more than a minute. Fails where the answers differ.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { delayDays } from '../calendar/exposure/arrival.ts';
import { cadenceOf, releasesIn } from '../calendar/exposure/releases.ts';
import { exposure, parseScheduleExpression, type Rollout, type RolloutWindow, runsBetween } from '../calendar/index.ts';
import { readFleet } from '../fleet/read.ts';
import { rolloutOf } from '../fleet/rollout.ts';

const minuteMs = 60_000;
const dayMs = 1440 * minuteMs;
const [from, to] = [new Date('2026-01-01T00:00:00Z'), new Date('2028-01-01T00:00:00Z')];
const twoMonths = { from: from.getTime(), to: Date.UTC(2026, 2, 1) };

/** Whether a window opens at an instant, by the clock of its zone: of the form that the fleet of the benchmark has. */
function opening({ schedule, timezone, offsetDays = 0 }: RolloutWindow): (instant: number) => boolean {
  const [, minute, hour, week] = /^cron\((\d+) (\d+) \? \* TUE#(\d) \*\)$/.exec(schedule) ?? [];
  if (minute === undefined) throw new Error(`the walk knows only Patch Tuesdays, got ${schedule}`);
  const time = Number(hour) * 60 + Number(minute);
  // Made once, and read by `format`, which takes a third of the time of `formatToParts`.
  const clock = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  return (instant) => {
    // `01/13/2026, 22:00`
    const text = clock.format(instant);
    if (Number(text.slice(12, 14)) * 60 + Number(text.slice(15, 17)) !== time) return false;
    const shown = Date.UTC(Number(text.slice(6, 10)), Number(text.slice(0, 2)) - 1, Number(text.slice(3, 5)));
    const named = new Date(shown - offsetDays * dayMs);
    return named.getUTCDay() === 2 && Math.ceil(named.getUTCDate() / 7) === Number(week);
  };
}

/** Question 1: when does each ring install in 24 months? */
function runsWalked(windows: readonly RolloutWindow[]): number[][] {
  return windows.map((window) => {
    const opens = opening(window);
    const runs: number[] = [];
    for (let instant = from.getTime(); instant < to.getTime(); instant += minuteMs) {
      if (opens(instant)) runs.push(instant);
    }
    return runs;
  });
}

function runsAsked(windows: readonly RolloutWindow[]): number[][] {
  return windows.map((window) => {
    const { expression } = parseScheduleExpression(window.schedule);
    if (expression === undefined) throw new Error(`no schedule: ${window.schedule}`);
    return runsBetween(expression, window, from, to).map((run) => run.getTime());
  });
}

/**
 * Question 2: when does each ring have what is released in 2 months, of Linux the worst day of each month? The walk
 * follows each release from its approval on; 24 months would take it a quarter of an hour. The calendar also compares the
 * rings with each other, which is more than is asked.
 */
function installsWalked({ rings }: Rollout): string[][] {
  return rings.map(({ windows, approvals }) => {
    const [window] = windows.filter(isInstall);
    if (window === undefined) return [];
    const opens = opening(window);
    const different = new Map(approvals.map((one) => [`${one.family} ${delayDays(one)}`, one]));
    const told = [...different.values()].flatMap((approval) => {
      const worst = new Map<string, { readonly release: number; readonly instant: number }>();
      for (const release of releasesIn(twoMonths, cadenceOf(approval))) {
        let instant = release + delayDays(approval) * dayMs;
        while (!opens(instant)) instant += minuteMs;
        const month = iso(release).slice(0, 7);
        const known = worst.get(month);
        if (known === undefined || instant - release > known.instant - known.release) {
          worst.set(month, { release, instant });
        }
      }
      return [...worst.values()].map(({ release, instant }) => `${iso(release)} ${iso(instant)}`);
    });
    return distinct(told);
  });
}

function installsAsked(rollout: Rollout): string[][] {
  const { rings } = exposure(rollout, { asOf: from, months: 2 });
  return rollout.rings.map(({ name }) => {
    const steps = rings.filter(({ ring }) => ring === name).flatMap((ring) => ring.steps);
    return distinct(steps.map(({ release, installed }) => `${release} ${installed}`));
  });
}

function isInstall({ operation }: RolloutWindow): boolean {
  return operation === 'Install';
}

function distinct(texts: readonly string[]): string[] {
  return [...new Set(texts)].sort();
}

function iso(instant: number): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z');
}

function timed<Answer>(answer: () => Answer): { readonly seconds: number; readonly answer: Answer } {
  const start = process.cpuUsage();
  const given = answer();
  const { user, system } = process.cpuUsage(start);
  return { seconds: (user + system) / 1e6, answer: given };
}

const { fleet } = readFleet(process.argv[2] ?? 'fleet.yaml');
if (fleet === undefined) throw new Error('the fleet of the benchmark has errors');
// The freeze would close windows, which the walk knows nothing of.
const rollout = { ...rolloutOf(fleet), freezes: [] };
const windows = rollout.rings.flatMap((ring) => ring.windows.filter(isInstall));

// The calendar goes first: what the runtime remembers of zones is for the walk.
const runs = timed(() => runsAsked(windows));
const installs = timed(() => installsAsked(rollout));
const runsNaive = timed(() => runsWalked(windows));
const installsNaive = timed(() => installsWalked(rollout));

const answers = [runs, installs].map(({ answer }) => JSON.stringify(answer));
const naiveAnswers = [runsNaive, installsNaive].map(({ answer }) => JSON.stringify(answer));
const isEmpty = runs.answer.flat().length === 0 || installs.answer.flat().length === 0;
if (isEmpty || answers.join() !== naiveAnswers.join()) throw new Error('the walk and the calendar answer differently');
const figures = {
  runs: { ours: runs.seconds, naive: runsNaive.seconds },
  exposure: { ours: installs.seconds, naive: installsNaive.seconds },
};
writeFileSync(join(process.env.CDKTF_OUTDIR ?? '.', 'minute-walk.json'), JSON.stringify(figures));
