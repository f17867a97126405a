import { FileSource, placesInWords, union } from '../../compliance/file/index.ts';
import {
  type ComplianceReport,
  complianceReport,
  type EarlierState,
  earlierStateOf,
  type FleetContext,
  type PatchStateSource,
} from '../../compliance/index.ts';
import type { Surroundings } from '../surroundings.ts';
import type { Terminal } from '../terminal.ts';
import { version } from '../version.ts';
import { exitCodeOf, type FailOptions } from './exit-code.ts';
import { asOfFor, checkSince } from './instants.ts';
import { type ChosenPlaces, choosePlaces, type PlacesOptions } from './places.ts';
import { Progress } from './progress.ts';
import { refusing } from './refusal.ts';
import { openSource } from './source.ts';
import { refuseUnmatched } from './unmatched.ts';
import { count } from './words.ts';

export interface ReadingOptions extends PlacesOptions {
  readonly profile?: string;
  /** How long AWS may be asked, in milliseconds. @default 15 minutes */
  readonly deadline?: number;
  /** @default now; of a snapshot, when it was finished */
  readonly asOf?: Date;
  /** Hours. */
  readonly staleAfter: number;
  /** An earlier snapshot. */
  readonly since?: string;
}

export interface ComplianceOptions extends ReadingOptions, FailOptions {
  readonly format: 'table' | 'json' | 'csv' | 'markdown' | 'junit' | 'html';
  /** @default ring, or account where there are none */
  readonly groupBy?: string;
  readonly patch?: string;
}

/** Tells what is patched. Exit codes are those of `exitCodeOf`. */
export function compliance(surroundings: Surroundings, options: ComplianceOptions): Promise<number> {
  const { terminal } = surroundings;
  return refusing(terminal, async () => {
    if (options.failOn === 'incomplete' && options.allowPartial) {
      terminal.err('patchfleet: --fail-on incomplete fails on what --allow-partial allows; use one of them');
      return 2;
    }
    const chosen = await choosePlaces(terminal, options);
    // Of a snapshot, its places are known once it is read.
    if (chosen === undefined || (options.source === undefined && refuseUnmatched(terminal, chosen))) return 2;
    if (options.failOn === 'sla' && chosen.fleet.rings.every(({ patchWithinDays }) => patchWithinDays === undefined)) {
      terminal.err(
        'patchfleet: --fail-on sla needs a fleet file with patchWithinDays in a ring: nothing else is overdue',
      );
      return 2;
    }
    const source = openSource(surroundings, options, chosen);
    if (options.failOn === 'sla' && options.source !== undefined && source.evidence().details === 'none') {
      terminal.err(
        `patchfleet: --fail-on sla needs patches one by one, and ${options.source} lists none: take it with --details noncompliant`,
      );
      return 2;
    }
    const report = await read(surroundings, options, source, chosen);
    if (options.source !== undefined && refuseUnmatched(terminal, chosen)) return 2;
    terminal.out(await formatted(report, options, chosen.fleet, terminal));
    tellOutcome(terminal, report, options);
    if (options.source === undefined && surroundings.signal.aborted) {
      terminal.err('patchfleet: interrupted: what was not read until then is unknown');
      return 2;
    }
    return exitCodeOf(report, options);
  });
}

async function read(
  surroundings: Surroundings,
  options: ComplianceOptions,
  source: PatchStateSource,
  chosen: ChosenPlaces,
): Promise<ComplianceReport> {
  const { groupBy, patch, staleAfter } = options;
  const asOf = asOfFor(surroundings, options, source);
  const earlier = await earlierState(surroundings, options, source, chosen);
  const all = options.source === undefined ? chosen.fleet.places.length : undefined;
  return Progress.during(surroundings, options.source ?? 'AWS', all, (progress) =>
    complianceReport(source, {
      fleet: chosen.fleet,
      asOf,
      madeAt: surroundings.now.toISOString(),
      toolVersion: version,
      staleAfterMs: staleAfter * 3_600_000,
      ...(groupBy?.startsWith('tag:') && { tagKeys: [groupBy.slice('tag:'.length)] }),
      ...(patch !== undefined && { patch }),
      ...(earlier !== undefined && { since: earlier }),
      onPlace: ({ totals }) => progress.add(totals.instances),
    }),
  );
}

