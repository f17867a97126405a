import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from '@jest/globals';
import type { BrowserContextOptions, Locator, Page } from 'playwright-core';
import { compliancePage } from '../../../../cli/compliance/page/index.ts';
import { bucketInWords, buckets, type ComplianceReport } from '../../../../compliance/index.ts';
import { faintMarks, faintTexts } from '../../../report/contrast.ts';
import { describeInBrowser } from '../../../support/browser.ts';
import { eventually } from '../../../support/eventually.ts';
import { exampleReport } from './example.ts';

const evil = '</script><img src=x onerror="document.title=1">';
const formula = '=HYPERLINK("http://x")';

describeInBrowser('the page of a report in Chromium', (openHtml) => {
  let report: ComplianceReport;
  let markup: string;
  beforeAll(async () => {
    report = await exampleReport(36);
    markup = await compliancePage(report);
  });

  async function open(options: BrowserContextOptions = {}) {
    const opened = await openHtml(markup, options);
    return { ...opened, instances: opened.page.locator('.explorer').filter({ has: toolsOfInstances(opened.page) }) };
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
    const ages = await texts(instances.locator('tbody td:nth-child(11)'));
    const known = ages.filter((age) => age !== '').map(Number);
    expect(known).toEqual([...known].sort((a, b) => b - a));
    expect(known.length).toBeGreaterThan(5);
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
    const lines = readFileSync(await download.path(), 'utf8')
      .replace(/^\ufeff/, '')
      .trimEnd()
      .split('\r\n');
    const plain = new Set(['no ring', 'no patch group', 'not known']);
    expect(lines.map((line) => line.replaceAll('"', ''))).toEqual(
      shown.map((cells) => cells.map((cell) => (plain.has(cell) ? '' : cell)).join(',')),
    );
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
    const instances = page.locator('.explorer').filter({ has: toolsOfInstances(page) });
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
    const cut = await page.evaluate(`[...document.querySelectorAll('main *')].filter((element) =>
      !element.closest('.hidden') && element.getBoundingClientRect().right > 1016.5).map((e) => e.outerHTML.slice(0, 80))`);
    expect(cut).toEqual([]);
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

  it('stays fluid with 10,000 instances', async () => {
    const large = await exampleReport(2550);
    expect(large.instances.length).toBeGreaterThan(9_990);
    const page_ = await compliancePage(large);
    expect(page_.length).toBeLessThan(4_000_000);
    const { page, errors } = await openHtml(page_);
    const times = await page.evaluate<number[]>(`(() => {
      const host = document.querySelector('.tools[aria-label="Instances"]').parentElement;
      const input = host.querySelector('input');
      const time = (act) => {
        const begun = performance.now();
        act();
        document.body.getBoundingClientRect();
        return performance.now() - begun;
      };
      const type = (words) => () => {
        input.value = words;
        input.dispatchEvent(new Event('input'));
      };
      const press = (text) => () => [...host.querySelectorAll('button')].find((one) => one.textContent.startsWith(text)).click();
      const acts = [
        ...['w', 'we', 'web', 'web-1', 'web-12', 'openssl', 'a', ''].map(type),
        ...['failed', 'instances', 'name', 'failed', 'Clear'].map(press),
      ];
      // The best of four, as other programs may want the machine.
      const rounds = [0, 1, 2, 3].map(() => acts.map(time));
      return acts.map((_, place) => Math.min(...rounds.map((round) => round[place])));
    })()`);
    expect(Math.max(...times)).toBeLessThan(100);
    await eventually(async () =>
      expect(await page.evaluate('document.querySelectorAll("*").length')).toBeLessThan(8_000),
    );
    expect(errors).toEqual([]);
  });
});

function toolsOfInstances(page: Page): Locator {
  return page.locator('.tools[aria-label="Instances"]');
}

/** The switch from groups to instances. */
function listed(instances: Locator): Locator {
  return instances.getByRole('group', { name: /what is listed/ }).getByRole('button', { name: 'instances' });
}

function texts(cells: Locator): Promise<string[]> {
  return cells.evaluateAll((all) => all.map((one) => (one as unknown as { textContent: string }).textContent));
}

/** The whole text of the option that begins with a value: `dev (24)`. */
async function optionOf(within: Locator, label: string, value: string): Promise<string> {
  const options = await texts(within.getByRole('combobox', { name: label, exact: true }).locator('option'));
  return options.find((text) => text.startsWith(`${value} (`)) ?? '';
}
