import type { ExplorerData } from '../explorer/data.ts';
import { shownBy } from '../explorer/look.ts';
import { type State, without } from '../explorer/state.ts';
import { button, element } from './dom.ts';

/** Whether rows are shown, or groups of which level. */
export function levelSwitch(data: ExplorerData, state: State, choose: (state: State) => void): HTMLElement {
  const { levels = [], many } = data;
  const shown = shownBy(data, state);
  const choices = [
    ...levels.map((level, place) => ({ text: level.many, show: place })),
    { text: many, show: 'rows' as const },
  ];
  const buttons = choices.map(({ text, show }) =>
    button(text, () => choose({ ...without(state, 'sort'), show, page: 1 }), { 'aria-pressed': `${show === shown}` }),
  );
  const group = element(
    'div',
    { class: 'switch', role: 'group', 'aria-label': `${data.caption}: what is listed` },
    ...buttons,
  );
  group.hidden = levels.length === 0;
  return group;
}
