/** The years of the calendar of AWS: a `cron` names none before or after them. */
const [firstYear, lastYear] = [1970, 2199];

/** What `instantOf` takes, for messages. */
export const instantForm = `a date or an instant of ${firstYear} to ${lastYear}, like 2026-12-01 or 2026-12-01T09:00:00Z`;

/**
 * An ISO date, meaning its first instant in UTC, or an instant with its offset; undefined for anything else, and for what
 * lies in other years by UTC.
 */
export function instantOf(text: string): Date | undefined {
  const written = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/.test(text);
  const instant = new Date(text);
  if (!written || Number.isNaN(instant.getTime())) return undefined;
  const year = instant.getUTCFullYear();
  if (year < firstYear || year > lastYear) return undefined;
  // Date moves an impossible day such as 30 February into the next month instead of refusing it.
  const day = text.slice(0, 10);
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day) ? instant : undefined;
}
