import { silentLogger, type Logger } from '../../base/logger';
import type { ClientOptions, SaslOptions, TlsOptions } from '../client';
import { parseConnectString, type HostPort } from '../connectString';
import { ZkError } from '../errors';
import { DEFAULT_FRAME_LIMIT } from './frames';
import type { Credential } from './handshake';

/** What a session is made from. Only the hosts are needed. */
export interface SessionSettings {
  readonly hosts: readonly HostPort[];
  /** `/a/b`, or the empty string. */
  readonly chroot: string;
  readonly sessionTimeoutMs: number;
  /** How long a request may take, the wait for a connection included. */
  readonly requestTimeoutMs: number;
  /** For one address: TCP, TLS and the server's greeting. */
  readonly connectTimeoutMs: number;
  readonly credentials: readonly Credential[];
  readonly sasl: SaslOptions | undefined;
  readonly tls: TlsOptions | undefined;
  /** Whether a server that has lost its ensemble will do, for reading. */
  readonly allowReadOnly: boolean;
  readonly addressMap: Readonly<Record<string, string>> | undefined;
  readonly frameBytes: number;
  readonly requestBytes: number;
  readonly logger: Logger;
}

const MINIMUM_CONNECT_TIMEOUT_MS = 1_000;
const MAXIMUM_CONNECT_TIMEOUT_MS = 10_000;

/** Bytes that a server takes by default: `jute.maxbuffer` is 0xfffff. */
export const DEFAULT_REQUEST_BYTES = 1_048_575;

/** Fills in what is not said. */
export function withDefaults(
  given: Partial<SessionSettings> & Pick<SessionSettings, 'hosts'>,
): SessionSettings {
  const sessionTimeoutMs = given.sessionTimeoutMs ?? 30_000;
  // There should be time to try every server before the session expires.
  const turn = Math.floor(sessionTimeoutMs / given.hosts.length);
  const share = Math.max(turn, MINIMUM_CONNECT_TIMEOUT_MS);
  return {
    hosts: given.hosts,
    chroot: given.chroot ?? '',
    sessionTimeoutMs,
    requestTimeoutMs: given.requestTimeoutMs ?? 10_000,
    connectTimeoutMs: given.connectTimeoutMs ?? Math.min(share, MAXIMUM_CONNECT_TIMEOUT_MS),
    credentials: given.credentials ?? [],
    sasl: given.sasl,
    tls: given.tls,
    allowReadOnly: given.allowReadOnly ?? false,
    addressMap: given.addressMap,
    frameBytes: given.frameBytes ?? DEFAULT_FRAME_LIMIT,
    requestBytes: given.requestBytes ?? DEFAULT_REQUEST_BYTES,
    logger: given.logger ?? silentLogger,
  };
}

/** The settings of a client; throws `BadArguments` for a connect string that is none. */
export function settingsOf(options: ClientOptions): SessionSettings {
  const address = parseConnectString(options.connectString);
  if ('kind' in address) {
    const why = `connect string "${options.connectString}": ${address.kind}`;
    throw new ZkError('BadArguments', why);
  }
  const { maxRequestBytes, maxReplyBytes } = options;
  return withDefaults({
    ...options,
    ...address,
    ...(maxRequestBytes !== undefined && { requestBytes: maxRequestBytes }),
    ...(maxReplyBytes !== undefined && { frameBytes: maxReplyBytes }),
  });
}
