import { once } from 'node:events';
import { isMainThread, type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { Problem } from '../core/problem.ts';
import type { Deployment } from '../fleet/deployment.ts';
import type { PatchfleetApp } from '../modules/tf/app.ts';

/** What a worker is told, one after the other: which stacks are its share, and to write them. */
export type ToShare = readonly Deployment[] | 'write';

/** The first answer: what keeps the stacks of the share from being written. */
export interface CheckedShare {
  readonly errors: readonly Problem[];
}

/** The last answer: the part of the manifest that is about the share. */
export interface WrittenShare {
  readonly stacks: PatchfleetApp['manifest']['stacks'];
}

/** Marks a worker as one of these; the program around may have others. */
export const shareMark = 'patchfleet/share';

/** This file as it runs, compiled or bundled, is what a worker runs. Sources that run as they are can have no worker. */
export const shareUrl = import.meta.url.endsWith('.ts') ? undefined : new URL(import.meta.url);

async function work(port: MessagePort): Promise<void> {
  // The framework takes its time to load: all workers, and whoever started them, do so at once.
  const [{ createClosedApp }, deployments] = await Promise.all([import('./closed-app.ts'), told(port)]);
  const app = createClosedApp(deployments as readonly Deployment[]);
  const write = told(port);
  port.postMessage({ errors: app.errors() } satisfies CheckedShare);
  await write;
  app.writeChecked();
  port.postMessage({ stacks: app.manifest.stacks } satisfies WrittenShare);
}

async function told(port: MessagePort): Promise<ToShare> {
  const [message] = await once(port, 'message');
  return message as ToShare;
}

if (!isMainThread && workerData === shareMark && parentPort !== null) void work(parentPort);
