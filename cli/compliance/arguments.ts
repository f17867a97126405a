import { InvalidArgumentError } from 'commander';

/* What the options of compliance commands accept. */

/** `36h`, `7d`: in hours. */
export function hoursOf(text: string): number {
  const [, count = '', unit] = /^(\d{1,4})([hd])$/.exec(text) ?? [];
  const hours = Number(count) * (unit === 'd' ? 24 : 1);
  if (hours >= 1) return hours;
  throw new InvalidArgumentError('It must be hours or days, like 36h or 7d.');
}

const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };

/** `90s`, `30m`, `2h`: in milliseconds. */
export function deadlineOf(text: string): number {
  const [, count = '', unit = ''] = /^(\d{1,4})([smh])$/.exec(text) ?? [];
  const ms = Number(count) * (units[unit] ?? 0);
  if (ms >= 1_000 && ms <= 24 * 3_600_000) return ms;
  throw new InvalidArgumentError('It must be seconds, minutes or hours, at most a day, like 90s, 30m or 2h.');
}

/** A variable that is not set makes an empty name: whoever means a profile must not ask as somebody else. */
export function parseProfile(text: string): string {
  if (text !== '') return text;
  throw new InvalidArgumentError('It must be the name of a profile; leave the option out to ask without one.');
}

const groups: readonly string[] = ['ring', 'account', 'region', 'os', 'patch-group'];

export function parseGroup(text: string): string {
  if (groups.includes(text) || /^tag:./.test(text)) return text;
  throw new InvalidArgumentError(`It must be ${groups.join(', ')} or tag:KEY.`);
}

/** In capitals, as AWS writes them. */
export function parsePatch(text: string): string {
  const id = text.toUpperCase();
  if (/^KB\d{3,10}$/.test(id) || /^CVE-\d{4}-\d{4,}$/.test(id)) return id;
  throw new InvalidArgumentError('It must be the id of an update or a CVE, like KB5034441 or CVE-2026-1234.');
}
