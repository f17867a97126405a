/**
 * Globs of account names and numbers: `*` for any characters, `?` for one, `[0-4]` for one of some and `[!0-4]` for any
 * other. No more is needed for such short texts; a library for paths would cost each command its start-up.
 */
const glob = /^([a-z0-9*?-]|\[!?[a-z0-9-]+\])+$/;

const mostCharacters = 60;

/** Each more would multiply the ways to match a text. */
const mostStars = 2;

export const globForm = `1 to ${mostCharacters} lower-case letters, digits and -, with *, ? or [0-9] in the place of some, at most ${mostStars} times *`;

export function isGlob(text: string): boolean {
  if (text.length > mostCharacters || !glob.test(text) || text.split('*').length > mostStars + 1) return false;
  // A range that runs backwards, such as [9-0].
  return [...text.matchAll(/\[!?([^\]]+)\]/g)].every(([, characters]) => isOrdered(`${characters}`));
}

/** One expression for several globs, which a whole text must match. */
export function expressionOf(globs: readonly string[]): RegExp {
  const sources = globs.map((text) => text.replaceAll('[!', '[^').replaceAll('?', '.').replaceAll('*', '.*'));
  return new RegExp(`^(?:${sources.join('|')})$`);
}

function isOrdered(characters: string): boolean {
  return [...characters.matchAll(/(.)-(.)/g)].every(([, from = '', to = '']) => from <= to);
}
