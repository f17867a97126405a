import type { State } from '../explorer/state.ts';
import type { View } from '../explorer/view.ts';
import { button, element, numberText } from './dom.ts';

/** On the screen, and on paper, where nobody turns pages. */
export const rowsAPage = { screen: 50, paper: 1000 };

/** The lines of a page, and where it is among all. */
export function pageOf(
  { size }: View,
  { page }: State,
  rowsAPage: number,
): { readonly first: number; readonly end: number; readonly page: number } {
  const last = Math.max(1, Math.ceil(size / rowsAPage));
  const shown = Math.min(page, last);
  return { first: (shown - 1) * rowsAPage, end: Math.min(size, shown * rowsAPage), page: shown };
}

/** Leads to other pages, where there is more than one. */
export function pagesOf(view: View, state: State, turn: (page: number) => void, rowsAPage: number): HTMLElement[] {
  const { first, end, page } = pageOf(view, state, rowsAPage);
  if (view.size <= rowsAPage) return [];
  const last = Math.ceil(view.size / rowsAPage);
  const turner = (text: string, to: number) => {
    const made = button(text, () => turn(to));
    made.disabled = to < 1 || to > last || to === page;
    return made;
  };
  const where = `${numberText(first + 1)}–${numberText(end)} of ${numberText(view.size)}`;
  return [
    element(
      'nav',
      { class: 'pages', 'aria-label': `Pages of ${view.caption}` },
      turner('First', 1),
      turner('Previous', page - 1),
      element('span', {}, where),
      turner('Next', page + 1),
      turner('Last', last),
    ),
  ];
}
