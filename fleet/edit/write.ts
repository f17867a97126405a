import type { Layout } from './layout.ts';

/** Lists of texts and numbers stand on one line up to this length. */
const longestLine = 100;

/** Texts that some YAML reads as something else: without quotes they are `true`, or nothing. */
const words = /^(true|false|yes|no|on|off|y|n|null|nan|inf)$/i;

/** A text that means itself wherever it stands. What begins with a digit, such as a date, is quoted. */
const plain = /^[A-Za-z/][\w/.@%+()?*#-]*( [\w/.@%+()?*-][\w/.@%+()?*#-]*)*$/;

/** What follows the colon of a key in column `column`: a value on the same line, or lines below. */
export function afterColon(value: unknown, column: number, layout: Layout): string {
  if (fitsOnLine(value, layout)) return ` ${onLine(value, layout)}`;
  if (Array.isArray(value)) {
    const dash = column + (layout.indentLists ? layout.step : 0);
    return value.map((item) => `${layout.eol}${spaces(dash)}-${afterDash(item, dash, layout)}`).join('');
  }
  return blockEntries(value, column + layout.step, layout)
    .map((line) => `${layout.eol}${spaces(column + layout.step)}${line}`)
    .join('');
}

/** What follows the dash in column `column`. */
export function afterDash(value: unknown, column: number, layout: Layout): string {
  if (fitsOnLine(value, layout)) return ` ${onLine(value, layout)}`;
  const below = `${layout.eol}${spaces(column + 2)}`;
  if (Array.isArray(value)) return ` ${value.map((item) => `-${afterDash(item, column + 2, layout)}`).join(below)}`;
  return ` ${blockEntries(value, column + 2, layout).join(below)}`;
}

function blockEntries(value: unknown, column: number, layout: Layout): string[] {
  return entriesOf(value).map(([key, entry]) => `${scalar(key, layout)}:${afterColon(entry, column, layout)}`);
}

function fitsOnLine(value: unknown, layout: Layout): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (!Array.isArray(value)) return entriesOf(value).length === 0;
  return value.every(isScalar) && onLine(value, layout).length <= longestLine;
}

/** The value in brackets. With `column`, that of the line it begins on, over several lines. */
export function inBrackets(value: unknown, layout: Layout, column?: number): string {
  if (typeof value !== 'object' || value === null) return scalar(value, layout);
  const isList = Array.isArray(value);
  const [open, close] = isList ? ['[', ']'] : ['{', '}'];
  const inner = column === undefined ? undefined : column + layout.step;
  const parts = isList
    ? value.map((item) => inBrackets(item, layout, inner))
    : entriesOf(value).map((entry) => pairInBrackets(entry, layout, inner));
  if (parts.length === 0) return `${open}${close}`;
  if (column === undefined || (isList && layout.listsOnLine && value.every(isScalar))) {
    const padding = !isList && layout.padBraces ? ' ' : '';
    return `${open}${padding}${parts.join(', ')}${padding}${close}`;
  }
  const lines = parts.join(`,${layout.eol}${spaces(column + layout.step)}`);
  return `${open}${layout.eol}${spaces(column + layout.step)}${lines}${layout.eol}${spaces(column)}${close}`;
}

/** `key: value`, within braces. */
export function pairInBrackets([key, value]: readonly [string, unknown], layout: Layout, column?: number): string {
  return `${scalar(key, layout)}: ${inBrackets(value, layout, column)}`;
}

/** `key`, before its colon. */
export function keyText(key: string, layout: Layout): string {
  return scalar(key, layout);
}

function onLine(value: unknown, layout: Layout): string {
  return inBrackets(value, layout);
}

function scalar(value: unknown, layout: Layout): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  if (!layout.quoteAll && plain.test(value) && !words.test(value)) return value;
  const single = layout.singleQuotes && !layout.quoteAll && /^[\x20-\x7e]*$/.test(value);
  return single ? `'${value.replaceAll("'", "''")}'` : doubleQuoted(value);
}

/** As JSON has it; what no file should hold as it is stands as an escape. */
function doubleQuoted(value: string): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function isScalar(value: unknown): boolean {
  return typeof value !== 'object' || value === null;
}

/** The entries of a map; one that is `undefined` is not there. */
function entriesOf(value: unknown): [string, unknown][] {
  return Object.entries(value as object).filter(([, entry]) => entry !== undefined);
}

export function spaces(count: number): string {
  return ' '.repeat(count);
}
