import type { FrozenInstalls } from '../../calendar/index.ts';
import type { Block, Section } from '../../report/index.ts';
import { waiverTable } from '../waiver-table.ts';
import type { FleetExposure } from './fleet-exposure.ts';
import { readable } from './tables.ts';

/* What is not installed although its time has come: in freezes, and by waivers. */

export function freezesSection(told: FleetExposure): Section[] {
  const { freezes } = told.rollout;
  if (freezes.length === 0) return [];
  const times: Block = {
    kind: 'table',
    caption: 'Times in which nothing is installed (UTC)',
    columns: [{ heading: 'freeze' }, { heading: 'from' }, { heading: 'to' }, { heading: 'rings' }, { heading: 'why' }],
    rows: freezes.map(({ name, from, to, rings, reason }) => [
      name,
      readable(from),
      readable(to),
      rings.join(', '),
      reason,
    ]),
    empty: 'none',
  };
  const installs: Block = {
    kind: 'table',
    caption: 'Installs that fall into them (UTC)',
    columns: [
      { heading: 'freeze' },
      { heading: 'window' },
      { heading: 'installs', kind: 'number' },
      { heading: 'first' },
      { heading: 'last' },
      { heading: 'the window is' },
    ],
    rows: told.frozen.map((frozen) => [
      frozen.freeze,
      `${frozen.ring}/${frozen.window}`,
      ...describeRuns(frozen),
      describeState(frozen, told),
    ]),
    empty: 'none',
  };
  return [{ heading: 'Freezes', blocks: [times, installs] }];
}

function describeRuns({ runs, always }: FrozenInstalls): string[] {
  if (always !== undefined) return ['–', always, ''];
  const [first, last] = [runs[0], runs.at(-1)].map((run) =>
    run === undefined ? '–' : readable(run.start.toISOString()),
  );
  return [`${runs.length}`, first ?? '–', last ?? '–'];
}

function describeState({ freeze, state }: FrozenInstalls, { rollout, exposure }: FleetExposure): string {
  const isOver = rollout.freezes.some(({ name, to }) => name === freeze && Date.parse(to) <= Date.parse(exposure.asOf));
  if (state === 'off') return 'closed, not by this freeze';
  if (isOver) return state === 'open' ? 'open' : `still closed: patchfleet freeze ${freeze} --lift`;
  return state === 'closed' ? 'closed for it' : `open: patchfleet freeze ${freeze} --apply`;
}

export function waiversSection({ waivers, exposure }: FleetExposure): Section[] {
  if (waivers.length === 0) return [];
  return [{ heading: 'Waivers', blocks: [waiverTable('Patches that some rings go without', waivers, exposure.asOf)] }];
}
