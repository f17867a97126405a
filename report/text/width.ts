/*
 * How many cells of a terminal a text takes. Chinese, Japanese and Korean characters and emoji take two, marks that join
 * the character before them none. Unicode's table of widths is not reachable from JavaScript: scripts stand in for it.
 */

const plain = /^[\u0020-\u007e\u00a0-\u02ff\u2010-\u2027\u2190-\u21ff\u2264\u2265\u2500-\u259f]*$/;
const wide =
  /\p{Emoji_Presentation}|\ufe0f|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\p{Script=Yi}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;
const halfWidth = /^[\uff61-\uffdc]/;
const joined = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

export function widthOf(text: string): number {
  if (plain.test(text)) return text.length;
  return characters(text).reduce((sum, character) => sum + widthOfCharacter(character), 0);
}

export function padded(text: string, width: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)));
  return align === 'right' ? space + text : text + space;
}

/** Lines no wider than `width`, broken between words, and within a word that is wider alone. Nothing is cut off. */
export function wrapped(text: string, width: number): string[] {
  if (widthOf(text) <= width) return [text];
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').filter((part) => part !== '')) {
    const joint = line === '' ? word : `${line} ${word}`;
    if (widthOf(joint) <= width) {
      line = joint;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = widthOf(word) <= width ? [word] : broken(word, width);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
  }
  return [...lines, line];
}

/** As `wrapped`; the first line begins with `first`, the others with as much space. */
export function hanging(first: string, text: string, width: number): string[] {
  const indent = widthOf(first);
  // On a terminal too narrow for it the indent goes.
  if (indent > width / 2) return wrapped(first + text, width);
  return wrapped(text, width - indent).map((line, number) => (number === 0 ? first : ' '.repeat(indent)) + line);
}

function broken(word: string, width: number): string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const character of characters(word)) {
    if (piece !== '' && widthOf(piece) + widthOfCharacter(character) > width) {
      pieces.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...pieces, piece];
}

function characters(text: string): string[] {
  return [...segmenter.segment(text)].map(({ segment }) => segment);
}

function widthOfCharacter(character: string): number {
  if (joined.test(character)) return 0;
  return wide.test(character) && !halfWidth.test(character) ? 2 : 1;
}
