/** An element as a strict reader sees it. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  text: string;
}

const attribute = /\s+([a-z]+)="([^"<&]|&#\d+;)*"/y;

/** Reads XML of elements, attributes in double quotes, and numeric references; anything else is an error. */
export function readXml(xml: string): Element {
  const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';
  if (!xml.startsWith(declaration)) throw new Error('no declaration');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: what XML 1.0 forbids
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u.test(xml))
    throw new Error('a forbidden character');
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  let at = declaration.length;
  while (at < xml.length) {
    const here = open.at(-1) as Element;
    const next = xml.indexOf('<', at);
    const text = xml.slice(at, next === -1 ? xml.length : next);
    if (/&(?!#\d+;)/.test(text) || text.includes(']]>')) throw new Error(`bare characters in ${text}`);
    here.text += decoded(text);
    if (next === -1) break;
    const closing = /<\/([a-z-]+)>/y;
    const opening = /<([a-z-]+)/y;
    closing.lastIndex = next;
    opening.lastIndex = next;
    const closed = closing.exec(xml);
    const opened = opening.exec(xml);
    if (closed !== null) {
      if (open.pop()?.name !== closed[1]) throw new Error(`</${closed[1]}> closes another element`);
      at = closing.lastIndex;
    } else if (opened !== null) {
      const element: Element = { name: opened[1] as string, attributes: {}, children: [], text: '' };
      here.children.push(element);
      at = attributesOf(xml, opening.lastIndex, element.attributes as Record<string, string>);
      if (xml.startsWith('/>', at)) at += 2;
      else if (xml[at] === '>') {
        open.push(element);
        at += 1;
      } else throw new Error(`a broken tag: ${xml.slice(next, next + 80)}`);
    } else throw new Error(`no tag: ${xml.slice(next, next + 80)}`);
  }
  if (open.length !== 1 || root.children.length !== 1) throw new Error('not one element that is closed');
  return root.children[0] as Element;
}

function attributesOf(xml: string, from: number, into: Record<string, string>): number {
  let at = from;
  for (;;) {
    attribute.lastIndex = at;
    const found = attribute.exec(xml);
    if (found === null) return at;
    const [whole, name = ''] = found;
    if (name in into) throw new Error(`${name} twice`);
    into[name] = decoded(whole.slice(whole.indexOf('"') + 1, -1));
    at = attribute.lastIndex;
  }
}

function decoded(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)));
}

/** Every element of a name, in order. */
export function elements(element: Element, name: string): Element[] {
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...elements(child, name)]);
}
