import { error, quoted, type Violation } from '../core/problem.ts';
import { didYouMean } from '../core/value-checks.ts';
import { checkAt, instantOfEmergency } from './emergency.ts';
import { windowsOfRing } from './ring-windows.ts';
import type { Fleet, FleetEmergency } from './schema/index.ts';

/** An emergency as someone in a hurry says it. */
export interface EmergencyRequest {
  readonly patches: readonly string[];
  readonly rings: readonly string[];
  readonly at: string;
  readonly timezone?: string;
  /** @default the first patch and the day */
  readonly name?: string;
  /** @default seven days after `at` */
  readonly expires?: string;
  /** @default that of the first install windows, where those of all rings agree */
  readonly maxConcurrency?: string;
  readonly maxErrors?: string;
  readonly reason?: string;
  /** `at` must lie after it. */
  readonly asOf: Date;
}

/** The entry of an emergency with everything written out, or why there is none. Names of patches are for the checks. */
export function requestedEmergency(
  fleet: Fleet,
  request: EmergencyRequest,
): { readonly entry: FleetEmergency } | { readonly violations: readonly Violation[] } {
  const unknown = checkRings(fleet, request.rings);
  const maxConcurrency = limitOf(fleet, request, 'maxConcurrency');
  const maxErrors = limitOf(fleet, request, 'maxErrors');
  const violations = [...unknown, ...checkTime(request)];
  if (violations.length === 0 && typeof maxConcurrency === 'string' && typeof maxErrors === 'string')
    return { entry: entryOf(request, { maxConcurrency, maxErrors }) };
  // Rings that are not there say nothing of their windows.
  const limits = unknown.length > 0 ? [] : [maxConcurrency, maxErrors].filter((limit) => typeof limit !== 'string');
  return { violations: [...violations, ...limits] };
}

function entryOf(
  { patches, rings, at, timezone, name, expires, reason }: EmergencyRequest,
  limits: Pick<FleetEmergency, 'maxConcurrency' | 'maxErrors'>,
): FleetEmergency {
  return {
    name: name ?? nameOf(patches[0] ?? '', at),
    ...(reason !== undefined && { reason }),
    patches: [...patches],
    rings: [...rings],
    at,
    ...(timezone !== undefined && { timezone }),
    expires: expires ?? weekAfter(at),
    ...limits,
  };
}

/** `kb5034441-2026-12-01`: 40 characters at most, of which the day has 11. */
function nameOf(patch: string, at: string): string {
  const short = patch
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+/, '');
  const named = /^[a-z]/.test(short) ? short : `patch-${short}`;
  return `${named.slice(0, 29).replace(/-+$/, '')}-${at.slice(0, 10)}`;
}

function weekAfter(at: string): string {
  const day = new Date(`${at.slice(0, 10)}T00:00:00Z`);
  day.setUTCDate(day.getUTCDate() + 7);
  return day.toISOString().slice(0, 10);
}

function checkRings({ rings }: Fleet, named: readonly string[]): Violation[] {
  const known = rings.map(({ name }) => name);
  return named
    .filter((name) => !known.includes(name))
    .map((name) => {
      const message = `--rings must name rings (${known.join(', ')}), got ${quoted(name)}`;
      return error('fleet/emergency-rings', message, didYouMean(name, known) ?? 'use some of them');
    });
}

function checkTime({ at, timezone, asOf }: EmergencyRequest): Violation[] {
  const wrong = checkAt('--at', at);
  const instant =
    wrong.length > 0 ? undefined : instantOfEmergency({ at, ...(timezone !== undefined && { timezone }) });
  if (instant === undefined || instant > asOf) return wrong;
  const message = `--at must lie in the future, got ${quoted(at)} in ${timezone ?? 'UTC'}, which is ${instant.toISOString()}, and it is ${asOf.toISOString()}`;
  return [error('fleet/emergency-at', message, 'name a later time: a window that is over never opens')];
}

const options = { maxConcurrency: '--max-concurrency', maxErrors: '--max-errors' } as const;

/** What is given, or else what the first install window of every ring says. */
function limitOf({ rings }: Fleet, given: EmergencyRequest, field: keyof typeof options): string | Violation {
  const own = given[field];
  if (own !== undefined) return own;
  const found = rings
    .filter(({ name }) => given.rings.includes(name))
    .map((ring) => ({
      name: ring.name,
      limit: windowsOfRing(ring).find(({ operation }) => operation === 'Install')?.window[field],
    }));
  const [first] = found;
  if (first?.limit !== undefined && found.every(({ limit }) => limit === first.limit)) return first.limit;
  const received = found.map(({ name, limit }) => `${name} ${limit === undefined ? 'without one' : quoted(limit)}`);
  const message = `${options[field]} must be given where the first install windows of the rings do not agree, got ${received.join(', ') || 'none'}`;
  return error(
    'fleet/emergency-limits',
    message,
    `set ${options[field]}, such as to ${field === 'maxErrors' ? '1' : '10%'}`,
  );
}
