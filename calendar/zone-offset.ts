const dayMs = 86_400_000;

/** The last instant there is a date for. */
const latestMs = 8.64e15;

/** How far the clocks of a zone are ahead of UTC at an instant, which is a whole second; milliseconds. */
export function zoneOffsetMs(second: number, timezone: string): number {
  const day = Math.floor(second / dayMs);
  const ofDay = offsetOfDay(day, timezone);
  return ofDay ?? readOffset(second, timezone);
}

/** A formatter costs 13 ms to make and depends on nothing but its zone, so each is made once. */
const formatters = new Map<string, Intl.DateTimeFormat>();

export function formatterOf(timezone: string): Intl.DateTimeFormat {
  const known = formatters.get(timezone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    timeZone: timezone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formatters.set(timezone, made);
  return made;
}

/** By zone, the offset of whole days of UTC; undefined for a day on which it changes. To read one takes 5 µs. */
const offsets = new Map<string, Map<number, number | undefined>>();

/** Days that are remembered of a zone: a century. */
const mostDays = 36_525;

/** No zone has changed its clocks twice within a day since 1970. */
function offsetOfDay(day: number, timezone: string): number | undefined {
  let ofZone = offsets.get(timezone);
  if (ofZone === undefined || ofZone.size >= mostDays) {
    ofZone = new Map();
    offsets.set(timezone, ofZone);
  }
  if (ofZone.has(day)) return ofZone.get(day);
  const first = readOffset(day * dayMs, timezone);
  const offset = first === readOffset(Math.min((day + 1) * dayMs - 1000, latestMs), timezone) ? first : undefined;
  ofZone.set(day, offset);
  return offset;
}

function readOffset(second: number, timezone: string): number {
  const parts = formatterOf(timezone).format(second).match(/\d+/g) ?? [];
  const [month = 1, day = 1, year = 1970, hour = 0, minute = 0, seconds = 0] = parts.map(Number);
  return Date.UTC(year, month - 1, day, hour, minute, seconds) - second;
}
