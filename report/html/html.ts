import { printable } from '../../core/problem.ts';

/** Markup. Made by `html` alone, so that no text gets into a page unescaped. */
export class Html {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

export type Content = string | number | Html | readonly Content[];

/** Markup from a template; strings put into it are escaped, for text and for attributes in quotes. */
export function html(parts: TemplateStringsArray, ...contents: readonly Content[]): Html {
  return new Html(parts.map((part, number) => part + markupOf(contents[number] ?? '')).join(''));
}

function markupOf(content: Content): string {
  if (content instanceof Html) return content.markup;
  if (typeof content === 'object') return content.map(markupOf).join('');
  return printable(`${content}`).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
