import { ServiceError } from './service-error.ts';

/** What an operation allows for `MaxResults`, and what it takes where none is given. */
export interface PageRange {
  readonly minimum: number;
  readonly maximum: number;
  readonly usual: number;
}

interface PagedRequest {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

/** The items of one page, and the token of the next one, if any is left. */
export function page<Item>(
  operation: string,
  { MaxResults, NextToken }: PagedRequest,
  { minimum, maximum, usual }: PageRange,
  items: readonly Item[],
): { readonly items: Item[]; readonly NextToken?: string } {
  if (MaxResults !== undefined && MaxResults < minimum)
    throw invalid('maxResults', MaxResults, `Member must have value greater than or equal to ${minimum}`);
  if (MaxResults !== undefined && MaxResults > maximum)
    throw invalid('maxResults', MaxResults, `Member must have value less than or equal to ${maximum}`);
  const from = NextToken === undefined ? 0 : offsetOf(operation, NextToken);
  const to = from + (MaxResults ?? usual);
  return { items: items.slice(from, to), ...(to < items.length && { NextToken: tokenOf(operation, to) }) };
}

/** A refusal by AWS's own validation. */
export function invalid(member: string, value: unknown, constraint: string): ServiceError {
  return new ServiceError(
    'ValidationException',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}

function tokenOf(operation: string, offset: number): string {
  return Buffer.from(`${operation} ${offset}`).toString('base64');
}

function offsetOf(operation: string, token: string): number {
  const [of, offset] = Buffer.from(token, 'base64').toString().split(' ');
  if (of !== operation || offset === undefined)
    throw new ServiceError('InvalidNextToken', 'The specified token is not valid.');
  return Number(offset);
}
