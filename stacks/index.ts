export { createApp } from './app.ts';
export { GlobalStack } from './global-stack.ts';
export type { BaselineOutput, PatchGroupOutput, PatchManagerOutput, WindowOutput } from './outputs.ts';
export { RegionalStack } from './regional-stack.ts';
