import type { AgendaWindow, Opening } from '../../calendar/agenda.ts';
import { formatInZone, type RingOrder } from '../../calendar/index.ts';
import type { Freeze } from '../../calendar/rollout.ts';
import type { Block, Entry, Lane, Report, Section, Span, Verdict } from '../../report/index.ts';
import type { FleetCalendar } from './fleet-calendar.ts';
import { dayIn, describeTimes, sameZone, zonesOf } from './times.ts';

/** The calendar for people: whether the order holds, what opens next, every window by day, and what is frozen. */
export function calendarReport(calendar: FleetCalendar): Report {
  const { fleet, path, asOf, to, timezone, agenda } = calendar;
  const lastDay = dayIn(new Date(to.getTime() - 1), timezone);
  const timeline: Block = {
    kind: 'timeline',
    caption: 'When windows open',
    timezone,
    firstDay: dayIn(asOf, timezone),
    lastDay,
    lanes: agenda.rings.map((ring) => laneOf(ring, timezone)),
    spans: calendar.freezes.map((freeze) => spanOf(freeze, timezone)).filter((span) => span.firstDay <= lastDay),
  };
  return {
    title: `Patching calendar of ${fleet}`,
    ...(calendar.order !== undefined && { verdict: verdictOf(calendar.order) }),
    facts: [
      { name: 'fleet file', value: path },
      { name: 'as of', value: formatInZone(asOf, 'UTC') },
      { name: 'until', value: formatInZone(to, 'UTC') },
      { name: 'time zone', value: timezone },
    ],
    sections: [
      ...(calendar.order === undefined ? [] : [orderSection(calendar.order)]),
      { heading: 'Next', blocks: [nextTable(calendar)] },
      // Whoever asks about the order of years does not want each of their days.
      ...(calendar.order === undefined ? [{ heading: 'By day', blocks: [timeline] }] : []),
      ...(calendar.freezes.length === 0 ? [] : [{ heading: 'Freezes', blocks: [freezeTable(calendar)] }]),
    ],
  };
}

function verdictOf({ findings, firstMonth, months, pairs, compared, atRates }: RingOrder): Verdict {
  const inverted = findings.filter(({ severity }) => severity === 'error').length;
  const span = `in ${months} ${months === 1 ? 'month' : 'months'} from ${firstMonth} on`;
  if (pairs > 0 && compared === 0) {
    return {
      outcome: 'warning',
      text: `No two rings were compared: at most one installs at times that are known, ${span}`,
    };
  }
  if (inverted === 0) {
    const isCut = findings.some(({ rule }) => rule === 'ring-order/cut-short');
    const except = [
      ...(atRates.length > 0 ? [`${atRates.join(', ')} ${atRates.length === 1 ? 'was' : 'were'} not compared`] : []),
      ...(isCut ? ['not all of that time was looked at'] : []),
    ];
    const text = [`No ring installs before an earlier one, ${span}`, ...except].join('; ');
    return { outcome: except.length === 0 ? 'ok' : 'warning', text };
  }
  const times = inverted === 1 ? 'One ring installs' : `${inverted} times a ring installs`;
  return { outcome: 'error', text: `${times} before an earlier one, ${span}` };
}

/** The most installs that are told one by one: one a month. */
const mostInversions = 60;

function orderSection({ findings, pairs, compared }: RingOrder): Section {
  const told = findings.map(({ rule, severity, message, fix, inversions }) => ({
    rule,
    severity,
    message,
    ...(fix !== undefined && { fix }),
    details: [
      ...inversions.slice(0, mostInversions).map(({ month, run, earlierRun, since }) => {
        const before = earlierRun === undefined ? '' : `, before ${earlierRun}`;
        return `${month}: ${run}${before}${since === undefined ? '' : `, not since ${since}`}`;
      }),
      ...(inversions.length > mostInversions ? [`and ${inversions.length - mostInversions} more`] : []),
    ],
  }));
  const none =
    pairs > 0 && compared === 0 ? 'no two rings were compared' : 'every ring installs after the ones before it';
  return {
    heading: 'Order of rings',
    blocks: [{ kind: 'findings', findings: told, none }],
  };
}

