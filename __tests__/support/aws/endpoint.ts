import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answer, Unfaithful } from './answer.ts';
import { type Fault, type Faults, requestBehind } from './faults.ts';
import type { SimulatedFleet, SimulatedPlace } from './fleet.ts';
import { Random } from './random.ts';
import { findOperation, type Operation, type Service } from './sdk-model.ts';
import { accessDenied, errorBody, refusals, ServiceError } from './service-error.ts';
import { Sessions } from './sts.ts';
import { fromForm, fromJson, toJson, toXml } from './wire.ts';

export interface EndpointOptions {
  readonly fleet: SimulatedFleet;
  readonly faults?: Faults;
  /** How long every answer takes, in milliseconds. Default: as short as it can be. */
  readonly latencyMs?: number;
}

/** A call as it was answered. */
export interface LoggedCall {
  /** As policies name it: `ssm:DescribeInstancePatches`. */
  readonly action: string;
  readonly account: string;
  readonly region: string;
  readonly fault?: Fault['kind'];
}

/**
 * Systems Manager, EC2 and STS in one server, for the real SDK to talk to. It listens on the loopback address alone, and
 * does not keep its process alive: it ends with it, if nobody ends it before.
 */
export class Endpoint {
  readonly calls: LoggedCall[] = [];
  /** What broke the SDK's models, on either side. */
  readonly unfaithful: string[] = [];
  /** How many calls were under way together. */
  readonly mostAtOnce = { overall: 0, perPlace: 0 };
  private readonly underWay = new Map<string, number>();
  private readonly sessions = new Sessions();
  private readonly attempts = new Map<string, number>();
  private readonly requestIds = new Random('requests');
  private readonly places: ReadonlyMap<string, SimulatedPlace>;
  private readonly server = createServer((request, response) => void this.serve(request, response));

  private constructor(private readonly options: EndpointOptions) {
    this.places = new Map(options.fleet.places.map((place) => [`${place.account} ${place.region}`, place]));
    this.server.keepAliveTimeout = 60_000;
    this.server.on('connection', (socket) => socket.unref());
  }

  /** Runs an endpoint for as long as some work takes. Fails, too, where the wire broke the SDK's models. */
  static async during<Result>(
    options: EndpointOptions,
    work: (endpoint: Endpoint) => Promise<Result>,
  ): Promise<Result> {
    const endpoint = await Endpoint.start(options);
    try {
      const result = await work(endpoint);
      if (endpoint.unfaithful.length > 0) throw new Error(endpoint.unfaithful.join('\n'));
      return result;
    } finally {
      await endpoint.stop();
    }
  }

  static async start(options: EndpointOptions): Promise<Endpoint> {
    const endpoint = new Endpoint(options);
    await new Promise<void>((resolve, reject) => {
      endpoint.server.once('error', reject);
      endpoint.server.listen(0, '127.0.0.1', resolve);
    });
    endpoint.server.unref();
    return endpoint;
  }

