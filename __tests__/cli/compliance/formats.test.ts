import { beforeAll, describe, expect, it } from '@jest/globals';
import stringWidth from 'string-width';
import { pageReport } from '../../../cli/compliance/page/index.ts';
import { complianceAsReport } from '../../../cli/compliance/report.ts';
import { bucketInWords, buckets, outcomeOfBucket } from '../../../compliance/buckets.ts';
import type { ComplianceReport } from '../../../compliance/report.ts';
import { renderText } from '../../../report/index.ts';
import { example, inFormat, propertyOf, readCsv } from './in-format.ts';
import { type Element, elements, readXml } from './xml.ts';

/* Every format says the same of the same report: the numbers of each are compared with the JSON, which is the report. */

describe('the formats of one report', () => {
  let report: ComplianceReport;
  let csv: Record<string, string>[];
  let junit: Element;
  let table: string;
  let markdown: string;
  let html: string;

  beforeAll(async () => {
    report = JSON.parse(await inFormat('json'));
    csv = readCsv(await inFormat('csv'));
    junit = readXml(await inFormat('junit'));
    table = await inFormat('table');
    markdown = await inFormat('markdown');
    html = await inFormat('html');
  });

  it('is versioned JSON', () => {
    expect(report.version).toBe(1);
    expect(report.totals.instances).toBeGreaterThan(100);
  });

  it('agree on how many instances are in each bucket', () => {
    for (const bucket of buckets) {
      const number = report.totals.buckets[bucket];
      expect(csv.filter((row) => row.record === 'instance' && row.bucket === bucket)).toHaveLength(number);
      expect(csv.find((row) => row.record === 'total' && row.bucket === bucket)?.value).toBe(`${number}`);
      expect(table).toMatch(new RegExp(`^ {2}${bucketInWords(bucket)} +${number} +${outcomeOfBucket[bucket]} `, 'm'));
      expect(markdown).toContain(`| ${bucketInWords(bucket)} | ${number} | ${outcomeOfBucket[bucket]} |`);
      expect(report.instances.filter((one) => one.bucket === bucket)).toHaveLength(number);
    }
  });

  it('agree on outcomes and percent', () => {
    const { outcomes, instances, compliantPercent, overdueInstances } = report.totals;
    const { compliant, noncompliant, unproven, stopped } = outcomes;
    const verdict = `${compliantPercent} % compliant: ${compliant} of ${instances} instances, ${report.totals.buckets.waived} of them by waivers; ${noncompliant} not patched, ${unproven} not proven, ${stopped} stopped; patches are overdue on ${overdueInstances}`;
    expect(table.replaceAll('\n', ' ')).toContain(`error: ${verdict} `);
    expect(markdown).toContain(`**error**: ${verdict}\n`);
    expect(csv.find(({ item }) => item === 'compliant percent')?.value).toBe(`${compliantPercent}`);
    expect(csv.find(({ item }) => item === 'overdue instances')?.value).toBe(`${overdueInstances}`);
    expect(csv.filter(({ overdue }) => overdue !== '')).toHaveLength(overdueInstances);
    for (const [outcome, number] of Object.entries(outcomes))
      expect(csv.filter((row) => row.record === 'instance' && row.outcome === outcome)).toHaveLength(number);
    expect(html).toContain(`${compliantPercent} %`);
    for (const { instanceId } of report.instances) expect(html).toContain(instanceId);
    const places = report.places.length;
    expect(junit.attributes).toEqual({
      name: 'patchfleet compliance',
      tests: `${instances + places}`,
      failures: `${noncompliant}`,
      errors: `${unproven}`,
      skipped: `${stopped}`,
    });
  });

  it('agree on rings', () => {
    for (const { key, totals } of report.groups.ring ?? []) {
      const { compliant, noncompliant, unproven, stopped } = totals.outcomes;
      const cells = [
        key ?? 'no ring',
        `${totals.compliantPercent} %`,
        ...[totals.instances, compliant, noncompliant, unproven, stopped, totals.overdueInstances],
      ];
      expect(table).toMatch(new RegExp(`^ {2}${cells.join(' +')}$`, 'm'));
      expect(markdown).toContain(`| ${cells.join(' | ')} |`);
      expect(csv.filter((row) => row.record === 'instance' && row.ring === (key ?? ''))).toHaveLength(totals.instances);
    }
  });

  it('agree on ages, patches and the trend', () => {
    for (const { severity, byAge, ageUnknown, total, overdue, oldestDays } of report.ages.bySeverity) {
      const cells = [severity, ...byAge, ageUnknown, total, overdue, oldestDays ?? '-'];
      expect(table).toMatch(new RegExp(`^ {2}${cells.join(' +')}$`, 'm'));
      // A lone hyphen would begin a list.
      expect(markdown).toContain(`| ${cells.join(' | ')} |`.replace('| - |', '| \\- |'));
    }
    for (const { patch: key, missing, failed, overdue } of report.patches.slice(0, 5)) {
      expect(table).toMatch(new RegExp(`${key.replaceAll('.', '\\.')} .* ${missing} +${failed} +${overdue} `));
      expect(markdown).toMatch(
        new RegExp(`${key.replaceAll('.', '\\.')}.* \\| ${missing} \\| ${failed} \\| ${overdue} \\|`),
      );
    }
    const { trend } = report;
    for (const [what, number] of [
      ['new instances', trend?.new.length],
      ['fixed', trend?.fixed.length],
      ['regressed', trend?.regressed.length],
      ['gone', trend?.gone.length],
      ['as before', trend?.unchanged],
    ]) {
      expect(table).toMatch(new RegExp(`^ {2}${what} +${number}$`, 'm'));
      expect(markdown).toContain(`| ${what} | ${number} |`);
      expect(csv.find(({ record, item }) => record === 'change' && item === what)?.value).toBe(`${number}`);
      expect(propertyOf(junit, `since examples/snapshots/2026-11-10: ${what}`)).toBe(`${number}`);
    }
  });

  it('agree on where the patch stands that was asked for', () => {
    const lookup = report.patch as NonNullable<ComplianceReport['patch']>;
    const counts = [
      ['exposed: it is missing, failed, or waits for approval', 'exposed', lookup.exposed],
      ['installed, not in effect before a reboot', 'pending reboot', lookup.pendingReboot],
      ['installed', 'installed', lookup.installed],
      ['not exposed: scanned since it is approved, and do not lack it', 'not exposed', lookup.notExposed],
      ['nobody can say', 'nobody can tell', lookup.unknown],
    ] as const;
    expect(lookup.exposed.length).toBeGreaterThan(0);
    for (const [what, word, list] of counts) {
      const number = `${list.length}`;
      expect(table).toMatch(new RegExp(`^ {2}${what} +${number}$`, 'm'));
      expect(markdown).toContain(`| ${what} | ${number} |`);
      expect(csv.find(({ item }) => item === `KB5071001 ${what}`)?.value).toBe(number);
      expect(csv.filter(({ exposure }) => exposure === word)).toHaveLength(list.length);
      expect(propertyOf(junit, `KB5071001 ${what}`)).toBe(number);
    }
    for (const { instanceId, next, why } of lookup.exposed)
      expect(csv.find((row) => row.instance_id === instanceId)).toMatchObject({
        exposure: 'exposed',
        next_run: next?.at ?? '',
        next_run_only_if: next?.onlyIf ?? '',
        exposure_why: why ?? '',
      });
  });

  it('tell of each instance what was found in how it is set up', () => {
    const told = csv.flatMap(({ instance_id: instanceId, findings = '' }) =>
      findings.split(' ').flatMap((code) => (code === '' ? [] : [`${instanceId} ${code}`])),
    );
    expect(told.sort()).toEqual(report.findings.map(({ instanceId, code }) => `${instanceId} ${code}`).sort());
    expect(told.some((one) => one.endsWith(' overwritten'))).toBe(true);
    const cases = elements(junit, 'testcase').filter((one) => elements(one, 'system-out').length > 0);
    for (const { instanceId, code, why } of report.findings) {
      const found = cases.find(({ attributes }) => attributes.name?.startsWith(instanceId));
      expect(found?.children.at(-1)?.text).toContain(`${code}: ${why}`);
    }
  });

  it('fit terminals of any width', () => {
    for (const width of [40, 80, 100, 200])
      for (const line of renderText(complianceAsReport(report, 'account'), { width }).split('\n'))
        expect(stringWidth(line)).toBeLessThanOrEqual(width);
  });

  it('are grouped by what was asked for, on a page too', async () => {
    const page = pageReport(report, 'account');
    const tables = page.sections.flatMap(({ blocks }) => blocks.filter((block) => block.kind === 'table'));
    const byAccount = tables.find(({ caption }) => caption === 'Instances of each account by status');
    expect(byAccount?.rows.map(([key, instances, percent]) => [key, instances, percent])).toEqual([
      ...(report.groups.account ?? []).map(({ key, totals }) => [
        key,
        `${totals.instances}`,
        `${totals.compliantPercent}`,
      ]),
      ['all', `${report.totals.instances}`, `${report.totals.compliantPercent}`],
    ]);
    expect(html).toContain('Instances of each ring by status');
    expect(await inFormat('html', [...example, '--group-by', 'account'])).toContain(
      'Instances of each account by status',
    );
  });

  it('has a test case for each instance, where CI shows tests', () => {
    const suites = elements(junit, 'testsuite');
    expect(suites.map(({ attributes }) => attributes.name)).toEqual([
      'what could be read',
      ...report.places.map(({ account, region }) => `${account}/${region}`),
    ]);
    for (const suite of suites) {
      const cases = elements(suite, 'testcase');
      expect(suite.attributes.tests).toBe(`${cases.length}`);
      for (const [attribute, name] of [
        ['failures', 'failure'],
        ['errors', 'error'],
        ['skipped', 'skipped'],
      ] as const)
        expect(suite.attributes[attribute]).toBe(`${elements(suite, name).length}`);
    }
    const names = suites
      .slice(1)
      .flatMap((suite) => elements(suite, 'testcase').map(({ attributes }) => attributes.name));
    expect(names.map((name) => name?.split(' ')[0])).toEqual(report.instances.map(({ instanceId }) => instanceId));
  });

  it('carry the evidence', () => {
    const { evidence } = report;
    const wanted = [
      evidence.madeAt,
      evidence.asOf,
      evidence.toolVersion,
      evidence.commit ?? 'not known',
      ...[...evidence.sources, ...evidence.earlier].flatMap(({ name, files }) => [
        `file ${name}`,
        ...files.map(({ sha256 }) => sha256),
      ]),
      ...evidence.files.map(({ sha256 }) => sha256),
      evidence.permissions.join(', '),
      'AWS Security Hub SSM.2: EC2 instances managed by Systems Manager have a patch compliance status of COMPLIANT',
      'NIST SP 800-53 Rev. 5 SI-2: flaw remediation',
      ...evidence.notes,
    ];
    const ofJUnit = elements(junit, 'property').map(({ attributes }) => attributes.value);
    const ofCsv = csv.filter(({ record }) => record === 'evidence').map(({ value }) => value);
    expect(ofJUnit).toEqual(expect.arrayContaining(wanted));
    expect(ofCsv).toEqual(expect.arrayContaining(wanted));
    // Long values wrap, and words of the file wrap with them.
    const flat = table.slice(table.indexOf('\nEvidence\n')).replaceAll(/\s/g, '');
    for (const hash of [evidence.asOf, evidence.madeAt]) expect(flat).toContain(hash);
    for (const value of wanted) expect(markdown).toContain(value);
    for (const { sha256 } of evidence.files) expect(html).toContain(sha256);
    for (const { sha256 } of [...evidence.sources, ...evidence.earlier].flatMap(({ files }) => files))
      expect(html).toContain(sha256);
    for (const text of [evidence.toolVersion, evidence.commit ?? '', ...evidence.permissions])
      expect(html).toContain(text);
  });

  it('are the same bytes for the same snapshot', async () => {
    for (const format of ['json', 'csv', 'junit', 'table', 'markdown', 'html'])
      expect(await inFormat(format)).toBe(await inFormat(format));
  });
});
