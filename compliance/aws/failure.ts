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

const unreachable = ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'];

/** What an error of a call means. */
export function failureOf(error: unknown): Failure {
  if (error instanceof NoEntry) return { reason: error.reason, message: oneLine(error.message) };
  const [action, cause] = error instanceof FailedCall ? [error.action, error.cause] : [undefined, error];
  if (cause instanceof NoEntry) return failureOf(cause);
  const { name, message, code } = detailsOf(cause);
  // The SDK's word for no message.
  const said = message === 'UnknownError' ? '' : message;
  const told = [action, cause instanceof InvalidAnswer || name === 'Error' ? '' : name, said];
  return { reason: reasonOf(name, message, code), message: oneLine(told.filter((part) => part).join(': ')) };
}

export function isExpired(error: unknown): boolean {
  return reasons[detailsOf(error).name] === 'expired-credentials';
}

function reasonOf(name: string, message: string, code: string | undefined): GapReason {
  if (code !== undefined && unreachable.includes(code)) return 'unreachable';
  if (name === 'TimeoutError' || code === 'ETIMEDOUT') return 'timed-out';
  if (name === 'CredentialsProviderError' && /expired/i.test(message)) return 'expired-credentials';
  // The SDK says so of answers that it cannot read.
  if (/Deserialization error/.test(message)) return 'invalid-answer';
  return (Object.hasOwn(reasons, name) ? reasons[name] : undefined) ?? 'failed';
}

function detailsOf(error: unknown): { readonly name: string; readonly message: string; readonly code?: string } {
  if (typeof error !== 'object' || error === null) return { name: 'Error', message: String(error) };
  const { name, message, code } = error as { name?: unknown; message?: unknown; code?: unknown };
  return {
    name: typeof name === 'string' ? name : 'Error',
    message: typeof message === 'string' ? message : '',
    ...(typeof code === 'string' && { code }),
  };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
