import { describe, expect, it } from '@jest/globals';
import { build } from 'esbuild';
import { root } from '../support/command.ts';

/* What a program loads when it starts, as the bundler sees it: types are gone, and late imports stand apart. */

async function loadedAtStart(entry: string): Promise<string[]> {
  const { metafile } = await build({
    entryPoints: [entry],
    absWorkingDir: root,
    bundle: true,
    write: false,
    metafile: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    outdir: 'out',
    logLevel: 'silent',
  });
  const chunks = metafile.outputs;
  const main = Object.keys(chunks).find((path) => chunks[path]?.entryPoint === entry);
  const reached = new Set<string>();
  const visit = (path: string) => {
    if (reached.has(path)) return;
    reached.add(path);
    for (const { path: next, kind } of chunks[path]?.imports ?? []) if (kind === 'import-statement') visit(next);
  };
  visit(main ?? '');
  return [...reached].flatMap((path) => Object.keys(chunks[path]?.inputs ?? {}));
}

const framework = /node_modules\/(cdktf|constructs|@cdktf)\//;

describe('what is loaded', () => {
  it.each(['fleet/index.ts', 'cli/expand.ts', 'cli/validate.ts'])('is no framework, for %s', async (entry) => {
    const inputs = await loadedAtStart(entry);
    expect(inputs.length).toBeGreaterThan(5);
    expect(inputs.filter((input) => framework.test(input))).toEqual([]);
  });

  it('is the framework, for stacks: the test above can fail', async () => {
    expect((await loadedAtStart('stacks/index.ts')).some((input) => framework.test(input))).toBe(true);
  });

  it('is no SDK of AWS, for what may ask AWS later', async () => {
    const inputs = await loadedAtStart('compliance/aws/index.ts');
    expect(inputs).toContain('compliance/aws/source.ts');
    expect(inputs.filter((input) => /node_modules\/@(aws-sdk|smithy)\//.test(input))).toEqual([]);
  });

  it('is the SDK, for what does ask: the test above can fail', async () => {
    const inputs = await loadedAtStart('compliance/aws/reader.ts');
    expect(inputs.some((input) => /node_modules\/@aws-sdk\//.test(input))).toBe(true);
  });

  it('is little for the command line itself, before it knows the command', async () => {
    const inputs = await loadedAtStart('cli/main.ts');
    expect(inputs.filter((input) => /node_modules\/(zod|yaml|croner)\/|^fleet\/|^stacks\//.test(input))).toEqual([]);
  });

  it('is no schema and no YAML, for next', async () => {
    const inputs = await loadedAtStart('cli/next.ts');
    expect(inputs.filter((input) => /node_modules\/(zod|yaml|commander)\/|^fleet\/|^stacks\//.test(input))).toEqual([]);
  });

  it.each(['command', 'snapshot', 'explain'])('is nothing of AWS, for cli/compliance/%s.ts', async (name) => {
    const inputs = await loadedAtStart(`cli/compliance/${name}.ts`);
    expect(inputs).toContain('compliance/aws/source.ts');
    expect(inputs.filter((input) => /node_modules\/(@aws-sdk|@smithy|cdktf)\//.test(input))).toEqual([]);
  });
});
