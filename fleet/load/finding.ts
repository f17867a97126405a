import type { Violation } from '../../core/problem.ts';
import type { FilePath } from '../file-violation.ts';

/** A violation with its place in the text: how many characters stand before it, and where in the fleet it is. */
export interface Finding extends Violation {
  readonly offset: number;
  readonly at: FilePath;
}
