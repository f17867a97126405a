import type { Surroundings } from '../surroundings.ts';
import { count } from './words.ts';

const firstMs = 1_000;
const nextMs = 5_000;

/** Says how far reading has come: once it takes more than a second, and every five from then on. */
export class Progress {
  private places = 0;
  private instances = 0;
  private readonly began: number;
  private told: number;
  private pauseMs = firstMs;
  private readonly timer: NodeJS.Timeout;

  private constructor(
    private readonly surroundings: Pick<Surroundings, 'terminal' | 'elapsed'>,
    /** What is read: `AWS`. */
    private readonly what: string,
    /** How many places there are, where that is known. */
    private readonly all: number | undefined,
  ) {
    this.began = surroundings.elapsed();
    this.told = this.began;
    this.timer = setInterval(() => this.tell(), 250);
    this.timer.unref();
  }

  /** Tells of work for as long as it takes. */
  static async during<Result>(
    surroundings: Pick<Surroundings, 'terminal' | 'elapsed'>,
    what: string,
    all: number | undefined,
    work: (progress: Progress) => Promise<Result>,
  ): Promise<Result> {
    const progress = new Progress(surroundings, what, all);
    try {
      return await work(progress);
    } finally {
      clearInterval(progress.timer);
    }
  }

  add(instances: number): void {
    this.places += 1;
    this.instances += instances;
    this.tell();
  }

  private tell(): void {
    const now = this.surroundings.elapsed();
    if (now - this.told < this.pauseMs) return;
    this.told = now;
    this.pauseMs = nextMs;
    const places =
      this.all === undefined ? count(this.places, 'place') : `${this.places} of ${count(this.all, 'place')}`;
    const seconds = Math.round((now - this.began) / 1000);
    this.surroundings.terminal.err(
      `reading ${this.what}: ${places}, ${count(this.instances, 'instance')} after ${seconds} s`,
    );
  }
}
