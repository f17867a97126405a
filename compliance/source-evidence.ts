/** Which patches of the nodes are listed one by one, not only counted. */
export type Details = 'none' | 'noncompliant' | 'all';

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
