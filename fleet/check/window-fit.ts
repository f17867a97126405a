import { canStop, errorsBorne, fittingChange, nodesAtOnce, type PatchLoad, windowFit } from '../../calendar/index.ts';
import { error, quoted, type Violation, warning } from '../../core/problem.ts';
import { checkWholeNumber, didYouMean } from '../../core/value-checks.ts';
import { at, type FileViolation } from '../file-violation.ts';
import type { Assigned, FleetFacts, Place, RingWindow } from './facts.ts';
import { listed } from './in-file.ts';

/** What one node takes where the file does not say, in minutes: updates and a reboot of a server of middling age. */
const usualMinutes = 30;

/** Whether all nodes of a target get their turn in the install windows of their ring, and what stops them there. */
export function checkWindowFit(facts: FleetFacts): FileViolation[] {
  return [
    ...facts.rings.flatMap(({ windows }) => windows.flatMap(checkMinutes)),
    ...facts.assignmentSets.flatMap((set) => set.value.flatMap(checkNodes)),
    ...checkTargets(facts),
  ];
}

function checkMinutes({ operation, window, path }: RingWindow): FileViolation[] {
  if (operation === 'Scan') return [];
  const limits = { rule: 'fleet/minutes-per-node', min: 1, max: 1440, unit: 'minutes' };
  return at([...path, 'minutesPerNode'], checkWholeNumber('minutesPerNode', window.minutesPerNode, limits));
}

/** What has a number of nodes: the patch groups of an assignment, or what it targets instead. */
function targetsOf({ assignment, groups }: Assigned): readonly string[] {
  return assignment.targets === undefined ? groups : ['selected'];
}

function checkNodes(assigned: Assigned): FileViolation[] {
  const { assignment, path } = assigned;
  const allowed = targetsOf(assigned);
  return Object.entries(assignment.nodes ?? {}).flatMap(([key, count]) => {
    const what =
      assignment.targets === undefined ? 'a patch group of the assignment' : '"selected" where targets are given';
    const message = `nodes must count the nodes of ${what} (${listed(allowed)}), got ${quoted(key)}`;
    const limits = { rule: 'fleet/nodes', min: 0, max: 1_000_000, unit: 'nodes' };
    return at(
      [...path, 'nodes', key],
      [
        ...(allowed.includes(key)
          ? []
          : [error('fleet/nodes-of-target', message, didYouMean(key, allowed) ?? 'use one of them, or remove it')]),
        ...checkWholeNumber(`nodes.${key}`, count, limits),
      ],
    );
  });
}

/** Accounts share rings, and targets their sizes: each size is told once for a window. */
function checkTargets({ places }: FleetFacts): FileViolation[] {
  const countIn = instanceCounter();
  const seen = new Set<string>();
  return places.flatMap((place) =>
    (place.assignments?.value ?? []).flatMap((assigned) =>
      targetsOf(assigned).flatMap((target) => {
        const nodes = assigned.assignment.nodes?.[target] ?? countIn(place, target);
        if (nodes === undefined || !Number.isInteger(nodes) || nodes < 1) return [];
        return (assigned.ring?.windows ?? []).flatMap((window) => {
          const id = `${window.path.join(' ')} ${nodes}`;
          if (window.operation === 'Scan' || seen.has(id)) return [];
          seen.add(id);
          return checkTarget(window, nodes, `${whatIs(target, assigned)} in ${whereIs(place)}`);
        });
      }),
    ),
  );
}

/** The instances that the file makes in a place, by patch group; places mostly share them. */
function instanceCounter(): (place: Place, group: string) => number | undefined {
  const known = new Map<unknown, Map<string, number>>();
  return ({ instances }, group) => {
    if (instances === undefined) return undefined;
    const counts = known.get(instances) ?? new Map<string, number>();
    if (!known.has(instances)) {
      for (const { patchGroup } of Object.values(instances.value))
        counts.set(patchGroup, (counts.get(patchGroup) ?? 0) + 1);
      known.set(instances, counts);
    }
    return counts.get(group);
  };
}

