export { PatchfleetApp } from './app.ts';
