/** A part of the reference page: the object of the file that it explains, and examples of it. */
export interface Section {
  readonly heading: string;
  /** Where the object stands: `rings[].install`, `baselines.*`; the file itself is the empty path. */
  readonly path: string;
  /** Said before the table. */
  readonly text?: string;
  /** An object whose properties this one has too; they are not told again. */
  readonly beside?: string;
  /**
   * Fragments of a fleet file, each of whole top-level keys. The first ones of all sections together are one valid file;
   * any other is valid in the place of the keys it holds.
   */
  readonly examples?: readonly string[];
}
