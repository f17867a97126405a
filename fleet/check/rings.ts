import { error, quoted, type Violation, warning } from '../../core/problem.ts';
import type { FileViolation } from '../file-violation.ts';
import type { FleetFacts, Ring } from './facts.ts';

/** What holds of rings by themselves and of their order; their windows are checked apart. */
export function checkRings({ rings }: FleetFacts): FileViolation[] {
  const names = rings.map(({ ring }) => ring.name);
  return rings.flatMap((ring, index) => [
    ...checkNotEmpty(ring),
    ...(names.indexOf(ring.ring.name) < index
      ? [
          {
            ...error(
              'fleet/ring-name-unique',
              `name must differ from ring to ring, got ${quoted(ring.ring.name)} again`,
              'rename one of them',
            ),
            at: [...ring.path, 'name'],
          },
        ]
      : []),
    ...checkInstallNames(ring),
    ...checkDays(ring),
    ...checkMoves(rings, ring),
    ...(index === 0 && ring.ring.soakDays !== undefined
      ? [
          {
            ...warning(
              'fleet/soak-after-first-ring',
              `soakDays ${ring.ring.soakDays} has no effect on the first ring: no patch was in a ring before`,
              'remove it',
            ),
            at: [...ring.path, 'soakDays'],
          },
        ]
      : []),
  ]);
}

function checkNotEmpty({ ring, windows, path }: Ring): FileViolation[] {
  if (windows.length > 0) return [];
  const message = `ring ${quoted(ring.name)} must have scan or install, got neither: nothing would happen in it`;
  return [{ ...error('fleet/ring-empty', message, 'add a scan window'), at: path }];
}

/** One may go without a name, so that the first window of a ring keeps its address when a second one comes. */
function checkInstallNames({ windows }: Ring): FileViolation[] {
  const installs = windows.filter((window) => window.operation === 'Install');
  return installs.flatMap(({ path, window, key }, index) => {
    if (installs.findIndex((other) => other.key === key) === index) return [];
    return window.name === undefined
      ? [
          {
            ...error(
              'fleet/install-name-given',
              'only one install window of a ring may go without a name, got another',
              'give it a name',
            ),
            at: path,
          },
        ]
      : [
          {
            ...error(
              'fleet/install-name-unique',
              `name must differ from install window to install window, got ${quoted(window.name)} again`,
              'rename one of them',
            ),
            at: [...path, 'name'],
          },
        ];
  });
}

/** Windows keep their addresses when an account moves only to a ring that has windows of the same names. */
function checkMoves(rings: readonly Ring[], ring: Ring): FileViolation[] {
  const first = rings.find((candidate) => installKeys(candidate).length > 0);
  const own = installKeys(ring);
  if (first === undefined || own.length === 0 || installKeys(first).join() === own.join()) return [];
  const message = `ring ${quoted(ring.ring.name)} has the install windows ${own.join(', ')}, ring ${quoted(first.ring.name)} has ${installKeys(first).join(', ')}: moving an account between them makes and destroys windows`;
  const told: Violation = { ...warning('fleet/ring-moves-in-place', message, 'name them alike'), severity: 'info' };
  return [{ ...told, at: [...ring.path, 'install'] }];
}

function installKeys({ windows }: Ring): string[] {
  return windows.flatMap(({ operation, key }) => (operation === 'Install' ? [key] : [])).sort();
}

function checkDays({ ring, path }: Ring): FileViolation[] {
  return (['soakDays', 'patchWithinDays'] as const).flatMap((field) => {
    const days = ring[field];
    if (days === undefined || (Number.isInteger(days) && days >= 0)) return [];
    const message = `${field} must be a whole number of days from 0, got ${quoted(days)}`;
    return [{ ...error('fleet/ring-days', message, `set ${field} to whole days`), at: [...path, field] }];
  });
}
