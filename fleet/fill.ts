/** A text of the fleet file with its placeholders filled in: `{account}` becomes the value of `account`. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return Object.entries(values).reduce((filled, [name, value]) => filled.replaceAll(`{${name}}`, value), text);
}
