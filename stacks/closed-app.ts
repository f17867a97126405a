import { TerraformStack } from 'cdktf';
import type { Deployment } from '../fleet/deployment.ts';
import type { PatchfleetApp } from '../modules/tf/app.ts';
import { createApp } from './app.ts';

/**
 * The application of deployments that are plain data, such as those of a file, to which nobody adds anything: `createApp`
 * is for everybody else. Its stacks are made of their own deployment alone, so none can hold a value of another.
 */
export function createClosedApp(deployments: readonly Deployment[]): PatchfleetApp {
  const app = createApp(deployments);
  // The framework resolves every stack twice, and the first time only to find values of other stacks.
  for (const stack of app.node.findAll().filter(TerraformStack.isStack)) stack.prepareStack = () => {};
  return app;
}
