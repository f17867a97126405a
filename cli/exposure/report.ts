import type { Exposure, ExposureCase, ExposureFinding } from '../../calendar/exposure/exposure.ts';
import type { Finding, Report, Section, Verdict } from '../../report/index.ts';
import { waitCharts } from './charts.ts';
import { freezesSection, waiversSection } from './exceptions.ts';
import type { FleetExposure } from './fleet-exposure.ts';
import { readable, releaseTable, waitTable } from './tables.ts';

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
      ...freezesSection(told),
      ...waiversSection(told),
      { heading: 'What is assumed', blocks: [{ kind: 'list', items: assumptions }] },
    ],
  };
}

function verdictOf({ findings, months }: Exposure): Verdict {
  const span = `for the releases of ${count(months, 'month')}`;
  const number = (severity: ExposureFinding['severity']) => findings.filter((one) => one.severity === severity).length;
  const [errors, warnings] = [number('error'), number('warning')];
  if (errors > 0) {
    return { outcome: 'error', text: `${count(errors, 'thing')} ${errors === 1 ? 'does' : 'do'} not hold ${span}` };
  }
  if (warnings > 0)
    return { outcome: 'warning', text: `The rollout holds ${span}, with ${count(warnings, 'warning')}` };
  return { outcome: 'ok', text: `The rollout holds ${span}` };
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** The most releases that are told one by one. */
const mostCases = 12;

/** The message names some releases already; what it does not name is told as details. */
function findingOf({ rule, severity, message, fix, cases, ring, earlierRing }: ExposureFinding): Finding {
  const untold = cases.filter(({ release }) => !isNamed(release.slice(0, 10), message));
  const details = untold.slice(0, mostCases).map((one) => describeCase(one, ring, earlierRing));
  const more = untold.length - mostCases;
  return {
    rule,
    severity,
    message,
    ...(fix !== undefined && { fix }),
    details: more > 0 ? [...details, `and ${count(more, 'more release')}`] : details,
  };
}

/** Releases are named by their day alone, runs by their time, too. */
function isNamed(day: string, message: string): boolean {
  return new RegExp(`${day}(?!T)`).test(message);
}

/** `2026-03-10: test 2026-04-08 21:00 UTC, dev 2026-04-14 21:00 UTC`. */
function describeCase(
  { release, approved, installed, earlierInstalled, missed }: ExposureCase,
  ring: string,
  earlier?: string,
) {
  const at = (instant: string | undefined, otherwise: string) =>
    instant === undefined ? otherwise : `${readable(instant)} UTC`;
  const facts = [
    ...(approved === undefined ? [] : [`approved ${at(approved, '')}`]),
    ...(missed === undefined ? [] : [`after the install of ${at(missed, '')}`]),
    `${ring} ${at(installed, 'never or not yet')}`,
    ...(earlier === undefined ? [] : [`${earlier} ${at(earlierInstalled, 'never')}`]),
  ];
  return `${release.slice(0, 10)}: ${facts.join(', ')}`;
}

function releasesSection(exposure: Exposure): Section[] {
  const table = releaseTable(exposure);
  return table === undefined ? [] : [{ heading: 'Windows, release by release', blocks: [table] }];
}
