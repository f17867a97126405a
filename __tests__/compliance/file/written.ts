import { join } from 'node:path';
import { beforeEach } from '@jest/globals';
import type { PlaceFacts } from '../../../compliance/facts.ts';
import { FileSource, type SnapshotOptions } from '../../../compliance/file/index.ts';
import type { PatchStateSource } from '../../../compliance/source.ts';
import { ProblemError } from '../../../core/problem.ts';
import { temporaryDirectory } from '../../support/command.ts';
import { asOf, instance, lacking, patch, place } from '../support.ts';

/* Snapshots in a directory of each test, and what is read of them. */

export let directory: string;
beforeEach(() => {
  directory = temporaryDirectory();
});

export const options = (overrides: Partial<SnapshotOptions> = {}): SnapshotOptions => ({
  out: join(directory, 'snapshot'),
  details: 'noncompliant',
  toolVersion: '0.1.0',
  now: () => new Date(asOf),
  ...overrides,
});

export const first = place([
  instance({ declaredAs: 'web' }),
  lacking([patch()], { instanceId: 'i-00000000000000002' }),
]);
export const second: PlaceFacts = { ...place([instance()]), place: { account: '222222222222', region: 'us-east-1' } };
export const firstFile = '111111111111-eu-central-1.jsonl.gz';

export async function read(source: PatchStateSource): Promise<PlaceFacts[]> {
  const all: PlaceFacts[] = [];
  for await (const facts of source.places({ details: 'all' })) all.push(facts);
  return all;
}

/** What stops reading or writing, as it is printed, with the directory as `DIR`. */
export async function problems(act: () => unknown): Promise<string[]> {
  try {
    await act();
  } catch (failure) {
    if (failure instanceof ProblemError) return failure.message.replaceAll(directory, 'DIR').split('\n');
    throw failure;
  }
  throw new Error('expected problems');
}

export const reading = (path = options().out) => problems(() => read(new FileSource(path)));
