export { defineFleet } from './define.ts';
export type { Deployment, GlobalDeployment, RegionalDeployment } from './deployment.ts';
export { expand } from './expand.ts';
export { type CheckedFleet, readFleet } from './read.ts';
export type { Fleet } from './schema/index.ts';
