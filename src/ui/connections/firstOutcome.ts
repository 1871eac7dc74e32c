import { messageOf } from '../../base/assert';
import { within } from '../../base/async';
import type { Disposable } from '../../base/disposable';
import type { ConnectionState, ZkClient } from '../../zk/client';
import { ZkError } from '../../zk/errors';

/** What came out of connecting for the first time. */
export type FirstOutcome =
  | { readonly kind: 'connected' }
  /** Every host was tried once, or trying is hopeless. */
  | { readonly kind: 'refused'; readonly cause: string }
  | { readonly kind: 'noAnswer'; readonly seconds: number }
  | { readonly kind: 'authFailed' }
  /** By us, before anything came out. */
  | { readonly kind: 'closed' };

export interface Attempt {
  readonly client: Pick<ZkClient, 'state' | 'onDidChangeState'>;
  /** What the client's `connect()` returned. It may stay pending while the client goes on trying. */
  readonly connecting: Promise<void>;
  readonly hostCount: number;
  readonly limitMs: number;
}

/** Waits until the first session stands, each host has failed once, or the time is up. */
export async function firstOutcome(attempt: Attempt): Promise<FirstOutcome> {
  const { client, connecting, hostCount, limitMs } = attempt;
  let subscription: Disposable | undefined;
  const outcome = new Promise<FirstOutcome>((resolve) => {
    const judge = (state: ConnectionState): void => {
      const final = outcomeOf(state, hostCount);
      if (final) resolve(final);
    };
    subscription = client.onDidChangeState(judge);
    connecting.then(
      () => resolve({ kind: 'connected' }),
      (error: unknown) => resolve(outcomeOfError(error)),
    );
    judge(client.state);
  });
  try {
    return (await within(limitMs, outcome)) ?? late(client.state, limitMs);
  } finally {
    subscription?.dispose();
  }
}

function outcomeOf(state: ConnectionState, hostCount: number): FirstOutcome | undefined {
  switch (state.kind) {
    case 'connecting': {
      const { attempt, cause } = state;
      return cause !== undefined && attempt > hostCount ? { kind: 'refused', cause } : undefined;
    }
    case 'authFailed':
    case 'closed':
      return { kind: state.kind };
    default:
      return undefined;
  }
}

function outcomeOfError(error: unknown): FirstOutcome {
  if (ZkError.is(error, 'AuthFailed')) return { kind: 'authFailed' };
  const aborted = error instanceof Error && error.name === 'AbortError';
  if (aborted || ZkError.is(error, 'Closed')) return { kind: 'closed' };
  return { kind: 'refused', cause: messageOf(error) };
}

function late(state: ConnectionState, limitMs: number): FirstOutcome {
  return state.kind === 'connecting' && state.cause !== undefined
    ? { kind: 'refused', cause: state.cause }
    : { kind: 'noAnswer', seconds: Math.round(limitMs / 1000) };
}
