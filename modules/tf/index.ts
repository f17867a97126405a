export { type Problem, ProblemError } from '../../core/problem.ts';
export { PatchfleetApp } from './app.ts';
