import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe } from '@jest/globals';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { describeSkipped } from './skipped.ts';

/** Chromium as CHROMIUM names it, else as it is found on PATH. */
function findChromium(): string | undefined {
  const { CHROMIUM, PATH = '' } = process.env;
  if (CHROMIUM !== undefined && CHROMIUM !== '') return CHROMIUM;
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  return PATH.split(delimiter)
    .flatMap((directory) => names.map((name) => join(directory, name)))
    .find((path) => existsSync(path));
}

/** A page opened from disk, and all that went wrong in it. */
export interface OpenPage {
  readonly page: Page;
  /** Errors of the console and of scripts, broken rules of the content security policy among them. */
  readonly errors: readonly string[];
  /** Addresses asked for, beside the page's own. */
  readonly requests: readonly string[];
}

export type OpenHtml = (markup: string, options?: BrowserContextOptions) => Promise<OpenPage>;

/**
 * Tests in a real Chromium, skipped by name where there is none. `openHtml` writes markup to a file and opens that; what
 * it opened is closed when all tests are done.
 */
export function describeInBrowser(name: string, tests: (openHtml: OpenHtml) => void): void {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    describeSkipped(name, 'no Chromium on PATH, and CHROMIUM names none', () => tests(neverOpened));
    return;
  }
  describe(name, () => {
    let browser: Browser;
    const directory = mkdtempSync(join(tmpdir(), 'patchfleet-page-'));
    let pages = 0;
    beforeAll(async () => {
      // Containers seldom allow Chromium its own sandbox, and what it opens here is ours.
      browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
    });
    afterAll(async () => {
      await browser?.close();
      rmSync(directory, { recursive: true, force: true });
    });
    tests(async (markup, options = {}) => {
      pages += 1;
      const file = join(directory, `${pages}.html`);
      writeFileSync(file, markup);
      return open(browser, pathToFileURL(file).href, options);
    });
  });
}

async function open(browser: Browser, address: string, options: BrowserContextOptions): Promise<OpenPage> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const errors: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') errors.push(message.text());
  });
  page.on('pageerror', (failure) => errors.push(failure.message));
  page.on('request', (request) => {
    if (request.url().split('#')[0] !== address) requests.push(request.url());
  });
  await page.goto(address, { waitUntil: 'load' });
  return { page, errors, requests };
}

async function neverOpened(): Promise<OpenPage> {
  throw new Error('there is no browser');
}
