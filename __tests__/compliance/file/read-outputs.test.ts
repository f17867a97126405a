import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readOutputs } from '../../../compliance/file/read-outputs.ts';
import { temporaryDirectory } from '../../support/command.ts';

function outputOf(account_id: string, region: string) {
  return {
    version: 1,
    partition: 'aws',
    account_id,
    region,
    baselines: {},
    patch_groups: [],
    windows: {},
    instances: { web: 'i-0123456789abcdef0' },
  };
}

/** As `terraform output -json` prints it. */
function printed(value: unknown): string {
  return JSON.stringify({ patch_manager: { sensitive: false, type: 'object', value } });
}

function written(files: Readonly<Record<string, string>>): string {
  const directory = temporaryDirectory();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text);
  return directory;
}

function messageOf(path: string): string {
  try {
    readOutputs(path);
  } catch (failure) {
    return (failure as Error).message;
  }
  return 'was read';
}

const fix =
  'run terraform output -json in the directory of each stack, and give its output as a file, or a directory of them';

describe('outputs of stacks', () => {
  it('are read from a file', () => {
    const text = printed(outputOf('111111111111', 'eu-west-1'));
    const path = join(written({ 'stack.json': text }), 'stack.json');
    const { outputs, files } = readOutputs(path);
    expect(outputs).toEqual([outputOf('111111111111', 'eu-west-1')]);
    expect(files).toEqual([{ file: path, sha256: createHash('sha256').update(text).digest('hex') }]);
  });

  it.each([
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${printed(outputOf('111111111111', 'eu-west-1'))}`)],
    ['UTF-16', Buffer.from(`\uFEFF${printed(outputOf('111111111111', 'eu-west-1'))}`, 'utf16le')],
  ])('are read as PowerShell writes them, in %s, and known by the hash of the file as it is', (_, bytes) => {
    const path = join(written({}), 'stack.json');
    writeFileSync(path, bytes);
    const { outputs, files } = readOutputs(path);
    expect(outputs).toEqual([outputOf('111111111111', 'eu-west-1')]);
    expect(files).toEqual([{ file: path, sha256: createHash('sha256').update(bytes).digest('hex') }]);
  });

  it('are read from a directory, one file for each stack; global stacks have none', () => {
    const directory = written({
      'b.json': printed(outputOf('222222222222', 'eu-west-1')),
      'a.json': printed(outputOf('111111111111', 'eu-west-1')),
      'c-global.json': '{}',
      'notes.txt': 'not read',
    });
    mkdirSync(join(directory, 'below'));
    const { outputs, files } = readOutputs(directory);
    expect(outputs.map(({ account_id }) => account_id)).toEqual(['111111111111', '222222222222']);
    expect(files.map(({ file }) => file)).toEqual(
      ['a.json', 'b.json', 'c-global.json'].map((name) => join(directory, name)),
    );
  });

  it('are refused together, each with its file', () => {
    const directory = written({
      'a.json': printed(outputOf('111111111111', 'eu-west-1')),
      'b.json': printed(outputOf('111111111111', 'eu-west-1')),
      'c.json': '',
      'd.json': '<html>',
      'e.json': printed({ ...outputOf('333333333333', 'eu-west-1'), version: 2 }),
    });
    const at = (name: string) => `[${join(directory, name)}]`;
    expect(messageOf(directory)).toBe(
      [
        `${at('b.json')} each stack must be given once, got the one of ${join(directory, 'a.json')} again; remove one of the files [compliance/outputs-once]`,
        `${at('c.json')} outputs must be JSON, got nothing; ${fix} [compliance/outputs-readable]`,
        `${at('d.json')} outputs must be JSON, got "<html>"; ${fix} [compliance/outputs-readable]`,
        `${at('e.json')} patch_manager must be of version 1, got 2; use the version of patchfleet that deployed the stack, or a newer one [compliance/stack-output]`,
        '4 errors',
      ].join('\n'),
    );
  });

  it('must exist', () => {
    const path = join(temporaryDirectory(), 'nowhere');
    expect(messageOf(path)).toBe(
      `[${path}] outputs must be a file or a directory that can be read, got nothing of this name; ${fix} [compliance/outputs-readable]\n1 error`,
    );
  });

  it('must be of some stack with nodes', () => {
    const directory = written({ 'global.json': '{}' });
    expect(messageOf(directory)).toBe(
      `[${directory}] outputs must be of at least one stack with nodes, got none; ${fix} [compliance/outputs-readable]\n1 error`,
    );
  });
});
