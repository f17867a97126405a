import { beforeAll, describe, expect, it } from '@jest/globals';
import { compliancePage, pageReport } from '../../../../cli/compliance/page/index.ts';
import { complianceAsReport } from '../../../../cli/compliance/report.ts';
import { bucketInWords, buckets, type ComplianceReport } from '../../../../compliance/index.ts';
import { type Block, type Explorer, type Report, renderMarkdown, renderText } from '../../../../report/index.ts';
import { counts, ec2, instance, patch, patchState, place, reportOn } from '../../../compliance/support.ts';
import { exampleReport } from './example.ts';

let report: ComplianceReport;
let page: Report;
beforeAll(async () => {
  report = await exampleReport(36);
  page = pageReport(report);
});

function blocks(): Block[] {
  return page.sections.flatMap((section) => section.blocks);
}

function explorer(name: string): Explorer {
  const found = blocks().find((block): block is Explorer => block.kind === 'explorer' && block.name === name);
  if (found === undefined) throw new Error(`there is no explorer ${name}`);
  return found;
}

function cells({ columns, rows }: Explorer, key: string) {
  const place = columns.findIndex((column) => column.key === key);
  return rows.map((row) => row.cells[place]);
}

function sum(values: readonly unknown[]): number {
  return values.reduce<number>((total, value) => total + Number(value), 0);
}

