import {
  bucketInWords,
  type ComplianceReport,
  type Finding,
  type InstanceReport,
  type Outcome,
  outcomeOfBucket,
  type PlaceReport,
  placeKey,
} from '../../compliance/index.ts';
import { grouped } from '../../core/grouped.ts';
import { printable } from '../../core/problem.ts';
import { evidenceLines } from './evidence.ts';
import { findingsByInstance, keyOf } from './findings-by-instance.ts';
import { lookupCounts } from './patch-lookup.ts';
import { trendCounts } from './trend.ts';
import { instanceInWords } from './words.ts';

/*
 * The report as CI shows tests: a suite for each account and region, in it a test case for each instance. Not patched is a
 * failure, not proven an error, stopped is skipped; what was found about how an instance is set up is its output. A suite of its own tells what could not be read, so that nothing is
 * green because nobody looked.
 *
 * @see https://github.com/testmoapp/junitxml
 */
export function complianceAsJUnit(report: ComplianceReport): string {
  const { places, totals, placeTotals, evidence, patch, trend } = report;
  const findings = findingsByInstance(report);
  const unread = placeTotals.partly + placeTotals.unknown;
  const all = placeTotals.read + unread;
  const { noncompliant, unproven, stopped } = totals.outcomes;
  const counts = (tests: number, failures: number, errors: number, skipped: number) => ({
    tests,
    failures,
    errors,
    skipped,
  });
  const byPlace = grouped(report.instances, placeKey);
  const asked =
    patch === undefined ? [] : lookupCounts(patch).map(([what, number]) => [`${patch.asked} ${what}`, number]);
  const changed =
    trend === undefined ? [] : trendCounts(trend).map(([what, number]) => [`since ${trend.since}: ${what}`, number]);
  const properties = [...evidenceLines(evidence), ...asked, ...changed].map(
    ([name = '', value = '']) => `      <property${attributes({ name, value })}/>`,
  );
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'patchfleet compliance', ...counts(totals.instances + all, noncompliant, unproven + unread, stopped) })}>`,
    `  <testsuite${attributes({ name: 'what could be read', timestamp: evidence.madeAt, ...counts(all, 0, unread, 0) })}>`,
    '    <properties>',
    ...properties,
    '    </properties>',
    ...places.map(placeCase),
    '  </testsuite>',
    ...places.flatMap((place) => {
      const { instances, outcomes } = place.totals;
      return [
        `  <testsuite${attributes({ name: placeKey(place), timestamp: evidence.madeAt, ...counts(instances, outcomes.noncompliant, outcomes.unproven, outcomes.stopped) })}>`,
        ...(byPlace.get(placeKey(place)) ?? []).map((one) => instanceCase(one, findings.get(keyOf(one)) ?? [])),
        '  </testsuite>',
      ];
    }),
    '</testsuites>',
  ].join('\n');
}

function placeCase(place: PlaceReport): string {
  const { status, gaps } = place;
  const opening = `    <testcase${attributes({ classname: 'what could be read', name: placeKey(place) })}`;
  if (status === 'read') return `${opening}/>`;
  const [first] = gaps;
  const told = gaps.map(({ message, unknown }) => `${message}: ${unknown}`).join('\n');
  return `${opening}><error${attributes({ type: status, message: first?.message ?? status })}>${escaped(told)}</error></testcase>`;
}

const elements: Readonly<Record<Exclude<Outcome, 'compliant'>, string>> = {
  noncompliant: 'failure',
  unproven: 'error',
  stopped: 'skipped',
};

function instanceCase(instance: InstanceReport, findings: readonly Finding[]): string {
  const { account, region, bucket, why, deficits = [] } = instance;
  const opening = `    <testcase${attributes({ classname: `${account}.${region}`, name: instanceInWords(instance) })}`;
  const outcome = outcomeOfBucket[bucket];
  const message = `${bucketInWords(bucket)}: ${why}`;
  const told = [
    ...(outcome === 'compliant' && bucket !== 'compliant' ? [message] : []),
    ...findings.map(({ code, why, next }) => `${code}: ${why}${next === undefined ? '' : `; ${next}`}`),
  ];
  const out = told.length === 0 ? '' : `<system-out>${escaped(told.join('\n'))}</system-out>`;
  if (outcome === 'compliant') return out === '' ? `${opening}/>` : `${opening}>${out}</testcase>`;
  const element = elements[outcome];
  const type = element === 'skipped' ? {} : { type: bucket };
  const lines = deficits.map(({ patch, kind, deadline, waiver }) =>
    [
      patch,
      kind.replace('-', ' '),
      ...(deadline === 'overdue' ? [deadline] : []),
      ...(waiver === undefined ? [] : ['waived']),
    ].join(', '),
  );
  return `${opening}><${element}${attributes({ ...type, message })}>${escaped(lines.join('\n'))}</${element}>${out}</testcase>`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(printable(`${value}`))}"`)
    .join('');
}

/** XML 1.0 knows no control characters but tab and line breaks, and no half of a pair, not even escaped. */
function escaped(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, ' ')
      .replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
  );
}
