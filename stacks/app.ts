import type { TerraformStack } from 'cdktf';
import type { Deployment } from '../fleet/deployment.ts';
import { PatchfleetApp } from '../modules/tf/app.ts';
import { withoutCreationTraces } from '../modules/tf/creation-traces.ts';
import { GlobalStack } from './global-stack.ts';
import { RegionalStack } from './regional-stack.ts';

/** The application of some deployments, ready to be checked and synthesised. Order between them is kept by `addDependency`. */
export function createApp(deployments: readonly Deployment[]): PatchfleetApp {
  return withoutCreationTraces(() => makeApp(deployments));
}

function makeApp(deployments: readonly Deployment[]): PatchfleetApp {
  const app = new PatchfleetApp();
  const stacks = new Map<string, TerraformStack>();
  const globalFirst = [...deployments].sort((a, b) => Number(a.kind === 'regional') - Number(b.kind === 'regional'));
  for (const deployment of globalFirst) {
    const stack = deployment.kind === 'global' ? new GlobalStack(app, deployment) : new RegionalStack(app, deployment);
    stacks.set(deployment.stackId, stack);
    for (const id of deployment.kind === 'regional' ? deployment.dependsOn : []) {
      const earlier = stacks.get(id);
      if (earlier !== undefined) stack.addDependency(earlier);
    }
  }
  return app;
}
