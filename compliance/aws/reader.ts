import { error, ProblemError } from '../../core/problem.ts';
import type { PlaceFacts } from '../facts.ts';
import type { ReadRequest } from '../source.ts';
import { Accounts, type Identity } from './accounts.ts';
import type { Action } from './actions.ts';
import { failureOf, NoEntry } from './failure.ts';
import { Gaps } from './gaps.ts';
import type { Interruption } from './interruption.ts';
import { type AwsSourceOptions, defaults } from './options.ts';
import { readPlace } from './place.ts';
import { enterPlace } from './place-session.ts';
import { Session } from './session.ts';

type PlaceOptions = AwsSourceOptions['places'][number];

// The SDK tells Node 20 of versions to come; which one is used is for us to say, and not for who runs it to mend.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

/** Reads places with the SDK, which takes half a second to load: only what really asks AWS may import this. */
export class Reader {
  private readonly session: Session;
  private readonly accounts: Accounts;
  /** Of places that name none. */
  private readonly profile: string | undefined;

  constructor(
    private readonly options: AwsSourceOptions,
    private readonly interruption: Interruption,
  ) {
    // Who names one there means it as with --profile.
    this.profile = options.profile || process.env.AWS_PROFILE || undefined;
    this.session = new Session(interruption, options);
    this.accounts = new Accounts(this.session, this.profile, options.now);
  }

  /** Who asks. Where no place has credentials, that is one problem, not one for each place. */
  async principal(): Promise<string | undefined> {
    const askers = new Map(
      this.options.places.map((place) => [this.accounts.asker(place), place.profile ?? this.profile]),
    );
    const found = await Promise.allSettled([...askers.keys()].map((entry) => entry.identity()));
    // Who was interrupted is not who is not logged in.
    if (this.interruption.signal.aborted) return undefined;
    const profiles = [...askers.values()];
    const refused = found.flatMap((result, index) =>
      result.status === 'rejected' ? [{ ...failureOf(result.reason), fix: logIn(profiles[index]) }] : [],
    );
    const [first] = found.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    if (first !== undefined || !refused.every(({ reason }) => reason.endsWith('-credentials'))) return first?.arn;
    const fixes = new Map(refused.map(({ message, fix }) => [message, fix]));
    if (fixes.size === 0) return undefined;
    throw new ProblemError(
      [...fixes].map(([message, fix]) => ({
        ...error('compliance/aws-credentials', `AWS must know who asks: ${message}`, fix),
        path: 'AWS',
      })),
    );
  }

  /** One place. What cannot be read is a gap. Nothing for a place that is to be left out. */
  async read(context: PlaceOptions, request: ReadRequest): Promise<PlaceFacts | undefined> {
    const { options, interruption } = this;
    const { region, declared, profile = this.profile } = context;
    const observed = options.now();
    const isLeftOut = (account: string) =>
      request.except?.some((place) => place.account === account && place.region === region) ?? false;
    if (isLeftOut(context.account)) return undefined;
    const entry = this.accounts.enter(context);
    let identity: Identity;
    try {
      interruption.signal.throwIfAborted();
      identity = await entry.identity();
      checkAccount(identity, context);
    } catch (failure) {
      return unread(context, observed, { ...(interruption.reason ?? failureOf(failure)), asked: entry.asked() });
    }
    // The current account is known by its number only now.
    if (isLeftOut(identity.account)) return undefined;
    const gaps = new Gaps(interruption);
    const place = enterPlace(this.session, entry, { region, profile, gaps, options });
    const days = options.executionDays ?? defaults.executionDays;
    const executionsSince = new Date(observed.getTime() - days * 86_400_000);
    const read = await readPlace(place, request, { declared, executionsSince });
    return {
      place: { account: identity.account, region },
      observedAt: observed.toISOString(),
      permissions: [...place.permissions].sort(),
      ...read,
      gaps: gaps.list(),
    };
  }

  /** Closes every connection. */
  end(): void {
    this.session.end();
  }
}

/** What helps whoever has no credentials. */
function logIn(profile: string | undefined): string {
  return profile === undefined
    ? 'log in, set AWS_PROFILE, or name a profile with --profile'
    : 'log in with that profile, or name another one; aws configure list-profiles tells which there are';
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
function unread(
  { account, region, declared }: PlaceOptions,
  observed: Date,
  { reason, message, asked }: ReturnType<typeof failureOf> & { readonly asked: readonly Action[] },
): PlaceFacts {
  return {
    place: { account, region },
    observedAt: observed.toISOString(),
    permissions: [...asked].sort(),
    instances: Object.entries(declared)
      .map(([declaredAs, instanceId]) => ({ instanceId, declaredAs }))
      .sort((a, b) => (a.instanceId < b.instanceId ? -1 : 1)),
    baselines: [],
    patchGroups: [],
    availablePatches: [],
    windows: [],
    gaps: [{ area: 'place', reason, message }],
  };
}
