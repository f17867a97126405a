import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Deployment } from '../../fleet/deployment.ts';
import { expand } from '../../fleet/expand.ts';
import { readFleet } from '../../fleet/read.ts';
import type { PatchfleetApp } from '../../modules/tf/app.ts';
import { createApp } from '../../stacks/app.ts';
import { createClosedApp } from '../../stacks/closed-app.ts';
import { fleet as everyShape } from '../engine-sweep/fleet-of-every-shape.ts';
import { filesBelow, root, temporaryDirectory } from '../support/command.ts';

describe('createClosedApp', () => {
  let directory: string;
  const before = process.env.CDKTF_OUTDIR;

  beforeEach(() => {
    directory = temporaryDirectory();
  });
  afterEach(() => {
    if (before === undefined) delete process.env.CDKTF_OUTDIR;
    else process.env.CDKTF_OUTDIR = before;
  });

  function written(name: string, make: () => PatchfleetApp): Record<string, string> {
    process.env.CDKTF_OUTDIR = join(directory, name);
    make().synth();
    return filesBelow(join(directory, name));
  }

  function compare(deployments: readonly Deployment[]): void {
    const open = written('open', () => createApp(deployments));
    expect(Object.keys(open)).toHaveLength(deployments.length + 1);
    expect(written('closed', () => createClosedApp(deployments))).toEqual(open);
  }

  it.each(['fleet.yaml', 'examples/fleet.minimal.yaml', 'examples/fleet.full.yaml', 'examples/fleet.large.yaml'])(
    'writes the same bytes as createApp, of %s',
    (file) => {
      const { fleet } = readFleet(join(root, file));
      if (fleet === undefined) throw new Error(`${file} has problems`);
      compare(expand(fleet));
    },
  );

  it('writes the same bytes as createApp, of a fleet of every shape', () => compare(expand(everyShape)));
});
