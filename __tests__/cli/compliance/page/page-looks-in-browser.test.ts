import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from '@jest/globals';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { compliancePage } from '../../../../cli/compliance/page/index.ts';
import { faintMarks, faintTexts } from '../../../report/contrast.ts';
import { describeInBrowser } from '../../../support/browser.ts';
import { eventually } from '../../../support/eventually.ts';
import { exampleReport } from './example.ts';
import { instancesOf, listed, texts } from './in-browser.ts';

const evil = '</script><img src=x onerror="document.title=1">';
const formula = '=HYPERLINK("http://x")';

describeInBrowser('how the page of a report looks in Chromium', (openHtml) => {
  let markup: string;
  beforeAll(async () => {
    markup = await compliancePage(await exampleReport(36));
  });

  async function open(options: BrowserContextOptions = {}) {
    const opened = await openHtml(markup, options);
    return { ...opened, instances: instancesOf(opened.page) };
  }

  it.each(['light', 'dark'] as const)('has readable texts and visible marks in %s', async (colorScheme) => {
    const { page, instances } = await open({ colorScheme });
    await listed(instances).click();
    await page.evaluate(`document.querySelectorAll('details').forEach((part) => { part.open = true; })`);
    await eventually(async () => expect(await faintTexts(page)).toEqual([]));
    await eventually(async () => expect(await faintMarks(page)).toEqual([]));
  });

  it('reads well to a screen reader', async () => {
    const { instances } = await open();
    const shown = await instances.ariaSnapshot();
    for (const part of [
      '- search "Instances":',
      '- searchbox "Search"',
      '- combobox "ring":',
      '- group "status":',
      'heading "Instances: accounts and regions" [level=3]',
      '- status: all 139 instances',
      '- button "accounts and regions" [pressed]',
      'table "Instances: accounts and regions"',
      '- columnheader "compliant %":',
      '- link "111111111111 eu-central-1":',
    ])
      expect(shown).toContain(part);
  });

  it('names every part that a screen reader goes to', async () => {
    const { page } = await open();
    const nameless =
      await page.evaluate(`[...document.querySelectorAll('[role=group], [role=region], [role=search], nav, section')]
      .filter((part) => {
        const name = part.getAttribute('aria-label') ?? document.getElementById(part.getAttribute('aria-labelledby'))?.textContent;
        return name === undefined || name.trim() === '' || name === 'undefined' || part.children.length === 0;
      })
      .map((part) => part.outerHTML.slice(0, 100))`);
    expect(nameless).toEqual([]);
  });

  it('shows what a link leads to without scrolling, also on a small screen', async () => {
    for (const viewport of [
      { width: 1280, height: 800 },
      { width: 360, height: 740 },
    ]) {
      const { page, instances } = await open({ viewport });
      await page.goto(`${page.url()}#instances.account=111111111111&instances.region=eu-central-1`);
      await page.reload();
      const place = () => instances.getByRole('heading', { level: 3 }).boundingBox();
      await eventually(async () => expect((await place())?.y).toBeLessThan(viewport.height / 2));
      await instances.getByRole('link', { name: 'web', exact: true }).click();
      await eventually(async () => expect(await instances.locator('tbody tr').count()).toBeGreaterThan(10));
      const top = (await place())?.y ?? -1;
      expect(top).toBeGreaterThanOrEqual(0);
      expect(top).toBeLessThan(viewport.height / 2);
    }
  });

  it('keeps the names of rows in view where a table is scrolled sideways', async () => {
    const { instances } = await open({ viewport: { width: 360, height: 740 } });
    await listed(instances).click();
    const name = instances.locator('tbody th').first();
    const before = await name.boundingBox();
    expect(before?.width).toBeLessThan(180);
    await instances.locator('.scroll').evaluate((box) => box.scrollBy(400, 0));
    expect((await name.boundingBox())?.x).toBe(before?.x);
  });

  it('shows hostile names as text, and as text in CSV', async () => {
    const hostile = await compliancePage(
      await exampleReport(18, (facts) => ({
        ...facts,
        instances: facts.instances.map((instance, number) => {
          if (instance.ec2 === undefined || number > 3) return instance;
          const tags = { ...instance.ec2.tags, Name: number % 2 === 0 ? evil : formula, PatchGroup: evil };
          return { ...instance, ec2: { ...instance.ec2, tags } };
        }),
      })),
    );
    const { page, errors, requests } = await openHtml(hostile, { acceptDownloads: true });
    const instances = instancesOf(page);
    await listed(instances).click();
    await instances.getByRole('button', { name: 'name' }).click();
    const names = await texts(instances.locator('tbody td:nth-child(2)'));
    expect(names).toContain(evil);
    expect(names).toContain(formula);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      instances.getByRole('button', { name: 'Save as CSV' }).click(),
    ]);
    expect(readFileSync(await download.path(), 'utf8')).toContain(`"'=HYPERLINK(""http://x"")"`);
    await eventually(async () => expect(await page.locator('img').count()).toBe(0));
    expect({ errors, requests, title: await page.title() }).toEqual({
      errors: [],
      requests: [],
      title: 'Patch compliance of acme',
    });
  });

  it('wraps names that are longer than any screen, so that what follows them is seen', async () => {
    const endless = 'a'.repeat(256);
    const named = await compliancePage(
      await exampleReport(18, (facts) => ({
        ...facts,
        instances: facts.instances.map((instance) =>
          instance.ec2 === undefined
            ? instance
            : {
                ...instance,
                ec2: { ...instance.ec2, tags: { ...instance.ec2.tags, Name: endless, PatchGroup: endless } },
              },
        ),
      })),
    );
    const { page } = await openHtml(named, { viewport: { width: 1280, height: 800 } });
    const instances = instancesOf(page);
    for (const level of ['patch groups', 'instances']) {
      await listed(instances, level).click();
      const cell = instances.locator('tbody').getByText(endless).first();
      await eventually(async () => expect((await cell.boundingBox())?.width).toBeGreaterThan(200));
      expect((await cell.boundingBox())?.width).toBeLessThan(450);
    }
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(1280);
  });

  it('fits a screen of 320 pixels: the page does not scroll sideways', async () => {
    const { page, instances } = await open({ viewport: { width: 320, height: 640 } });
    await listed(instances).click();
    await page.evaluate(`document.querySelectorAll('details').forEach((part) => { part.open = true; })`);
    await eventually(async () => expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320));
  });

  it('prints in light what is shown, without its tools', async () => {
    const { page, instances } = await open({ colorScheme: 'dark', viewport: { width: 1016, height: 690 } });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    // The width of A4 across, without its margins.
    await eventually(async () => expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(1016));
    await eventually(async () =>
      expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)'),
    );
    await eventually(async () => expect(await instances.getByRole('searchbox').isVisible()).toBe(false));
    await eventually(async () => expect(await instances.getByRole('table').isVisible()).toBe(true));
    await eventually(async () => expect(await faintTexts(page)).toEqual([]));
    for (const level of ['groups', 'rows']) {
      await page.evaluate(
        `location.hash = 'instances.ring=prod&instances.ring=&instances.q=eu&instances.show=${level === 'rows' ? 'rows' : 0}'`,
      );
      const rows = instances.locator('tbody tr');
      await eventually(async () => expect((await rows.count()) > 10).toBe(level === 'rows'));
      const cut = await page.evaluate(`[...document.querySelectorAll('main *')].filter((element) =>
        !element.closest('.hidden') && element.getBoundingClientRect().right > 1016.5).map((e) => e.outerHTML.slice(0, 80))`);
      expect(cut).toEqual([]);
      expect(await brokenWords(page)).toEqual([]);
    }
    // Chromium repeats the head of a table on every sheet only where it has no buttons.
    const head = await page.evaluate(`[...document.querySelectorAll('.explorer thead th')].map((cell) => [
      cell.querySelector('button').checkVisibility(),
      getComputedStyle(cell, '::after').content === JSON.stringify(cell.textContent),
    ].join()).filter((told) => told !== 'false,true')`);
    expect(head).toEqual([]);
    // What was chosen is told by the tools, which are not there.
    const chosen = instances.getByText('only those with ring: prod or no ring; search: eu');
    await eventually(async () => expect(await chosen.isVisible()).toBe(true));
    await page.emulateMedia({ media: 'screen' });
    await eventually(async () => expect(await chosen.isVisible()).toBe(false));
  });

  it('can be read without a script', async () => {
    const { page, errors } = await openHtml(markup, { javaScriptEnabled: false });
    expect(errors).toEqual([]);
    const table = page.getByRole('table', { name: 'Instances: 139 instances' });
    await eventually(async () => expect(await table.locator('tbody tr').count()).toBe(139));
    const places = page.getByRole('table', { name: 'Instances: accounts and regions' });
    await eventually(async () => expect(await places.locator('tbody tr').count()).toBe(4));
    await eventually(async () => expect(await page.getByRole('searchbox').count()).toBe(0));
  });

  it('makes as few parts of a page with 10,000 instances as of one with a hundred, whatever is done', async () => {
    const large = await exampleReport(2550);
    expect(large.instances.length).toBeGreaterThan(9_990);
    const text = await compliancePage(large);
    expect(text.length).toBeLessThan(4_000_000);
    const { page, errors } = await openHtml(text);
    const most = await page.evaluate<number>(`(() => {
      const host = document.querySelector('.tools[aria-label="Instances"]').parentElement;
      const input = host.querySelector('input');
      const make = document.createElement.bind(document);
      let made = 0;
      document.createElement = (tag) => {
        made += 1;
        return make(tag);
      };
      const madeBy = (act) => {
        made = 0;
        act();
        return made;
      };
      const type = (words) => () => {
        input.value = words;
        input.dispatchEvent(new Event('input'));
      };
      const press = (text) => () => [...host.querySelectorAll('button')].find((one) => one.textContent.startsWith(text)).click();
      return Math.max(...[
        ...['w', 'web-1', 'openssl', 'a', ''].map(type),
        ...['failed', 'instances', 'name', 'Next', 'Last', 'failed', 'Clear'].map(press),
      ].map(madeBy));
    })()`);
    // A page of 50 rows is what is made at once.
    expect(most).toBeGreaterThan(500);
    expect(most).toBeLessThan(1_500);
    expect(await page.evaluate('document.querySelectorAll("*").length')).toBeLessThan(8_000);
    expect(errors).toEqual([]);
  });
});

/** Words of the table of instances that are broken into several lines: headings, account numbers, statuses. */
function brokenWords(page: Page): Promise<string[]> {
  return page.evaluate(`(() => {
    const table = document.querySelector('.tools[aria-label="Instances"]').parentElement.querySelector('table');
    return [...table.querySelectorAll('thead button, .short, .short *')].flatMap((part) => [...part.childNodes])
      .filter((node) => {
        if (node.nodeType !== 3 || !/^\\w+$/.test(node.data)) return false;
        const range = document.createRange();
        range.selectNodeContents(node);
        return range.getClientRects().length > 1;
      })
      .map(({ data }) => data);
  })()`);
}
