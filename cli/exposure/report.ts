import type { Exposure, ExposureCase, ExposureFinding } from '../../calendar/exposure/exposure.ts';
import type { Block, Finding, Report, Section, Verdict } from '../../report/index.ts';
import { waitCharts } from './charts.ts';
import type { FleetExposure } from './fleet-exposure.ts';
import { releaseTable, waitTable } from './tables.ts';

/** Exposure for people: what does not hold, how long each ring waits, release by release, and what is assumed. */
export function exposureReport(told: FleetExposure): Report {
  const { fleet, path, exposure, rollout } = told;
  const { asOf, firstDay, lastDay, findings, assumptions } = exposure;
  return {
    title: `Exposure of ${fleet}`,
    verdict: verdictOf(exposure),
    facts: [
      { name: 'fleet file', value: path },
      { name: 'as of', value: asOf },
      { name: 'releases', value: `${firstDay} to ${lastDay}` },
      { name: 'rings', value: rollout.rings.map(({ name }) => name).join(', ') },
    ],
    sections: [
      {
        heading: 'What does not hold',
        blocks: [
          { kind: 'findings', findings: findings.map(findingOf), none: 'nothing: every ring is in order and in time' },
        ],
      },
      { heading: 'Days until a patch is installed', blocks: [waitTable(exposure), ...waitCharts(told)] },
      ...releasesSection(exposure),
      ...waiversSection(told),
      { heading: 'What is assumed', blocks: [{ kind: 'list', items: assumptions }] },
    ],
  };
}

function verdictOf({ findings, months }: Exposure): Verdict {
  const span = `for the releases of ${months} ${months === 1 ? 'month' : 'months'}`;
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  if (errors > 0)
    return { outcome: 'error', text: `${errors} ${errors === 1 ? 'thing does' : 'things do'} not hold ${span}` };
  return { outcome: 'ok', text: `The rollout holds ${span}` };
}

/** The most releases that are told one by one. */
const mostCases = 12;

function findingOf({ rule, severity, message, fix, cases, ring, earlierRing }: ExposureFinding): Finding {
  const details = cases.slice(0, mostCases).map((one) => describeCase(one, ring, earlierRing));
  const more = cases.length - mostCases;
  return {
    rule,
    severity,
    message,
    ...(fix !== undefined && { fix }),
    details: more > 0 ? [...details, `and ${more} more releases`] : details,
  };
}

/** `release 2026-03-10T17:00:00Z: test 2026-04-08T21:00:00Z, dev 2026-04-14T21:00:00Z`. */
function describeCase(
  { release, approved, installed, earlierInstalled, missed }: ExposureCase,
  ring: string,
  earlier?: string,
) {
  const facts = [
    ...(approved === undefined ? [] : [`approved ${approved}`]),
    ...(missed === undefined ? [] : [`after the install of ${missed}`]),
    `${ring} ${installed ?? 'never or not yet'}`,
    ...(earlier === undefined ? [] : [`${earlier} ${earlierInstalled ?? 'never'}`]),
  ];
  return `release ${release}: ${facts.join(', ')}`;
}

function releasesSection(exposure: Exposure): Section[] {
  const table = releaseTable(exposure);
  return table === undefined ? [] : [{ heading: 'Windows, release by release', blocks: [table] }];
}

function waiversSection({ waivers, exposure }: FleetExposure): Section[] {
  if (waivers.length === 0) return [];
  const today = exposure.asOf.slice(0, 10);
  const table: Block = {
    kind: 'table',
    caption: 'Patches that some rings go without',
    columns: [
      { heading: 'patches', kind: 'code' },
      { heading: 'rings' },
      { heading: 'until' },
      { heading: 'owner' },
      { heading: 'why' },
      { heading: 'ticket' },
    ],
    rows: waivers.map(({ patches, rings, expires, owner, reason, ticket }) => [
      patches.join(', '),
      rings.join(', '),
      expires < today ? `${expires}, expired` : expires,
      owner,
      reason,
      ticket,
    ]),
    empty: 'none',
  };
  return [{ heading: 'Waivers', blocks: [table] }];
}
