import { error, ProblemError } from '../../core/problem.ts';
import type { Gap, PlaceFacts } from '../facts.ts';
import type { Details, PatchStateSource, ReadRequest, SourceEvidence } from '../source.ts';
import { Accounts, type Identity } from './accounts.ts';
import { failureOf, NoEntry } from './failure.ts';
import { Gaps } from './gaps.ts';
import { Interruption } from './interruption.ts';
import { type AwsSourceOptions, defaults } from './options.ts';
import { readPlace } from './place.ts';
import { enterPlace } from './place-session.ts';
import { loadSdk } from './sdk.ts';
import { Session } from './session.ts';

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
    const session = new Session(await loadSdk(), interruption, options, mainRegionOf(options.places[0]?.region ?? ''));
    try {
      const accounts = new Accounts(session, options.profile, options.now);
      if (!interruption.signal.aborted) await this.checkCredentials(accounts);
      yield* this.inTurn((place) => this.read(place, request, { session, accounts, interruption }));
    } finally {
      interruption.end();
      session.end();
      this.ended = options.now();
    }
  }

  /** As many places at once as there may be calls at once: each of them has a call under way at any time. */
  private async *inTurn(read: (place: PlaceOptions) => Promise<PlaceFacts>): AsyncGenerator<PlaceFacts> {
    const waiting = [...this.options.places];
    const running = new Map<PlaceOptions, Promise<{ readonly place: PlaceOptions; readonly facts: PlaceFacts }>>();
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
      yield facts;
    }
  }

  /** Where no place has credentials, that is one problem, not one for each place. */
  private async checkCredentials(accounts: Accounts): Promise<void> {
    const { places, profile } = this.options;
    const profiles = [...new Set(places.map((place) => place.profile ?? profile))];
    const checks = profiles.map((name) => accounts.enter(name === undefined ? {} : { profile: name }).identity());
    const found = await Promise.allSettled(checks);
    const refused = found.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
    const [first] = found.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    this.principal = first?.arn;
    const nobody = refused.every((reason) => reason instanceof NoEntry && /-credentials$/.test(reason.reason));
    if (first !== undefined || profiles.length === 0 || !nobody) return;
    const messages = [...new Set(refused.map((reason) => failureOf(reason).message))];
    const fix = 'log in, set AWS_PROFILE, or name a profile with --profile';
    throw new ProblemError(
      messages.map((message) => ({
        ...error('compliance/aws-credentials', `AWS must know who asks: ${message}`, fix),
        path: 'AWS',
      })),
    );
  }

  private async read(
    context: PlaceOptions,
    request: ReadRequest,
    {
      session,
      accounts,
      interruption,
    }: {
      readonly session: Session;
      readonly accounts: Accounts;
      readonly interruption: Interruption;
    },
  ): Promise<PlaceFacts> {
    const { options } = this;
    const { region, declared, profile = options.profile } = context;
    const observed = options.now();
    const gaps = new Gaps(interruption);
    const entry = accounts.enter(context);
    let identity: Identity;
    try {
      identity = await entry.identity();
      checkAccount(identity, context);
    } catch (failure) {
      const { reason, message } = interruption.reason ?? failureOf(failure);
      return unread(context, observed, { area: 'place', reason, message });
    }
    const place = enterPlace(session, entry, { region, profile, gaps, options });
    if (entry.assumesRole) place.permissions.add('sts:AssumeRole');
    const days = options.executionDays ?? defaults.executionDays;
    const read = await readPlace(place, request, {
      declared,
      executionsSince: new Date(observed.getTime() - days * 86_400_000),
    });
    return {
      place: { account: identity.account, region },
      observedAt: observed.toISOString(),
      permissions: [...place.permissions].sort(),
      ...read,
      gaps: gaps.list(),
    };
  }
}

/** Never takes what another account has for what this one has. */
function checkAccount({ account, arn }: Identity, wanted: PlaceOptions): void {
  if (wanted.account === 'current' || wanted.account === account) return;
  throw new NoEntry(
    'no-credentials',
    `the credentials belong to account ${account} (${arn}), not to ${wanted.account}; give the account an assumeRoleArn or a profile`,
  );
}

/** A place of which nothing is known but what is declared there. */
function unread({ account, region, declared }: PlaceOptions, observed: Date, gap: Gap): PlaceFacts {
  return {
    place: { account, region },
    observedAt: observed.toISOString(),
    permissions: [],
    instances: Object.entries(declared)
      .map(([declaredAs, instanceId]) => ({ instanceId, declaredAs }))
      .sort((a, b) => (a.instanceId < b.instanceId ? -1 : 1)),
    baselines: [],
    patchGroups: [],
    availablePatches: [],
    windows: [],
    gaps: [gap],
  };
}

function mainRegionOf(region: string): string {
  if (region.startsWith('cn-')) return 'cn-north-1';
  return region.startsWith('us-gov-') ? 'us-gov-west-1' : 'us-east-1';
}
