import type { GapReason } from '../facts.ts';
import type { Action } from './actions.ts';

/** An answer that cannot be right. */
export class InvalidAnswer extends Error {
  override readonly name = 'InvalidAnswer';
}

/** A call that came to nothing, and which one. */
export class FailedCall extends Error {
  override readonly name = 'FailedCall';

  constructor(
    readonly action: Action,
    override readonly cause: unknown,
  ) {
    super(action);
  }
}

/** Why nothing can be asked in an account. */
export class NoEntry extends Error {
  override readonly name = 'NoEntry';

  constructor(
    readonly reason: GapReason,
    message: string,
  ) {
    super(message);
  }
}

interface Failure {
  readonly reason: GapReason;
  /** One line. */
  readonly message: string;
}

/** Errors by their names: the same one has another name in each service. */
const reasons: Readonly<Record<string, GapReason>> = {
  ThrottlingException: 'throttled',
  Throttling: 'throttled',
  RequestLimitExceeded: 'throttled',
  TooManyRequestsException: 'throttled',
  AccessDeniedException: 'access-denied',
  AccessDenied: 'access-denied',
  UnauthorizedOperation: 'access-denied',
  ExpiredTokenException: 'expired-credentials',
  ExpiredToken: 'expired-credentials',
  RequestExpired: 'expired-credentials',
  TokenProviderError: 'expired-credentials',
  CredentialsProviderError: 'no-credentials',
  InvalidSignatureException: 'no-credentials',
  SignatureDoesNotMatch: 'no-credentials',
  // STS has accepted the credentials before anything else is asked: here it is the region that knows none.
  UnrecognizedClientException: 'region-disabled',
  InvalidClientTokenId: 'region-disabled',
  AuthFailure: 'region-disabled',
  OptInRequired: 'region-disabled',
  RegionDisabledException: 'region-disabled',
  InvalidAnswer: 'invalid-answer',
  SyntaxError: 'invalid-answer',
  InvalidNextToken: 'invalid-answer',
};

/** With this the SDK ends the messages of answers that it cannot read, before a hint. */
const unreadable = 'Deserialization error: ';

const unreachable = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

/** What an error of a call means. */
export function failureOf(error: unknown): Failure {
  if (error instanceof NoEntry) return { reason: error.reason, message: oneLine(error.message) };
  const [action, cause] = error instanceof FailedCall ? [error.action, error.cause] : [undefined, error];
  if (cause instanceof NoEntry) return failureOf(cause);
  const details = detailsOf(cause);
  return { reason: reasonOf(details), message: oneLine([action, ...saidBy(details)].filter(Boolean).join(': ')) };
}

/** The name of an error, unless it says nothing, and its message. */
function saidBy({ name, message, status }: Details): readonly string[] {
  const http = status === undefined ? '' : `HTTP ${status}`;
  const [unread, ...hint] = message.split(unreadable);
  // The hint is for who writes programs.
  if (hint.length > 0) return [`${http} with what is no answer of AWS`, unread ?? ''];
  // The SDK's words for no message.
  const said = message === 'UnknownError' || message === 'Unknown' ? '' : message;
  if (name === 'Unknown') return [http, said];
  return [name === 'Error' || name === 'InvalidAnswer' ? '' : name, said];
}

export function isExpired(error: unknown): boolean {
  return reasons[detailsOf(error).name] === 'expired-credentials';
}

function reasonOf({ name, message, code, status = 200 }: Details): GapReason {
  if (code !== undefined && unreachable.includes(code)) return 'unreachable';
  if (name === 'TimeoutError' || code === 'ETIMEDOUT') return 'timed-out';
  if (name === 'CredentialsProviderError' && /expired/i.test(message)) return 'expired-credentials';
  if (message.includes(unreadable)) return status < 400 ? 'invalid-answer' : 'failed';
  return (Object.hasOwn(reasons, name) ? reasons[name] : undefined) ?? 'failed';
}

interface Details {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  /** Of HTTP, where there was an answer. */
  readonly status?: number;
}

function detailsOf(error: unknown): Details {
  if (typeof error !== 'object' || error === null) return { name: 'Error', message: String(error) };
  const { name, message, code, $metadata } = error as Readonly<Record<string, unknown>>;
  const status = ($metadata as { readonly httpStatusCode?: unknown } | undefined)?.httpStatusCode;
  return {
    name: typeof name === 'string' ? name : 'Error',
    message: typeof message === 'string' ? message : '',
    ...(typeof code === 'string' && { code }),
    ...(typeof status === 'number' && { status }),
  };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
