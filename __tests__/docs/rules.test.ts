import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root } from '../support/command.ts';

const rooms = [
  'schedule',
  'next',
  'ring-order',
  'exposure',
  'tags',
  'iam',
  'compute',
  'patch-baseline',
  'patch-group',
  'maintenance-window',
  'end-of-support',
  'stack',
  'construct',
  'fleet',
  'file',
  'compliance',
];

function sources(directory: string): string[] {
  return readdirSync(join(root, directory), { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) return sources(path);
    return path.endsWith('.ts') ? [readFileSync(join(root, path), 'utf8')] : [];
  });
}

/** Rule ids as they stand in the text of the sources. */
const ids = new Set(
  ['core', 'calendar', 'compliance', 'modules', 'fleet', 'cli']
    .flatMap(sources)
    .flatMap((text) =>
      [...text.matchAll(/['`]([a-z-]+)\/[a-z][a-z0-9-]+['`]/g)]
        .filter(([, room]) => rooms.includes(room as string))
        .map(([id]) => id.slice(1, -1)),
    ),
);

describe('docs/rules.md', () => {
  it('lists every rule of the code, and no other', () => {
    const page = readFileSync(join(root, 'docs/rules.md'), 'utf8');
    const listed = [...page.matchAll(/^\| `([^`]+)`/gm)].map(([, id]) => id as string);
    expect(listed).toEqual([...ids].sort());
  });
});

describe('the README of a module', () => {
  it.each(['iam', 'compute', 'patch-baseline', 'patch-group', 'maintenance-window'])(
    'explains every rule of modules/%s',
    (module) => {
      const page = readFileSync(join(root, 'modules', module, 'README.md'), 'utf8');
      const own = [...ids].filter((id) => id.startsWith(`${module}/`));
      expect(own.length).toBeGreaterThan(2);
      expect(own.filter((id) => !page.includes(`\`${id}\``))).toEqual([]);
    },
  );
});
