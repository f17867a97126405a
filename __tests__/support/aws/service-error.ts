import type { Service } from './sdk-model.ts';
import { escapeXml, toJson } from './wire.ts';

/** A refusal, in the words of the service that refuses. */
export class ServiceError extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly status = 400,
  ) {
    super(message);
  }
}

/** The same refusal has another name and status in each protocol. */
export const refusals = {
  throttled: {
    ssm: () => new ServiceError('ThrottlingException', 'Rate exceeded'),
    ec2: () => new ServiceError('RequestLimitExceeded', 'Request limit exceeded.', 503),
    sts: () => new ServiceError('Throttling', 'Rate exceeded'),
  },
  expired: {
    ssm: () => new ServiceError('ExpiredTokenException', 'The security token included in the request is expired'),
    ec2: () => new ServiceError('RequestExpired', 'Request has expired.'),
    sts: () => new ServiceError('ExpiredToken', 'The security token included in the request is expired', 403),
  },
  unknownClient: {
    ssm: () =>
      new ServiceError('UnrecognizedClientException', 'The security token included in the request is invalid.'),
    ec2: () => new ServiceError('AuthFailure', 'AWS was not able to validate the provided access credentials', 401),
    sts: () => new ServiceError('InvalidClientTokenId', 'The security token included in the request is invalid', 403),
  },
} as const satisfies Record<string, Record<Service, () => ServiceError>>;

export function accessDenied(service: Service, operation: string, account: string, resource?: string): ServiceError {
  const who = `arn:aws:sts::${account}:assumed-role/patchfleet/patchfleet`;
  const why = `because no identity-based policy allows the ${service}:${operation} action`;
  switch (service) {
    case 'ssm':
      return new ServiceError(
        'AccessDeniedException',
        `User: ${who} is not authorized to perform: ssm:${operation} on resource: arn:aws:ssm:eu-west-1:${account}:* ${why}`,
      );
    case 'ec2':
      return new ServiceError(
        'UnauthorizedOperation',
        `You are not authorized to perform this operation. User: ${who} is not authorized to perform: ec2:${operation} ${why}`,
        403,
      );
    default:
      return new ServiceError(
        'AccessDenied',
        `User: ${who} is not authorized to perform: sts:${operation} on resource: ${resource}`,
        403,
      );
  }
}

/** As each service writes its refusals. */
export function errorBody(service: Service, { code, message, status }: ServiceError, requestId: string): string {
  if (service === 'ssm') return toJson({ __type: code, message });
  const error = `<Code>${code}</Code><Message>${escapeXml(message)}</Message>`;
  if (service === 'ec2')
    return `<?xml version="1.0" encoding="UTF-8"?><Response><Errors><Error>${error}</Error></Errors><RequestID>${requestId}</RequestID></Response>`;
  const type = status >= 500 ? 'Receiver' : 'Sender';
  return `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>${type}</Type>${error}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
}
