/** Without the properties that a file may leave out: the modules tell "not given" from `undefined`. */
export function given<Props extends object>(props: Props): { [Key in keyof Props]: Exclude<Props[Key], undefined> } {
  const entries = Object.entries(props).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof Props]: Exclude<Props[Key], undefined> };
}
