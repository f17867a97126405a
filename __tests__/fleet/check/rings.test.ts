import { describe, expect, it } from '@jest/globals';
import { fleetOfRing, installWindow, problemsOf, scanWindow, validFleet } from '../support.ts';

describe('a ring', () => {
  it.each([{ scan: undefined }, { scan: undefined, install: [] }])('must have a window: %j', (ring) => {
    expect(problemsOf(fleetOfRing(ring))).toEqual([
      'error rings[0]: ring "early" must have scan or install, got neither: nothing would happen in it; add a scan window [fleet/ring-empty]',
    ]);
  });

  it.each([{ scan: scanWindow() }, { scan: undefined, install: installWindow() }])(
    'may only scan or only install',
    (ring) => {
      expect(problemsOf(fleetOfRing(ring))).toEqual([]);
    },
  );

  it('is told where moving to it would not be in place: its install windows are named otherwise', () => {
    const [early, late] = validFleet().rings as [object, object];
    const install = [
      installWindow({ name: 'first' }),
      installWindow({ name: 'second', schedule: 'cron(0 4 ? * FRI *)' }),
    ];
    const rings = [early, { ...late, install }] as ReturnType<typeof validFleet>['rings'];
    expect(problemsOf(validFleet({ rings }))).toEqual([
      'info rings[1].install: ring "late" has the install windows install-first, install-second, ring "early" has install: moving an account between them makes and destroys windows; name them alike [fleet/ring-moves-in-place]',
    ]);
  });

  it('that only scans may come before others that install', () => {
    const [early, late] = validFleet().rings as [object, object];
    const rings = [{ ...early, install: undefined }, late] as ReturnType<typeof validFleet>['rings'];
    expect(problemsOf(validFleet({ rings }))).toEqual([]);
  });

  it('must have a name of its own', () => {
    const rings = [...validFleet().rings, { name: 'early', scan: scanWindow() }];
    expect(problemsOf(validFleet({ rings }))).toEqual([
      'error rings[2].name: name must differ from ring to ring, got "early" again; rename one of them [fleet/ring-name-unique]',
    ]);
  });

  it.each([0, 400])('may soak and patch within %d days', (days) => {
    const rings = validFleet().rings.map((ring, index) => (index === 0 ? ring : { ...ring, soakDays: days }));
    expect(problemsOf(validFleet({ rings }))).toEqual([]);
    expect(problemsOf(fleetOfRing({ patchWithinDays: 400 }))).toEqual([]);
  });

  it.each([-1, 1.5])('must count whole days from 0, not %d', (days) => {
    const [first, second] = validFleet().rings as [object, object];
    const rings = [first, { ...second, soakDays: days }] as ReturnType<typeof validFleet>['rings'];
    expect(problemsOf(validFleet({ rings }))).toEqual([
      `error rings[1].soakDays: soakDays must be a whole number of days from 0, got ${days}; set soakDays to whole days [fleet/ring-days]`,
    ]);
    expect(problemsOf(fleetOfRing({ patchWithinDays: days }))).toContain(
      `error rings[0].patchWithinDays: patchWithinDays must be a whole number of days from 0, got ${days}; set patchWithinDays to whole days [fleet/ring-days]`,
    );
  });

  it('has nothing to soak in when it is the first', () => {
    expect(problemsOf(fleetOfRing({ soakDays: 3 }))).toEqual([
      'warning rings[0].soakDays: soakDays 3 has no effect on the first ring: no patch was in a ring before; remove it [fleet/soak-after-first-ring]',
    ]);
  });
});

describe('the install windows of a ring', () => {
  const at = (hour: number, name?: string) =>
    installWindow({ schedule: `cron(0 ${hour} ? * TUE *)`, ...(name !== undefined && { name }) });

  it('may be several, one of them without a name', () => {
    expect(problemsOf(fleetOfRing({ install: [at(4), at(8, 'second'), at(12, 'third')] }))).toEqual([]);
  });

  it('must not be two without a name', () => {
    expect(problemsOf(fleetOfRing({ install: [at(4), at(8), at(12, 'third')] }))).toEqual([
      'error rings[0].install[1]: only one install window of a ring may go without a name, got another; give it a name [fleet/install-name-given]',
    ]);
  });

  it('must not share a name', () => {
    expect(problemsOf(fleetOfRing({ install: [at(4, 'night'), at(8, 'night')] }))).toEqual([
      'error rings[0].install[1].name: name must differ from install window to install window, got "night" again; rename one of them [fleet/install-name-unique]',
    ]);
  });
});
