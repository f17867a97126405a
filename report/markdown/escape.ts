import { printable } from '../../core/problem.ts';

/**
 * Plain text as Markdown that shows just that text on GitHub. Mentions and issue numbers survive a backslash and would
 * notify people, so a comment stands inside them.
 *
 * @see https://github.github.com/gfm/#backslash-escapes
 */
export function escaped(text: string): string {
  return printable(text)
    .replace(/[\\`*[\]<>|~]|&(?=#?\w+;)|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, '\\$&')
    .replace(/:\/\/|(?<=www)\./gi, '\\$&')
    .replace(/@(?=\w)|#(?=\d)/g, '$&<!-- -->')
    .replace(/^\s*(?=[-+=#])|(?<=^\s*\d+)(?=[.)](\s|$))/, '$&\\');
}

/** Text as a code span, which keeps every character; a table needs its pipes escaped even there. */
export function codeSpan(text: string, inTable: boolean): string {
  const clean = printable(text);
  if (clean.trim() === '') return '';
  const longest = Math.max(0, ...[...clean.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  const inner = /^`|`$|^ .* $/.test(clean) ? ` ${clean} ` : clean;
  return `${fence}${inTable ? inner.replaceAll('|', '\\|') : inner}${fence}`;
}