function whatIs(target: string, { name, assignment }: Assigned): string {
  return assignment.targets === undefined
    ? `patch group ${quoted(target)}`
    : `the targets of assignment ${quoted(name)}`;
}

function whereIs({ account, region }: Place): string {
  return account.account === 'current' ? region : `account ${account.account}, ${region}`;
}

function checkTarget(window: RingWindow & { operation: 'Install' }, nodes: number, target: string): FileViolation[] {
  const load = loadOf(window, nodes);
  if (load === undefined) return [];
  return [
    ...at(window.path, checkFits(load, window.window.minutesPerNode === undefined, target)),
    ...at([...window.path, 'maxErrors'], checkErrors(load, target)),
  ];
}

/** What a window makes of so many nodes; nothing where one of its numbers is not sound, which is told by itself. */
function loadOf({ window }: RingWindow & { operation: 'Install' }, nodes: number): PatchLoad | undefined {
  const { maxConcurrency, maxErrors, duration = 3, cutoff = 1, minutesPerNode = usualMinutes } = window;
  const hours = [duration, cutoff].every((value) => Number.isInteger(value) && value >= 0 && value <= 24);
  const minutes = Number.isInteger(minutesPerNode) && minutesPerNode >= 1 && minutesPerNode <= 1440;
  const limits = /^\d{1,7}%?$/.test(maxConcurrency) && /^\d{1,7}%?$/.test(maxErrors);
  if (!hours || !minutes || !limits || cutoff >= duration) return undefined;
  return { nodes, maxConcurrency, maxErrors, minutesPerNode, durationHours: duration, cutoffHours: cutoff };
}

function checkFits(load: PatchLoad, isUsual: boolean, target: string): Violation[] {
  const { atOnce, started, left } = windowFit(load);
  if (left === 0) return [];
  const { nodes, minutesPerNode, durationHours, cutoffHours } = load;
  const minutes = `${minutesPerNode} minutes each${isUsual ? ' (the default of minutesPerNode)' : ''}`;
  const hours = durationHours - cutoffHours;
  const message = `${left} of ${nodes} nodes would not start: ${atOnce} at a time and ${minutes}, ${started} start in the ${hours === 1 ? 'hour' : `${hours} hours`} before the cutoff; ${target}`;
  const change = fittingChange(load);
  const longer = change.durationHours === undefined ? '' : `, or duration to ${change.durationHours}`;
  return [warning('fleet/nodes-fit', message, `set maxConcurrency to "${change.maxConcurrency}"${longer}`)];
}

/** A task stops at one error more than its number: what that means for so many nodes, or that it means nothing. */
function checkErrors(load: PatchLoad, target: string): Violation[] {
  const { nodes, maxErrors, maxConcurrency } = load;
  // Of one node there is nothing to stop; what stops no number of nodes is told without any.
  if (nodes === 1 || maxErrors === '100%' || maxConcurrency === '100%') return [];
  const borne = errorsBorne(maxErrors, nodes);
  const atOnce = nodesAtOnce(maxConcurrency, nodes);
  const number = maxErrors.endsWith('%') ? `is ${borne} of` : 'of';
  if (canStop(load)) {
    const message = `maxErrors ${quoted(maxErrors)} ${number} ${nodes} nodes: the task stops at error ${borne + 1}, when up to ${atOnce} run; ${target}`;
    return [{ ...error('fleet/max-errors-meaning', message), severity: 'info' }];
  }
  const most = nodes - atOnce - 1;
  const written = maxErrors.endsWith('%') ? `${quoted(maxErrors)}, ${borne}` : quoted(maxErrors);
  const message = `maxErrors ${written} of ${nodes} nodes, can never stop anything: with ${atOnce} at a time all have started before error ${borne + 1} comes; ${target}`;
  const fix = most >= 0 ? `lower it, at most to "${most}"` : 'lower maxConcurrency';
  return [warning('fleet/max-errors-never-stops', message, fix)];
}
