export { createApp } from './app.ts';
export type {
  BaselineConfiguration,
  InstanceConfiguration,
  PatchGroupConfiguration,
  PatchManagerConfiguration,
  PatchTaskConfiguration,
  RoleConfiguration,
  WindowConfiguration,
} from './configuration.ts';
export type { BaselineOutput, PatchGroupOutput, PatchManagerOutput, WindowOutput } from './outputs.ts';
export { PatchManagerStack } from './patch-manager-stack.ts';
export { walkthrough } from './walkthrough.ts';
