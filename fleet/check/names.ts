import { error, quoted, type Violation } from '../../core/problem.ts';
import { checkSystemsManagerName } from '../../core/resource-checks.ts';
import { deploymentKey, physicalName } from '../assignment.ts';
import { at, type FileViolation } from '../file-violation.ts';
import type { Fleet } from '../schema/index.ts';
import type { Assigned, AssignmentSet, FleetFacts } from './facts.ts';

type Kind = 'baseline' | 'patch group' | 'window';

/** What becomes of keys: no two may become one name in an account and region, and none a name that is too long. */
export function checkNames(facts: FleetFacts): FileViolation[] {
  const checkLength = lengthChecker(facts.fleet);
  return facts.assignmentSets.flatMap((set) => [...checkCollisions(set), ...set.value.flatMap(checkLength)]);
}

function keysOf(kind: Kind, { baselines, groups, ring }: Assigned): readonly string[] {
  if (kind === 'window')
    return [...new Set([...(ring?.windows ?? []), ...(ring?.emergencies ?? [])].map(({ key }) => key))];
  return kind === 'baseline' ? baselines : groups;
}

/** Assignment `a` with the key `b-c` and assignment `a-b` with the key `c` make one name. */
function checkCollisions({ value }: AssignmentSet): FileViolation[] {
  if (value.length < 2) return [];
  return (['baseline', 'patch group', 'window'] as const).flatMap((kind) => {
    const taken = new Map<string, string>();
    return value.flatMap((assigned) =>
      keysOf(kind, assigned).flatMap((key) => {
        const name = deploymentKey(assigned.name, key);
        const who = `${kind} ${quoted(key)} of assignment ${quoted(assigned.name)}`;
        const other = taken.get(name);
        taken.set(name, other ?? who);
        if (other === undefined) return [];
        const message = `${who} must not share a name with ${other}, both become ${quoted(name)}`;
        return [{ ...error('fleet/name-collision', message, 'rename one of the two assignments'), at: assigned.path }];
      }),
    );
  });
}

/** Accounts share few assignments, so few names are ever made. */
function lengthChecker(fleet: Fleet): (assigned: Assigned) => FileViolation[] {
  const known = new Map<string, readonly Violation[]>();
  return (assigned) => {
    const { name, assignment, groups, path } = assigned;
    const targets = assignment.targets === undefined ? groups : ['selected'];
    const id = [name, assignment.ring, ...groups, '/', ...targets].join(' ');
    const violations = known.get(id) ?? checkLengths(fleet, assigned, targets);
    known.set(id, violations);
    return at(path, violations);
  };
}

function checkLengths(fleet: Fleet, assigned: Assigned, targets: readonly string[]): Violation[] {
  const named = (what: string, key: string, rest = '') => ({
    what: `${what} of assignment ${quoted(assigned.name)}`,
    name: `${physicalName(fleet, assigned.name, key)}${rest}`,
  });
  return [
    ...keysOf('baseline', assigned).map((key) => named(`baseline ${quoted(key)}`, key)),
    ...keysOf('window', assigned).flatMap((key) => [
      named(`window ${quoted(key)}`, key),
      // Targets and tasks are named after their window; an emergency has two tasks for each target.
      ...(key.startsWith('emergency-') ? targets.map((target) => `install-${target}`) : targets).map((target) =>
        named(`task ${quoted(target)} in window ${quoted(key)}`, key, `-${target}`),
      ),
    ]),
  ].flatMap(({ what, name }) => {
    if (checkSystemsManagerName(what, name, 'fleet/name-length').length === 0) return [];
    const message = `the name of ${what} must be at most 128 characters, got ${name.length}: "${name}"`;
    const fix = 'shorten the names it is made of: those of the fleet, the assignment and the key';
    return [error('fleet/name-length', message, fix)];
  });
}
