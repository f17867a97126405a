import { Random } from './random.ts';
import type { Operation, Service } from './sdk-model.ts';

/** One request, as far as faults are chosen by it. */
export interface Call {
  readonly service: Service;
  readonly operation: string;
  /** Of the credentials. */
  readonly account: string;
  readonly region: string;
  /** What was asked, as the SDK's model names it. */
  readonly request: Readonly<Record<string, unknown>>;
  /** How often the same page of the same was asked for before. */
  readonly attempt: number;
  /** How many calls the session has made before. */
  readonly callsOfSession: number;
}

export type Fault =
  /** Refused: too many calls. */
  | { readonly kind: 'throttled' }
  | { readonly kind: 'server-error'; readonly status: 500 | 502 | 503 | 504 }
  /** Answers late; the client may have given up. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** The connection ends before the answer, or within it. */
  | { readonly kind: 'cut'; readonly within: boolean }
  /** The answer stops in the middle, and the connection stays. */
  | { readonly kind: 'stalled' }
  /** The words of something else than AWS, such as a proxy: usually of status 200, and neither JSON nor XML. */
  | { readonly kind: 'garbled'; readonly status?: number; readonly body?: string }
  | { readonly kind: 'access-denied' }
  | { readonly kind: 'expired-token' }
  /** As regions answer that an account has not enabled. */
  | { readonly kind: 'region-disabled' }
  /** A page without items, whose token leads to the one that was asked for. */
  | { readonly kind: 'empty-page' }
  /** The same token for ever. */
  | { readonly kind: 'repeated-token' }
  /** The last page has a token of no characters. */
  | { readonly kind: 'empty-token' }
  /** Instances that are gone when this is asked. */
  | { readonly kind: 'vanished'; readonly instanceIds: readonly string[] };

/** Which fault a call meets, if any: a pure function, so that runs can be repeated. */
export type Faults = (call: Call) => Fault | undefined;

const passing: readonly [Fault, ...Fault[]] = [
  { kind: 'throttled' },
  { kind: 'server-error', status: 500 },
  { kind: 'server-error', status: 503 },
  { kind: 'slow', ms: 20 },
  { kind: 'cut', within: false },
  { kind: 'cut', within: true },
  { kind: 'empty-page' },
  { kind: 'empty-token' },
];

/** Faults that pass, on a share of the calls: the same calls whatever the order in which they come. */
export function randomFaults(seed: string, share: number, kinds: readonly [Fault, ...Fault[]] = passing): Faults {
  return ({ service, operation, account, region, request, attempt }) => {
    const random = new Random(JSON.stringify([seed, service, operation, account, region, request, attempt]));
    return random.next() < share ? random.pick(kinds) : undefined;
  };
}

const emptied = '-';

/** Asks for the page that an empty one stood before. */
export function requestBehind(request: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { NextToken, ...rest } = request;
  if (typeof NextToken !== 'string' || !NextToken.startsWith(emptied)) return { ...request };
  // There may have been several in a row.
  const token = NextToken.replace(/^-+/, '');
  return token === '' ? rest : { ...rest, NextToken: token };
}

/** What a fault of paging makes of a response. */
export function pageFault(
  { output }: Operation,
  fault: Fault | undefined,
  request: Readonly<Record<string, unknown>>,
  response: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  if (output.kind !== 'structure' || output.members.NextToken === undefined) return response;
  switch (fault?.kind) {
    case 'empty-page': {
      const lists = Object.entries(response).filter(([, value]) => Array.isArray(value));
      return {
        ...Object.fromEntries(lists.map(([key]) => [key, []])),
        NextToken: `${emptied}${request.NextToken ?? ''}`,
      };
    }
    case 'repeated-token':
      return { ...response, NextToken: request.NextToken ?? `${emptied}` };
    case 'empty-token':
      return { NextToken: '', ...response };
    default:
      return response;
  }
}
