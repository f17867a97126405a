import { beforeAll, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { compliancePage } from '../../../../cli/compliance/page/index.ts';
import type { ComplianceReport } from '../../../../compliance/index.ts';
import { describeInBrowser } from '../../../support/browser.ts';
import { eventually } from '../../../support/eventually.ts';
import { exampleReport } from './example.ts';
import { instancesOf, listed, optionOf, texts } from './in-browser.ts';

describeInBrowser('the address of a report in Chromium', (openHtml) => {
  let report: ComplianceReport;
  let markup: string;
  beforeAll(async () => {
    report = await exampleReport(36);
    markup = await compliancePage(report);
  });

  async function open(hash = '') {
    const { page, errors } = await openHtml(markup);
    if (hash !== '') {
      await page.goto(`${page.url()}#${hash}`);
      await page.reload();
    }
    return { page, errors, instances: instancesOf(page) };
  }

  const hashOf = (page: Page) => new URL(page.url()).hash;
  const shows = (instances: Locator, text: string) =>
    eventually(async () => expect(await instances.getByRole('status').first().textContent()).toContain(text));
  const ofRing = (name: string) => report.instances.filter(({ ring }) => ring === name).length;
  const choose = async (instances: Locator, label: string, value: string) =>
    instances.getByRole('combobox', { name: label, exact: true }).selectOption(await optionOf(instances, label, value));
  const focused = (page: Page) => page.evaluate('document.activeElement.textContent') as Promise<string>;

  it('keeps what is filtered by when a section of the page is gone to and the page loaded anew', async () => {
    const { page, instances } = await open();
    await choose(instances, 'ring', 'test');
    await page.getByRole('link', { name: 'Evidence' }).click();
    await eventually(async () => expect(hashOf(page)).toMatch(/^#s\d+$/));
    await shows(instances, `${ofRing('test')} of 139 instances`);
    await page.reload();
    await shows(instances, `${ofRing('test')} of 139 instances`);
    await page.goBack();
    expect(hashOf(page)).toBe('#instances.ring=test');
  });

  it('leads back to a section with what was shown there', async () => {
    const { page, instances } = await open();
    await page.locator('nav').getByRole('link', { name: 'Instances', exact: true }).click();
    await choose(instances, 'ring', 'test');
    await shows(instances, `${ofRing('test')} of 139 instances`);
    await page.goBack();
    expect(hashOf(page)).toMatch(/^#s\d+$/);
    await shows(instances, 'all 139 instances');
  });

  it('leads back to the very link, in another list too, and forward to the heading', async () => {
    const { page, instances } = await open();
    const patch = report.patches.find(({ missing, failed }) => missing + failed > 1)?.patch ?? '';
    const one = report.instances.find(({ deficits = [] }) => deficits.some((deficit) => deficit.patch === patch));
    await page.getByRole('table', { name: 'Patches' }).getByRole('link', { name: patch }).click();
    await instances.getByRole('link', { name: one?.instanceId ?? '' }).click();
    await shows(instances, 'patch');
    expect(await focused(page)).toBe(one?.instanceId);
    expect(await page.evaluate('document.activeElement.tagName')).toBe('H3');
    await page.goBack();
    await eventually(async () => expect(await focused(page)).toBe(one?.instanceId));
    await page.goBack();
    await eventually(async () => expect(await focused(page)).toBe(patch));
  });

  it('takes along what other lists show by the time that a link is followed', async () => {
    const { page, instances } = await open();
    const patches = page.locator('.explorer').filter({ has: page.locator('.tools[aria-label="Patches"]') });
    await choose(instances, 'ring', 'test');
    await patches.getByRole('searchbox').fill('KB507');
    const link = instances.locator('tbody a').first();
    await link.click();
    await eventually(async () => expect(hashOf(page)).toContain('instances.account='));
    expect(hashOf(page)).toContain('patches.q=KB507');
    expect(await patches.getByRole('searchbox').inputValue()).toBe('KB507');
  });

  it('keeps words that were typed just before something else was chosen', async () => {
    const { page, instances } = await open();
    await instances.getByRole('searchbox').pressSequentially('web');
    await instances.getByRole('button', { name: /^compliant/ }).click();
    await page.goBack();
    await eventually(async () => expect(hashOf(page)).toContain('instances.q=web'));
    expect(await instances.getByRole('searchbox').inputValue()).toBe('web');
  });

  it('shows all that it filters by, where no row has it or a list has room for one', async () => {
    const { instances } = await open('instances.status=odd&instances.ring=dev&instances.ring=prod');
    await shows(instances, '0 of 139 instances');
    const chosen = instances.getByRole('combobox', { name: 'ring', exact: true }).locator('option:checked');
    expect(await texts(chosen)).toEqual(['dev or prod']);
    await instances.getByRole('button', { name: 'No longer only status: odd' }).click();
    await shows(instances, `${ofRing('dev') + ofRing('prod')} of 139 instances`);
  });

  it('keeps the order and the place of a table that is searched or sorted', async () => {
    const { page, instances } = await open();
    await page.setViewportSize({ width: 500, height: 800 });
    await listed(instances).click();
    const left = () =>
      instances.locator('.scroll').evaluate((one) => (one as unknown as { scrollLeft: number }).scrollLeft);
    const sort = instances.getByRole('button', { name: 'last scan (UTC)' });
    await sort.click();
    const before = await left();
    expect(before).toBeGreaterThan(0);
    await sort.click();
    expect(await left()).toBe(before);
    await instances.getByRole('searchbox').fill('web');
    await eventually(async () => expect(hashOf(page)).toContain('q=web'));
    expect(await instances.locator('th[aria-sort]').getAttribute('aria-sort')).toBe('descending');
    expect(await texts(instances.locator('.crumbs li'))).toEqual(['instances that match']);
  });

  it('has on paper what takes several pages of the screen', async () => {
    const { page, instances } = await open('instances.show=rows');
    await eventually(async () => expect(await instances.locator('tbody tr').count()).toBe(50));
    await page.evaluate(`dispatchEvent(new Event('beforeprint'))`);
    expect(await instances.locator('tbody tr').count()).toBe(139);
    await page.evaluate(`dispatchEvent(new Event('afterprint'))`);
    expect(await instances.locator('tbody tr').count()).toBe(50);
  });

  it('tells what is chosen in forced colours, too', async () => {
    const { page } = await openHtml(markup, { forcedColors: 'active' });
    const instances = instancesOf(page);
    const failed = instances.locator('.values button', { hasText: 'failed' });
    const button = `[...document.querySelectorAll('.values button')].find((one) => one.textContent.startsWith('failed'))`;
    const look = () => page.evaluate(`getComputedStyle(${button}).backgroundColor`);
    const before = await look();
    await failed.click();
    await eventually(async () => expect(await look()).not.toBe(before));
  });
});
