type Child = Node | string;

interface Attributes {
  readonly [name: string]: string | boolean;
}

/** An element with attributes and children. Texts become text, never markup. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) made.setAttribute(name, '');
    else if (value !== false) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

export function button(text: string, press: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = element('button', { type: 'button', ...attributes }, text);
  made.addEventListener('click', press);
  return made;
}

const numbers = new Intl.NumberFormat('en');

/** `10,000`. */
export function numberText(value: number): string {
  return numbers.format(value);
}

/** `1 instance`, `2 instances`. */
export function countText(count: number, { one, many }: { readonly one: string; readonly many: string }): string {
  return `${numberText(count)} ${count === 1 ? one : many}`;
}
