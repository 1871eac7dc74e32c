import type { SaslOptions } from '../client';
import { ZkError } from '../errors';
import { writeAuth, type Credential } from './handshake';
import type { Operation } from './operation';
import { OpCode } from './protocol';
import { needsSetWatches2, rewatchRequests, setWatches, setWatches2 } from './rewatch';
import { authenticate, saslStep } from './sasl';
import type { PersistentMode, Watches } from './watches';

export const auth: Operation<Credential, void> = {
  opCode: OpCode.auth,
  name: 'auth',
  write: writeAuth,
  read() {},
};

/** What a new connection needs before anybody's requests may use it. */
export interface PrologueContext {
  readonly sasl: SaslOptions | undefined;
  readonly credentials: readonly Credential[];
  readonly watches: Watches;
  readonly lastZxid: bigint;
  readonly chroot: string;
  /** Whether this server is known to have no persistent watches. */
  readonly lacksSetWatches2: boolean;
  /** Sends at once, before everything that is queued. */
  readonly call: <A, R>(operation: Operation<A, R>, args: A) => Promise<R>;
  onWatchesLost(lost: readonly { path: string; mode: PersistentMode }[]): void;
}

/** Authentication first, so that nothing is tried without it; then the watches. */
export async function prologue(context: PrologueContext): Promise<void> {
  const { sasl, credentials, watches, call } = context;
  if (sasl) await authenticate(sasl, (token) => call(saslStep, token)).catch(refused);
  await Promise.all(credentials.map((one) => call(auth, one).catch(refused)));
  if (context.lacksSetWatches2) {
    const lost = watches.dropPersistent();
    if (lost.length > 0) context.onWatchesLost(lost);
  }
  const requests = rewatchRequests(watches, context.lastZxid, context.chroot);
  await Promise.all(
    requests.map((args) => call(needsSetWatches2(args) ? setWatches2 : setWatches, args)),
  );
}

/** Credentials that were refused are final; a connection that was lost meanwhile is not. */
export class CredentialsRefused extends Error {
  override readonly name = 'CredentialsRefused';
}

function refused(error: unknown): never {
  const isFinal =
    ZkError.is(error, 'AuthFailed') ||
    ZkError.is(error, 'NotSupported') ||
    ZkError.is(error, 'SessionClosedRequireSaslAuth');
  throw isFinal ? new CredentialsRefused(error.message, { cause: error }) : error;
}