  /** For `AWS_ENDPOINT_URL`. */
  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** How many calls there were, by action. */
  get counts(): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { action } of this.calls) counts[action] = (counts[action] ?? 0) + 1;
    return counts;
  }

  /** Connections that are open now. */
  connections(): Promise<number> {
    return new Promise((resolve, reject) =>
      this.server.getConnections((error, count) => (error === null ? resolve(count) : reject(error))),
    );
  }

  async stop(): Promise<void> {
    await new Promise((resolve) => {
      this.server.close(resolve);
      this.server.closeAllConnections();
    });
  }

  /** Counts a call while it is answered. */
  private enter(place: string): () => void {
    const here = (this.underWay.get(place) ?? 0) + 1;
    this.underWay.set(place, here);
    const overall = [...this.underWay.values()].reduce((sum, count) => sum + count, 0);
    this.mostAtOnce.overall = Math.max(this.mostAtOnce.overall, overall);
    this.mostAtOnce.perPlace = Math.max(this.mostAtOnce.perPlace, here);
    return () => this.underWay.set(place, (this.underWay.get(place) ?? 1) - 1);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { accessKeyId, region, service } = scopeOf(request);
    const requestId = this.requestIds.uuid();
    const send = (status: number, body: string) => write(response, service, { status, body, requestId });
    const leave = this.enter(`${accessKeyId} ${region}`);
    try {
      const text = await bodyOf(request);
      const [operation, asked] = read(service, request, text);
      const token = headerOf(request, 'x-amz-security-token');
      const session = this.sessions.identify(service, accessKeyId, token);
      const { account } = session;
      const key = JSON.stringify([account, region, operation.name, requestBehind(asked)]);
      const attempt = this.attempts.get(key) ?? 0;
      this.attempts.set(key, attempt + 1);
      const call = { service, operation: operation.name, account, region, request: asked, attempt };
      const fault = this.options.faults?.({ ...call, callsOfSession: session.calls++ });
      const action = `${service}:${operation.name}`;
      this.calls.push({ action, account, region, ...(fault !== undefined && { fault: fault.kind }) });
      await delay((this.options.latencyMs ?? 0) + (fault?.kind === 'slow' ? fault.ms : 0));
      if (fault !== undefined) refuse(fault, operation, account, asked);
      if (fault?.kind === 'cut' && !fault.within) return void request.socket.destroy();
      const place = this.places.get(`${account} ${region}`) ?? empty(account, region);
      const answered = answer(operation, asked, { place, session, sessions: this.sessions, fault });
      const body = service === 'ssm' ? toJson(answered) : toXml(operation, answered, requestId);
      if (fault?.kind === 'cut' || fault?.kind === 'stalled') return break_(fault.kind, response, body);
      if (fault?.kind === 'garbled') return send(fault.status ?? 200, fault.body ?? '<html>a proxy speaks');
      send(200, body);
    } catch (error) {
      if (error instanceof Unfaithful) this.unfaithful.push(error.message);
      const refusal = error instanceof ServiceError ? error : new ServiceError('InternalFailure', String(error), 500);
      send(refusal.status, errorBody(service, refusal, requestId));
    } finally {
      leave();
    }
  }
}

function refuse(
  fault: Fault,
  { service, name }: Operation,
  account: string,
  request: Readonly<Record<string, unknown>>,
) {
  switch (fault.kind) {
    case 'throttled':
      throw refusals.throttled[service]();
    case 'expired-token':
      throw refusals.expired[service]();
    case 'region-disabled':
      throw refusals.unknownClient[service]();
    case 'access-denied':
      throw accessDenied(service, name, account, String(request.RoleArn ?? '*'));
    case 'server-error':
      throw new ServiceError(
        service === 'ssm' ? 'InternalServerError' : 'InternalError',
        'An internal error',
        fault.status,
      );
  }
}

function break_(kind: 'cut' | 'stalled', response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-length': Buffer.byteLength(body) + 1 });
  response.write(body.slice(0, body.length / 2), () => kind === 'cut' && response.socket?.destroy());
}

function write(
  response: ServerResponse,
  service: Service,
  { status, body, requestId }: { readonly status: number; readonly body: string; readonly requestId: string },
): void {
  response.writeHead(status, {
    'content-type': service === 'ssm' ? 'application/x-amz-json-1.1' : 'text/xml;charset=UTF-8',
    'content-length': Buffer.byteLength(body),
    'x-amzn-requestid': requestId,
  });
  response.end(body);
}

/** The operation, and what is asked of it. */
function read(
  service: Service,
  request: IncomingMessage,
  text: string,
): [Operation, Readonly<Record<string, unknown>>] {
  const form = new URLSearchParams(text);
  const name = service === 'ssm' ? headerOf(request, 'x-amz-target')?.replace(/^AmazonSSM\./, '') : form.get('Action');
  const operation = findOperation(service, name ?? '');
  if (operation === undefined) throw new Unfaithful(`${service} has no operation ${name}`);
  return [
    operation,
    service === 'ssm' ? (fromJson(operation.input, JSON.parse(text)) as never) : fromForm(operation, form),
  ];
}

/** Who signed, and for what. The signature itself is not checked. */
function scopeOf(request: IncomingMessage) {
  const authorization = headerOf(request, 'authorization') ?? '';
  const [, accessKeyId = '', region = '', service = ''] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/\d{8}\/([\w-]+)\/(\w+)\/aws4_request, /.exec(authorization) ?? [];
  return { accessKeyId, region, service: service as Service };
}

function headerOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function delay(ms: number): Promise<void> {
  return new Promise((resolve) => (ms > 0 ? setTimeout(resolve, ms).unref() : resolve()));
}

function empty(account: string, region: string): SimulatedPlace {
  return { account, region, instances: [], baselines: [], patchGroups: [], availablePatches: [], windows: [] };
}
