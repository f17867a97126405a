/**
 * A text that no spreadsheet takes for a formula: an apostrophe stands before what would begin one, in the whole text or
 * after anything that may part cells. Which character does is a setting of the reader's: many have `;`.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function inert(text: string): string {
  return text.replace(/(^|[;\t\r\n])(\s*[=+\-@＝＋－＠])/g, "$1'$2");
}
