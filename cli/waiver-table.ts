import type { Table } from '../report/index.ts';

/** As fleets and reports have it. */
interface Waiver {
  readonly patches: readonly string[];
  readonly rings: readonly string[];
  readonly owner: string;
  readonly reason: string;
  readonly ticket: string;
  /** Last day on which it holds, `YYYY-MM-DD`. */
  readonly expires: string;
}

/** Patches that some rings go without, and until when; `asOf` is an instant, or a day, in UTC. */
export function waiverTable(caption: string, waivers: readonly Waiver[], asOf: string): Table {
  const today = asOf.slice(0, 10);
  return {
    kind: 'table',
    caption,
    columns: [
      { heading: 'patches', kind: 'code' },
      ...['rings', 'until', 'owner', 'why', 'ticket'].map((heading) => ({ heading })),
    ],
    rows: waivers.map(({ patches, rings, expires, owner, reason, ticket }) => [
      patches.join(', '),
      rings.join(', '),
      expires < today ? `${expires}, expired` : expires,
      owner,
      reason,
      ticket,
    ]),
    empty: 'no patch is waived',
  };
}
