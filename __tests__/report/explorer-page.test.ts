import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { renderHtml } from '../../report/index.ts';
import { root } from '../support/command.ts';
import { exploring, machines } from './exploring.ts';
import { sample } from './sample.ts';

describe('a page with an explorer', () => {
  it('has the script that its sources make: otherwise run npm run docs', () => {
    const command = [join(root, 'scripts/page-script.mjs'), '--check'];
    const { status, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('allows its own script by hash, and makes no markup of text', async () => {
    const page = await renderHtml(exploring);
    const [, script = ''] = /<script>(.*?)<\/script>/s.exec(page) ?? [];
    const [, policy = ''] = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(page) ?? [];
    const hash = createHash('sha256').update(script).digest('base64');
    expect(policy.replaceAll('&#39;', "'")).toContain(
      `; script-src 'sha256-${hash}'; require-trusted-types-for 'script'; trusted-types 'none'; base-uri 'none'`,
    );
    expect(page.match(/<script[^>]*>/g)).toEqual(['<script type="application/json">', '<script>']);
    expect(script).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/);
  });

  it('has no script without one', async () => {
    expect(await renderHtml(sample)).not.toContain('script-src');
  });

  it('carries every row, each value once', async () => {
    const page = await renderHtml(exploring);
    const [, json = ''] = /<script type="application\/json">(.*?)<\/script>/s.exec(page) ?? [];
    const { size, cells } = JSON.parse(json);
    expect(size).toBe(60);
    expect(cells[1].values).toEqual(['north', 'south', '']);
    expect(cells[0].values).toHaveLength(60);
  });

  it('shows the first 500 rows where no script runs, and says how many there are', async () => {
    const rows = Array.from({ length: 1200 }, (_, n) => ({ cells: [`m-${n}`, 'north', 'fine', n, ''] }));
    const page = await renderHtml({
      ...sample,
      sections: [{ heading: 'h', blocks: [{ ...machines, rows }] }],
    });
    expect(page).toContain('Machines: the first 500 of 1,200 machines');
    expect(page.match(/<code>m-\d+<\/code>/g)).toHaveLength(500);
    expect(page).toContain('<th scope="row" class="text short">north</th><td class="number short">1,200</td>');
  });
});
