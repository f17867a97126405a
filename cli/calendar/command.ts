import { agendaOf } from '../../calendar/agenda.ts';
import { type RingOrder, type Rollout, ringOrder } from '../../calendar/index.ts';
import { didYouMean } from '../../core/value-checks.ts';
import { rolloutOf, rolloutWithEmergencies } from '../../fleet/rollout.ts';
import { type FleetFile, readFleet } from '../read-fleet.ts';
import type { Terminal } from '../terminal.ts';
import type { FleetCalendar } from './fleet-calendar.ts';
import { monthsLater } from './horizon.ts';

export const calendarFormats = ['text', 'json', 'markdown', 'html', 'ics'] as const;

export interface CalendarOptions extends FleetFile {
  readonly format: (typeof calendarFormats)[number];
  readonly asOf: Date;
  /** How far it looks. @default 3, or 24 with `checkOrder` */
  readonly months?: number;
  /** Names of rings; all without. */
  readonly ring: readonly string[];
  /** The reader's, an IANA name. */
  readonly timezone: string;
  /** Whether a ring that runs before an earlier one is looked for. */
  readonly checkOrder: boolean;
}

/** Tells when the windows of a fleet open. 0: fine; 1: the order of its rings does not hold; 2: it could not run. */
export async function calendar(terminal: Terminal, options: CalendarOptions): Promise<number> {
  const { checkOrder, format, asOf, timezone } = options;
  if (checkOrder && format === 'ics') {
    terminal.err('patchfleet: --check-order has no place in a calendar of events; use another --format');
    return 2;
  }
  const fleet = await readFleet(terminal, options, asOf.toISOString());
  if (fleet === undefined) return 2;
  const names = fleet.rings.map(({ name }) => name);
  const unknown = options.ring.filter((ring) => !names.includes(ring));
  for (const ring of unknown) {
    const fix = didYouMean(ring, names) ?? 'use one of them';
    terminal.err(`patchfleet: --ring must be one of ${names.join(', ')}, got ${JSON.stringify(ring)}; ${fix}`);
  }
  if (unknown.length > 0) return 2;
  const chosen = (rollout: Rollout): Rollout => ({
    ...rollout,
    rings: rollout.rings.filter(({ name }) => options.ring.length === 0 || options.ring.includes(name)),
  });
  const rollout = rolloutOf(fleet);
  const months = options.months ?? (checkOrder ? 24 : 3);
  const to = monthsLater(asOf, months);
  const told: FleetCalendar = {
    fleet: fleet.fleet,
    path: options.fleet,
    asOf,
    to,
    timezone,
    agenda: agendaOf(chosen(rolloutWithEmergencies(fleet)), asOf, to),
    freezes: rollout.freezes,
    ...(checkOrder && { order: orderOf(rollout, options, months) }),
  };
  terminal.out(await formatted(told, format, terminal));
  return told.order?.findings.some(({ severity }) => severity === 'error') === true ? 1 : 0;
}

/** The order of all rings, with what is found about those asked for: what a ring is compared with may be none of them. */
function orderOf(rollout: Rollout, { asOf, ring }: CalendarOptions, months: number): RingOrder {
  const order = ringOrder(rollout, { asOf, months });
  if (ring.length === 0) return order;
  const isAsked = (name: string | undefined) => name !== undefined && ring.includes(name);
  return {
    ...order,
    findings: order.findings.filter((finding) => isAsked(finding.ring) || isAsked(finding.earlierRing)),
  };
}

async function formatted(told: FleetCalendar, format: CalendarOptions['format'], terminal: Terminal): Promise<string> {
  // The terminal ends the last line, and lines of events end with a carriage return, too.
  if (format === 'ics') return `${(await import('./as-icalendar.ts')).calendarAsIcalendar(told).trimEnd()}\r`;
  if (format === 'json') return (await import('./as-json.ts')).calendarAsJson(told);
  const [{ calendarReport }, { formatReport }] = await Promise.all([
    import('./report.ts'),
    import('../report-format.ts'),
  ]);
  return formatReport(calendarReport(told), format, terminal);
}
