import { expect, it } from '@jest/globals';
import { HeldCredentials } from '../../../compliance/aws/held-credentials.ts';

/** Holds credentials that last for some minutes; tells how often they were loaded. */
function holding(minutes: number | undefined) {
  let [now, loaded] = [0, 0];
  const load = async () => {
    loaded += 1;
    const expiration = minutes === undefined ? {} : { expiration: new Date(now + minutes * 60_000) };
    return { accessKeyId: `key ${loaded}`, secretAccessKey: 'simulated', ...expiration };
  };
  const held = new HeldCredentials(load, () => new Date(now));
  return async (minute: number) => {
    now = minute * 60_000;
    const all = await Promise.all([held.current(), held.current(), held.current()]);
    return new Set(all.map(({ accessKeyId }) => accessKeyId));
  };
}

it.each([
  ['for as long as they do not end', undefined, [0, 600], ['key 1', 'key 1']],
  ['until five minutes before their end', 60, [0, 54, 55, 109, 110], ['key 1', 'key 1', 'key 2', 'key 2', 'key 3']],
  ['for half of their time, where that is shorter', 4, [0, 1, 2, 3], ['key 1', 'key 1', 'key 2', 'key 2']],
])('credentials are held %s, and are the same for all who wait', async (_, minutes, at, keys) => {
  const current = holding(minutes);
  for (const [index, minute] of at.entries()) expect(await current(minute)).toEqual(new Set([keys[index]]));
});
