import type { Socket } from 'node:net';
import { messageOf } from '../base/assert';
import { abortable } from '../base/async';
import type { TlsOptions } from './client';
import { formatHost, type HostPort } from './connectString';
import { dial } from './engine/dial';
import { ServerCommandError } from './serverCommandError';

export interface ServerCommandOptions {
  /** For the whole exchange: names, TCP, TLS and the answer. By default 5 seconds. */
  readonly timeoutMs?: number;
  /** The longest answer that is taken, by default 4 MiB. */
  readonly maxBytes?: number;
  readonly tls?: TlsOptions;
  /** Where to go instead of a `host:port`: for servers behind containers and tunnels. */
  readonly addressMap?: Readonly<Record<string, string>>;
  /** Ends the exchange; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

const DEFAULT_TIMEOUT_MS = 5_000;
const DEFAULT_MAX_BYTES = 4 * 1024 * 1024;
const FIRST_BUFFER_BYTES = 16 * 1024;

/** Opens a connection for one exchange. Afterwards it is closed, however the exchange ends. */
export async function exchange<T>(
  server: HostPort,
  options: ServerCommandOptions,
  talk: (socket: Socket) => Promise<T>,
): Promise<T> {
  const { timeoutMs = DEFAULT_TIMEOUT_MS, signal } = options;
  signal?.throwIfAborted();
  const over = new AbortController();
  const late = `${formatHost(server)} did not answer in ${timeoutMs} ms`;
  const timer = setTimeout(
    () => over.abort(new ServerCommandError('Timeout', late)),
    Math.min(timeoutMs, 2 ** 31 - 1),
  );
  const onAbort = (): void => over.abort(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    const talked = open(server, timeoutMs, options, over.signal).then(talk);
    return await abortable(talked, over.signal);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', onAbort);
    over.abort();
  }
}

async function open(
  server: HostPort,
  timeoutMs: number,
  { tls, addressMap }: ServerCommandOptions,
  signal: AbortSignal,
): Promise<Socket> {
  try {
    const socket = await dial(server, {
      // A name may have two addresses (IPv6 and IPv4), of which the first one tried is dead.
      timeoutMs: timeoutMs / 2,
      signal,
      ...(tls && { tls }),
      ...(addressMap && { addressMap }),
    });
    socket.on('error', () => {}); // whoever reads gets it too
    signal.addEventListener('abort', () => socket.destroy(), { once: true });
    if (signal.aborted) socket.destroy();
    return socket;
  } catch (cause) {
    const message = `${formatHost(server)} cannot be reached: ${messageOf(cause)}`;
    throw new ServerCommandError('ConnectionFailed', message, { cause });
  }
}

/** Everything that a stream gives. Memory is bounded by the limit, however small the pieces are. */
export async function collect(
  stream: AsyncIterable<Uint8Array>,
  maxBytes: number = DEFAULT_MAX_BYTES,
): Promise<Buffer> {
  let buffer = Buffer.alloc(Math.min(FIRST_BUFFER_BYTES, maxBytes));
  let length = 0;
  try {
    for await (const chunk of stream) {
      const needed = length + chunk.length;
      if (needed > maxBytes) {
        throw new ServerCommandError('TooLarge', `the answer is longer than ${maxBytes} bytes`);
      }
      if (needed > buffer.length) {
        const larger = Buffer.alloc(Math.min(Math.max(2 * buffer.length, needed), maxBytes));
        buffer.copy(larger, 0, 0, length);
        buffer = larger;
      }
      buffer.set(chunk, length);
      length = needed;
    }
  } catch (cause) {
    throw cause instanceof ServerCommandError ? cause : lost(cause);
  }
  return buffer.subarray(0, length);
}

export function lost(cause: unknown): ServerCommandError {
  const message = `the connection was lost in the middle of the answer: ${messageOf(cause)}`;
  return new ServerCommandError('ConnectionFailed', message, { cause });
}
