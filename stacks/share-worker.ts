import { Worker } from 'node:worker_threads';
import { shareMark, type ToShare } from './share.ts';

/** A thread that makes a share of the stacks, seen from outside. */
export class ShareWorker {
  private readonly worker: Worker;
  /** Never fulfilled; rejected with what the thread throws, also before anything was asked. */
  private readonly failure: Promise<never>;

  constructor(file: URL) {
    this.worker = new Worker(file, { workerData: shareMark });
    this.failure = new Promise((_, reject) => {
      this.worker.once('error', reject);
      this.worker.once('exit', (code) => reject(new Error(`a worker ended with exit code ${code} before it was done`)));
    });
    // Told to whoever asks next; until then it is no rejection that nobody handles.
    this.failure.catch(() => {});
  }

  /** Tells it something and waits for the answer. */
  async ask<Answer>(message: ToShare): Promise<Answer> {
    const answer = new Promise<Answer>((resolve) => this.worker.once('message', resolve));
    this.worker.postMessage(message);
    return Promise.race([answer, this.failure]);
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }
}
