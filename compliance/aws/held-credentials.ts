import type { Credentials } from './session.ts';

/** Before their end, credentials are loaded anew: a slow call must not outlive them. */
const marginMs = 5 * 60_000;

interface Held<Kind> {
  readonly credentials: Kind;
  /** From when on they are loaded anew, in milliseconds since 1970. */
  readonly dueAt: number;
}

/** Credentials that are loaded when they are first needed, once for all who wait, and anew before they end. */
export class HeldCredentials<Kind extends Credentials> {
  private held: Promise<Held<Kind>> | undefined;

  constructor(
    private readonly load: () => Promise<Kind>,
    private readonly now: () => Date,
  ) {}

  async current(): Promise<Kind> {
    const held = this.start();
    const { credentials, dueAt } = await held;
    if (this.now().getTime() < dueAt) return credentials;
    // Of all who notice, one loads them.
    if (this.held === held) this.held = undefined;
    return (await this.start()).credentials;
  }

  /** Lets go of credentials that AWS calls expired, unless others are held by now. */
  async drop({ sessionToken }: Partial<Credentials>): Promise<void> {
    const held = await this.start().catch(() => undefined);
    if (held === undefined || held.credentials.sessionToken === sessionToken) this.held = undefined;
  }

  private start(): Promise<Held<Kind>> {
    this.held ??= this.loaded();
    return this.held;
  }

  /** What ends within the margin from the start is used for half of its time: else every call would load it anew. */
  private async loaded(): Promise<Held<Kind>> {
    const began = this.now().getTime();
    const credentials = await this.load();
    const end = credentials.expiration?.getTime() ?? Number.POSITIVE_INFINITY;
    return { credentials, dueAt: end - Math.min(marginMs, Math.max(0, end - began) / 2) };
  }
}
