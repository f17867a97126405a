import { InvalidAnswer } from './failure.ts';

interface Page {
  readonly NextToken?: string | undefined;
}

/**
 * Reads page after page and hands each on as it comes, so that what was read stays when a later page fails. AWS ends with
 * no token or an empty one, and may send empty pages before. A token that came before would never end.
 */
export async function eachPage<Answer extends Page>(
  ask: (token: { readonly NextToken?: string }) => Promise<Answer>,
  take: (answer: Answer) => unknown,
  /** Asked before each further page, with how many there were. @default never */
  isEnough: (pages: number) => boolean = () => false,
): Promise<void> {
  const seen = new Set<string>();
  let token: string | undefined;
  for (let count = 0; count === 0 || !isEnough(count); count++) {
    const answer = await ask(token === undefined ? {} : { NextToken: token });
    take(answer);
    token = answer.NextToken;
    // Other endpoints also write null.
    if (!token) return;
    if (seen.has(token)) throw new InvalidAnswer('AWS sent the same token of a next page twice, which would never end');
    seen.add(token);
  }
}

/** Groups of at most `size`. */
export function batches<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