/**
 * What the snapshot of `--since` comes to, told for the time at which it was finished; nothing without.
 *
 * @throws ProblemError where nothing can be compared with it.
 */
export async function earlierState(
  surroundings: Surroundings,
  options: ReadingOptions,
  now: PatchStateSource,
  chosen: ChosenPlaces,
): Promise<EarlierState | undefined> {
  const { since: path, staleAfter } = options;
  if (path === undefined) return undefined;
  const source = new FileSource(path, chosen.has);
  checkSince(source.evidence(), now, asOfFor(surroundings, options, now));
  const asOf = source.evidence().to;
  const report = await Progress.during(surroundings, path, undefined, (progress) =>
    complianceReport(source, {
      fleet: chosen.fleet,
      asOf,
      madeAt: asOf,
      toolVersion: version,
      staleAfterMs: staleAfter * 3_600_000,
      tellUntold: false,
      onPlace: ({ totals }) => progress.add(totals.instances),
    }),
  );
  return earlierStateOf(path, report);
}

async function formatted(
  report: ComplianceReport,
  { format, groupBy }: ComplianceOptions,
  fleet: FleetContext,
  terminal: Terminal,
): Promise<string> {
  const by = groupBy ?? (fleet.rings.length > 0 ? 'ring' : 'account');
  switch (format) {
    case 'json':
      return JSON.stringify(report, null, 2);
    case 'csv':
      return (await import('./as-csv.ts')).complianceAsCsv(report);
    case 'junit':
      return (await import('./as-junit.ts')).complianceAsJUnit(report);
    case 'html':
      return (await (await import('./page/index.ts')).compliancePage(report, by)).trimEnd();
    default: {
      const [{ complianceAsReport }, { formatReport }] = await Promise.all([
        import('./report.ts'),
        import('../report-format.ts'),
      ]);
      return formatReport(complianceAsReport(report, by), format === 'table' ? 'text' : format, terminal);
    }
  }
}

/** What an exit code is about, where the report goes into a file. */
function tellOutcome(terminal: Terminal, report: ComplianceReport, { failOn }: ComplianceOptions): void {
  const { complete, places, totals, ages, trend } = report;
  if (!complete) {
    const unread = places.filter(({ status }) => status !== 'read');
    terminal.err(`patchfleet: incomplete: not everything could be read of ${placesInWords(unread)}`);
  }
  if (trend !== undefined && trend.notSeenNow.length > 0) {
    const left = placesInWords(union(trend.notSeenNow));
    terminal.err(
      `patchfleet: not looked at now: ${count(trend.notSeenNow.length, 'instance')} of ${trend.since}, in ${left}`,
    );
  }
  const { unproven, stopped } = totals.outcomes;
  const { deadlineUnknown, withoutDeadline } = ages;
  const unlisted = ages.unlisted.noncompliant;
  if (failOn !== 'sla' || unproven + stopped + unlisted + deadlineUnknown + withoutDeadline === 0) return;
  const lack = [
    ...(unproven > 0 ? [`${count(unproven, 'instance')} not proven`] : []),
    ...(stopped > 0 ? [`${stopped} stopped`] : []),
    ...(unlisted > 0 ? [`${unlisted} whose patches are not listed`] : []),
  ];
  const missing = (number: number) => count(number, 'missing patch', 'missing patches');
  terminal.err(
    `patchfleet: never called overdue: ${[
      ...(lack.length > 0 ? [`what these may lack: ${lack.join(', ')}`] : []),
      ...(deadlineUnknown > 0 ? [`${missing(deadlineUnknown)} of which nobody can say it`] : []),
      ...(withoutDeadline > 0 ? [`${missing(withoutDeadline)} on instances without a deadline`] : []),
    ].join('; ')}`,
  );
}
