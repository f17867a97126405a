/**
 * What a map has for a key, made where it has nothing. A map that is full is emptied first: it is there to save work, and
 * must not keep all that was ever seen.
 */
export function kept<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value, most = 250): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  if (map.size >= most) map.clear();
  map.set(key, made);
  return made;
}
