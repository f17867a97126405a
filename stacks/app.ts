import { PatchfleetApp } from '../modules/tf/app.ts';
import type { PatchManagerConfiguration } from './configuration.ts';
import { PatchManagerStack } from './patch-manager-stack.ts';

/** The application of one configuration, ready to be checked and synthesised. */
export function createApp(configuration: PatchManagerConfiguration): PatchfleetApp {
  const app = new PatchfleetApp();
  new PatchManagerStack(app, configuration);
  return app;
}
