import { ZkError } from '../errors';
import type { JuteReader } from './juteReader';
import type { JuteWriter } from './juteWriter';
import { REPLY_HEADER_BYTES } from './protocol';

/** Length of a session's password; all zero for a new session. */
const PASSWORD_BYTES = 16;

export interface SessionKey {
  /** 0n asks for a new session. */
  readonly id: bigint;
  readonly password: Uint8Array;
}

export const NO_SESSION: SessionKey = { id: 0n, password: new Uint8Array(PASSWORD_BYTES) };

export interface ConnectRequest {
  readonly session: SessionKey;
  readonly lastZxid: bigint;
  readonly timeoutMs: number;
  /** Whether a server without a quorum will do. */
  readonly readOnly: boolean;
}

export interface ConnectReply {
  readonly session: SessionKey;
  /** As the server granted it; 0 or less: the session asked for has expired. */
  readonly timeoutMs: number;
  readonly readOnly: boolean;
}

export function writeConnectRequest(w: JuteWriter, request: ConnectRequest): void {
  w.int(0); // protocol version
  w.long(request.lastZxid);
  w.int(request.timeoutMs);
  w.long(request.session.id);
  w.bytes(request.session.password);
  w.bool(request.readOnly);
}

/** Reads the whole message; servers before 3.4 leave out the last field. */
export function readConnectReply(r: JuteReader): ConnectReply {
  if (r.remaining === REPLY_HEADER_BYTES) throw refusal(r);
  const version = r.int();
  if (version !== 0) throw new ZkError('MarshallingError', `protocol version ${version}`);
  const timeoutMs = r.int();
  const session = { id: r.long(), password: r.bytes() };
  return { session, timeoutMs, readOnly: r.remaining > 0 && r.bool() };
}

/**
 * A read-only server without local sessions answers with a bare reply header and NotReadOnly
 * (ZOOKEEPER-3864).
 */
function refusal(r: JuteReader): ZkError {
  r.int();
  r.long();
  return ZkError.fromServer(r.int(), 'connect');
}

export interface Credential {
  readonly scheme: string;
  readonly auth: Uint8Array;
}

export function writeAuth(w: JuteWriter, { scheme, auth }: Credential): void {
  w.int(0); // type, unused
  w.string(scheme);
  w.bytes(auth);
}
