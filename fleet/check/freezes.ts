import { checkTimeZone, formatInZone } from '../../calendar/index.ts';
import { error, quoted } from '../../core/problem.ts';
import { didYouMean } from '../../core/value-checks.ts';
import { at, type FilePath, type FileViolation } from '../file-violation.ts';
import { frozenRings, type InstallWindows, installWindows, momentFix, type Stretch, stretchOf } from '../freezes.ts';
import type { FleetFreeze } from '../schema/index.ts';
import type { FleetFacts } from './facts.ts';
import { checkFreezesDue, type SoundFreeze } from './freezes-due.ts';
import { checkFrozenEmergencies } from './frozen-emergencies.ts';
import { listed } from './in-file.ts';
import { checkKeys } from './references.ts';

/** The longest freeze, in days: nodes that are open for longer than a year are no freeze any more. */
const longestDays = 366;
const dayMs = 86_400_000;

/** Freezes: what they say, and, with `asOf`, whether windows are closed in time and opened afterwards. */
export function checkFreezes(facts: FleetFacts, asOf: string | undefined): FileViolation[] {
  const { fleet, rings } = facts;
  const freezes = fleet.freezes ?? [];
  if (freezes.length === 0) return [];
  const ringNames = new Set(rings.map(({ ring }) => ring.name));
  const names = freezes.map(({ name }) => name);
  const windows = installWindows(fleet);
  const sound: SoundFreeze[] = [];
  const said = freezes.flatMap((freeze, index) => {
    const path: FilePath = ['freezes', index];
    const ofTime = checkTime(path, freeze);
    const stretch = ofTime.length > 0 ? undefined : stretchOf(freeze);
    if (stretch !== undefined) sound.push({ path, freeze, stretch });
    return [
      ...(names.indexOf(freeze.name) < index ? [repeatedName(path, freeze.name)] : []),
      ...checkKeys([...path, 'rings'], freeze.rings ?? [], 'rings', ringNames, [...ringNames]),
      ...checkGiven(path, freeze),
      ...ofTime,
      ...checkClosed(path, freeze, windows),
    ];
  });
  return [
    ...said,
    ...checkOverlaps(facts, sound),
    ...checkFrozenEmergencies(fleet, sound),
    ...checkFreezesDue(windows, sound, asOf),
  ];
}

function repeatedName(path: FilePath, name: string): FileViolation {
  const message = `name must differ from freeze to freeze, got ${quoted(name)} again`;
  return { ...error('fleet/freeze-name-unique', message, 'rename one of them'), at: [...path, 'name'] };
}

function checkGiven(path: FilePath, { reason, rings }: FleetFreeze): FileViolation[] {
  const ofReason = `reason of a freeze must say why nothing is installed, got ${quoted(reason)}`;
  const ofRings = 'rings of a freeze must name at least one ring, got none: nothing would be frozen';
  return [
    ...(reason.trim() === ''
      ? at([...path, 'reason'], [error('fleet/freeze-reason', ofReason, 'write the reason')])
      : []),
    ...(rings?.length === 0
      ? at([...path, 'rings'], [error('fleet/freeze-rings', ofRings, 'name one, or leave rings out for all')])
      : []),
  ];
}

function checkTime(path: FilePath, freeze: FleetFreeze): FileViolation[] {
  const zone = at([...path, 'timezone'], checkTimeZone('timezone', freeze.timezone));
  const moments = (['from', 'to'] as const).flatMap((field) => {
    const text = freeze[field];
    if (stretchOf({ ...freeze, from: text, to: text, timezone: 'UTC' }) !== undefined) return [];
    const message = `${field} must be a day that exists, written YYYY-MM-DD, or an instant with its offset, got ${quoted(text)}`;
    return [{ ...error('fleet/freeze-date', message, momentFix(text)), at: [...path, field] }];
  });
  if (zone.length > 0 || moments.length > 0) return [...zone, ...moments];
  const { from, to } = stretchOf(freeze) as Stretch;
  if (to <= from) {
    const message = `to must be after from (${freeze.from}), got ${freeze.to}`;
    const exchanged = stretchOf({ ...freeze, from: freeze.to, to: freeze.from });
    const fix = exchanged !== undefined && exchanged.from < exchanged.to ? 'exchange the two' : 'write a later end';
    return at([...path, 'to'], [error('fleet/freeze-order', message, fix)]);
  }
  const days = (to - from) / dayMs;
  // A day more or less an hour, where clocks change in between.
  if (days <= longestDays + 1 / 24) return [];
  const message = `a freeze must last at most ${longestDays} days, got ${Math.ceil(days - 1 / 24)} from ${freeze.from} to ${freeze.to}`;
  return at([...path, 'to'], [error('fleet/freeze-length', message, 'freeze for less, or close the windows for good')]);
}

/** What the command has written; `--lift` relies on it. */
function checkClosed(path: FilePath, { closed = [] }: FleetFreeze, windows: InstallWindows): FileViolation[] {
  const rule = 'fleet/freeze-closed-windows';
  const names = [...windows.keys()];
  return closed.flatMap((name, index) => {
    const place = [...path, 'closed', index];
    const install = windows.get(name);
    if (install === undefined) {
      const message = `closed must name install windows as RING/WINDOW (${listed(names)}), got ${quoted(name)}`;
      return at(place, [error(rule, message, didYouMean(name, names) ?? 'remove it where the window is gone')]);
    }
    if (closed.indexOf(name) < index) {
      const message = `closed must list each entry once, got ${quoted(name)} again`;
      return at(place, [error('fleet/listed-once', message, 'remove one of them')]);
    }
    if (install.window.window.enabled === false) return [];
    const message = `closed must name install windows with enabled: false, got ${quoted(name)}, which is open`;
    return at(place, [error(rule, message, 'set enabled: false there, or remove the entry')]);
  });
}

/** Two freezes of one ring at a time: lifting the first would open what the second one keeps closed. */
function checkOverlaps({ fleet }: FleetFacts, sound: readonly SoundFreeze[]): FileViolation[] {
  return sound.flatMap((later, index) =>
    sound.slice(0, index).flatMap((earlier) => {
      const from = Math.max(earlier.stretch.from, later.stretch.from);
      if (from >= Math.min(earlier.stretch.to, later.stretch.to)) return [];
      const others = new Set(frozenRings(fleet, earlier.freeze));
      const shared = frozenRings(fleet, later.freeze).filter((ring) => others.has(ring));
      if (shared.length === 0) return [];
      const together = formatInZone(new Date(from), later.freeze.timezone ?? 'UTC');
      const message = `freeze ${quoted(later.freeze.name)} must not overlap with freeze ${quoted(earlier.freeze.name)} in a ring, both hold at ${together} for ${listed(shared)}`;
      return at(later.path, [error('fleet/freezes-overlap', message, 'make them one freeze, or move one of them')]);
    }),
  );
}