describe('the page of a report', () => {
  it('has every instance once, in its status, with the patches that count against it', () => {
    const instances = explorer('instances');
    expect(instances.rows).toHaveLength(report.totals.instances);
    const statuses = cells(instances, 'status');
    for (const [bucket, count] of Object.entries(report.totals.buckets))
      expect(statuses.filter((status) => status === bucketInWords(bucket as never))).toHaveLength(count);
    expect(sum(cells(instances, 'overdue'))).toBe(report.totals.overdueDeficits);
    const ids = cells(instances, 'instance');
    for (const { instanceId, bucket, deficits } of report.instances) {
      const details = instances.rows[ids.indexOf(instanceId)]?.details;
      // Nothing counts against what is compliant; of what was not listed otherwise, nothing is known.
      const known = bucket === 'compliant' ? [] : undefined;
      expect(details?.map((detail) => instances.details?.rows[detail]?.[0])).toEqual(
        deficits?.map(({ patch }) => patch) ?? known,
      );
    }
  });

  it('begins with what needs work, then what nobody can tell, then what is stopped or fine', () => {
    const tones = new Map(
      explorer('instances')
        .columns.find(({ key }) => key === 'status')
        ?.values?.map((value) => [value.value, value.tone]),
    );
    const told = cells(explorer('instances'), 'status').map((status) => tones.get(`${status}`));
    expect([...new Set(told)]).toEqual(['bad', 'unsure', 'idle', 'good']);
    expect(told).toEqual([...told].sort((a, b) => 'buig'.indexOf(a?.[0] ?? '') - 'buig'.indexOf(b?.[0] ?? '')));
  });

  it('counts each patch as the report does', () => {
    const patches = explorer('patches');
    expect(cells(patches, 'patch')).toEqual(report.patches.map(({ patch }) => patch));
    for (const key of ['missing', 'failed', 'waived', 'overdue'] as const)
      expect(cells(patches, key)).toEqual(report.patches.map((patch) => patch[key]));
  });

  it('has every finding, window and change', () => {
    expect(explorer('findings').rows).toHaveLength(report.findings.length);
    expect(explorer('windows').rows).toHaveLength(report.windows.length);
    const trend = report.trend as NonNullable<typeof report.trend>;
    const counts = Object.fromEntries(
      (['regressed', 'fixed', 'new', 'gone', 'changed'] as const).map((kind) => [kind, trend[kind].length]),
    );
    const told = cells(explorer('changes'), 'kind');
    for (const [kind, count] of Object.entries(counts)) expect(told.filter((one) => one === kind)).toHaveLength(count);
  });

  it('tells where every instance stands with the patch that was asked for', () => {
    const lookup = report.patch as NonNullable<typeof report.patch>;
    const section = page.sections.find(({ heading }) => heading === 'Who is exposed to KB5071001');
    expect(section?.blocks[0]).toEqual({ kind: 'paragraph', text: 'KB5071001, released 2026-08-11 18:00 UTC.' });
    const told = cells(explorer('exposure'), 'standing');
    expect(told.filter((standing) => standing === 'exposed')).toHaveLength(lookup.exposed.length);
    expect(lookup.exposed.length).toBeGreaterThan(0);
    expect(told).toHaveLength(report.totals.instances);
  });

  it('charts ages and severities of all that is missing', () => {
    const charts = page.sections.flatMap(({ blocks }) =>
      blocks.flatMap((block) => (block.kind === 'bar-chart' ? [block] : [])),
    );
    for (const title of ['Age of what is missing', 'Severity of what is missing'])
      expect(sum(charts.find((chart) => chart.title === title)?.bars.map(({ value }) => value) ?? [])).toBe(
        report.ages.total,
      );
  });

  it('has the numbers of the report in its figures', () => {
    const { instances, outcomes, compliantPercent, overdueInstances } = report.totals;
    const figures = blocks().flatMap((block) => (block.kind === 'figures' ? [block.figures] : []))[0];
    expect(figures?.map(({ name, value }) => [name, value])).toEqual([
      ['Instances', `${instances}`],
      ['Compliant', `${compliantPercent} %`],
      ['Not compliant', `${outcomes.noncompliant}`],
      ['Nobody can tell', `${outcomes.unproven}`],
      ['Stopped', `${outcomes.stopped}`],
      ['Past the deadline', `${overdueInstances}`],
    ]);
  });

  it('has the numbers of the report in its tables', () => {
    const table = (caption: string) =>
      blocks().flatMap((block) => (block.kind === 'table' && block.caption === caption ? [block] : []))[0];
    const { bySeverity, total, overdue, oldestDays } = report.ages;
    expect(table('Missing and failed patches of instances by severity and age in days')?.rows).toEqual([
      ...bySeverity.map((of) =>
        [of.severity, ...of.byAge, of.ageUnknown, of.total, of.overdue, of.oldestDays ?? '–'].map(String),
      ),
      ['all', ...Array.from({ length: 7 }, () => expect.any(String)), `${total}`, `${overdue}`, `${oldestDays}`],
    ]);
    const rings = table('Instances of each ring by status');
    const had = buckets.filter((bucket) => report.totals.buckets[bucket] > 0);
    expect(rings?.columns.map(({ heading }) => heading)).toEqual([
      ...['ring', 'instances', 'compliant %', ...had.map(bucketInWords), 'overdue patches'],
    ]);
    const groups = [...(report.groups.ring ?? []), { key: 'all', totals: report.totals }];
    expect(rings?.rows).toEqual(
      groups.map(({ key = 'no ring', totals }) =>
        [
          ...[key, totals.instances, totals.compliantPercent, ...had.map((bucket) => totals.buckets[bucket])],
          totals.overdueDeficits,
        ].map(String),
      ),
    );
    expect(report.totals.overdueDeficits).not.toBe(report.totals.overdueInstances);
  });

  it('has the numbers of the trend in words', () => {
    const { unchanged, newDeficits, fixedDeficits } = report.trend as NonNullable<typeof report.trend>;
    expect(page.sections.find(({ heading }) => heading === 'What has changed')?.blocks[0]).toEqual({
      kind: 'paragraph',
      text: `Since 2026-11-10, as of 2026-11-10 06:00 UTC: ${unchanged} instances are in the same status; of those whose patches are known then and now ${newDeficits} patches are missing that were not, and ${fixedDeficits} no longer.`,
    });
  });

  it('has the same rows in any format', async () => {
    const [first] = cells(explorer('instances'), 'instance');
    for (const text of [await compliancePage(report), renderMarkdown(page), renderText(page)]) {
      expect(text).toContain(`${first}`);
      expect(text).toContain('139 instances');
    }
  });

  it('says first that it is incomplete, and what is unknown because of it', async () => {
    const partly = await exampleReport(36, (facts) =>
      facts.place.account === '222222222222'
        ? { ...facts, instances: [], gaps: [{ area: 'place', reason: 'role-not-assumed', message: 'AccessDenied' }] }
        : facts,
    );
    const { verdict, sections } = pageReport(partly);
    expect(verdict?.outcome).toBe('error');
    expect(verdict?.text).toMatch(/; incomplete: not everything could be read of 1 account and region$/);
    expect(sections.find(({ heading }) => heading === 'What is not known')?.blocks).toEqual([
      expect.objectContaining({
        rows: [
          [
            '222222222222',
            'eu-central-1',
            'anything',
            'the role could not be assumed: AccessDenied',
            'every instance there',
          ],
        ],
      }),
    ]);
  });

  it('says that no instance is known where nothing could be read, and calls nothing good', async () => {
    const gaps = [{ area: 'place', reason: 'role-not-assumed', message: 'AccessDenied' }] as const;
    const unread = await exampleReport(36, (facts) => ({ ...facts, instances: [], gaps }), false);
    const { verdict, sections } = pageReport(unread);
    expect(verdict).toEqual({
      outcome: 'error',
      text: 'no instance is known; incomplete: not everything could be read of 4 accounts and regions',
    });
    const [figures] = sections[0]?.blocks ?? [];
    expect(figures?.kind === 'figures' && figures.figures.filter(({ tone }) => tone === 'good')).toEqual([]);
    const told = sections
      .flatMap(({ blocks }) => blocks)
      .flatMap((block) =>
        block.kind === 'explorer' && block.rows.length === 0 ? [`${block.name}: ${block.empty}`] : [],
      );
    expect(told).toEqual([
      'exposure: no instance is known: not everything could be read',
      'instances: no instance is known: not everything could be read',
      'patches: No patch counts against any instance whose patches were listed.',
      'changes: no instance that was read both times is in another status',
      'findings: nothing was found in what could be read',
    ]);
  });

  it('says which instances the numbers of missing patches leave out, and proves no deadline by them', async () => {
    const unlisted = await exampleReport(36, (facts) => ({
      ...facts,
      instances: facts.instances.map(({ patches: _, ...instance }) => instance),
    }));
    const { outcomes } = unlisted.totals;
    expect(unlisted.ages.total).toBe(0);
    const { sections } = pageReport(unlisted);
    const missing = sections.find(({ heading }) => heading === 'What is missing, and for how long');
    expect(missing?.blocks[0]).toEqual({
      kind: 'paragraph',
      text: `Not counted here is what these may lack, as their patches are not listed: ${outcomes.noncompliant} instances that are not compliant, ${outcomes.unproven} instances that nobody can tell about, ${outcomes.stopped} instances that are stopped.`,
    });
    const inText = complianceAsReport(unlisted, 'ring').sections.find(
      ({ heading }) => heading === 'How long patches are missing',
    );
    expect(inText?.blocks.at(-1)).toEqual(missing?.blocks[0]);
    const [figures] = sections[0]?.blocks ?? [];
    expect(figures?.kind === 'figures' && figures.figures.at(-1)).toEqual({
      name: 'Past the deadline',
      value: '0',
      note: `0 missing patches; not known of ${outcomes.noncompliant + outcomes.unproven + outcomes.stopped} instances`,
      tone: 'unsure',
    });
  });

  it.each([
    ['counted and not listed', { patchState: patchState({ counts: counts({ missing: 5 }) }) }, '5 more of unknown age'],
    ['on an instance without a deadline', { ec2: ec2({ tags: {} }), patches: [patch()] }, '1 without a deadline'],
  ])('proves no deadline by patches that are %s', async (_, overrides, note) => {
    const { sections } = pageReport(await reportOn([place([instance(overrides)])]));
    const [figures] = sections[0]?.blocks ?? [];
    expect(figures?.kind === 'figures' && figures.figures.at(-1)).toEqual({
      name: 'Past the deadline',
      value: '0',
      note: `0 missing patches; ${note}`,
      tone: 'unsure',
    });
  });

  it('says how many patches are counted that are not listed', async () => {
    const counted = (missing: number) =>
      reportOn([place([instance({ patchState: patchState({ counts: counts({ missing }) }) })])]);
    for (const [missing, text] of [
      [1, '1 patch is counted by instances that do not list it: of unspecified severity here, and of unknown age.'],
      [
        2,
        '2 patches are counted by instances that do not list them: of unspecified severity here, and of unknown age.',
      ],
    ] as const) {
      const { sections } = pageReport(await counted(missing));
      const found = sections.find(({ heading }) => heading === 'What is missing, and for how long');
      expect(found?.blocks[0]).toEqual({ kind: 'paragraph', text });
    }
  });

  it('draws every ring over time, and those that have none', () => {
    const charts = page.sections.flatMap(({ blocks }) => blocks.filter((block) => block.kind === 'line-chart'));
    const rings = (report.groups.ring ?? []).map(({ key, totals }) => ({
      name: key === undefined ? 'no ring' : `ring ${key}`,
      now: totals.compliantPercent,
    }));
    expect(charts.map(({ series }) => series.map(({ name, points }) => ({ name, now: points[1]?.value })))).toEqual([
      [{ name: 'all', now: report.totals.compliantPercent }, ...rings],
    ]);
    expect(rings.map(({ name }) => name)).toContain('no ring');
  });

  it('has the same bytes for the same report', async () => {
    expect(await compliancePage(JSON.parse(JSON.stringify(report)))).toBe(await compliancePage(report));
  });
});
