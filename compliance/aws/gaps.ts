import { grouped } from '../../core/grouped.ts';
import type { Gap } from '../facts.ts';
import { aboutHowMany } from '../gaps.ts';
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

  /** Notes parts of an answer that make no sense, where the rest of it was read. */
  addInvalid(subject: Subject, message: string): void {
    this.add({ ...subject, reason: 'invalid-answer', message });
  }

  /** What is about nobody is no gap: without any ids it would be one of all. */
  private add(gap: Gap): void {
    if (aboutHowMany(gap) !== 0) this.found.push(gap);
  }

  /** Sorted, and the same failure once for all it is about. Where nothing at all could be read, that is all there is. */
  list(): readonly Gap[] {
    const [first] = this.found;
    if (first === undefined) return [];
    if (!this.succeeded && this.found.length > 1 && this.found.every(({ reason }) => reason === first.reason))
      return [{ area: 'place', reason: first.reason, message: first.message }];
    const same = grouped(this.found, ({ area, reason, message, instanceIds, windowIds }) => {
      const kind = instanceIds !== undefined ? 'instances' : windowIds !== undefined ? 'windows' : 'place';
      return JSON.stringify([area, kind, reason, message]);
    });
    return [...same].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, gaps]) => merged(gaps));
  }
}

/** Gaps that differ in nothing but whom they are about. */
function merged(gaps: readonly Gap[]): Gap {
  const [{ area, reason, message }] = gaps as readonly [Gap];
  const ids = (of: 'instanceIds' | 'windowIds') => [...new Set(gaps.flatMap((gap) => gap[of] ?? []))].sort();
  const [instanceIds, windowIds] = [ids('instanceIds'), ids('windowIds')];
  return {
    area,
    ...(instanceIds.length > 0 && { instanceIds }),
    ...(windowIds.length > 0 && { windowIds }),
    reason,
    message,
  };
}
