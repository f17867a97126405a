import {
  bucketInWords,
  type ComplianceReport,
  type InstanceReport,
  type Outcome,
  outcomeOfBucket,
  type PlaceReport,
  placeKey,
} from '../../compliance/index.ts';
import { printable } from '../../core/problem.ts';
import { evidenceLines } from './evidence.ts';
import { instanceInWords } from './words.ts';

/*
 * The report as CI shows tests: a suite for each account and region, in it a test case for each instance. Not patched is a
 * failure, not proven an error, stopped is skipped. A suite of its own tells what could not be read, so that nothing is
 * green because nobody looked.
 *
 * @see https://github.com/testmoapp/junitxml
 */
export function complianceAsJUnit(report: ComplianceReport): string {
  const { places, totals, placeTotals, evidence } = report;
  const unread = placeTotals.partly + placeTotals.unknown;
  const all = placeTotals.read + unread;
  const { noncompliant, unproven, stopped } = totals.outcomes;
  const counts = (tests: number, failures: number, errors: number, skipped: number) => ({
    tests,
    failures,
    errors,
    skipped,
  });
  const byPlace = new Map<string, InstanceReport[]>(places.map((place) => [placeKey(place), []]));
  for (const instance of report.instances) byPlace.get(placeKey(instance))?.push(instance);
  const properties = evidenceLines(evidence).map(([name, value]) => `      <property${attributes({ name, value })}/>`);
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
        ...(byPlace.get(placeKey(place)) ?? []).map(instanceCase),
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

function instanceCase(instance: InstanceReport): string {
  const { account, region, bucket, why, deficits = [] } = instance;
  const opening = `    <testcase${attributes({ classname: `${account}.${region}`, name: instanceInWords(instance) })}`;
  const outcome = outcomeOfBucket[bucket];
  const message = `${bucketInWords(bucket)}: ${why}`;
  if (outcome === 'compliant')
    return bucket === 'compliant'
      ? `${opening}/>`
      : `${opening}><system-out>${escaped(message)}</system-out></testcase>`;
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
  return `${opening}><${element}${attributes({ ...type, message })}>${escaped(lines.join('\n'))}</${element}></testcase>`;
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
