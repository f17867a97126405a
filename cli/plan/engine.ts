import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, writeSync } from 'node:fs';
import { basename } from 'node:path';

/** How long an interrupted engine may take to give back its lock, in milliseconds. */
const defaultGraceMs = 30_000;

export interface EngineOptions {
  /** `terraform`, `tofu`, or the path of one. */
  readonly command: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Told what becomes of running processes when they are interrupted. */
  readonly tell: (text: string) => void;
  readonly graceMs?: number;
}

export interface EngineCall {
  readonly directory: string;
  readonly args: readonly string[];
  /** File that receives everything the engine prints, after what is there. */
  readonly log: string;
  /** File that receives standard output instead of the log. */
  readonly output?: string;
}

export type EngineResult = 'done' | 'failed' | 'interrupted';

/** Terraform or OpenTofu. None of its processes outlives this one. */
export class Engine {
  private readonly running = new Set<ChildProcess>();
  private readonly name: string;

  private constructor(private readonly options: EngineOptions) {
    this.name = basename(options.command);
  }

  /** An engine for as long as some work takes. */
  static async during<Result>(options: EngineOptions, work: (engine: Engine) => Promise<Result>): Promise<Result> {
    const engine = new Engine(options);
    let killing: NodeJS.Timeout | undefined;
    const interrupt = () => {
      engine.interrupt();
      killing = setTimeout(() => engine.kill(), options.graceMs ?? defaultGraceMs);
    };
    const end = () => engine.end();
    options.signal.addEventListener('abort', interrupt, { once: true });
    process.once('exit', end);
    try {
      return await work(engine);
    } finally {
      clearTimeout(killing);
      options.signal.removeEventListener('abort', interrupt);
      process.off('exit', end);
    }
  }

  async run({ directory, args, log: logFile, output: outputFile }: EngineCall): Promise<EngineResult> {
    const { command, environment, signal } = this.options;
    if (signal.aborted) return 'interrupted';
    // Written by the engine itself, so that nothing it says is lost whatever becomes of this process.
    const log = openSync(logFile, 'a');
    const output = outputFile === undefined ? log : openSync(outputFile, 'w');
    let child: ChildProcess | undefined;
    try {
      writeSync(log, `$ ${[this.name, ...args].join(' ')}\n`);
      child = spawn(command, [`-chdir=${directory}`, ...args], {
        stdio: ['ignore', output, log],
        // A process group of its own: Ctrl-C in the terminal must not reach it twice, which would break its lock.
        detached: true,
        env: { ...environment, TF_IN_AUTOMATION: '1', TF_INPUT: '0' },
      });
      this.running.add(child);
      const [code, killedBy] = (await once(child, 'close')) as [number | null, string | null];
      if (code === 0) return 'done';
      if (signal.aborted) return 'interrupted';
      if (killedBy !== null) writeSync(log, `\nError: ${this.name} was ended by ${killedBy}\n`);
      return 'failed';
    } catch (failure) {
      writeSync(log, `\n${failure}\n`);
      return 'failed';
    } finally {
      if (child !== undefined) this.running.delete(child);
      closeSync(log);
      if (output !== log) closeSync(output);
    }
  }

  private interrupt(): void {
    const count = this.running.size;
    if (count > 0)
      this.options.tell(
        `interrupted: waiting for ${count} ${this.name} to release ${count === 1 ? 'its lock' : 'their locks'}; Ctrl-C again ends ${count === 1 ? 'it' : 'them'} at once`,
      );
    for (const child of this.running) child.kill('SIGINT');
  }

  /** With the providers that it has started. */
  private kill(): void {
    for (const { pid } of this.running) {
      try {
        if (pid !== undefined) process.kill(-pid, 'SIGKILL');
      } catch {
        // It ended a moment ago.
      }
    }
  }

  /** This process ends before its engines have. */
  private end(): void {
    const count = this.running.size;
    if (count === 0) return;
    this.kill();
    this.options.tell(
      `ended ${count} ${this.name} at once; where a state stays locked, the next plan tells the id for ${this.name} force-unlock`,
    );
  }
}
