export type Keyed<Kind> = Readonly<Record<string, Kind>>;

export function mapped<From, To>(values: Keyed<From>, make: (value: From, key: string) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, make(value, key)]));
}
