import type { PlaceFacts } from '../facts.ts';
import type { PatchStateSource, ReadRequest } from '../source.ts';
import type { Details, SourceEvidence } from '../source-evidence.ts';
import { Interruption } from './interruption.ts';
import { type AwsSourceOptions, defaults } from './options.ts';

type PlaceOptions = AwsSourceOptions['places'][number];

/** What AWS says now. Everything it is asked only reads. */
export function awsSource(options: AwsSourceOptions): PatchStateSource {
  return new AwsSource(options);
}

class AwsSource implements PatchStateSource {
  private principal: string | undefined;
  private began: Date;
  private ended: Date;
  private details: Details = 'none';

  constructor(private readonly options: AwsSourceOptions) {
    this.began = options.now();
    this.ended = this.began;
  }

  evidence(): SourceEvidence {
    return {
      kind: 'aws',
      name: this.principal ?? 'AWS',
      from: this.began.toISOString(),
      to: this.ended.toISOString(),
      toolVersion: this.options.toolVersion,
      details: this.details,
      anonymised: false,
      files: [],
    };
  }

  async *places(request: ReadRequest): AsyncGenerator<PlaceFacts> {
    const { options } = this;
    this.began = options.now();
    this.details = request.details;
    const interruption = new Interruption(options.signal, options.deadlineMs ?? defaults.deadlineMs);
    try {
      const { Reader } = await import('./reader.ts');
      const reader = new Reader(options, interruption);
      try {
        if (!interruption.signal.aborted) this.principal = await reader.principal();
        yield* this.inTurn((place) => reader.read(place, request));
      } finally {
        interruption.end();
        reader.end();
      }
    } finally {
      interruption.end();
      this.ended = options.now();
    }
  }

  /** As many places at once as there may be calls at once: each of them has a call under way at any time. */
  private async *inTurn(read: (place: PlaceOptions) => Promise<PlaceFacts | undefined>): AsyncGenerator<PlaceFacts> {
    const waiting = [...this.options.places];
    const running = new Map<
      PlaceOptions,
      Promise<{ readonly place: PlaceOptions; readonly facts: PlaceFacts | undefined }>
    >();
    const most = (this.options.concurrency ?? defaults.concurrency).overall;
    for (;;) {
      while (running.size < most) {
        const place = waiting.shift();
        if (place === undefined) break;
        running.set(
          place,
          read(place).then((facts) => ({ place, facts })),
        );
      }
      if (running.size === 0) return;
      const { place, facts } = await Promise.race(running.values());
      running.delete(place);
      if (facts !== undefined) yield facts;
    }
  }
}
