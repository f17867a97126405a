import { awsSource } from '../../compliance/aws/index.ts';
import { FileSource } from '../../compliance/file/index.ts';
import type { PatchStateSource } from '../../compliance/index.ts';
import type { Surroundings } from '../surroundings.ts';
import { version } from '../version.ts';
import type { ChosenPlaces } from './places.ts';

export interface SourceOptions {
  /** A snapshot in place of AWS. */
  readonly source?: string;
  readonly profile?: string;
  /** How long AWS may be asked, in milliseconds. @default 15 minutes */
  readonly deadline?: number;
}

/** AWS, or a snapshot, as far as its places were chosen. Only AWS is interrupted in order: nothing else has to end well. */
export function openSource(
  surroundings: Surroundings,
  { source, profile, deadline }: SourceOptions,
  chosen: ChosenPlaces,
): PatchStateSource {
  if (source !== undefined) return new FileSource(source, chosen.has);
  return awsSource({
    places: chosen.fleet.places,
    ...(profile !== undefined && { profile }),
    toolVersion: version,
    now: clockOf(surroundings),
    signal: surroundings.signal,
    ...(deadline !== undefined && { deadlineMs: deadline }),
  });
}

export function clockOf({ now, elapsed }: Surroundings): () => Date {
  const began = elapsed();
  return () => new Date(now.getTime() + elapsed() - began);
}
