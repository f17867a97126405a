import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { bucketInWords, buckets } from '../../compliance/buckets.ts';
import { reasonCodes } from '../../compliance/explain/reason.ts';
import { node, root } from '../support/command.ts';
import { codeBlocks } from '../support/markdown.ts';
import { patchfleet } from '../support/run-command.ts';

function page(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

/** The section of a page under a heading. */
function section(path: string, heading: string): string {
  const [, after = ''] = page(path).split(`\n## ${heading}\n`);
  return after.split('\n## ')[0] ?? '';
}

/** First cells of the tables of a text. */
function firstCells(text: string): string[] {
  return [...text.matchAll(/^\| ([^|]+?) +\|/gm)].map(([, cell]) => cell as string);
}

describe('the README', () => {
  const shown = section('README.md', 'What is patched?');
  const commands = codeBlocks(shown, 'sh').map((block) => block.trim().replace(/^npx patchfleet /, ''));
  const outputs = codeBlocks(shown, 'text');

  it('shows what its commands print', async () => {
    expect(commands).toHaveLength(2);
    for (const [index, command] of commands.entries()) {
      const { out } = await patchfleet(...command.split(' '));
      const lines = new Set(out.split('\n'));
      const told = (outputs[index] ?? '').trimEnd().split('\n');
      expect(told.length).toBeGreaterThan(5);
      expect(told.filter((line) => line !== '  …' && !lines.has(line))).toEqual([]);
    }
  });

  it('names a demonstration that needs no AWS', () => {
    expect(shown).toContain('`npm run demo`');
    const { scripts } = JSON.parse(page('package.json'));
    expect(scripts.demo).toBe('node bin/run.mjs scripts/demo.ts');
    const { status, stdout, stderr } = node(scripts.demo.split(' ').slice(1), {
      AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('\nSince 2026-11-10 06:00 UTC\n');
    const [, path = ''] = /\nthe same to look at: (.*)\n$/.exec(stdout) ?? [];
    expect(readFileSync(path, 'utf8')).toMatch(/^<!doctype html>.*<\/html>\n$/s);
    expect(page('.gitignore')).toContain(`\n${relative(root, dirname(path))}/\n`);
  });
});

describe('docs/compliance.md', () => {
  it('explains every bucket, in its order', () => {
    expect(firstCells(section('docs/compliance.md', 'Who is counted')).slice(2)).toEqual(buckets.map(bucketInWords));
  });

  it('explains every reason, in its order', () => {
    expect(firstCells(section('docs/compliance.md', 'Why')).slice(2)).toEqual(reasonCodes.map((code) => `\`${code}\``));
  });
});
