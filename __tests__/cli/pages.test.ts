import { join } from 'node:path';
import { beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { describeInBrowser } from '../support/browser.ts';
import { root } from '../support/command.ts';
import { patchfleet } from '../support/run-command.ts';

/* The pages that the commands print, of a fleet with all that it can say. How blocks look is tested at the report. */

const fleet = ['--fleet', join(root, 'examples/fleet.full.yaml'), '--as-of', '2027-11-25', '--format', 'html'];

const commands = [
  {
    name: 'calendar',
    args: ['calendar', ...fleet, '--months', '2', '--timezone', 'Europe/Berlin'],
    headings: ['H1 Patching calendar of acme', 'H2 Next', 'H2 By day', 'H3 When windows open'],
    months: ['H4 November 2027', 'H4 December 2027', 'H4 January 2028'],
    rest: ['H2 Freezes'],
    sections: ['Next', 'By day', 'Freezes'],
  },
  {
    name: 'exposure',
    args: ['exposure', ...fleet],
    headings: ['H1 Exposure of acme', 'H2 What does not hold', 'H2 Days until a patch is installed'],
    months: ['H3 Windows', 'H3 Linux and macOS'],
    rest: ['H2 Windows, release by release', 'H2 Freezes', 'H2 Waivers', 'H2 What is assumed'],
    sections: [
      'What does not hold',
      'Days until a patch is installed',
      'Windows, release by release',
      'Freezes',
      'Waivers',
      'What is assumed',
    ],
  },
] as const;

/** What stands over the right edge of the page, boxes that scroll by themselves aside. */
function overTheEdge(page: Page, width: number): Promise<string[]> {
  return page.evaluate(`[...document.querySelectorAll('body *')].filter((element) =>
    !element.closest('.scroll, .hidden, .skip, .grid') && element.getBoundingClientRect().right > ${width}.5
  ).map((element) => element.outerHTML.slice(0, 80))`);
}

describeInBrowser('the pages that patchfleet prints, in Chromium', (openHtml) => {
  const printed: Record<string, string> = {};
  beforeAll(async () => {
    for (const { name, args } of commands) {
      const { exitCode, out } = await patchfleet(...args);
      expect(exitCode).toBe(0);
      printed[name] = out;
    }
  });

  it.each(commands)(
    '$name: opens without an error or a request, under a policy that allows no script',
    async (command) => {
      const { page, errors, requests } = await openHtml(`${printed[command.name]}`);
      expect({ errors, requests }).toEqual({ errors: [], requests: [] });
      const policy = page.locator('meta[http-equiv="Content-Security-Policy"]');
      expect(await policy.getAttribute('content')).toMatch(
        /^default-src 'none'; style-src 'sha256-[\w+/=]+'; base-uri 'none'; form-action 'none'$/,
      );
      expect(await page.locator('script, link, iframe, img').count()).toBe(0);
    },
  );

  it.each(commands)('$name: has headings in their order, and links to its sections', async (command) => {
    const { page } = await openHtml(`${printed[command.name]}`);
    const headings = await page.evaluate(
      `[...document.querySelectorAll('h1, h2, h3, h4')].map((heading) => heading.tagName + ' ' + heading.textContent)`,
    );
    expect(headings).toEqual([...command.headings, ...command.months, ...command.rest]);
    const links = page.getByRole('navigation', { name: 'Sections' }).getByRole('link');
    expect(await links.allTextContents()).toEqual(command.sections);
  });

  it.each(commands)('$name: is reached by keyboard, from the skip link to its sections and on', async (command) => {
    const { page } = await openHtml(`${printed[command.name]}`);
    const reached: string[] = [];
    for (let stop = 0; stop <= command.sections.length; stop += 1) {
      await page.keyboard.press('Tab');
      reached.push(await page.evaluate('document.activeElement.textContent'));
    }
    expect(reached).toEqual(['Skip to content', ...command.sections]);
    await page.keyboard.press('Enter');
    const last = page.locator('section:target > h2');
    expect(await last.textContent()).toBe(command.sections.at(-1));
  });

  it.each(commands)('$name: fits a screen of 320 pixels', async (command) => {
    const { page } = await openHtml(`${printed[command.name]}`, { viewport: { width: 320, height: 640 } });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    expect(await overTheEdge(page, 320)).toEqual([]);
  });

  it.each(commands)('$name: prints on A4 with nothing cut off', async (command) => {
    const { page } = await openHtml(`${printed[command.name]}`, { viewport: { width: 688, height: 970 } });
    await page.emulateMedia({ media: 'print' });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(688);
    const cut = await page.evaluate(`[...document.querySelectorAll('main *')].filter((element) =>
      !element.closest('.hidden') && element.getBoundingClientRect().right > 688.5).map((e) => e.outerHTML.slice(0, 80))`);
    expect(cut).toEqual([]);
  });

  it('calendar: marks the freeze in its month, and says what is frozen', async () => {
    const { page } = await openHtml(`${printed.calendar}`);
    const december = page.getByRole('region', { name: 'December 2027' });
    expect(await december.locator('.freeze').textContent()).toContain('year-end');
    expect(await december.locator('td.frozen').count()).toBeGreaterThan(10);
    expect(await december.locator('.lines').getByText('frozen by year-end').count()).toBe(2);
  });

  it('exposure: tells which windows to close for the freeze', async () => {
    const { page } = await openHtml(`${printed.exposure}`);
    const table = page.getByRole('table', { name: 'Installs that fall into them (UTC)' });
    expect(await table.getByRole('rowheader').allTextContents()).toEqual(['year-end', 'year-end']);
    expect(await table.getByText('open: patchfleet freeze year-end --apply').count()).toBe(2);
  });
});
