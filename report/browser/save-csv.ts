import { element } from './dom.ts';

/** Lets the reader save a text as a file. The mark at its start tells spreadsheets that it is UTF-8. */
export function saveCsv(name: string, text: string): void {
  const href = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' }));
  element('a', { href, download: name }).click();
  // The browser reads it after this script has ended.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}
