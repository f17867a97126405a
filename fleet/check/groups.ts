import { error, quoted, warning } from '../../core/problem.ts';
import { checkAmongBaselines } from '../../modules/patch-baseline/checks.ts';
import { deploymentKey } from '../assignment.ts';
import { at, type FileViolation, formatFilePath } from '../file-violation.ts';
import type { Assigned, AssignmentSet, FleetFacts } from './facts.ts';
import { checkTargetedOnce } from './targeted-once.ts';

/** Patch groups by what their names say, and by what an account and region registers for them and targets. */
export function checkPatchGroups(facts: FleetFacts): FileViolation[] {
  return [
    ...checkNamesNoRing(facts),
    ...facts.assignmentSets.flatMap((set) => {
      const registered = checkRegisteredOnce(facts, set);
      const told = new Set(registered.map(({ at }) => formatFilePath(at)));
      // What is registered twice is targeted twice as well, and mended by the same.
      const targeted = checkTargetedOnce(facts, set).filter(({ at }) => !told.has(formatFilePath(at)));
      return [...registered, ...targeted, ...checkOneDefault(facts, set)];
    }),
  ];
}

/** Owners set the tag: moving an account to another ring must not ask them for a new one. */
function checkNamesNoRing({ patchGroups, rings }: FleetFacts): FileViolation[] {
  const names = rings.map(({ ring }) => ring.name).sort((a, b) => b.length - a.length);
  if (names.length === 0) return [];
  const word = new RegExp(`(?<![\\p{L}\\p{N}])(${names.join('|')})(?![\\p{L}\\p{N}])`, 'iu');
  return [...patchGroups].flatMap(([key, { name }]) => {
    const [, found] = word.exec(name) ?? [];
    if (found === undefined) return [];
    const message = `name ${quoted(name)} contains the ring ${quoted(found.toLowerCase())}: nodes would need another tag when their account moves to another ring`;
    return at(
      ['patchGroups', key, 'name'],
      [warning('fleet/group-names-ring', message, 'name the nodes, not when they are patched')],
    );
  });
}

/** A tag value can have one baseline for each operating system in an account and region. */
function checkRegisteredOnce({ patchGroups, baselines }: FleetFacts, { value }: AssignmentSet): FileViolation[] {
  const registered = new Map<string, { readonly by: Assigned; readonly group: string; readonly baseline: string }>();
  return value.flatMap((by) =>
    by.groups.flatMap((group) => {
      const { name, baselines: keys } = patchGroups.get(group) ?? { name: '', baselines: [] };
      return [...new Set(keys)].flatMap((baseline) => {
        const system = baselines.get(baseline)?.operatingSystem;
        if (system === undefined) return [];
        const id = `${system} ${name}`;
        const before = registered.get(id);
        registered.set(id, before ?? { by, group, baseline });
        // Two baselines of one system in one group are for the group to report.
        if (before === undefined || (before.by === by && before.group === group)) return [];
        const said = (other: NonNullable<typeof before>) =>
          `${quoted(deploymentKey(other.by.name, other.baseline))} for ${quoted(other.group)} of assignment ${quoted(other.by.name)}`;
        const message = `patch group ${quoted(name)} must have one baseline for ${system} in an account and region, got ${said(before)} and ${said({ by, group, baseline })}`;
        const place = [...by.path, 'patchGroups', by.assignment.patchGroups.indexOf(group)];
        return at(place, [
          error('fleet/patch-group-once', message, 'patch the group in one assignment only, or name the groups apart'),
        ]);
      });
    }),
  );
}

/** Each assignment makes baselines of its own, but an operating system has one default. */
function checkOneDefault({ baselines }: FleetFacts, { value }: AssignmentSet): FileViolation[] {
  const defaults = new Set<string>();
  return value.flatMap((assigned) =>
    assigned.baselines.flatMap((key) => {
      const baseline = baselines.get(key);
      if (baseline?.registerAsDefault !== true) return [];
      const { operatingSystem } = baseline;
      const defaultsOfSystem = defaults.has(operatingSystem) ? 1 : 0;
      defaults.add(operatingSystem);
      const before = { baselines: 0, defaultsOfSystem, registerAsDefault: true, operatingSystem };
      return at(assigned.path, checkAmongBaselines(before));
    }),
  );
}
