import { existsSync, readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { App, type AppConfig } from 'cdktf';
import { refuseUnknownDay } from '../../core/day.ts';
import { type Problem, ProblemError } from '../../core/problem.ts';
import './array-check.ts';
import { problemsOf } from './construct-checks.ts';
import { withoutCreationTraces } from './creation-traces.ts';

/**
 * A CDKTF application that looks at every stack before it writes the first one. The framework's own `App` stops at the
 * first invalid stack and leaves the ones before it on disk.
 */
export class PatchfleetApp extends App {
  private readonly createdDirectories: readonly string[];

  /** @param config the framework's own; `outdir` defaults to `cdktf.out`, or what the CDKTF CLI asks for. */
  constructor(config: AppConfig = {}) {
    const outdir = config.outdir ?? process.env.CDKTF_OUTDIR ?? 'cdktf.out';
    // The framework makes these two directories in its constructor, before anything is known to be right.
    const directories = [join(outdir, 'stacks'), outdir];
    const missing = directories.filter((directory) => !existsSync(directory));
    super({ ...config, outdir });
    this.createdDirectories = missing;
  }

  /**
   * Every problem of every stack. `asOf` (an ISO date or instant) adds those that depend on the day.
   * @throws RangeError where it is neither
   */
  problems(asOf?: string): Problem[] {
    refuseUnknownDay(asOf);
    return problemsOf(this, asOf);
  }

  /** Those that keep it from being written. */
  errors(): Problem[] {
    return this.problems().filter((problem) => problem.severity === 'error');
  }

  /** Writes all stacks. @throws ProblemError with every error of every stack, and then nothing is written. */
  override synth(): void {
    this.refuse(this.errors());
    this.writeChecked();
  }

  /** Ends in a ProblemError where there are errors, and takes away the directories that were made for nothing. */
  refuse(errors: readonly Problem[]): void {
    if (errors.length === 0) return;
    for (const directory of this.createdDirectories) removeIfEmpty(directory);
    throw new ProblemError(errors);
  }

  /** Writes all stacks, for a caller that knows of their errors already. */
  writeChecked(): void {
    withoutCreationTraces(() => super.synth());
  }
}

function removeIfEmpty(directory: string): void {
  if (existsSync(directory) && readdirSync(directory).length === 0) rmdirSync(directory);
}
