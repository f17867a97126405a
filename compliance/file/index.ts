export { FileSource } from './read-snapshot.ts';
export { type SnapshotOptions, type SnapshotResult, writeSnapshot } from './write-snapshot.ts';
