import { lookup } from 'node:dns/promises';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { abortable, within } from '../../base/async';
import type { TlsOptions } from '../client';
import { formatHost, type HostPort } from '../connectString';
import { shuffled } from './hosts';
import { connectTls } from './tls';

export interface DialOptions {
  /** For each address. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly tls?: TlsOptions;
  /** Where to go instead of an advertised `host:port`: for servers behind containers and tunnels. */
  readonly addressMap?: Readonly<Record<string, string>>;
}

/**
 * Opens a connection to a server. Its name is resolved anew each time, and every address that it
 * has is tried until one accepts; rejects with the last cause.
 */
export async function dial(server: HostPort, options: DialOptions): Promise<Socket> {
  const target = mapped(server, options.addressMap);
  const addresses = await abortable(
    within(options.timeoutMs, resolve(target.host)),
    options.signal,
  );
  if (!addresses) throw new Error(`${target.host} was not resolved in ${options.timeoutMs} ms`);
  let failure: unknown = new Error(`${target.host} has no address`);
  for (const address of shuffled(addresses)) {
    try {
      return await open({ host: address, port: target.port }, server.host, options);
    } catch (error) {
      failure = error;
      if (options.signal.aborted) break;
    }
  }
  throw failure;
}

export function mapped(server: HostPort, map: DialOptions['addressMap']): HostPort {
  const text = map?.[formatHost(server)];
  if (text === undefined) return server;
  const { hostname, port } = new URL(`tcp://${text}`);
  return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || server.port) };
}

async function resolve(host: string): Promise<string[]> {
  if (isIP(host) !== 0) return [host];
  return (await lookup(host, { all: true })).map(({ address }) => address);
}

/** @param name what the server's certificate must be for */
async function open(target: HostPort, name: string, options: DialOptions): Promise<Socket> {
  options.signal.throwIfAborted();
  const { tls } = options;
  const socket = tls ? await connectTls(target, name, tls) : connectTcp(target);
  // While the files of TLS were read nobody listened.
  if (options.signal.aborted) socket.destroy();
  options.signal.throwIfAborted();
  return new Promise((done, fail) => {
    const settle = (): void => {
      clearTimeout(timer);
      options.signal.removeEventListener('abort', onAbort);
      socket.off('close', onClose);
    };
    const give = (error: Error): void => {
      settle();
      socket.destroy();
      fail(error);
    };
    const onAbort = (): void => give(options.signal.reason as Error);
    const onClose = (): void => give(new Error('the server closed the connection'));
    const timer = setTimeout(
      () => give(new Error(`${formatHost(target)} did not accept in ${options.timeoutMs} ms`)),
      options.timeoutMs,
    );
    options.signal.addEventListener('abort', onAbort, { once: true });
    socket.once(tls ? 'secureConnect' : 'connect', () => {
      settle();
      socket.off('error', give);
      done(socket);
    });
    socket.on('error', give);
    socket.once('close', onClose);
  });
}
