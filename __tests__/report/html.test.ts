import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { renderHtml } from '../../report/index.ts';
import { root } from '../support/command.ts';
import { blocksOf } from './blocks-of.ts';
import { sample } from './sample.ts';

async function pageOf(text: string): Promise<string> {
  const sections = [{ heading: text, blocks: blocksOf(text) }];
  return renderHtml({
    title: text,
    verdict: { outcome: 'info', text },
    facts: [{ name: text, value: text }],
    sections,
  });
}

describe('a report as a page', () => {
  it('allows its own style by hash, and nothing else', async () => {
    const page = await renderHtml(sample);
    const [, style = ''] = /<style>(.*?)<\/style>/s.exec(page) ?? [];
    const hash = createHash('sha256').update(style).digest('base64');
    const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`;
    const [, told = ''] = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(page) ?? [];
    expect(told.replaceAll('&#39;', "'")).toBe(policy);
    expect(page.match(/<style|<script| style="| on\w+="/g)).toEqual(['<style']);
  });

  it('names no address but the one that names SVG, and those of its own parts', async () => {
    const page = await renderHtml(sample);
    expect([...new Set(page.match(/https?:[^"' ]*/g))]).toEqual(['http://www.w3.org/2000/svg']);
    const ids = new Set([...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id));
    const used = [...page.matchAll(/(?:href="#|url\(#)([^")]*)/g)].map(([, id]) => id);
    expect(used.length).toBeGreaterThan(10);
    expect(used.filter((id) => !ids.has(id))).toEqual([]);
    expect(ids.size).toBe([...page.matchAll(/ id="/g)].length);
  });

  it.each(['<script>alert(1)</script>', '</title></style><script>', '" onclick="alert(1)', "'><img src=x onerror=1>"])(
    'shows %s and runs none of it',
    async (evil) => {
      const whole = await pageOf(evil);
      // What an explorer brings: its data, in which nothing can begin or end an element, and the page's own script.
      const scripts = whole.match(/<script.*?<\/script>/gs) ?? [];
      expect(scripts.map((script) => script.replace(/>.*/s, '>'))).toEqual([
        '<script type="application/json">',
        '<script>',
      ]);
      expect(scripts[0]?.match(/</g)).toHaveLength(2);
      const page = whole.replace(/<script.*?<\/script>/gs, '');
      const tags = new Set([...page.matchAll(/<([a-z]+[0-9]?)/g)].map(([, tag]) => tag));
      expect(['script', 'img'].filter((tag) => tags.has(tag))).toEqual([]);
      expect(page.replace(/="[^"]*"/g, '').match(/<[^>]* on\w+/g)).toBeNull();
      expect(page.match(/<\/(title|style)>/g)?.sort()).toEqual(['</style>', ...Array(3).fill('</title>')]);
    },
  );

  it('takes room for a month of daily scans in one link', async () => {
    const page = await renderHtml(sample);
    const links = page.match(/<a class="quiet"[^>]*>/g) ?? [];
    // dev: two in March, as the days shown begin on the 5th; one in April and May. test: one more in March and April for
    // its freeze.
    expect(links).toHaveLength(4 + 6);
    expect(page).toContain('title="dev scan, 1–4: 04:00–05:00 UTC"');
    expect(page).toContain('title="test scan, 25–31: 04:00–05:00 UTC, in a freeze"');
  });

  it('lets the process end that drew it', () => {
    const directory = mkdtempSync(join(tmpdir(), 'patchfleet-report-'));
    try {
      const script = join(directory, 'draw.ts');
      const from = (path: string) => JSON.stringify(join(root, path));
      writeFileSync(
        script,
        `import { renderHtml } from ${from('report/index.ts')}; import { sample } from ${from('__tests__/report/sample.ts')};
        process.stdout.write(String((await renderHtml(sample)).includes('<svg role="img"')));`,
      );
      const command = [join(root, 'bin/run.mjs'), script];
      const { status, stdout } = spawnSync(process.execPath, command, { encoding: 'utf8', timeout: 60_000 });
      expect({ status, stdout }).toEqual({ status: 0, stdout: 'true' });
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it('says so where a chart has nothing to show', async () => {
    const empty = { kind: 'bar-chart' as const, title: 'Fit', description: 'd', unit: 'n', bars: [] };
    const page = await renderHtml({ title: 't', facts: [], sections: [{ heading: 'h', blocks: [empty] }] });
    expect(page).toContain('<p class="empty"><strong>Fit (n):</strong> no values</p>');
    expect(page).not.toContain('<svg');
  });
});
