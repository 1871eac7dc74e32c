import type { ClientOptions, ConnectionState, WatchEvent, ZkClient } from '../../src/zk/client';
import { createNodeClient } from '../../src/zk/nodeClient';
import type { ZPath } from '../../src/domain/znode/path';

export const bytes = (text: string): Uint8Array => Buffer.from(text);
export const text = (data: Uint8Array): string => Buffer.from(data).toString('utf8');
export const path = (text: string): ZPath => text as ZPath;

/** A client with everything that it reported. */
export interface Watched {
  readonly client: ZkClient;
  readonly events: WatchEvent[];
  readonly states: ConnectionState[];
}

const open = new Set<ZkClient>();

/** A client that `closeAll` closes; `states` begins with the first change. */
export function newClient(connectString: string, options: Partial<ClientOptions> = {}): Watched {
  const client = createNodeClient({ connectString, sessionTimeoutMs: 4_000, ...options });
  open.add(client);
  const events: WatchEvent[] = [];
  const states: ConnectionState[] = [];
  client.onDidSeeWatch((event) => events.push(event));
  client.onDidChangeState((state) => states.push(state));
  return { client, events, states };
}

export async function connected(
  connectString: string,
  options: Partial<ClientOptions> = {},
): Promise<Watched> {
  const watched = newClient(connectString, options);
  await watched.client.connect();
  return watched;
}

export async function closeAll(): Promise<void> {
  const clients = [...open];
  open.clear();
  await Promise.all(clients.map((client) => client.close()));
}

/** Waits until `condition` holds; fails with `what` after `timeoutMs`. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  timeoutMs = 10_000,
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** The error that a promise rejects with. */
export async function errorOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error('expected a rejection');
}
