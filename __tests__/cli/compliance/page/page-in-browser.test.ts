import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from '@jest/globals';
import type { BrowserContextOptions } from 'playwright-core';
import { compliancePage } from '../../../../cli/compliance/page/index.ts';
import { bucketInWords, buckets, type ComplianceReport } from '../../../../compliance/index.ts';
import { describeInBrowser } from '../../../support/browser.ts';
import { eventually } from '../../../support/eventually.ts';
import { exampleReport } from './example.ts';
import { instancesOf, listed, optionOf, texts } from './in-browser.ts';

describeInBrowser('the page of a report in Chromium', (openHtml) => {
  let report: ComplianceReport;
  let markup: string;
  beforeAll(async () => {
    report = await exampleReport(36);
    markup = await compliancePage(report);
  });

  async function open(options: BrowserContextOptions = {}) {
    const opened = await openHtml(markup, options);
    return { ...opened, instances: instancesOf(opened.page) };
  }

  it('opens from disk without an error, a request, or anything its policy refuses', async () => {
    const { page, errors, requests } = await open();
    await eventually(async () => expect(await page.title()).toBe('Patch compliance of acme'));
    expect({ errors, requests }).toEqual({ errors: [], requests: [] });
    const refused = await page.evaluate(`(() => {
      try { document.body.innerHTML = '<b>markup</b>'; return 'taken'; } catch (failure) { return failure.name; }
    })()`);
    expect(refused).toBe('TypeError');
  });

  it('walks from the fleet to accounts and regions, patch groups, an instance and its patches, and back', async () => {
    const { page, instances, errors } = await open();
    const one = report.instances.find(
      ({ account, region, patchGroup, deficits = [] }) =>
        account === '333333333333' && region === 'eu-central-1' && patchGroup === 'web' && deficits.length > 1,
    );
    if (one === undefined) throw new Error('the example has no such instance');
    for (const place of report.places) {
      const row = instances.locator('tbody tr', { hasText: place.account }).filter({ hasText: place.region });
      const { totals } = place;
      expect((await texts(row.locator('th, td'))).slice(0, 5)).toEqual([
        place.account,
        place.region,
        place.accountName ?? '',
        `${totals.instances}`,
        `${totals.compliantPercent}`,
      ]);
    }
    await instances
      .locator('tbody tr', { hasText: '333333333333' })
      .filter({ hasText: 'eu-central-1' })
      .locator('a')
      .click();
    await instances.getByRole('link', { name: 'web', exact: true }).focus();
    await page.keyboard.press('Enter');
    const inGroup = report.instances.filter(
      ({ account, region, patchGroup }) =>
        account === one.account && region === one.region && patchGroup === one.patchGroup,
    );
    await eventually(async () =>
      expect(await instances.getByRole('status').textContent()).toBe(`${inGroup.length} of 139 instances`),
    );
    await instances.getByRole('link', { name: one.instanceId }).click();
    await eventually(async () =>
      expect(await texts(instances.locator('.crumbs li'))).toEqual([
        'all instances',
        '333333333333 eu-central-1',
        'web',
        one.instanceId,
      ]),
    );
    expect(await texts(instances.locator('.crumbs [aria-current=page]'))).toEqual([one.instanceId]);
    const focused = () => page.evaluate('document.activeElement.textContent');
    await eventually(async () => expect(await focused()).toBe(one.instanceId));
    expect((await texts(instances.locator('tbody th'))).sort()).toEqual(one.deficits?.map(({ patch }) => patch).sort());
    await eventually(async () => expect(await instances.locator('.facts').textContent()).toContain(one.why));
    await page.goBack();
    await eventually(async () => expect(await focused()).toBe(one.instanceId));
    await eventually(async () => expect(await instances.locator('tbody tr').count()).toBe(inGroup.length));
    await page.goBack();
    await eventually(async () => expect(await focused()).toBe('web'));
    await page.goForward();
    await eventually(async () => expect(await instances.locator('tbody tr').count()).toBe(inGroup.length));
    await instances.getByRole('link', { name: 'all instances' }).click();
    await eventually(async () => expect(await instances.locator('tbody tr').count()).toBe(report.places.length));
    expect(errors).toEqual([]);
  });

  it('leads from a patch to the instances that it counts against', async () => {
    const { page, instances } = await open();
    const patch = report.patches.find(({ missing, failed }) => missing + failed > 1)?.patch ?? '';
    const lacking = report.instances.filter(({ deficits = [] }) => deficits.some((deficit) => deficit.patch === patch));
    await page.getByRole('table', { name: 'Patches' }).getByRole('link', { name: patch }).click();
    await eventually(async () =>
      expect(await instances.getByRole('status').textContent()).toBe(`${lacking.length} of 139 instances`),
    );
    await eventually(async () =>
      expect((await texts(instances.locator('tbody th'))).sort()).toEqual(
        lacking.map(({ instanceId }) => instanceId).sort(),
      ),
    );
    await instances.getByRole('button', { name: `No longer only patch: ${patch}` }).click();
    await eventually(async () =>
      expect(await instances.getByRole('status').textContent()).toMatch(/^all 139 instances/),
    );
  });

  it('searches, and filters by status, ring and account; an address leads to the same view', async () => {
    const { page, instances } = await open();
    for (const bucket of buckets.filter((one) => report.totals.buckets[one] > 0)) {
      const name = `${bucketInWords(bucket)} ${report.totals.buckets[bucket]}`;
      await eventually(async () => expect(await instances.getByRole('button', { name, exact: true }).count()).toBe(1));
    }
    await instances.getByRole('button', { name: /^failed / }).click();
    await instances.getByRole('button', { name: /^missing / }).click();
    await instances
      .getByRole('combobox', { name: 'ring', exact: true })
      .selectOption({ label: await optionOf(instances, 'ring', 'dev') });
    await instances
      .getByRole('combobox', { name: 'account', exact: true })
      .selectOption({ label: await optionOf(instances, 'account', '111111111111') });
    await instances.getByRole('searchbox').fill('WEB-');
    const wanted = report.instances.filter(
      ({ bucket, ring, account, name }) =>
        (bucket === 'failed' || bucket === 'missing') &&
        ring === 'dev' &&
        account === '111111111111' &&
        name?.startsWith('web-'),
    );
    expect(wanted.length).toBeGreaterThan(1);
    expect((await texts(instances.locator('tbody th'))).sort()).toEqual(wanted.map((one) => one.instanceId).sort());
    await eventually(async () =>
      expect(await instances.getByRole('status').textContent()).toBe(`${wanted.length} of 139 instances`),
    );
    await instances.getByRole('button', { name: 'oldest, days' }).click();
    const shown = await texts(instances.locator('tbody tr'));
    const address = page.url();
    expect(decodeURIComponent(address.split('#')[1] ?? '')).toBe(
      'instances.status=failed&instances.status=missing&instances.ring=dev&instances.account=111111111111&instances.q=WEB-&instances.sort=oldest',
    );
    await page.goto('about:blank');
    await page.goto(address);
    await eventually(async () => expect(await texts(instances.locator('tbody tr'))).toEqual(shown));
    await eventually(async () => expect(await instances.getByRole('searchbox').inputValue()).toBe('WEB-'));
    await eventually(async () =>
      expect(await instances.getByRole('button', { name: /^failed / }).getAttribute('aria-pressed')).toBe('true'),
    );
    await instances.getByRole('button', { name: 'Clear' }).click();
    await eventually(async () => expect(await instances.getByRole('status').textContent()).toBe('all 139 instances'));
  });

  it('keeps what is looked at when a section is gone to, and says so where an address names nothing', async () => {
    const { page, instances } = await open();
    await instances.getByRole('searchbox').fill('web-1');
    const told = await instances.getByRole('status').textContent();
    await page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name: 'Evidence' }).click();
    await eventually(async () => expect(await instances.getByRole('status').textContent()).toBe(told));
    await page.evaluate(`location.hash = 'instances.ring=attic&instances.row=i-0'`);
    await eventually(async () =>
      expect(await instances.getByRole('status').textContent()).toBe('0 of 139 instances; there is no instance i-0'),
    );
    const ring = instances.getByRole('combobox', { name: 'ring', exact: true });
    await eventually(async () => expect(await texts(ring.locator('option:checked'))).toEqual(['attic (0)']));
    await eventually(async () => expect(await instances.locator('.empty').textContent()).toBe('no instance matches'));
  });

  it('sorts by its headings, told to screen readers, and keeps the keyboard where it is', async () => {
    const { page, instances } = await open();
    await instances
      .getByRole('group', { name: /what is listed/ })
      .getByRole('button', { name: 'instances' })
      .click();
    const heading = instances.getByRole('columnheader', { name: 'oldest, days' });
    await eventually(async () => expect(await heading.getAttribute('aria-sort')).toBeNull());
    await heading.getByRole('button').focus();
    await page.keyboard.press('Enter');
    await eventually(async () => expect(await heading.getAttribute('aria-sort')).toBe('ascending'));
    await page.keyboard.press('Enter');
    await eventually(async () => expect(await heading.getAttribute('aria-sort')).toBe('descending'));
    await eventually(async () =>
      expect(await page.evaluate('document.activeElement.textContent')).toBe('oldest, days'),
    );
    const place = (await texts(instances.locator('thead th'))).indexOf('oldest, days');
    const ages = await texts(instances.locator(`tbody tr > :nth-child(${place + 1})`));
    const known = ages.filter((age) => age !== '').map(Number);
    expect(known).toEqual([...known].sort((a, b) => b - a));
    expect(known.length).toBeGreaterThan(5);
  });

  it('keeps the keyboard near what was pressed, also where that is gone', async () => {
    const { page, instances } = await open();
    const focused = () => page.evaluate('document.activeElement.textContent');
    for (const level of ['patch groups', 'instances', 'accounts and regions']) {
      await listed(instances, level).press('Enter');
      await eventually(async () => expect(await focused()).toBe(level));
    }
    await instances.getByRole('searchbox').fill('web');
    await instances.getByRole('button', { name: 'Clear' }).press('Enter');
    await eventually(async () => expect(await instances.getByRole('status').textContent()).toBe('all 139 instances'));
    expect(await focused()).toBe('Clear');
    await page.evaluate(`location.hash = 'instances.patch=KB5071001'`);
    await instances.getByRole('button', { name: 'No longer only patch: KB5071001' }).press('Enter');
    await eventually(async () => expect(await focused()).toBe('Instances: accounts and regions'));
  });

  it('goes back choice by choice, and a search at once', async () => {
    const { page, instances } = await open();
    const failed = instances.getByRole('button', { name: /^failed / });
    await failed.click();
    await instances.getByRole('searchbox').pressSequentially('web');
    await eventually(async () => expect(page.url()).toMatch(/#instances\.status=failed&instances\.q=web$/));
    await page.goBack();
    await eventually(async () => expect(await instances.getByRole('searchbox').inputValue()).toBe(''));
    expect(await failed.getAttribute('aria-pressed')).toBe('true');
    expect(page.url()).toMatch(/#instances\.status=failed$/);
    await page.goBack();
    await eventually(async () => expect(await failed.getAttribute('aria-pressed')).toBe('false'));
    expect(await instances.getByRole('status').textContent()).toBe('all 139 instances');
    await page.goForward();
    await page.goForward();
    await eventually(async () => expect(await instances.getByRole('searchbox').inputValue()).toBe('web'));
  });

  it('chooses several values of what is counted, and each no more when it is pressed again', async () => {
    const { page, instances } = await open();
    const told = () => page.url().split('#')[1];
    for (const [status, address] of [
      ['failed', 'instances.status=failed'],
      ['missing', 'instances.status=failed&instances.status=missing'],
      ['failed', 'instances.status=missing'],
    ] as const) {
      await instances.getByRole('button', { name: new RegExp(`^${status} `) }).click();
      await eventually(async () => expect(told()).toBe(address));
    }
  });

  it('has nothing to clear where nothing is chosen', async () => {
    const { page, instances } = await open();
    await listed(instances).click();
    const address = page.url();
    const clear = instances.getByRole('button', { name: 'Clear' });
    expect(await clear.getAttribute('aria-disabled')).toBe('true');
    await clear.press('Enter');
    expect(page.url()).toBe(address);
    await instances.getByRole('searchbox').fill('web');
    await eventually(async () => expect(await clear.getAttribute('aria-disabled')).toBe('false'));
  });

  it('saves what is shown as CSV, every page of it', async () => {
    const { page, instances } = await open({ acceptDownloads: true });
    await instances.getByRole('searchbox').fill('eu-central-1');
    await instances.getByRole('button', { name: 'name' }).click();
    const shown: string[][] = [await texts(instances.locator('thead th'))];
    for (;;) {
      for (const row of await instances.locator('tbody tr').all()) shown.push(await texts(row.locator('th, td')));
      const next = instances.getByRole('button', { name: 'Next' });
      if ((await next.count()) === 0 || (await next.isDisabled())) break;
      await next.click();
    }
    expect(shown.length).toBeGreaterThan(100);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      instances.getByRole('button', { name: 'Save as CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('instances.csv');
    const saved = readFileSync(await download.path(), 'utf8');
    // Spreadsheets take it for UTF-8 by its first character.
    expect(saved.charAt(0)).toBe('\ufeff');
    const lines = saved.slice(1).trimEnd().split('\r\n');
    const plain = new Set(['no ring', 'no patch group', 'not known']);
    expect(lines.map((line) => line.replaceAll('"', ''))).toEqual(
      shown.map((cells) => cells.map((cell) => (plain.has(cell) ? '' : cell)).join(',')),
    );
  });
});
