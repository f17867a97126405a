import { expect, it } from '@jest/globals';
import { renderHtml } from '../../report/index.ts';
import { describeInBrowser } from '../support/browser.ts';
import { faintMarks, faintTexts } from './contrast.ts';
import { sample } from './sample.ts';

describeInBrowser('a report in Chromium', (openHtml) => {
  const openSample = async (options = {}) => openHtml(await renderHtml(sample), options);

  it('opens from disk without an error, a request, or anything its policy refuses', async () => {
    const { page, errors, requests } = await openSample();
    expect(await page.title()).toBe(sample.title);
    expect({ errors, requests }).toEqual({ errors: [], requests: [] });
    // That the style was taken, and that the policy holds: a script put into the page does not run.
    expect(await page.evaluate(`getComputedStyle(document.querySelector('.skip')).position`)).toBe('absolute');
    await page.evaluate(`(() => {
      const script = document.createElement('script');
      script.textContent = 'globalThis.ran = true';
      document.body.append(script);
    })()`);
    expect(await page.evaluate('globalThis.ran')).toBeUndefined();
    expect(errors.join()).toContain('Content Security Policy');
  });

  it.each(['light', 'dark'] as const)('has readable texts and visible marks in %s', async (colorScheme) => {
    const { page } = await openSample({ colorScheme });
    await page.evaluate(`document.querySelectorAll('details').forEach((part) => { part.open = true; })`);
    expect(await faintTexts(page)).toEqual([]);
    expect(await faintMarks(page)).toEqual([]);
  });

  it('differs between light and dark', async () => {
    const papers: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page } = await openSample({ colorScheme });
      papers.push(await page.evaluate('getComputedStyle(document.body).backgroundColor'));
    }
    expect(papers).toEqual(['rgb(252, 252, 250)', 'rgb(20, 24, 28)']);
  });

  it('is walked through by keyboard: first the skip link, then every section, month, entry, table and chart', async () => {
    const { page } = await openSample();
    const reached: string[] = [];
    for (let stop = 0; stop < 60; stop += 1) {
      await page.keyboard.press('Tab');
      const name: string = await page.evaluate(
        `document.activeElement === document.body ? '' : document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent`,
      );
      if (name === '') break;
      reached.push(name.trim());
    }
    expect(reached.slice(0, 7)).toEqual([
      'Skip to content',
      'What was found',
      'Calendar',
      'How long it takes',
      'March 2026',
      'April 2026',
      'May 2026',
    ]);
    expect(reached.slice(7, 14)).toEqual([
      'dev install, Tue 10: 21:00–00:00 UTC · 17:00–20:00 America/New_York · starts 23:00 Europe/Berlin',
      'dev scan, 1–4: 04:00–05:00 UTC',
      'dev scan, 5–31: 04:00–05:00 UTC',
      'test install, Wed 18: 21:00–00:00 UTC · 17:00–20:00 America/New_York · starts 23:00 Europe/Berlin',
      'test scan, 1–4: 04:00–05:00 UTC',
      'test scan, 5–24: 04:00–05:00 UTC',
      'test scan, 25–31: 04:00–05:00 UTC, in a freeze',
    ]);
    expect(reached).toContain(
      'prod install, Wed 25: 21:00–00:00 UTC · 17:00–20:00 America/New_York · starts 23:00 Europe/Berlin, in a freeze',
    );
    expect(reached.slice(-6)).toEqual([
      'prod install, Wed 27: 21:00–00:00 UTC · 17:00–20:00 America/New_York · starts 23:00 Europe/Berlin',
      'Install windows',
      'Days until each ring has each release',
      'Numbers of Days until each ring has each release',
      'Instances that fit each window',
      'Numbers of Instances that fit each window',
    ]);
  });

  it('shows where the keyboard is, and leads from a mark to its line', async () => {
    const { page } = await openSample();
    const mark = page.getByRole('link', { name: /^dev install, Tue 10: 21:00/ });
    await mark.focus();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Tab');
    expect(
      await mark.evaluate((element) => element.ownerDocument.defaultView?.getComputedStyle(element).outlineWidth),
    ).toBe('3px');
    await page.keyboard.press('Enter');
    const line = page.locator('li:target');
    expect(await line.textContent()).toMatch(/^dev\s+install\s+Tue 10\s+21:00–00:00 UTC/);
    expect(await line.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
  });

  it('reads well to a screen reader', async () => {
    const { page } = await openSample();
    const levels = await page.evaluate<string[]>(
      `[...document.querySelectorAll('h1, h2, h3, h4')].map((heading) => heading.tagName + ' ' + heading.textContent)`,
    );
    expect(levels).toEqual([
      `H1 ${sample.title}`,
      'H2 What was found',
      'H2 Calendar',
      'H3 Windows by ring',
      'H4 March 2026',
      'H4 April 2026',
      'H4 May 2026',
      'H2 How long it takes',
      'H3 Days until each ring has each release',
      'H3 Instances that fit each window',
    ]);
    const shown = await page.locator('body').ariaSnapshot();
    for (const part of [
      '- banner:',
      '- navigation "Sections":',
      '- navigation "Months of Windows by ring":',
      '- main:',
      '- region "Calendar":',
      '- table "Windows by ring, March 2026, by day":',
      '- columnheader "Tu 10"',
      '- rowheader "install"',
      '- table "Install windows":',
      '- columnheader "schedule"',
      '- rowheader "test"',
      '- img "Days until each ring has each release Every release reaches dev within 7 days, test within 35 and prod mostly within 30."',
    ])
      expect(shown).toContain(part);
  });

  it('fits a screen of 320 pixels: the page does not scroll sideways, and lines stand in for grids', async () => {
    const { page } = await openSample({ viewport: { width: 320, height: 640 } });
    await page.evaluate(`document.querySelectorAll('details').forEach((part) => { part.open = true; })`);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320);
    expect(await page.locator('.grid').first().isVisible()).toBe(false);
    const line = page.locator('.lines').getByText('21:00–00:00 UTC').first();
    expect(await line.isVisible()).toBe(true);
    const outside = await page.evaluate(`[...document.querySelectorAll('body *')].filter((element) =>
      !element.closest('.scroll, .hidden, .skip, .grid') && element.getBoundingClientRect().right > 320.5).map((e) => e.outerHTML.slice(0, 80))`);
    expect(outside).toEqual([]);
  });

  it('prints in light, whole, with every number of its charts', async () => {
    const { page } = await openSample({ colorScheme: 'dark', viewport: { width: 688, height: 970 } });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    // The width of A4 without its margins.
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(688);
    const cut = await page.evaluate(`[...document.querySelectorAll('main *')].filter((element) =>
      !element.closest('.hidden') && element.getBoundingClientRect().right > 688.5).map((e) => e.outerHTML.slice(0, 80))`);
    expect(cut).toEqual([]);
    expect(await page.evaluate('getComputedStyle(document.body).backgroundColor')).toBe('rgb(255, 255, 255)');
    expect(await faintTexts(page)).toEqual([]);
    const numbers = page.getByRole('table', { name: 'Days until each ring has each release (days)' });
    expect((await numbers.boundingBox())?.height).toBeGreaterThan(100);
    const pdf = await page.pdf({ format: 'A4' });
    const pages = pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0;
    expect(pages).toBeGreaterThanOrEqual(3);
    expect(pages).toBeLessThanOrEqual(6);
  });
});
