import { setMaxListeners } from 'node:events';

/** What ends reading before its end: Ctrl-C, the deadline, or nobody listening any more. */
export class Interruption {
  private readonly controller = new AbortController();
  private readonly timer: NodeJS.Timeout;
  private readonly abort = () => this.controller.abort();
  private late = false;

  constructor(
    private readonly asked: AbortSignal | undefined,
    private readonly deadlineMs: number,
  ) {
    // Every call listens.
    setMaxListeners(0, this.controller.signal);
    if (asked?.aborted) this.abort();
    asked?.addEventListener('abort', this.abort, { once: true });
    this.timer = setTimeout(() => {
      this.late = !this.controller.signal.aborted;
      this.abort();
    }, deadlineMs);
  }

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  /** Why a call was given up, for people; absent while nothing has ended. */
  get reason(): { readonly reason: 'interrupted' | 'timed-out'; readonly message: string } | undefined {
    if (!this.signal.aborted) return undefined;
    if (!this.late) return { reason: 'interrupted', message: 'interrupted before it was read' };
    return { reason: 'timed-out', message: `not read within ${this.deadlineMs / 1000} s` };
  }

  /** Waits for what cannot be told to end, such as a program, until it is interrupted. */
  async during<Result>(work: () => Promise<Result>): Promise<Result> {
    this.signal.throwIfAborted();
    return new Promise((resolve, reject) => {
      const giveUp = () => reject(this.signal.reason);
      this.signal.addEventListener('abort', giveUp, { once: true });
      work()
        .then(resolve, reject)
        .finally(() => this.signal.removeEventListener('abort', giveUp));
    });
  }

  end(): void {
    clearTimeout(this.timer);
    this.asked?.removeEventListener('abort', this.abort);
    this.abort();
  }
}
