import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { Endpoint } from './endpoint.ts';
import { keysOf } from './sts.ts';

/** Temporary credentials of the role `machine` in an account of an endpoint. */
async function temporary(endpoint: Endpoint, account: string) {
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = keysOf(account);
  const sts = new STSClient({
    region: 'eu-west-1',
    endpoint: endpoint.url,
    credentials: { accessKeyId, secretAccessKey },
  });
  const RoleArn = `arn:aws:iam::${account}:role/machine`;
  const { Credentials } = await sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'session' }));
  sts.destroy();
  return Credentials as NonNullable<typeof Credentials>;
}

/**
 * What hands out credentials around an endpoint: to containers, for web identity, and of IAM Identity Center. All that is
 * asked of STS otherwise is passed on.
 */
export class CredentialsServer {
  /** What was asked for: `container`, `web identity`, `sso`. */
  readonly asked: string[] = [];
  private readonly server = createServer(async (request, response) => {
    const [type, body] = await this.answer(request);
    response.setHeader('content-type', type).end(body);
  });

  private constructor(
    private readonly endpoint: Endpoint,
    private readonly account: string,
  ) {}

  /** Hands out credentials of this account for as long as some work takes. */
  static async during<Result>(
    endpoint: Endpoint,
    account: string,
    work: (handsOut: CredentialsServer) => Promise<Result>,
  ): Promise<Result> {
    const handsOut = new CredentialsServer(endpoint, account);
    const { server } = handsOut;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    try {
      return await work(handsOut);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  private async answer(request: IncomingMessage): Promise<[type: string, body: string]> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const { url = '', headers } = request;
    const isWebIdentity = body.includes('Action=AssumeRoleWithWebIdentity');
    if (url === '/' && !isWebIdentity) {
      const { 'content-type': type = '', authorization = '', 'x-amz-security-token': token } = headers;
      const signed = {
        'content-type': type,
        authorization,
        ...(token !== undefined && { 'x-amz-security-token': `${token}` }),
      };
      const passedOn = await fetch(this.endpoint.url, { method: 'POST', headers: signed, body });
      return [passedOn.headers.get('content-type') ?? '', await passedOn.text()];
    }
    this.asked.push(isWebIdentity ? 'web identity' : url.startsWith('/federation') ? 'sso' : 'container');
    const {
      AccessKeyId = '',
      SecretAccessKey = '',
      SessionToken = '',
      Expiration,
    } = await temporary(this.endpoint, this.account);
    const end = Expiration?.toISOString() ?? '';
    if (isWebIdentity)
      return [
        'text/xml',
        `<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult>
        <Credentials><AccessKeyId>${AccessKeyId}</AccessKeyId><SecretAccessKey>${SecretAccessKey}</SecretAccessKey>
        <SessionToken>${SessionToken}</SessionToken><Expiration>${end}</Expiration></Credentials>
        </AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>`,
      ];
    const keys = url.startsWith('/federation')
      ? {
          roleCredentials: {
            accessKeyId: AccessKeyId,
            secretAccessKey: SecretAccessKey,
            sessionToken: SessionToken,
            expiration: Expiration?.getTime(),
          },
        }
      : { AccessKeyId, SecretAccessKey, Token: SessionToken, Expiration: end };
    return ['application/json', JSON.stringify(keys)];
  }
}
