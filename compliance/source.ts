import type { Place, PlaceFacts } from './facts.ts';

/** Which patches of the nodes are listed one by one, not only counted. */
export type Details = 'none' | 'noncompliant' | 'all';

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
  /** What was read, for auditors. Complete once `places` has ended. */
  evidence(): SourceEvidence;
}

export interface SourceEvidence {
  readonly kind: 'aws' | 'file';
  /** The snapshot as it was named; for AWS the principal, or `AWS`. */
  readonly name: string;
  /** When the snapshot was begun and finished; for AWS when reading began and ended. */
  readonly from: string;
  readonly to: string;
  /** Version of the tool that asked AWS. */
  readonly toolVersion: string;
  readonly details: Details;
  readonly anonymised: boolean;
  /** Tells keys of anonymised snapshots apart, and not what the key is. */
  readonly anonymisedBy?: string;
  /** Of the files of a snapshot, by name. */
  readonly files: readonly { readonly file: string; readonly sha256: string }[];
}
