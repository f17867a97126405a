import { createHash } from 'node:crypto';

/** Numbers that look random and are the same for the same seed, on every machine. */
export class Random {
  private readonly seed: string;
  private drawn = 0;

  constructor(seed: string) {
    this.seed = seed;
  }

  /** From 0 up to and without 1. */
  next(): number {
    this.drawn += 1;
    return Number.parseInt(this.hex(`${this.drawn}`, 12), 16) / 2 ** 48;
  }

  pick<Value>(values: readonly Value[]): Value {
    return values[Math.floor(this.next() * values.length)] as Value;
  }

  /** One of several by their weights. */
  weighted<Value>(values: readonly (readonly [Value, weight: number])[]): Value {
    let left = this.next() * values.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [value, weight] of values) {
      left -= weight;
      if (left < 0) return value;
    }
    return (values.at(-1) as readonly [Value, number])[0];
  }

  /** Hex digits that belong to a name, whatever was drawn before. */
  hex(name: string, digits = 17): string {
    return createHash('sha256').update(`${this.seed} ${name}`).digest('hex').slice(0, digits);
  }
}
