import { join } from 'node:path';
import type { Gap, InstanceFacts, PlaceFacts } from '../facts.ts';
import { placeKey } from '../place-index.ts';
import type { SnapshotFile } from './manifest.ts';
import { readPlace } from './read-place.ts';

/** What a snapshot has of a place. */
export interface HeldPlace {
  readonly file: SnapshotFile;
  /** When its reading began. */
  readonly observedAt: string;
  readonly gaps: readonly Gap[];
  /** Instances that stacks were known to have made when it was read. */
  readonly declared: Declared;
}

/** Ids of instances with their keys in the outputs of the stack, each as one text. */
export type Declared = ReadonlySet<string>;

/** Places by their keys, as the files of a snapshot name them. */
export type HeldPlaces = ReadonlyMap<string, HeldPlace>;

/** What is held once these facts stand in that file. */
export function heldFrom(file: SnapshotFile, { observedAt, gaps, instances }: PlaceFacts): HeldPlace {
  return { file, observedAt, gaps, declared: declaredAmong(instances) };
}

export function declaredAmong(instances: readonly InstanceFacts[]): Declared {
  return new Set(
    instances.flatMap(({ instanceId, declaredAs }) => (declaredAs === undefined ? [] : `${instanceId} ${declaredAs}`)),
  );
}

/** Places whose files can be read, and are as they were written: the others are as good as not there. */
export async function heldIn(directory: string, files: readonly SnapshotFile[]): Promise<Map<string, HeldPlace>> {
  const held = new Map<string, HeldPlace>();
  for (const file of files) {
    const place = await heldPlace(directory, file);
    if (place !== undefined) held.set(placeKey(file), place);
  }
  return held;
}

async function heldPlace(directory: string, file: SnapshotFile): Promise<HeldPlace | undefined> {
  let held: HeldPlace | undefined;
  for await (const part of readPlace(join(directory, file.file), file)) {
    if (!('facts' in part)) return undefined;
    const { observedAt, gaps, declared } = heldFrom(file, part.facts);
    held = { file, observedAt, gaps, declared: new Set([...(held?.declared ?? []), ...declared]) };
  }
  return held;
}
