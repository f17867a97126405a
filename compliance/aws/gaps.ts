import type { Gap } from '../facts.ts';
import { failureOf } from './failure.ts';
import type { Interruption } from './interruption.ts';

type Subject = Pick<Gap, 'area' | 'instanceIds' | 'windowIds'>;

/** What could not be read in one place. */
export class Gaps {
  private readonly found: Gap[] = [];
  private succeeded = false;

  constructor(private readonly interruption: Interruption) {}

  /** Does work; where it fails, that is a gap. Tells whether it succeeded. */
  async around(subject: Subject | (() => Subject), work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      this.succeeded = true;
      return true;
    } catch (error) {
      const { reason, message } = this.interruption.reason ?? failureOf(error);
      this.add({ ...(typeof subject === 'function' ? subject() : subject), reason, message });
      return false;
    }
  }

  add(gap: Gap): void {
    this.found.push(gap);
  }

  /** Sorted. Where nothing at all could be read, for one reason, that is said once. */
  list(): readonly Gap[] {
    const [first] = this.found;
    if (first === undefined) return [];
    if (!this.succeeded && this.found.length > 1 && this.found.every(({ reason }) => reason === first.reason))
      return [{ area: 'place', reason: first.reason, message: first.message }];
    const key = (gap: Gap) => JSON.stringify([gap.area, gap.instanceIds, gap.windowIds, gap.reason, gap.message]);
    return [...this.found].sort((a, b) => (key(a) < key(b) ? -1 : 1));
  }
}
