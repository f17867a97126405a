/**
 * Works on every item, on a few at a time. Where work throws, no more is begun; what had begun ends before the first
 * failure is thrown.
 */
export async function inParallel<Item>(
  workers: number,
  items: readonly Item[],
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      try {
        await work(item);
      } catch (failure) {
        waiting.length = 0;
        throw failure;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(workers, items.length) }, worker));
  for (const end of ended) if (end.status === 'rejected') throw end.reason;
}

/** Runs one piece of work after another, whatever becomes of each. */
export type Queue = <Result>(work: () => Promise<Result>) => Promise<Result>;

export function queue(): Queue {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next.catch(() => undefined);
    return next;
  };
}
