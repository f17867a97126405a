/** Files beyond this are refused, unless somebody knows that they are meant. */
export const usualBytes = 1_000_000;

/** Files beyond this are no fleets, whatever is allowed. */
export const largestBytes = 100_000_000;

/** What to do about a file with more than so many bytes. */
export function fixOfSize(maxBytes: number): string {
  const asked = 'is it the right file?';
  return maxBytes < largestBytes ? `${asked} --allow-large reads it all the same` : asked;
}

/** How many words and signs a file may have, by its bytes; fleets have one in three bytes. */
export function mostSymbols(maxBytes: number): number {
  return Math.ceil(0.4 * Math.max(maxBytes, usualBytes));
}
