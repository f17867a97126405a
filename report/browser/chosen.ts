import type { ExplorerData } from '../explorer/data.ts';
import type { State } from '../explorer/state.ts';
import { wordsOf } from './crumbs.ts';

/** `patch: KB5071001`, `status: failed or missing`. */
export function chosenOf(data: ExplorerData, key: string, values: readonly string[]): string {
  const columns = [...data.columns, ...(data.details?.columns ?? [])];
  const heading = columns.find((column) => column.key === key)?.heading ?? key;
  return `${heading}: ${values.map((value) => wordsOf(data, key, value)).join(' or ')}`;
}

/** All that rows are chosen by, for paper, where the tools that show it are left out; empty where nothing is chosen. */
export function chosenText(data: ExplorerData, { words, filters }: State): string {
  const chosen = Object.entries(filters).map(([key, values]) => chosenOf(data, key, values));
  if (words !== '') chosen.push(`search: ${words}`);
  return chosen.length === 0 ? '' : `only those with ${chosen.join('; ')}`;
}
