import type { Place, PlaceFacts } from './facts.ts';
import type { JudgedPlaces, Judging } from './judging.ts';
import type { Details, SourceEvidence } from './source-evidence.ts';

export interface ReadRequest {
  readonly details: Details;
  /** Also of which nodes this patch is listed: `KB5034441` or `CVE-2026-1234`. @default none */
  readonly patch?: string;
  /** Places to leave out, such as those that a resumed snapshot has. @default none */
  readonly except?: readonly Place[];
}

/**
 * Where facts come from: AWS, or what a snapshot kept of it. Places come as they are read, in any order, so that a
 * thousand of them need the memory of a few. One with very many instances may come in parts, one after the other, which
 * differ in nothing but their instances. A place that cannot be read comes all the same, with the gap that says why
 * and the instances that are declared there: a source never leaves one out, and only throws a ProblemError where nothing
 * can be read at all.
 */
export interface PatchStateSource {
  places(request: ReadRequest): AsyncIterable<PlaceFacts>;
  /** Judges the places where they are read, with the same result as `judgePlaces`. @default as `judgePlaces` does */
  judge?(request: ReadRequest, judging: Judging, judged: JudgedPlaces): Promise<void>;
  /** What was read, for auditors. Complete once all places have come. */
  evidence(): SourceEvidence;
}
