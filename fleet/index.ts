export { type Problem, ProblemError } from '../core/problem.ts';
export { defineFleet } from './define.ts';
export type { Deployment, GlobalDeployment, RegionalDeployment } from './deployment.ts';
export { expand } from './expand.ts';
export type { FileProblem } from './load/index.ts';
export { type CheckedFleet, readFleet } from './read.ts';
export type { Fleet } from './schema/index.ts';