function nextTable({ agenda, timezone }: FleetCalendar): Block {
  const readsUtc = sameZone(timezone, 'UTC');
  const rows = agenda.rings.flatMap(({ name, windows }) =>
    windows.map((scheduled) => {
      const { window, runs } = scheduled;
      const next = runs.find(({ frozenBy }) => frozenBy === undefined);
      const at = (zone: string) => (next === undefined ? '' : formatInZone(next.start, zone));
      return [
        `${name} ${window.key}`,
        window.operation,
        next === undefined ? whyNone(scheduled) : at('UTC'),
        next === undefined ? '' : `${at(window.timezone)} ${window.timezone}`,
        ...(readsUtc ? [] : [at(timezone)]),
        `${window.durationHours}`,
      ];
    }),
  );
  return {
    kind: 'table',
    caption: 'The next time that each window opens',
    columns: [
      { heading: 'window' },
      { heading: 'does' },
      { heading: 'next, UTC' },
      { heading: "next, window's zone" },
      ...(readsUtc ? [] : [{ heading: `next, ${timezone}` }]),
      { heading: 'hours', kind: 'number' },
    ],
    rows,
    empty: 'no ring has a window',
  };
}

function whyNone({ window, always, runs }: AgendaWindow): string {
  if (always !== undefined) return window.enabled ? always : `disabled, otherwise ${always}`;
  const { closedBy = [] } = window;
  if (!window.enabled && closedBy.length === 0) return 'disabled';
  const [first] = runs;
  if (first?.frozenBy !== undefined) return `frozen by ${first.frozenBy}`;
  return window.enabled
    ? 'not in this time'
    : `closed for the ${closedBy.length === 1 ? 'freeze' : 'freezes'} ${closedBy.join(', ')}`;
}

function laneOf({ name, windows }: FleetCalendar['agenda']['rings'][number], timezone: string): Lane {
  return {
    name,
    rows: windows.map((scheduled) => ({
      name: scheduled.window.key,
      weight: scheduled.window.operation === 'Install' ? ('strong' as const) : ('quiet' as const),
      entries: scheduled.runs.map((run) => entryOf(run, scheduled.window.timezone, timezone)),
      ...(scheduled.runs.length === 0 && { always: whyNone(scheduled) }),
    })),
  };
}

function entryOf({ start, end, frozenBy }: Opening, zone: string, reader: string): Entry {
  const day = dayIn(start, reader);
  const times = zonesOf(reader, zone).map((each) => describeTimes(start, end, each, day));
  return {
    day,
    start: start.toISOString(),
    end: end.toISOString(),
    times: frozenBy === undefined ? times : [...times, `frozen by ${frozenBy}`],
  };
}

function spanOf({ name, from, to, rings, reason }: Freeze, timezone: string): Span {
  const [start, end] = [new Date(from), new Date(to)];
  return {
    name,
    firstDay: dayIn(start, timezone),
    lastDay: dayIn(new Date(end.getTime() - 1), timezone),
    lanes: rings,
    text: `${reason}: ${formatInZone(start, timezone)} to ${formatInZone(end, timezone)}`,
  };
}

function freezeTable({ freezes, timezone }: FleetCalendar): Block {
  return {
    kind: 'table',
    caption: 'Times in which nothing is installed',
    columns: [{ heading: 'freeze' }, { heading: 'from' }, { heading: 'to' }, { heading: 'rings' }, { heading: 'why' }],
    rows: freezes.map(({ name, from, to, rings, reason }) => [
      name,
      formatInZone(new Date(from), timezone),
      formatInZone(new Date(to), timezone),
      rings.join(', '),
      reason,
    ]),
    empty: 'none',
  };
}
