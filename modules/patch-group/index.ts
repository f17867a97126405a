export { PatchGroup, type PatchGroupProps, type PatchGroupTagKey } from './patch-group.ts';
