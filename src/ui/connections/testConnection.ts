import type { ClientOptions, ZkClient } from '../../zk/client';
import { parseConnectString } from '../../zk/connectString';
import { ROOT } from '../../domain/znode/path';
import { firstOutcome, type FirstOutcome } from './firstOutcome';
import { messageOf } from '../../base/assert';
import { presenceOf } from '../../zk/presence';

export type TestOutcome = FirstOutcome | { readonly kind: 'noChroot'; readonly chroot: string };

type TestClient = Pick<ZkClient, 'state' | 'onDidChangeState' | 'connect' | 'close' | 'exists'>;

/** How long a test may take, in milliseconds. */
export const TEST_LIMIT_MS = 10_000;

/** Opens a session with a client of its own, looks for the chroot, and closes the session again. */
export async function testConnection(
  createClient: (options: ClientOptions) => TestClient,
  options: ClientOptions,
  signal: AbortSignal,
): Promise<TestOutcome> {
  const parsed = parseConnectString(options.connectString);
  if ('kind' in parsed) return { kind: 'refused', cause: parsed.kind };
  const client = createClient({ ...options, requestTimeoutMs: TEST_LIMIT_MS });
  try {
    const outcome = await firstOutcome({
      client,
      connecting: client.connect({ signal }),
      hostCount: parsed.hosts.length,
      limitMs: TEST_LIMIT_MS,
    });
    if (outcome.kind !== 'connected' || parsed.chroot === '') return outcome;
    const found = await presenceOf(client, ROOT, { signal });
    return found ? outcome : { kind: 'noChroot', chroot: parsed.chroot };
  } catch (error) {
    return { kind: 'refused', cause: messageOf(error) };
  } finally {
    client.close().catch(() => {}); // the outcome is known; the server ends what is left of it
  }
}
