import { problemOfPath, type PathProblem } from '../domain/znode/path';

export const DEFAULT_PORT = 2181;

export interface HostPort {
  readonly host: string;
  readonly port: number;
}

export interface ConnectString {
  readonly hosts: readonly HostPort[];
  /** `/a/b`, or the empty string when the connection sees the whole tree. */
  readonly chroot: string;
}

export type ConnectStringProblem =
  | { kind: 'empty' }
  | { kind: 'emptyHost'; index: number }
  | { kind: 'host'; text: string }
  | { kind: 'port'; text: string }
  | { kind: 'unbracketed'; text: string }
  | { kind: 'scheme'; text: string }
  | { kind: 'chroot'; problem: PathProblem };

/**
 * Reads `host1:2181,host2,[2001:db8::1]:2181/chroot` as ZooKeeper clients write it. The port may be
 * left out (2181), a chroot of `/` means none. Returns the first problem instead when there is one.
 */
export function parseConnectString(text: string): ConnectString | ConnectStringProblem {
  const trimmed = text.trim();
  if (trimmed === '') return { kind: 'empty' };
  const scheme = /^[a-z][a-z0-9+.-]*:\/\//i.exec(trimmed);
  if (scheme) return { kind: 'scheme', text: scheme[0] };
  const slash = trimmed.indexOf('/');
  const hostPart = slash < 0 ? trimmed : trimmed.slice(0, slash);
  const chroot = slash < 0 || slash === trimmed.length - 1 ? '' : trimmed.slice(slash);
  const problem = chroot === '' ? undefined : problemOfPath(chroot);
  if (problem) return { kind: 'chroot', problem };

  const hosts: HostPort[] = [];
  for (const [index, part] of hostPart.split(',').entries()) {
    const item = part.trim();
    if (item === '') return { kind: 'emptyHost', index };
    const parsed = parseHost(item);
    if ('kind' in parsed) return parsed;
    hosts.push(parsed);
  }
  return { hosts, chroot };
}

function parseHost(text: string): HostPort | ConnectStringProblem {
  const bracketed = /^\[([0-9a-fA-F:.]+(?:%[\w.-]+)?)\](?::(.*))?$/.exec(text);
  if (!bracketed && text.split(':').length > 2) return { kind: 'unbracketed', text };
  const [, host = '', port] = bracketed ?? /^([^:]*)(?::(.*))?$/.exec(text) ?? [];
  if (!bracketed && !/^\w([\w.-]*[\w.])?$/.test(host)) return { kind: 'host', text: host };
  if (port === undefined) return { host, port: DEFAULT_PORT };
  const number = Number(port);
  if (!/^\d{1,5}$/.test(port) || number < 1 || number > 65535) return { kind: 'port', text: port };
  return { host, port: number };
}

/** `host:port`, with brackets where the host is an IPv6 address. */
export function formatHost({ host, port }: HostPort): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** The canonical text of a connect string. */
export function formatConnectString({ hosts, chroot }: ConnectString): string {
  return hosts.map(formatHost).join(',') + chroot;
}

/** Whether every host is this machine itself, by address or by the reserved name `localhost`. */
export function isLoopback({ hosts }: ConnectString): boolean {
  return hosts.every(
    ({ host }) =>
      host === '::1' || host.toLowerCase() === 'localhost' || /^127(\.\d{1,3}){3}$/.test(host),
  );
}
