import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { describe } from '@jest/globals';
import { describeSkipped } from '../skipped.ts';

/** Tests against moto, an AWS-compatible server of others: skipped by name where it is not installed. */
export function describeWithMoto(name: string, tests: () => void): void {
  if (spawnSync('moto_server', ['--help'], { timeout: 60_000 }).status === 0) describe(name, tests);
  else describeSkipped(name, 'moto_server is not installed here', tests);
}

/** How long it may take to begin, in milliseconds. */
const patience = 60_000;

/** A moto server of one account, on the loopback address. */
export class Moto {
  private constructor(
    private readonly server: ChildProcess,
    /** For `AWS_ENDPOINT_URL`. */
    readonly url: string,
  ) {}

  /** Resolves once it listens. Fails with what it printed where it does not. */
  static start(account: string): Promise<Moto> {
    const server = spawn('moto_server', ['-H', '127.0.0.1', '-p', '0'], {
      env: { ...process.env, MOTO_ACCOUNT_ID: account, PYTHONUNBUFFERED: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return new Promise((resolve, reject) => {
      let printed = '';
      const fail = (why: string) => {
        server.kill();
        reject(new Error(`moto_server ${why}: ${printed}`));
      };
      const timer = setTimeout(() => fail('did not begin in time'), patience);
      const read = (chunk: Buffer) => {
        printed += chunk;
        const [, url] = /Running on (http:\/\/127\.0\.0\.1:\d+)/.exec(printed) ?? [];
        if (url === undefined) return;
        clearTimeout(timer);
        // What it logs of each call is read, so that it never waits for a reader, and forgotten.
        for (const stream of [server.stdout, server.stderr]) stream.off('data', read).resume();
        resolve(new Moto(server, url));
      };
      for (const stream of [server.stdout, server.stderr]) stream.on('data', read);
      server.once('error', ({ message }) => fail(message));
      server.once('exit', (code) => {
        clearTimeout(timer);
        fail(`ended with ${code}`);
      });
    });
  }

  async stop(): Promise<void> {
    if (this.server.exitCode !== null) return;
    await new Promise((resolve) => {
      this.server.once('exit', resolve);
      this.server.kill('SIGKILL');
    });
  }
}
