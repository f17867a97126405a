import ical, { foldLines, ICalEventTransparency } from 'ical-generator';
import type { AgendaWindow, Opening } from '../../calendar/agenda.ts';
import type { FleetCalendar } from './fleet-calendar.ts';

/**
 * A calendar to subscribe to: each run an event of its own, in UTC, so that no reader has to know how zones change their
 * clocks. A run keeps its UID from one calendar to the next. What has no single runs is told in the description.
 * @see https://www.rfc-editor.org/rfc/rfc5545
 */
export function calendarAsIcalendar({ fleet, agenda, asOf }: FleetCalendar): string {
  const calendar = ical({
    name: `Patching of ${fleet}`,
    description: descriptionOf(agenda.rings),
    prodId: { company: 'patchfleet', product: 'patchfleet', language: 'EN' },
  });
  const frame = calendar.toString();
  const folded = rememberedFolds();
  const events: string[] = [];
  for (const { name, windows } of agenda.rings) {
    for (const { window, runs } of windows) {
      for (const run of runs) {
        const event = calendar.createEvent({
          id: uidOf(fleet, name, window.key, run),
          stamp: asOf,
          start: run.start,
          end: run.end,
          summary: `${window.operation === 'Scan' ? 'Scan' : 'Patching'} of ${name}${run.frozenBy === undefined ? '' : `: frozen by ${run.frozenBy}`}`,
          description: `Window ${window.key} of ring ${name}, ${window.schedule} ${window.timezone}, open for ${window.durationHours} h; nothing new starts in the last ${window.cutoffHours} h.`,
          // It says when patching may happen, and is nobody's appointment.
          transparency: ICalEventTransparency.TRANSPARENT,
        });
        events.push(...event.toString().split('\r\n').filter(Boolean).map(folded));
        calendar.clear();
      }
    }
  }
  return frame.replace(/END:VCALENDAR$/, () => [...events, 'END:VCALENDAR'].join('\r\n'));
}

/** The most bytes of a line that the library does not fold. */
const longestLine = 74;

/** Long lines folded. The library looks at every character, which takes seconds for years of events; most lines repeat. */
function rememberedFolds(): (line: string) => string {
  const known = new Map<string, string>();
  return (line) => {
    if (Buffer.byteLength(line) <= longestLine) return line;
    const folded = known.get(line) ?? foldLines(line);
    known.set(line, folded);
    return folded;
  };
}

/** Names hold hyphens, so those of two windows may be one when they are joined by them; none holds a dot. */
function uidOf(fleet: string, ring: string, window: string, { start }: Opening): string {
  return `${fleet}.${ring}.${window}.${start.toISOString().replace(/[-:]|\.000/g, '')}@patchfleet`;
}

function descriptionOf(rings: FleetCalendar['agenda']['rings']): string {
  const dense = rings.flatMap(({ name, windows }) =>
    windows.flatMap(({ window, always }: AgendaWindow) =>
      always === undefined ? [] : [`Without events of its own: ${window.key} of ${name}, ${always}.`],
    ),
  );
  return ['When each ring of the fleet is scanned and patched.', ...dense].join(' ');
}
