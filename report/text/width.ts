import stringWidth from 'string-width';

/** Spaces up to a width in cells of a terminal, of which some characters take two and some none. */
export function padded(text: string, width: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, width - stringWidth(text)));
  return align === 'right' ? space + text : text + space;
}

/** Lines no wider than `width`, broken between words, and within a word that is wider alone. Nothing is cut off. */
export function wrapped(text: string, width: number): string[] {
  if (stringWidth(text) <= width) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').filter((part) => part !== '')) {
    const joint = line === '' ? word : `${line} ${word}`;
    if (stringWidth(joint) <= width) {
      line = joint;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = stringWidth(word) <= width ? [word] : broken(word, width);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
  }
  return [...lines, line];
}

/** As `wrapped`; the first line begins with `first`, the others with as much space. */
export function hanging(first: string, text: string, width: number): string[] {
  const indent = stringWidth(first);
  // On a terminal too narrow for it the indent goes.
  if (indent > width / 2) return wrapped(first + text, width);
  return wrapped(text, width - indent).map((line, number) => (number === 0 ? first : ' '.repeat(indent)) + line);
}

function broken(word: string, width: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const { segment } of segmenter.segment(word)) {
    if (piece !== '' && stringWidth(piece + segment) > width) {
      pieces.push(piece);
      piece = '';
    }
    piece += segment;
  }
  return [...pieces, piece];
}

/** Emoji and accents are several code points, and must not be torn apart. */
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
