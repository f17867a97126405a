import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PlanOptions, plan } from '../../../cli/plan/plan.ts';
import { readSummary } from '../../../cli/plan/summary.ts';
import { temporaryDirectory } from '../../support/command.ts';

/**
 * Stands for Terraform: `fake-engine -chdir=DIRECTORY STEP …`. It writes what it does to the file CALLS, a line each, and
 * fails, hangs or babbles as the environment says: FAIL='a:plan b:init', HANG=plan, STUBBORN=1, BABBLE=1. With MEET=plan the
 * first call of a step waits for another one to run beside it, ten seconds at most.
 */
const script = `#!/bin/sh
if [ "$1" = version ]; then
  [ -z "$VERSION_FAILS" ] || { echo "cannot execute: wrong architecture" >&2; exit 126; }
  exit 0
fi
stack=\${1##*/} step=$2
tell() { echo "$1 $step $stack \${2:-$$}" >> "$CALLS"; }
if [ "$HANG" = "$step" ]; then
  # Terraform starts its providers as processes of its own.
  sleep 60 & provider=$!
  tell provider $provider
  if [ -n "$STUBBORN" ]; then
    trap 'tell interrupted' INT
  else
    # It takes a moment to give back the lock of a state.
    trap 'tell interrupted; echo Interrupt received.; sleep 0.1; kill $provider; tell released; exit 1' INT
  fi
  tell start
  while kill -0 $provider; do wait $provider; done
fi
tell start
tries=0
while [ "$MEET" = "$step" ] && [ "$(grep -c "^start $step " "$CALLS")" -lt 2 ] && [ $tries -lt 500 ]; do
  sleep 0.02
  tries=$((tries + 1))
done
[ "$step" != init ] || [ ! -d "$TF_PLUGIN_CACHE_DIR" ] || tell cached
sleep 0.02
case " $FAIL " in
  *" $stack:$step "*) printf '\\nError: %s is not possible\\n\\nbecause of the test\\n' "$step" >&2; tell end; exit 1 ;;
esac
case $step in
  show) [ -z "$BABBLE" ] || printf 'warning: {'; cat "\${0%/*}/plan.json" ;;
  *) echo "$step went well" ;;
esac
for argument; do case $argument in -out=*) echo plan > "\${argument#-out=}" ;; esac; done
tell end
`;

const plannedByFake = {
  resource_changes: [['create'], ['create'], ['no-op'], ['delete', 'create']].map((actions) => ({
    change: { actions },
  })),
  output_changes: { patch_manager: { actions: ['create'] } },
};

/** What the fake engine did, one call after another. */
export interface FakeEvent {
  readonly what: string;
  readonly step: string;
  readonly stack: string;
  readonly pid: number;
}

/** A directory with a fake engine, some stacks, and the plans made of them. */
export class Fake {
  readonly directory = temporaryDirectory();
  readonly out = join(this.directory, 'plans');
  readonly engine = join(this.directory, 'fake-engine');
  private readonly calls = join(this.directory, 'calls');

  constructor() {
    writeFileSync(this.engine, script);
    chmodSync(this.engine, 0o755);
    writeFileSync(join(this.directory, 'plan.json'), JSON.stringify(plannedByFake));
  }

  environment(knobs: Readonly<Record<string, string | undefined>> = {}): Record<string, string | undefined> {
    return { ...process.env, TF_PLUGIN_CACHE_DIR: undefined, CALLS: this.calls, ...knobs };
  }

  /** Writes the only file of a stack. */
  synthesise(stackId: string, text = '{}'): { readonly stackId: string; readonly directory: string } {
    const directory = join(this.directory, 'cdktf.out', 'stacks', stackId);
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, 'cdk.tf.json'), text);
    return { stackId, directory };
  }

  /** Plans some stacks in this process. */
  async plan(
    stacks: readonly string[],
    options: Partial<PlanOptions> & { readonly knobs?: Readonly<Record<string, string>> } = {},
  ) {
    const lines = { out: [] as string[], err: [] as string[] };
    const earlier = readSummary(this.out);
    if (typeof earlier === 'string') throw new Error(earlier);
    const exitCode = await plan(
      { out: (text) => lines.out.push(text), err: (text) => lines.err.push(text) },
      {
        stacks: stacks.map((stack) => this.synthesise(stack)),
        earlier,
        resume: false,
        partly: false,
        out: this.out,
        parallel: 4,
        engine: this.engine,
        pluginCache: join(this.directory, 'cache'),
        signal: new AbortController().signal,
        environment: this.environment(options.knobs),
        now: () => 0,
        ...options,
      },
    );
    return { exitCode, out: lines.out.join('\n'), err: lines.err };
  }

  events(): FakeEvent[] {
    if (!existsSync(this.calls)) return [];
    const lines = readFileSync(this.calls, 'utf8').trimEnd().split('\n');
    return lines.map((line) => {
      const [what = '', step = '', stack = '', pid] = line.split(' ');
      return { what, step, stack, pid: Number(pid) };
    });
  }

  /** `start init a`, in the order in which things happened. */
  told(...what: string[]): string[] {
    return this.events()
      .filter((event) => what.includes(event.what))
      .map(({ what, step, stack }) => `${what} ${step} ${stack}`);
  }

  summary(): { readonly version: number; readonly stacks: readonly Record<string, unknown>[] } {
    return JSON.parse(readFileSync(join(this.out, 'summary.json'), 'utf8'));
  }

  /** `a planned`. */
  statuses(): string[] {
    return this.summary().stacks.map(({ stack, status }) => `${stack} ${status}`);
  }
}

/** Waits until something holds, at most ten seconds. */
export async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 500) throw new Error('it has not happened within ten seconds');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Whether a process is there; one that has ended and waits for its parent to notice is not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const status = `/proc/${pid}/stat`;
  return !existsSync(status) || !/\) Z /.test(readFileSync(status, 'utf8'));
}
