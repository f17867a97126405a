export { placesInWords, union } from './plan.ts';
export { readOutputs } from './read-outputs.ts';
export { FileSource } from './read-snapshot.ts';
export type { UnreadPlace } from './unread.ts';
export { type SnapshotOptions, type SnapshotResult, writeSnapshot } from './write-snapshot.ts';
